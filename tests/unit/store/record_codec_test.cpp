// Records as rows: the checksum covers every column, and reading back gives the same record.
#include "store/record_codec.h"

#include <functional>

#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::store {
namespace {

constexpr std::size_t kLimit = 64;

/// What the database would hand back for the first record of a batch.
StoredRecord stored(const EncodedAppend& batch) {
    const EncodedRecord& encoded = batch.records.front();
    StoredRecord result;
    result.row = encoded.row;
    result.form = encoded.form;
    result.content = batch.payload(encoded);
    if (encoded.form == PayloadForm::Blob) result.hash = {encoded.hash.data(), encoded.hash.size()};
    result.checksum = encoded.checksum;
    return result;
}

EncodedAppend encodeOne(const engine::Record& record) {
    engine::Append append;
    append.run = record.run;
    append.records.push_back(record);
    return encodeAppend(std::move(append), kLimit, false);
}

engine::Record withPayload(Value payload) {
    engine::Record record = test::record(test::newRun(), 4);
    record.payload = std::move(payload);
    return record;
}

TEST(RecordCodec, EveryPayloadComesBack) {
    const Value payloads[] = {Value::undefined(),
                              Value(nullptr),
                              Value(true),
                              Value(-1),
                              Value(1.5),
                              Value(""),
                              Value("größe \n \"x\""),
                              Value::bytes(std::string("\0\xff", 2)),
                              Value::array({Value(1), Value("a")}),
                              Value::object({{"b", Value(1)}, {"a", Value::bytes("xyz")}}),
                              Value(std::string(1000, 'x')),
                              Value::bytes(std::string(1000, '\xee'))};
    for (const Value& payload : payloads) {
        const engine::Record record = withPayload(payload);
        const EncodedAppend encoded = encodeOne(record);
        const auto decoded = decodeRecord(record.run, stored(encoded));
        ASSERT_TRUE(decoded) << decoded.error().message;
        EXPECT_EQ(*decoded, record);
        EXPECT_EQ(decoded->payload.isUndefined(), payload.isUndefined());
    }
}

TEST(RecordCodec, OnlyPayloadsOverTheLimitBecomeBlobs) {
    // The JSON text is two quotes longer than the string.
    EXPECT_EQ(encodeOne(withPayload(Value(std::string(kLimit - 2, 'x')))).records[0].form, PayloadForm::Inline);
    EXPECT_EQ(encodeOne(withPayload(Value(std::string(kLimit - 1, 'x')))).records[0].form, PayloadForm::Blob);
    EXPECT_EQ(encodeOne(withPayload(Value::undefined())).records[0].form, PayloadForm::None);
}

TEST(RecordCodec, ADamagedColumnIsFound) {
    const engine::Record record = withPayload(Value("text"));
    const EncodedAppend encoded = encodeOne(record);
    const std::function<void(StoredRecord&)> damages[] = {
        [](StoredRecord& r) { ++r.row.seq; },
        [](StoredRecord& r) { ++r.row.kind; },
        [](StoredRecord& r) { ++r.row.node; },
        [](StoredRecord& r) { r.row.node += 1LL << 32; },
        [](StoredRecord& r) { ++r.row.item; },
        [](StoredRecord& r) { ++r.row.generation; },
        [](StoredRecord& r) { ++r.row.attempt; },
        [](StoredRecord& r) { ++r.row.token; },
        [](StoredRecord& r) { ++r.row.wall; },
        [](StoredRecord& r) { ++r.row.monotonic; },
        [](StoredRecord& r) { ++r.row.took; },
        [](StoredRecord& r) { r.content = "\"tent\""; },
        [](StoredRecord& r) {
            r.content = "";
            r.form = PayloadForm::None;
        },
        [](StoredRecord& r) { ++r.checksum; },
    };
    for (const auto& damage : damages) {
        StoredRecord damaged = stored(encoded);
        damage(damaged);
        const auto decoded = decodeRecord(record.run, damaged);
        ASSERT_FALSE(decoded);
        EXPECT_EQ(decoded.error().code, "store.corrupt");
        EXPECT_NE(decoded.error().message.find(record.run.toString()), std::string::npos);
    }
    EXPECT_FALSE(decodeRecord(test::newRun(), stored(encoded))) << "a record of another run was taken";
}

TEST(RecordCodec, ADamagedBlobIsFound) {
    const engine::Record record = withPayload(Value(std::string(500, 'x')));
    const EncodedAppend encoded = encodeOne(record);
    StoredRecord damaged = stored(encoded);
    std::string content(damaged.content);
    content[100] = 'y';
    damaged.content = content;
    const auto decoded = decodeRecord(record.run, damaged);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, "store.corrupt");
}

TEST(RecordCodec, NumbersOutOfRangeAreRefusedEvenWithARightChecksum) {
    const RunId run = test::newRun();
    for (const std::int64_t kind : {std::int64_t{0}, std::int64_t{engine::kRecordKinds + 1}, std::int64_t{257}}) {
        StoredRecord record;
        record.row.seq = 1;
        record.row.kind = kind;
        record.checksum = recordChecksum(run, record.row, PayloadForm::None, "");
        EXPECT_FALSE(decodeRecord(run, record)) << kind;
    }
}

TEST(RecordCodec, TheSourceIsOnlyKeptOnDemand) {
    engine::Append append = test::batch(test::newRun(), 1, 3);
    EXPECT_TRUE(encodeAppend(append, kLimit, false).source.empty());
    EXPECT_EQ(encodeAppend(append, kLimit, true).source, append.records);
}

}  // namespace
}  // namespace signalbox::store
