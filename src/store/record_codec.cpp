#include "store/record_codec.h"

#include <cstring>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"

namespace signalbox::store {
namespace {

int hexDigit(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

/// Numbers in a byte order that does not depend on the machine.
class Fixed {
public:
    void put(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        for (unsigned shift = 0; shift < 64; shift += 8) bytes_[size_++] = static_cast<char>((bits >> shift) & 0xffU);
    }
    void put(const Uuid& id) {
        std::memcpy(bytes_.data() + size_, id.bytes.data(), id.bytes.size());
        size_ += id.bytes.size();
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

private:
    std::array<char, 104> bytes_;
    std::size_t size_ = 0;
};

RecordRow rowOf(const engine::Record& record) {
    RecordRow row;
    row.seq = static_cast<std::int64_t>(record.seq);
    row.kind = static_cast<std::int64_t>(record.kind);
    row.node = record.node;
    row.item = record.item;
    row.generation = record.generation;
    row.attempt = record.attempt;
    row.token = static_cast<std::int64_t>(record.token);
    row.wall = record.wall;
    row.monotonic = record.monotonic;
    row.took = record.took;
    return row;
}

/// Whether every number fits into the field that it is for.
bool inRange(const RecordRow& row) {
    constexpr std::int64_t kMax = 0xffffffffLL;
    const auto small = [](std::int64_t value) { return value >= 0 && value <= kMax; };
    return row.kind >= 1 && row.kind <= engine::kRecordKinds && small(row.node) && small(row.item) &&
           small(row.generation) && small(row.attempt);
}

engine::Record recordOf(RunId run, const RecordRow& row) {
    engine::Record record;
    record.run = run;
    record.seq = static_cast<std::uint64_t>(row.seq);
    record.kind = static_cast<engine::RecordKind>(row.kind);
    record.node = static_cast<std::uint32_t>(row.node);
    record.item = static_cast<std::uint32_t>(row.item);
    record.generation = static_cast<std::uint32_t>(row.generation);
    record.attempt = static_cast<std::uint32_t>(row.attempt);
    record.token = static_cast<std::uint64_t>(row.token);
    record.wall = row.wall;
    record.monotonic = row.monotonic;
    record.took = row.took;
    return record;
}

void encodePayload(EncodedAppend& out, EncodedRecord& encoded, const Value& payload, std::size_t inlineLimit) {
    encoded.textAt = out.text.size();
    if (payload.isUndefined()) return;
    appendJson(out.text, payload);
    encoded.textSize = out.text.size() - encoded.textAt;
    encoded.form = PayloadForm::Inline;
    if (encoded.textSize > inlineLimit) {
        encoded.form = PayloadForm::Blob;
        encoded.hash = blobHash(out.payload(encoded));
    }
}

}  // namespace

BlobHash blobHash(std::string_view data) {
    const std::string hex = sha256Hex(data);
    BlobHash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i) {
        hash[i] = static_cast<char>((hexDigit(hex[2 * i]) << 4) | hexDigit(hex[2 * i + 1]));
    }
    return hash;
}

std::uint64_t recordChecksum(RunId run, const RecordRow& row, PayloadForm form, std::string_view content) {
    Fixed fixed;
    fixed.put(run.value);
    for (const std::int64_t number : {row.seq, row.kind, row.node, row.item, row.generation, row.attempt, row.token,
                                      row.wall, row.monotonic, row.took, static_cast<std::int64_t>(form)}) {
        fixed.put(number);
    }
    return checksum64(content, checksum64(fixed.view()));
}

EncodedAppend encodeAppend(engine::Append batch, std::size_t inlineLimit, bool keepSource) {
    EncodedAppend out;
    out.run = batch.run;
    out.token = batch.token;
    out.create = batch.create;
    out.owner = std::move(batch.owner);
    out.summary = std::move(batch.summary);
    out.records.reserve(batch.records.size());
    for (const engine::Record& record : batch.records) {
        EncodedRecord& encoded = out.records.emplace_back();
        encoded.row = rowOf(record);
        encodePayload(out, encoded, record.payload, inlineLimit);
        const std::string_view content = encoded.form == PayloadForm::Blob
                                             ? std::string_view(encoded.hash.data(), encoded.hash.size())
                                             : out.payload(encoded);
        encoded.checksum = recordChecksum(out.run, encoded.row, encoded.form, content);
    }
    if (keepSource) out.source = std::move(batch.records);
    return out;
}

Error corruptRecord(RunId run, std::int64_t seq, std::string_view what) {
    return Error{"store.corrupt", fmt::format("Record {} of run {} is damaged: {}", seq, run.toString(), what),
                 fmt::format("run {}, record {}", run.toString(), seq),
                 "The run cannot go on; run the workflow again. Other runs are not affected.", false};
}

Result<engine::Record> decodeRecord(RunId run, const StoredRecord& stored) {
    const RecordRow& row = stored.row;
    const std::string_view covered = stored.form == PayloadForm::Blob ? stored.hash : stored.content;
    if (recordChecksum(run, row, stored.form, covered) != stored.checksum) {
        return fail(corruptRecord(run, row.seq, "its checksum does not match"));
    }
    if (stored.form == PayloadForm::Blob) {
        const BlobHash hash = blobHash(stored.content);
        if (std::string_view(hash.data(), hash.size()) != stored.hash) {
            return fail(corruptRecord(run, row.seq, "its payload does not match the payload's hash"));
        }
    }
    if (!inRange(row)) return fail(corruptRecord(run, row.seq, "one of its numbers is out of range"));
    engine::Record record = recordOf(run, row);
    if (stored.form != PayloadForm::None) {
        auto payload = parseJson(stored.content, true, JsonLimits{.maxDepth = 1000, .maxBytes = 1U << 30U});
        if (!payload) return fail(corruptRecord(run, row.seq, payload.error().message));
        record.payload = std::move(*payload);
    }
    return record;
}

}  // namespace signalbox::store
