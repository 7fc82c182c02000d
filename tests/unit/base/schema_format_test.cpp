#include <map>

#include <gtest/gtest.h>

#include "base/json_schema.h"
#include "base/pattern.h"

namespace signalbox {
namespace {

using Texts = std::vector<std::string_view>;

void check(std::string_view format, const Texts& good, const Texts& bad) {
    const auto schema = *JsonSchema::compile(Value::object({{"format", format}}));
    for (const auto text : good) EXPECT_TRUE(schema.validate(text).empty()) << format << ": " << text;
    for (const auto text : bad) EXPECT_EQ(schema.validate(text).size(), 1U) << format << ": " << text;
}

TEST(SchemaFormat, DatesAndTimes) {
    check("date", {"2024-02-29", "2026-12-31"},
          {"2026-02-29", "2026-13-01", "2026-1-1", "2026-00-10", "26-01-01", "", "2100-02-29"});
    check("time", {"12:30:00Z", "23:59:60+01:30", "00:00:00.123z"},
          {"24:00:00Z", "12:30:00", "12:30Z", "12:60:00Z", "12:30:00.Z", "12:30:00+1:00", "12:30:00+24:00"});
    check("date-time", {"2026-03-01T12:30:00Z", "2026-03-01t12:30:00.5-08:00"},
          {"2026-03-01 12:30:00Z", "2026-03-01", "2026-02-30T12:30:00Z", ""});
}

TEST(SchemaFormat, Addresses) {
    check("ipv4", {"192.0.2.1", "0.0.0.0"}, {"256.1.1.1", "1.2.3", "1.2.3.4.5", "::1", ""});
    check("ipv6", {"::1", "2001:db8::1"}, {"1.2.3.4", "2001:db8", ":::", ""});
    check("hostname", {"example.org", "a-b.c", "localhost"},
          {"-a.org", "a..b", "a_b", "", ".", std::string_view("a\0b", 3)});
    check("email", {"a@example.org", "a.b+c@d"}, {"a@", "@b", "a b@c", "a..b@c", "plain", ".a@b"});
    check("uri", {"https://example.org/a?b=c#d", "urn:x:y", "mailto:a@b"},
          {"//example.org", "relative/path", "http:// x", ":x", "", "h\xC3\xA4:x"});
}

TEST(SchemaFormat, Others) {
    check("uuid", {"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}, {"017f22e2", ""});
    check("regex", {"^a+$", ""}, {"(", "[a"});
    check("json-pointer", {"", "/a/0", "/a~1b~0c"}, {"a", "/~", "/~2"});
}

TEST(Pattern, SearchesAnywhereInUnicode) {
    const auto pattern = *Pattern::compile("^ä.→$");
    EXPECT_EQ(pattern.search("ä😀→"), Pattern::Match::Yes);
    EXPECT_EQ(pattern.search("xä😀→"), Pattern::Match::No);
    EXPECT_EQ(Pattern::compile("b+")->search("aabbaa"), Pattern::Match::Yes);
    EXPECT_EQ(Pattern::compile("\\u00e4")->search("ä"), Pattern::Match::Yes);
    EXPECT_EQ(Pattern::compile("")->search(""), Pattern::Match::Yes);
    EXPECT_EQ(Pattern::compile("a$")->search("a\n"), Pattern::Match::No);
    EXPECT_EQ(pattern.text(), "^ä.→$");
}

TEST(Pattern, TextThatIsNotUtf8IsNoCrash) {
    EXPECT_EQ(Pattern::compile("a.b")->search("a\xff"
                                              "b"),
              Pattern::Match::No);
    EXPECT_EQ(Pattern::compile("b$")->search("a\xff"
                                             "b"),
              Pattern::Match::Yes);
}

TEST(Pattern, RefusesWhatItCannotRead) {
    const auto bad = Pattern::compile("ab(c");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, "pattern.syntax");
    EXPECT_EQ(bad.error().where, "offset 4");
    EXPECT_FALSE(Pattern::compile(std::string(100'000, 'a')));
    EXPECT_FALSE(Pattern::compile(std::string(10'000, '(') + std::string(10'000, ')')));
    EXPECT_FALSE(Pattern::compile("\xff"));
}

TEST(Pattern, GivesUpInsteadOfHanging) {
    EXPECT_EQ(Pattern::compile("^(a+)+$")->search("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
              Pattern::Match::LimitReached);
    EXPECT_EQ(Pattern::compile("(?R)?a(?R)")->search(std::string(100'000, 'a')), Pattern::Match::LimitReached);
}

}  // namespace
}  // namespace signalbox
