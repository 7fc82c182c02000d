// Jumping about in the list of runs: by rank, with several statuses, while runs are added; searches in slices.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "store/rank_anchors.h"
#include "store/run_list.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

using engine::RunFilter;
using engine::RunStatus;

class RankTest : public testing::Test {
protected:
    RankTest() {
        bench_.open();
        store::ConnectionOptions options;
        options.path = bench_.path();
        database_ = store::Database::open(options).value();
    }
    /// Rows made quickly, as the writer would make them: every seventh failed, every fifth cancelled, three workflows.
    void fill(int from, int to) {
        executeOutside(
            bench_.path(),
            ("WITH RECURSIVE n(i) AS (SELECT " + std::to_string(from) + " UNION ALL SELECT i + 1 FROM n WHERE i < " +
             std::to_string(to) +
             ") INSERT INTO runs (id, token, status, created_wall, started_wall, finished_wall, nodes_total,"
             " nodes_done, nodes_failed, nodes_skipped, version, priority, owner, workflow_id, workflow_name,"
             " idempotency_key, started_by, error_code, error_message, error_node)"
             " SELECT randomblob(16), 1, CASE WHEN i % 7 = 0 THEN 5 WHEN i % 5 = 0 THEN 6 ELSE 4 END,"
             " 1000 + i / 3, 1, 1, i, 10, 0, 0, 1, 0, 'o', 'w' || (i % 3), 'W', '', 'me',"
             " CASE WHEN i % 7 = 0 THEN 'http.timeout' ELSE '' END,"
             " CASE WHEN i % 7 = 0 THEN 'No answer from host ' || i ELSE '' END, '' FROM n;"
             "DELETE FROM run_counts;"
             "INSERT INTO run_counts SELECT workflow_id, status, count(*) FROM runs GROUP BY 1, 2")
                .c_str());
    }
    /// All that match, by pages of a cursor; nodesTotal tells the rows apart.
    std::vector<std::uint32_t> allOf(RunFilter filter) {
        std::vector<std::uint32_t> all;
        filter.limit = 997;
        do {
            const auto page = bench_.store().list(filter);
            EXPECT_TRUE(page);
            for (const auto& run : page->runs) all.push_back(run.nodesTotal);
            filter.cursor = page->nextCursor;
        } while (!filter.cursor.empty());
        return all;
    }
    static std::vector<std::uint32_t> rowsOf(const engine::RunPage& page) {
        std::vector<std::uint32_t> rows;
        for (const auto& run : page.runs) rows.push_back(run.nodesTotal);
        return rows;
    }
    StoreBench bench_;
    std::unique_ptr<store::Database> database_;
};

TEST_F(RankTest, EveryFilterGivesTheSameRowsByRankAsByCursor) {
    fill(1, 12'000);
    std::vector<RunFilter> filters(6);
    filters[1].statuses = {RunStatus::Failed, RunStatus::Cancelled};
    filters[2].workflowId = "w1";
    filters[3].statuses = {RunStatus::Succeeded, RunStatus::Failed, RunStatus::Running};
    filters[3].workflowId = "w2";
    filters[4].createdAfter = 2000;
    filters[4].createdBefore = 4500;
    filters[5].errorText = "HOST 1";
    const unsigned seed = std::random_device{}();
    std::mt19937 random(seed);
    for (RunFilter filter : filters) {
        const auto all = allOf(filter);
        ASSERT_GT(all.size(), 300U);
        filter.limit = 50;
        const auto first = bench_.store().list(filter);
        ASSERT_TRUE(first);
        filter.asOf = first->asOf;
        for (int i = 0; i < 12; ++i) {
            filter.offset = i == 0   ? all.size() - 1
                            : i == 1 ? std::min<std::size_t>(1000, all.size() - 1)
                                     : random() % all.size();
            const auto page = bench_.store().list(filter);
            ASSERT_TRUE(page);
            EXPECT_EQ(page->offset, filter.offset);
            const auto end = std::min<std::size_t>(filter.offset + 50, all.size());
            EXPECT_EQ(rowsOf(*page), std::vector(all.begin() + static_cast<std::ptrdiff_t>(filter.offset),
                                                 all.begin() + static_cast<std::ptrdiff_t>(end)))
                << "seed " << seed << " offset " << filter.offset;
        }
        ASSERT_TRUE(bench_.store().warmList(filter));
        const auto page = bench_.store().list(filter);
        EXPECT_EQ(page->total, all.size());
        EXPECT_FALSE(page->totalIsLeast);
    }
}

/// Six seconds pass whenever somebody looks.
class HastyClock final : public Clock {
public:
    Micros monotonicNow() const override { return now_ += 6'000'000; }
    Micros wallNow() const override { return now_; }

private:
    mutable Micros now_ = 0;
};

TEST_F(RankTest, AWalkThatOutlivesWhatIsRememberedStillEnds) {
    fill(1, 12'000);
    const HastyClock clock;
    store::RankAnchors anchors(clock);
    RunFilter filter;
    filter.statuses = {RunStatus::Failed, RunStatus::Cancelled};
    filter.limit = 1;
    const auto newest = store::parseCursor(bench_.store().list(filter)->asOf);
    ASSERT_TRUE(newest);
    auto walking = anchors.walk(filter, *newest);
    int steps = 0;
    for (bool ended = false; !ended && steps < 100; ++steps) {
        for (int other = 0; other < 20; ++other) {
            RunFilter another;
            another.createdAfter = 1 + other;
            ASSERT_TRUE(anchors.find(*database_, another, *newest, 0));
        }
        const auto reached = walking.reach(*database_, 1000U * static_cast<unsigned>(steps + 1));
        ASSERT_TRUE(reached);
        ended = *reached;
    }
    EXPECT_EQ(steps, 4) << "3,772 of them match, a thousand a step";
}

TEST_F(RankTest, NewRunsShiftNoRankAndAreCounted) {
    fill(1, 3000);
    RunFilter filter;
    filter.limit = 10;
    const auto first = bench_.store().list(filter);
    ASSERT_FALSE(first->asOf.empty());
    filter.asOf = first->asOf;
    filter.offset = 1500;
    const auto before = bench_.store().list(filter);
    fill(3001, 3040);
    const auto after = bench_.store().list(filter);
    EXPECT_EQ(rowsOf(*after), rowsOf(*before));
    EXPECT_EQ(before->newer, 0U);
    EXPECT_EQ(after->newer, 40U);
    EXPECT_EQ(after->total, 3000U);
    filter.offset = 0;
    EXPECT_EQ(rowsOf(*bench_.store().list(filter)), rowsOf(*first));
    filter.asOf.clear();
    EXPECT_EQ(bench_.store().list(filter)->total, 3040U);
}

TEST_F(RankTest, BehindTheEndIsEmptyAndKnowsTheTotal) {
    fill(1, 2500);
    RunFilter filter;
    filter.createdAfter = 1;
    filter.offset = 10'000;
    const auto page = bench_.store().list(filter);
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->runs.empty());
    EXPECT_EQ(page->total, 2500U);
}

TEST_F(RankTest, ASearchForTextGoesOnWhereItsSliceEnded) {
    fill(1, 7000);
    RunFilter filter;
    filter.errorText = "host 49";  // 49, 490, 497, 4900, 4907, ... 4998
    filter.limit = 5;
    const auto all = allOf(filter);
    store::RankAnchors anchors(bench_.clock);
    std::vector<std::uint32_t> found;
    int slices = 0;
    do {
        const auto page = store::listRuns(*database_, filter, anchors, {.searched = 60, .counted = 10});
        ASSERT_TRUE(page);
        EXPECT_TRUE(!page->partial || !page->nextCursor.empty());
        slices += page->partial ? 1 : 0;
        for (const auto row : rowsOf(*page)) found.push_back(row);
        filter.cursor = page->nextCursor;
    } while (!filter.cursor.empty());
    EXPECT_EQ(found, all);
    EXPECT_GT(all.size(), 10U);
    EXPECT_GT(slices, 10);
}

TEST_F(RankTest, ABadAsOfIsAnError) {
    RunFilter filter;
    filter.asOf = "yesterday";
    EXPECT_EQ(bench_.store().list(filter).error().code, "store.cursor");
}

TEST_F(RankTest, PartsOfAJournalBothWaysByNodeAndKind) {
    const RunId run = newRun();
    auto made = creation(run, "owner-a", 20);
    for (auto& record : made.records) {
        record.node = static_cast<std::uint32_t>(record.seq % 3);
        record.kind = record.seq % 2 == 0 ? engine::RecordKind::NodeStarted : engine::RecordKind::NodeSucceeded;
    }
    ASSERT_TRUE(appendNow(bench_.store(), std::move(made)));
    store::JournalQuery query;
    query.limit = 5;
    auto part = bench_.store().journal(run, query).value();
    EXPECT_EQ(part.records.front().seq, 1U);
    EXPECT_EQ(part.nextSeq, 6U);
    EXPECT_EQ(part.lastSeq, 20U);
    query.backwards = true;
    part = bench_.store().journal(run, query).value();
    EXPECT_EQ(part.records.front().seq, 16U);
    EXPECT_EQ(part.records.back().seq, 20U);
    EXPECT_EQ(part.nextSeq, 15U);
    query = {};
    query.node = 1;
    query.kinds = {engine::RecordKind::NodeStarted};
    part = bench_.store().journal(run, query).value();
    EXPECT_EQ(part.nextSeq, 0U);
    ASSERT_EQ(part.records.size(), 3U);  // 4, 10, 16
    EXPECT_EQ(part.records[1].seq, 10U);
    EXPECT_EQ(bench_.store().journal(newRun(), query).error().code, "run.not-found");
}

}  // namespace
}  // namespace signalbox::test
