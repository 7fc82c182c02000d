#include <gtest/gtest.h>

#include "base/json.h"
#include "base/json_schema.h"
#include "unit/protocol/random_dto.h"

namespace signalbox::protocol {
namespace {

constexpr std::uint64_t kSeed = 20260301;
constexpr int kRounds = 200;

/// What goes out comes back the same, through JSON text, and the derived schema accepts it.
template <class T>
void roundTrip() {
    auto schema = JsonSchema::compile(schemaOf<T>());
    ASSERT_TRUE(schema) << schema.error().message;
    SeededRandom random(kSeed);
    for (int round = 0; round < kRounds; ++round) {
        SCOPED_TRACE(::testing::Message() << "seed " << kSeed << " round " << round);
        T dto{};
        test::fill(dto, random);
        const Value written = toValue(dto);
        const auto violations = schema->validate(written);
        ASSERT_TRUE(violations.empty()) << violations.front().pointer << " " << violations.front().message;
        auto parsed = parseJson(writeJson(written), true);
        ASSERT_TRUE(parsed) << parsed.error().message;
        auto back = fromValue<T>(*parsed);
        ASSERT_TRUE(back) << back.error().where << " " << back.error().message;
        ASSERT_EQ(toValue(*back), written);
        if constexpr (std::equality_comparable<T>) {
            ASSERT_TRUE(*back == dto);
        }
    }
}

#define SIGNALBOX_ROUND_TRIP(Type) \
    TEST(CodecRoundTrip, Type) { roundTrip<Type>(); }
SIGNALBOX_DTOS(SIGNALBOX_ROUND_TRIP)
SIGNALBOX_CALL_TYPES(SIGNALBOX_ROUND_TRIP)

TEST(Codec, WritesMembersByTheirNames) {
    FindingDto finding;
    finding.code = "document.unknown-port";
    finding.line = 12;
    const Value value = toValue(finding);
    EXPECT_EQ(value["code"].asString(), "document.unknown-port");
    EXPECT_EQ(value["line"], Value(12));
    EXPECT_EQ(value.size(), 10U);
}

TEST(Codec, LeavesOutWhatHasNoValue) {
    NodeStateDto state;
    EXPECT_EQ(toValue(state).find("error"), nullptr);
    EXPECT_EQ(toValue(EventDto{}).find("data"), nullptr);
    GraphNode node;
    node.x = std::numeric_limits<double>::infinity();
    EXPECT_EQ(toValue(node).find("x"), nullptr);
}

TEST(Codec, IgnoresUnknownAndDefaultsMissingMembers) {
    auto request = fromValue<ListRuns>(Value::object({{"workflowId", "failed"}, {"colour", "red"}}));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->workflowId, "failed");
    EXPECT_EQ(request->limit, 100U);
    auto start = fromValue<StartRun>(Value::object());
    ASSERT_TRUE(start);
    EXPECT_TRUE(start->inputs.isObject());
    EXPECT_FALSE(start->idempotencyKey);
}

TEST(Codec, NullEmptiesAnOptionalButIsAValue) {
    auto start = fromValue<StartRun>(Value::object({{"idempotencyKey", nullptr}}));
    ASSERT_TRUE(start);
    EXPECT_FALSE(start->idempotencyKey);
    auto rerun = fromValue<RerunRun>(Value::object({{"inputs", nullptr}}));
    ASSERT_TRUE(rerun);
    ASSERT_TRUE(rerun->inputs);
    EXPECT_TRUE(rerun->inputs->isNull());
}

TEST(Codec, NamesThePlaceOfAWrongType) {
    const Value nodes = Value::array({toValue(GraphNode{}), Value::object({{"inputs", Value::array({Value(7)})}})});
    auto graph = fromValue<Graph>(Value::object({{"nodes", nodes}}));
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().code, "protocol.type");
    EXPECT_EQ(graph.error().where, "/nodes/1/inputs/0");
    EXPECT_EQ(graph.error().message, "Expected an object, got integer");
}

TEST(Codec, RefusesIntegersThatDoNotFit) {
    for (const Value& limit : {Value(-1), Value(4294967296LL)}) {
        auto request = fromValue<ListRuns>(Value::object({{"limit", limit}}));
        ASSERT_FALSE(request);
        EXPECT_EQ(request.error().code, "protocol.range");
        EXPECT_EQ(request.error().where, "/limit");
    }
    auto fraction = fromValue<ListRuns>(Value::object({{"limit", 1.5}}));
    ASSERT_FALSE(fraction);
    EXPECT_EQ(fraction.error().code, "protocol.type");
}

TEST(Codec, RefusesEveryWrongKindWithoutCrashing) {
    SeededRandom random(kSeed);
    for (int round = 0; round < 2000; ++round) {
        const Value value = test::randomValue(random);
        auto detail = fromValue<RunDetail>(Value::object({{"summary", value}, {"nodes", value}}));
        if (!detail) {
            EXPECT_FALSE(detail.error().where.empty());
        }
    }
}

TEST(Schema, SaysTypesAndDefaults) {
    const Value schema = schemaOf<ListRuns>();
    EXPECT_EQ(schema["type"].asString(), "object");
    const Value& limit = schema["properties"]["limit"];
    EXPECT_EQ(limit["type"].asString(), "integer");
    EXPECT_EQ(limit["default"], Value(100));
    EXPECT_EQ(limit["maximum"], Value(4294967295LL));
    auto compiled = JsonSchema::compile(schema);
    ASSERT_TRUE(compiled);
    EXPECT_FALSE(compiled->validate(Value::object({{"limit", "many"}})).empty());
    EXPECT_FALSE(compiled->validate(Value::object({{"limit", -1}})).empty());
}

}  // namespace
}  // namespace signalbox::protocol
