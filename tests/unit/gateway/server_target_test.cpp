// What a request target may look like, and what is refused.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "gateway/http_target.h"

namespace signalbox::gateway {
namespace {

TEST(HttpTarget, SplitsAndDecodes) {
    const auto target = parseTarget("/api/v1/runs/a%20b%C3%A9?limit=3&x=%20");
    ASSERT_TRUE(target.has_value());
    EXPECT_EQ(target->path, "/api/v1/runs/a bé");
    EXPECT_EQ(target->query, "limit=3&x=%20");
}

TEST(HttpTarget, TakesAbsoluteFormAndAsterisk) {
    EXPECT_EQ(parseTarget("http://host:1/x?y")->path, "/x");
    EXPECT_EQ(parseTarget("http://host")->path, "/");
    EXPECT_EQ(parseTarget("http://host?y=1")->query, "y=1");
    EXPECT_EQ(parseTarget("*")->path, "*");
}

TEST(HttpTarget, RefusesWhatTwoReadersCouldUnderstandDifferently) {
    const std::vector<std::string> bad = {"",          "api",    "/..",       "/a/../b", "/a/.",    "/%2e%2e/x",
                                          "/a%2Fb",    "/a%5cb", "/a\\b",     "/%00",    "/%0a",    "/%",
                                          "/%4",       "/%zz",   "/%ff",      "/%c3",    "/a#b",    "/a b",
                                          "/\xc3\xa9", "/a\x7f", "ftp://h/x", "host:80", "/x?\x01", "/%ed%a0%80"};
    for (const auto& target : bad) EXPECT_FALSE(parseTarget(target).has_value()) << target;
}

}  // namespace
}  // namespace signalbox::gateway
