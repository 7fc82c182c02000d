// The list of runs: filters, counts, pages that stay put while runs are added.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "store/database.h"
#include "store/run_list.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

using engine::RunFilter;
using engine::RunStatus;

class ListTest : public testing::Test {
protected:
    ListTest() { bench_.open(); }
    store::SqliteStore& store() { return bench_.store(); }
    RunId add(const std::string& workflow, RunStatus status, Micros created, const std::string& message = {}) {
        auto append = creation(newRun());
        append.summary->workflowId = workflow;
        append.summary->status = status;
        append.summary->createdWall = created;
        append.summary->errorCode = message.empty() ? "" : "node.failed";
        append.summary->errorMessage = message;
        const RunId run = append.run;
        EXPECT_TRUE(appendNow(store(), std::move(append)));
        return run;
    }
    std::vector<RunId> ids(const RunFilter& filter) {
        const auto page = store().list(filter);
        std::vector<RunId> result;
        for (const auto& summary : page->runs) result.push_back(summary.run);
        return result;
    }
    StoreBench bench_;
};

TEST_F(ListTest, IsEmptyAtFirst) {
    const auto page = store().list({});
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->runs.empty());
    EXPECT_TRUE(page->nextCursor.empty());
    EXPECT_EQ(page->total, 0U);
}

TEST_F(ListTest, NewestFirstAndTiesByOrderOfMaking) {
    const RunId a = add("w", RunStatus::Running, 200);
    const RunId b = add("w", RunStatus::Running, 300);
    const RunId c = add("w", RunStatus::Running, 200);
    EXPECT_EQ(ids({}), (std::vector{b, c, a}));
}

TEST_F(ListTest, EveryFilterNarrows) {
    const RunId a = add("orders", RunStatus::Failed, 100, "Connection refused by 10.0.0.1");
    const RunId b = add("orders", RunStatus::Succeeded, 200);
    const RunId c = add("returns", RunStatus::Failed, 300, "disk is 100% full");
    RunFilter filter;
    filter.statuses = {RunStatus::Failed};
    EXPECT_EQ(ids(filter), (std::vector{c, a}));
    filter.workflowId = "orders";
    EXPECT_EQ(ids(filter), (std::vector{a}));
    EXPECT_EQ(store().list(filter)->total, 1U);
    filter = {};
    filter.workflowId = "orders";
    EXPECT_EQ(ids(filter), (std::vector{b, a}));
    filter = {};
    filter.createdAfter = 200;
    EXPECT_EQ(ids(filter), (std::vector{c, b}));
    EXPECT_EQ(store().list(filter)->total, 2U);
    filter.createdBefore = 300;
    EXPECT_EQ(ids(filter), (std::vector{b}));
    filter = {};
    filter.errorText = "refused";
    EXPECT_EQ(ids(filter), (std::vector{a}));
    filter.errorText = "node.fail";
    EXPECT_EQ(ids(filter), (std::vector{c, a}));
    EXPECT_EQ(store().list(filter)->total, 2U);
}

TEST_F(ListTest, TextIsTakenAsItIs) {
    const RunId percent = add("w", RunStatus::Failed, 100, "100% full");
    add("w", RunStatus::Failed, 200, "1000 full");
    const RunId quoted = add("w", RunStatus::Failed, 300, "it's a_b\\c");
    RunFilter filter;
    filter.errorText = "100% f";
    EXPECT_EQ(ids(filter), (std::vector{percent}));
    filter.errorText = "a_b\\c";
    EXPECT_EQ(ids(filter), (std::vector{quoted}));
    filter.errorText = "aXb";
    EXPECT_TRUE(ids(filter).empty());
    filter.errorText = "x' OR '1'='1";
    EXPECT_TRUE(ids(filter).empty());
}

TEST_F(ListTest, PagesCoverEverythingOnceWhileRunsAreAdded) {
    std::set<RunId> before;
    for (int i = 0; i < 25; ++i) before.insert(add("w", RunStatus::Running, 100 + i / 3));
    RunFilter filter;
    filter.limit = 4;
    std::vector<RunId> seen;
    do {
        const auto page = store().list(filter);
        ASSERT_TRUE(page);
        for (const auto& summary : page->runs) seen.push_back(summary.run);
        filter.cursor = page->nextCursor;
        add("w", RunStatus::Running, 1000);  // newer than what is being paged through
    } while (!filter.cursor.empty());
    EXPECT_EQ(seen.size(), before.size());
    EXPECT_EQ(std::set<RunId>(seen.begin(), seen.end()), before);
}

TEST_F(ListTest, TheLastPageHasNoCursorEvenWhenItIsFull) {
    add("w", RunStatus::Running, 1);
    add("w", RunStatus::Running, 2);
    RunFilter filter;
    filter.limit = 2;
    EXPECT_TRUE(store().list(filter)->nextCursor.empty());
    filter.limit = 1;
    EXPECT_FALSE(store().list(filter)->nextCursor.empty());
}

TEST_F(ListTest, ABadCursorIsAnError) {
    for (const char* cursor : {"x", "12", "12.", ".5", "1.2.3", "1.2x", "' OR 1"}) {
        RunFilter filter;
        filter.cursor = cursor;
        const auto page = store().list(filter);
        ASSERT_FALSE(page) << cursor;
        EXPECT_EQ(page.error().code, "store.cursor");
    }
}

TEST_F(ListTest, CountsFollowEveryChangeOfStatus) {
    const auto total = [&](std::optional<RunStatus> status, const std::string& workflow = {}) {
        RunFilter filter;
        if (status) filter.statuses = {*status};
        filter.workflowId = workflow;
        return store().list(filter)->total;
    };
    const RunId a = add("orders", RunStatus::Queued, 1);
    add("orders", RunStatus::Running, 2);
    add("returns", RunStatus::Running, 3);
    EXPECT_EQ(total(std::nullopt), 3U);
    EXPECT_EQ(total(RunStatus::Running), 2U);
    EXPECT_EQ(total(RunStatus::Running, "orders"), 1U);
    auto summary = store().summary(a).value().value();
    ASSERT_TRUE(appendNow(store(), ending(summary, 2, RunStatus::Failed)));
    EXPECT_EQ(total(RunStatus::Queued), 0U);
    EXPECT_EQ(total(RunStatus::Failed, "orders"), 1U);
    ASSERT_TRUE(store().quarantine(a, "damaged"));
    EXPECT_EQ(total(RunStatus::Failed), 0U);
    EXPECT_EQ(total(RunStatus::Quarantined, "orders"), 1U);
    EXPECT_EQ(total(std::nullopt, "orders"), 2U);
    bench_.open();
    EXPECT_EQ(total(std::nullopt), 3U);
}

TEST_F(ListTest, CountingStopsAtItsBudgetAndSaysSo) {
    for (int i = 0; i < 50; ++i) add("w", RunStatus::Failed, 100 + i, "no answer");
    store::ConnectionOptions options;
    options.path = bench_.path();
    auto database = store::Database::open(options).value();
    RunFilter filter;
    filter.errorText = "answer";
    filter.limit = 10;
    store::RankAnchors anchors(bench_.clock);
    const store::ListBudget small{.searched = 20, .counted = 20};
    const auto cut = store::listRuns(*database, filter, anchors, small);
    ASSERT_TRUE(cut) << cut.error().message;
    EXPECT_TRUE(cut->totalIsLeast);
    EXPECT_EQ(cut->total, 10U);
    EXPECT_EQ(cut->runs.size(), 10U);
    filter = {};
    filter.createdAfter = 100;
    filter.limit = 10;
    const auto timed = store::listRuns(*database, filter, anchors, small);
    EXPECT_TRUE(timed->totalIsLeast);
    EXPECT_EQ(timed->total, 20U);
    const auto whole = store::listRuns(*database, filter, anchors);
    EXPECT_FALSE(whole->totalIsLeast);
    EXPECT_EQ(whole->total, 50U);
}

}  // namespace
}  // namespace signalbox::test
