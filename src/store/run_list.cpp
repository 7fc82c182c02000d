#include "store/run_list.h"

#include <algorithm>

#include "store/run_rows.h"

namespace signalbox::store {
namespace {

constexpr std::uint64_t kMostNewer = 1000;

Result<engine::RunSummary> readRow(Database& database, std::int64_t row) {
    SIGNALBOX_QUERY(query, database, "SELECT " SIGNALBOX_SUMMARY_COLUMNS " FROM runs WHERE row = ?");
    SIGNALBOX_TRY(const bool found, query.integer(row).step());
    // Within one snapshot an index never names a row that is not there.
    if (!found) return fail("store.corrupt", "An index of runs names a row that is missing", database.where());
    return summaryFrom(query);
}

/// Rows of one snapshot, on their way to a page.
class PageReader {
public:
    PageReader(Database& database, const engine::RunFilter& filter, RankAnchors& anchors, const ListBudget& budget)
        : database_(database), filter_(filter), anchors_(anchors), budget_(budget) {}

    [[nodiscard]] Result<engine::RunPage> read() {
        SIGNALBOX_TRY(const RunScan::Start start, begin());
        SIGNALBOX_CHECK(readRows(start));
        SIGNALBOX_CHECK(countNewer());
        SIGNALBOX_CHECK(total());
        return std::move(page_);
    }

private:
    [[nodiscard]] Result<RunScan::Start> begin() {
        if (!filter_.asOf.empty()) {
            SIGNALBOX_TRY(newest_, parseCursor(filter_.asOf));
            page_.asOf = filter_.asOf;
        }
        if (!filter_.cursor.empty()) {
            SIGNALBOX_TRY(const RunPlace last, parseCursor(filter_.cursor));
            return RunScan::Start{last, false, 0};
        }
        page_.offset = filter_.offset;
        if (filter_.offset == 0) return RunScan::Start{newest_, true, 0};
        if (!newest_) {
            SIGNALBOX_TRY(RunScan scan, RunScan::open(database_, filter_, {}));
            SIGNALBOX_TRY(newest_, scan.next());
            if (!newest_) return RunScan::Start{};
            page_.asOf = writeCursor(*newest_);
        }
        SIGNALBOX_TRY(const auto position, anchors_.find(database_, filter_, *newest_, filter_.offset));
        return position.start;
    }

    [[nodiscard]] Status readRows(const RunScan::Start& start) {
        const auto limit = std::clamp<std::size_t>(filter_.limit, 1, kMaxPage);
        SIGNALBOX_TRY(RunScan scan, RunScan::open(database_, filter_, start));
        if (filter_.offset == 0) scan.setBudget(budget_.searched);
        RunPlace last;
        while (true) {
            SIGNALBOX_TRY(const auto place, scan.next());
            if (!place) break;
            if (page_.runs.size() == limit) {
                page_.nextCursor = writeCursor(last);
                ended_ = false;
                return {};
            }
            last = *place;
            if (page_.runs.empty() && filter_.cursor.empty() && !newest_) {
                newest_ = *place;
                page_.asOf = writeCursor(*place);
            }
            SIGNALBOX_TRY(auto summary, readRow(database_, place->row));
            page_.runs.push_back(std::move(summary));
        }
        if (!scan.cut()) return {};
        ended_ = false;
        page_.partial = true;
        page_.nextCursor = writeCursor(scan.reached());
        return {};
    }

    /// Runs that came after the given asOf.
    [[nodiscard]] Status countNewer() {
        if (filter_.asOf.empty()) return {};
        SIGNALBOX_TRY(RunScan scan, RunScan::open(database_, filter_, {}));
        scan.setBudget(kMostNewer);
        while (page_.newer < kMostNewer) {
            SIGNALBOX_TRY(const auto place, scan.next());
            if (!place || *place <= *newest_) return {};
            ++page_.newer;
        }
        return {};
    }

    [[nodiscard]] Status total() {
        if (newest_ && (filter_.offset > 0 || !filter_.asOf.empty())) {
            // Rank 0 asks nothing of the walk; it only tells how far it has come.
            SIGNALBOX_TRY(const auto position, anchors_.find(database_, filter_, *newest_, 0));
            if (position.known) {
                page_.total = position.total;
                return {};
            }
        }
        const bool timed = filter_.createdAfter != 0 || filter_.createdBefore != 0;
        if (!filter_.errorText.empty()) {
            page_.total = filter_.offset + page_.runs.size();
            page_.totalIsLeast = !ended_ || !filter_.cursor.empty();
        } else if (timed) {
            SIGNALBOX_TRY(page_.total, countMatches(database_, filter_, budget_.counted));
            page_.totalIsLeast = page_.total > budget_.counted;
            if (page_.totalIsLeast) page_.total = budget_.counted;
        } else {
            SIGNALBOX_CHECK(sumCounters());
        }
        if (page_.newer > 0) page_.total -= std::min<std::uint64_t>(page_.total, page_.newer);
        if (page_.newer == kMostNewer) page_.totalIsLeast = true;
        return {};
    }

    [[nodiscard]] Status sumCounters() {
        auto statuses = wantedStatuses(filter_);
        std::size_t index = 0;
        do {
            SIGNALBOX_QUERY(query, database_,
                            "SELECT coalesce(sum(runs), 0) FROM run_counts"
                            " WHERE (?1 IS NULL OR status = ?1) AND (?2 = '' OR workflow_id = ?2)");
            if (statuses.empty()) {
                query.null();
            } else {
                query.integer(static_cast<std::int64_t>(statuses[index]));
            }
            SIGNALBOX_TRY(const bool row, query.text(filter_.workflowId).step());
            if (row) page_.total += static_cast<std::uint64_t>(query.columnInteger(0));
        } while (++index < statuses.size());
        return {};
    }

    Database& database_;
    const engine::RunFilter& filter_;
    RankAnchors& anchors_;
    const ListBudget& budget_;
    engine::RunPage page_;
    std::optional<RunPlace> newest_;
    bool ended_ = true;
};

}  // namespace

Result<engine::RunPage> listRuns(Database& database, const engine::RunFilter& filter, RankAnchors& anchors,
                                 const ListBudget& budget) {
    SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(database, Transaction::Mode::Read));
    return PageReader(database, filter, anchors, budget).read();
}

}  // namespace signalbox::store
