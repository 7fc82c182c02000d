#include "service/pages.h"

#include <gtest/gtest.h>

namespace signalbox::service {
namespace {

struct Request {
    static constexpr const char* kName = "things.list";
    std::uint32_t limit = 2;
    std::string cursor;
};

struct Thing {
    std::string name;
    std::string id;
};

PageKey keyOf(const Thing& thing) { return {0, thing.name, thing.id}; }

std::string idsOf(const std::vector<Thing>& things) {
    std::string ids;
    for (const auto& thing : things) ids += thing.id;
    return ids;
}

TEST(Pages, AreInOrderWhateverHappensInBetween) {
    std::vector<Thing> all{{"same", "3"}, {"same", "1"}, {"same", "2"}, {"\xc3\xbc\"/+?", "5"}, {"a\n", "0"}};
    Request request;
    auto page = all;
    auto next = takePage(request, page, keyOf);
    ASSERT_TRUE(next);
    EXPECT_EQ(idsOf(page), "01");
    // The row behind which it goes on goes away, and others come before and behind it.
    std::erase_if(all, [](const auto& thing) { return thing.id == "1"; });
    all.push_back({"Same", "9"});
    all.push_back({"same", "4"});
    request.cursor = *next;
    page = all;
    next = takePage(request, page, keyOf);
    EXPECT_EQ(idsOf(page), "23");
    request.cursor = *next;
    page = all;
    next = takePage(request, page, keyOf);
    EXPECT_EQ(idsOf(page), "45");
    EXPECT_EQ(*next, "") << "a page that is full may be the last";
}

TEST(Pages, CursorsAreOfOneListAndFitForAUrl) {
    const PageKey key{-1'772'476'200'000'000, "\xc3\xbc~\xf0\x9f\x8c\x99?>", "id"};
    const auto cursor = pageCursor("a.list", key);
    EXPECT_EQ(cursor.find_first_of("+/=&% \""), std::string::npos) << cursor;
    EXPECT_EQ(*readPageCursor("a.list", cursor), key);
    EXPECT_EQ(readPageCursor("b.list", cursor).error().code, "store.cursor");
    for (const std::string& wrong : {std::string("!"), cursor + "=", cursor.substr(0, 9), std::string(20'000, 'A'),
                                     std::string("bnVsbA"), std::string("WyJhLmxpc3QiLDFd")}) {
        EXPECT_EQ(readPageCursor("a.list", wrong).error().code, "store.cursor") << wrong;
    }
}

TEST(Pages, TextsAreFoundInEitherCase) {
    EXPECT_TRUE(containsText("Nightly Backup", "BACK"));
    EXPECT_TRUE(containsText("Nightly", ""));
    EXPECT_TRUE(containsText("", ""));
    EXPECT_FALSE(containsText("", "x"));
    EXPECT_FALSE(containsText("night", "nightly"));
}

TEST(Pages, LimitsAreBounded) {
    std::vector<Thing> rows(3);
    Request request;
    for (const std::uint32_t limit : {0U, 1001U}) {
        request.limit = limit;
        EXPECT_EQ(takePage(request, rows, keyOf).error().where, "/limit");
    }
    EXPECT_EQ(rows.size(), 3U);
    request.limit = 1000;
    EXPECT_EQ(*takePage(request, rows, keyOf), "");
    rows.clear();
    EXPECT_EQ(*takePage(request, rows, keyOf), "");
}

}  // namespace
}  // namespace signalbox::service
