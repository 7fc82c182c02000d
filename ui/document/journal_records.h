// The bytes of an edit journal: a magic line, then records of length, checksum and JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "ui/document/edit_journal.h"

namespace signalbox::ui::journal {

inline constexpr std::string_view kMagic = "signalbox edits 1\n";

/// Length (4 bytes) and XXH3 of the payload (8), little-endian, before it.
[[nodiscard]] std::string frame(const Value& record);
struct Frames {
    std::vector<Value> records;
    bool torn = false;
};
/// Whole records from the start, up to the first that is not.
[[nodiscard]] Frames unframe(std::string_view bytes);

[[nodiscard]] Value headerRecord(const JournalHeader& header);
[[nodiscard]] Value editRecord(const JournalEntry& entry);
/// The document as a whole, and what of the steps to it is still known.
[[nodiscard]] Value snapshotRecord(const Value& document, const std::vector<RecoveredEdits::Step>& steps,
                                   std::size_t stepsBefore);
/// Plays records behind each other; false at one that does not fit.
[[nodiscard]] bool play(const Value& record, RecoveredEdits& edits);

}  // namespace signalbox::ui::journal
