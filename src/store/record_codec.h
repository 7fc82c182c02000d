// Records as rows: payloads as compact JSON or content-addressed blobs, and the checksum over every column.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/ports.h"

namespace signalbox::store {

/// SHA-256 as 32 bytes.
using BlobHash = std::array<char, 32>;
[[nodiscard]] BlobHash blobHash(std::string_view data);

/// What a record's payload column holds.
enum class PayloadForm : std::uint8_t { None, Inline, Blob };

/// The columns of a record that are numbers, as wide as SQLite keeps them, so that a damaged one is not cut to look
/// right. node and item are kNoNode and kNoItem where there is none.
struct RecordRow {
    std::int64_t seq = 0;
    std::int64_t kind = 0;
    std::int64_t node = 0;
    std::int64_t item = 0;
    std::int64_t generation = 0;
    std::int64_t attempt = 0;
    std::int64_t token = 0;
    Micros wall = 0;
    Micros monotonic = 0;
    Micros took = 0;
};

/// XXH3 over the run's id, the numbers, and the payload's text (or the hash of its blob).
[[nodiscard]] std::uint64_t recordChecksum(RunId run, const RecordRow& row, PayloadForm form, std::string_view content);

struct EncodedRecord {
    RecordRow row;
    PayloadForm form = PayloadForm::None;
    std::size_t textAt = 0;  ///< of the payload in EncodedAppend::text
    std::size_t textSize = 0;
    BlobHash hash{};  ///< of form Blob
    std::uint64_t checksum = 0;
};

/// A batch as the writer needs it: everything costly is done on the thread that appends.
struct EncodedAppend {
    RunId run;
    std::uint64_t token = 0;
    bool create = false;
    std::string owner;
    std::optional<engine::RunSummary> summary;
    std::vector<EncodedRecord> records;
    std::string text;                    ///< the payloads of all records, one after the other
    std::vector<engine::Record> source;  ///< only kept for a fault hook

    [[nodiscard]] std::string_view payload(const EncodedRecord& record) const {
        return std::string_view(text).substr(record.textAt, record.textSize);
    }
};

[[nodiscard]] EncodedAppend encodeAppend(engine::Append batch, std::size_t inlineLimit, bool keepSource);

/// A row as read back: `content` is the payload's text whatever its form; `hash` the blob's.
struct StoredRecord {
    RecordRow row;
    PayloadForm form = PayloadForm::None;
    std::string_view content;
    std::string_view hash;
    std::uint64_t checksum = 0;
};
/// Error "store.corrupt", naming run and record, when the checksum, the blob's hash, the kind or the payload is wrong.
[[nodiscard]] Result<engine::Record> decodeRecord(RunId run, const StoredRecord& stored);

[[nodiscard]] Error corruptRecord(RunId run, std::int64_t seq, std::string_view what);

}  // namespace signalbox::store
