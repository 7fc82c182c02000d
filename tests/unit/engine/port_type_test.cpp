#include "engine/port_type.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "base/json.h"

namespace signalbox::engine {
namespace {

PortType type(const std::string& text) { return PortType::parse(text).value(); }

// Rows give, columns take: A always, S checked on arrival, - never.
constexpr std::array kTypes{"any",   "null",   "boolean",    "integer",        "number",        "string",
                            "bytes", "object", "array<any>", "array<integer>", "array<number>", "array<array<string>>"};
constexpr std::array kTable{
    "ASSSSSSSSSSS",  // any
    "AA----------",  // null
    "A-A---------",  // boolean
    "A--AA-------",  // integer
    "A--SA-------",  // number
    "A----A------",  // string
    "A-----A-----",  // bytes
    "A------A----",  // object
    "A-------ASSS",  // array<any>
    "A-------AAA-",  // array<integer>
    "A-------ASA-",  // array<number>
    "A-------A--A",  // array<array<string>>
};

TEST(PortType, CompatibilityTable) {
    for (std::size_t row = 0; row < kTypes.size(); ++row) {
        for (std::size_t column = 0; column < kTypes.size(); ++column) {
            const char expected = kTable[row][column];
            const Compatibility found = compatibility(type(kTypes[row]), type(kTypes[column]));
            const char letter = found == Compatibility::Always ? 'A' : found == Compatibility::Sometimes ? 'S' : '-';
            EXPECT_EQ(letter, expected) << kTypes[row] << " to " << kTypes[column];
        }
    }
}

// What the table promises must hold for real values: Always means that no value is refused.
TEST(PortType, CompatibilityAgreesWithValues) {
    const std::array values{Value(),
                            Value(true),
                            Value(3),
                            Value(2.5),
                            Value("text"),
                            Value::bytes("raw"),
                            Value::object({{"a", 1}}),
                            parseJson(R"([1, "a", null])").value(),
                            parseJson("[1, 2]").value(),
                            parseJson("[1.5, 2]").value(),
                            parseJson(R"([["a"], []])").value()};
    for (const char* const from : kTypes) {
        for (const char* const to : kTypes) {
            const Compatibility found = compatibility(type(from), type(to));
            for (const Value& value : values) {
                if (!type(from).admits(value)) continue;
                const bool fits = type(to).admits(value);
                if (found == Compatibility::Always) {
                    EXPECT_TRUE(fits) << from << " to " << to;
                } else if (found == Compatibility::Never) {
                    EXPECT_FALSE(fits) << from << " to " << to;
                }
            }
        }
    }
}

TEST(PortType, ParsesWhatItWrites) {
    for (const char* const text : kTypes) EXPECT_EQ(type(text).toString(), text);
    EXPECT_EQ(type("array").toString(), "array<any>");
    EXPECT_EQ(type("array<array<string>>").item().item().kind(), PortType::Kind::String);
    EXPECT_EQ(type("array<integer>"), PortType::arrayOf(PortType(PortType::Kind::Integer)));
    EXPECT_FALSE(type("array<integer>") == type("array<number>"));
}

TEST(PortType, RefusesWhatIsNoType) {
    const std::string deep = [] {
        std::string text = "any";
        for (int i = 0; i < 1000; ++i) text = "array<" + text + ">";
        return text;
    }();
    for (const std::string& text : {std::string(), std::string("text"), std::string("Array<any>"),
                                    std::string("array<any"), std::string("array<>"), std::string("any "), deep}) {
        const auto parsed = PortType::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, "port.type-syntax");
    }
}

TEST(PortType, AdmitsByKind) {
    EXPECT_TRUE(type("any").admits(Value::undefined()));
    EXPECT_FALSE(type("null").admits(Value::undefined()));
    EXPECT_TRUE(type("integer").admits(Value(3.0)));  // 3 and 3.0 are one value
    EXPECT_FALSE(type("integer").admits(Value(3.5)));
    EXPECT_FALSE(type("string").admits(Value::bytes("x")));
    EXPECT_TRUE(type("array<string>").admits(Value::array()));
    EXPECT_FALSE(type("array<string>").admits(Value::array({Value("a"), Value(1)})));
}

}  // namespace
}  // namespace signalbox::engine
