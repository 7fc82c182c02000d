// What is read of single runs: a journal or a part of it, a summary.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/ports.h"
#include "store/database.h"

namespace signalbox::store {

/// The whole journal, every checksum and the sequence checked. Errors "run.not-found", "store.corrupt".
[[nodiscard]] Result<std::vector<engine::Record>> readJournal(Database& database, RunId run);
[[nodiscard]] Result<std::optional<engine::RunSummary>> readSummary(Database& database, RunId run);
[[nodiscard]] Result<std::optional<RunId>> findKey(Database& database, const std::string& workflowId,
                                                   const std::string& key);

/// What to read of a journal.
struct JournalQuery {
    std::uint64_t fromSeq = 0;  ///< the first record, or backwards the last; 0: from the end one comes from
    std::size_t limit = 1000;
    std::optional<std::uint32_t> node;
    std::vector<engine::RecordKind> kinds;  ///< any of them; empty: all
    bool backwards = false;
};
struct JournalSlice {
    std::vector<engine::Record> records;  ///< ascending
    std::uint64_t lastSeq = 0;            ///< of the journal
    std::uint64_t nextSeq = 0;            ///< the next record that matches, in the direction asked; 0: none
};
/// Checksums are checked, the sequence is not. Errors "run.not-found", "store.corrupt".
[[nodiscard]] Result<JournalSlice> readJournalPart(Database& database, RunId run, const JournalQuery& wanted);

}  // namespace signalbox::store
