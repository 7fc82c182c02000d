#include "base/seen_from.h"

#include <gtest/gtest.h>

namespace signalbox {
namespace {

std::string seen(std::string_view text) { return seenFrom("/srv/orders", text); }

TEST(SeenFrom, PathsBelowTheFolderBecomeRelative) {
    EXPECT_EQ(seen("/srv/orders/a.json"), "a.json");
    EXPECT_EQ(seen("/srv/orders/.signalbox/state.db"), ".signalbox/state.db");
    EXPECT_EQ(seen("\"/srv/orders/a\" and '/srv/orders/b c' and (/srv/orders/d:4)"), "\"a\" and 'b c' and (d:4)");
    EXPECT_EQ(seen("/srv/orders"), "the workspace");
    EXPECT_EQ(seen("/srv/orders/"), "the workspace");
    EXPECT_EQ(seen("Nothing is in /srv/orders. Look at /srv/orders/ once more"),
              "Nothing is in the workspace. Look at the workspace once more");
}

TEST(SeenFrom, OtherPathsStay) {
    for (const char* other : {"/srv/orders2/a", "/srv/orders-old", "/srv/orders.old/a", "/mnt/srv/orders/a",
                              "x/srv/orders/a", "../srv/orders", "/srv/order", "", "/srv"}) {
        EXPECT_EQ(seen(other), other);
    }
    EXPECT_EQ(seenFrom("", "/srv/a"), "/srv/a");
    EXPECT_EQ(seenFrom("/", "/srv/a"), "/srv/a");
}

TEST(SeenFrom, AnErrorLosesThePathWhereverItSaysIt) {
    const Error error = seenFrom("/srv/orders", Error{"file.read", "/srv/orders/a cannot be read", "/srv/orders",
                                                      "Look at /srv/orders/a", true});
    EXPECT_EQ(error, (Error{"file.read", "a cannot be read", "", "Look at a", true}));
}

}  // namespace
}  // namespace signalbox
