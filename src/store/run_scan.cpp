#include "store/run_scan.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace signalbox::store {
namespace {

constexpr int kStatuses = 8;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// The WHERE clause of one index range, built from fixed pieces; every value is bound.
class Range {
public:
    /// Of two upper bounds SQLite would use one for the index and check the other row by row: only the lower is given.
    Range(const engine::RunFilter& filter, std::optional<engine::RunStatus> status, std::optional<RunPlace> place = {},
          bool inclusive = false)
        : filter_(filter), status_(status), place_(place), text_(!filter.errorText.empty()) {
        bounded_ = filter.createdBefore != 0 && (!place || place->createdWall >= filter.createdBefore);
        if (bounded_) place_.reset();
        if (text_) add("error_code <> ''");  // so that the index of errors, which holds all that is compared, is used
        if (!text_ && status) add("status = ?");
        if (!text_ && !filter.workflowId.empty()) add("workflow_id = ?");
        if (filter.createdAfter != 0) add("created_wall >= ?");
        if (bounded_) add("created_wall < ?");
        if (place_) add(inclusive ? "(created_wall, row) <= (?, ?)" : "(created_wall, row) < (?, ?)");
    }
    void add(std::string_view condition) {
        sql_ += sql_.empty() ? " WHERE " : " AND ";
        sql_ += condition;
    }
    void bind(Query& query) const {
        if (!text_ && status_) query.integer(static_cast<std::int64_t>(*status_));
        if (!text_ && !filter_.workflowId.empty()) query.text(filter_.workflowId);
        if (filter_.createdAfter != 0) query.integer(filter_.createdAfter);
        if (bounded_) query.integer(filter_.createdBefore);
        if (place_) query.integer(place_->createdWall).integer(place_->row);
    }
    [[nodiscard]] const std::string& sql() const { return sql_; }

private:
    const engine::RunFilter& filter_;
    const std::optional<engine::RunStatus> status_;
    std::optional<RunPlace> place_;
    const bool text_;
    bool bounded_ = false;
    std::string sql_;
};

}  // namespace

std::string writeCursor(const RunPlace& place) { return fmt::format("{}.{}", place.createdWall, place.row); }

Result<RunPlace> parseCursor(const std::string& text) {
    RunPlace place;
    const char* end = text.data() + text.size();
    const auto wall = std::from_chars(text.data(), end, place.createdWall);
    if (wall.ec == std::errc() && wall.ptr != end && *wall.ptr == '.') {
        const auto row = std::from_chars(wall.ptr + 1, end, place.row);
        if (row.ec == std::errc() && row.ptr == end) return place;
    }
    return fail("store.cursor", fmt::format("\"{}\" is not a cursor of the list of runs", text), {},
                "Pass the cursor of the page before as it was given, or none for the first page.");
}

std::vector<engine::RunStatus> wantedStatuses(const engine::RunFilter& filter) {
    std::vector<engine::RunStatus> wanted = filter.statuses;
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    if (wanted.size() == kStatuses) wanted.clear();
    return wanted;
}

bool containsText(std::string_view text, std::string_view part) {
    if (part.empty()) return true;
    if (text.size() < part.size()) return false;
    const char first = lower(part.front());
    const char* const last = text.data() + (text.size() - part.size());
    for (const char* at = text.data(); at <= last; ++at) {
        if (lower(*at) != first) continue;
        std::size_t same = 1;
        while (same < part.size() && lower(at[same]) == lower(part[same])) ++same;
        if (same == part.size()) return true;
    }
    return false;
}

Result<RunScan> RunScan::open(Database& database, const engine::RunFilter& filter, const Start& start) {
    RunScan scan(filter);
    const auto statuses = wantedStatuses(filter);
    if (statuses.size() <= 1 || !filter.errorText.empty()) {
        const auto status = statuses.size() == 1 ? std::optional(statuses.front()) : std::nullopt;
        SIGNALBOX_CHECK(scan.addStream(database, status, start));
    } else {
        Start whole = start;
        whole.skip = 0;
        for (const auto status : statuses) SIGNALBOX_CHECK(scan.addStream(database, status, whole));
    }
    const bool skipped = scan.streams_.size() == 1 && filter.errorText.empty();
    for (std::uint64_t i = 0; !skipped && i < start.skip; ++i) {
        SIGNALBOX_TRY(const auto place, scan.next());
        if (!place) break;
    }
    return scan;
}

Status RunScan::addStream(Database& database, std::optional<engine::RunStatus> status, const Start& start) {
    const bool text = !filter_->errorText.empty();
    const Range range(*filter_, status, start.place, start.inclusive);
    const std::string sql = fmt::format(
        "SELECT created_wall, row{} FROM runs{}{} ORDER BY created_wall DESC, row DESC{}",
        text ? ", error_code, error_message, status, workflow_id" : "", text ? " INDEXED BY runs_by_error" : "",
        range.sql(), !text && start.skip > 0 ? " LIMIT -1 OFFSET ?" : "");
    Stream stream;
    SIGNALBOX_TRY(stream.statement, database.prepare(sql));
    stream.query = std::make_unique<Query>(*stream.statement);
    range.bind(*stream.query);
    if (!text && start.skip > 0) stream.query->integer(static_cast<std::int64_t>(start.skip));
    if (!text) SIGNALBOX_CHECK(advance(stream));
    streams_.push_back(std::move(stream));
    return {};
}

Status RunScan::advance(Stream& stream) {
    SIGNALBOX_TRY(const bool row, stream.query->step());
    stream.head.reset();
    if (row) stream.head = RunPlace{stream.query->columnInteger(0), stream.query->columnInteger(1)};
    return {};
}

Result<std::optional<RunPlace>> RunScan::next() {
    if (!filter_->errorText.empty()) return nextWithText();
    Stream* newest = nullptr;
    for (Stream& stream : streams_) {
        if (stream.head && (newest == nullptr || *stream.head > *newest->head)) newest = &stream;
    }
    if (newest == nullptr) return std::nullopt;
    reached_ = *newest->head;
    SIGNALBOX_CHECK(advance(*newest));
    return reached_;
}

Result<std::optional<RunPlace>> RunScan::nextWithText() {
    const Query& query = *streams_.front().query;
    while (true) {
        if (budget_ == 0) {
            cut_ = true;
            return std::nullopt;
        }
        --budget_;
        SIGNALBOX_TRY(const bool row, streams_.front().query->step());
        if (!row) return std::nullopt;
        reached_ = {query.columnInteger(0), query.columnInteger(1)};
        if (matchesText(query)) return reached_;
    }
}

bool RunScan::matchesText(const Query& query) const {
    if (!filter_->statuses.empty()) {
        const auto status = static_cast<engine::RunStatus>(query.columnInteger(4));
        if (std::find(filter_->statuses.begin(), filter_->statuses.end(), status) == filter_->statuses.end()) {
            return false;
        }
    }
    if (!filter_->workflowId.empty() && query.columnText(5) != filter_->workflowId) return false;
    return containsText(query.columnText(3), filter_->errorText) ||
           containsText(query.columnText(2), filter_->errorText);
}

Result<std::uint64_t> countMatches(Database& database, const engine::RunFilter& filter, std::uint64_t most) {
    auto statuses = wantedStatuses(filter);
    std::uint64_t total = 0;
    std::size_t index = 0;
    do {
        const Range range(filter, statuses.empty() ? std::nullopt : std::optional(statuses[index]));
        const std::string sql = "SELECT count(*) FROM (SELECT 1 FROM runs" + range.sql() + " LIMIT ?)";
        SIGNALBOX_TRY(const auto statement, database.prepare(sql));
        Query query(*statement);
        range.bind(query);
        SIGNALBOX_TRY(const bool row, query.integer(static_cast<std::int64_t>(most + 1 - total)).step());
        if (row) total += static_cast<std::uint64_t>(query.columnInteger(0));
    } while (++index < statuses.size() && total <= most);
    return total;
}

}  // namespace signalbox::store
