// The runs that match a filter as a stream of places in the list, newest first.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/ports.h"
#include "store/database.h"

namespace signalbox::store {

/// A row's place in the list of runs: by time of creation, then by row.
struct RunPlace {
    Micros createdWall = 0;
    std::int64_t row = 0;
    auto operator<=>(const RunPlace&) const = default;
};
[[nodiscard]] std::string writeCursor(const RunPlace& place);
/// Error "store.cursor".
[[nodiscard]] Result<RunPlace> parseCursor(const std::string& text);

/// Walks along indexes only. Without text each status of the filter is an index range of its own, and the ranges are
/// merged; with text the index of errors is walked, and everything else is compared here, so that the work can be cut
/// into slices. Lives within a transaction of its connection.
class RunScan {
public:
    /// Where to begin: behind a place, or at it.
    struct Start {
        std::optional<RunPlace> place;  ///< none: the newest
        bool inclusive = false;
        std::uint64_t skip = 0;  ///< matching rows to leave out
    };
    [[nodiscard]] static Result<RunScan> open(Database& database, const engine::RunFilter& filter, const Start& start);

    /// The next match; nothing at the end, or when the rows looked at have used up the budget.
    [[nodiscard]] Result<std::optional<RunPlace>> next();
    /// Rows that may be looked at from now on; only a search for text counts them.
    void setBudget(std::uint64_t rows) { budget_ = rows; }
    [[nodiscard]] bool cut() const { return cut_; }
    /// The last row that was looked at.
    [[nodiscard]] RunPlace reached() const { return reached_; }

private:
    struct Stream {
        std::unique_ptr<Statement> statement;
        std::unique_ptr<Query> query;
        std::optional<RunPlace> head;
    };
    explicit RunScan(const engine::RunFilter& filter) : filter_(&filter) {}
    [[nodiscard]] Status addStream(Database& database, std::optional<engine::RunStatus> status, const Start& start);
    [[nodiscard]] Status advance(Stream& stream);
    [[nodiscard]] Result<std::optional<RunPlace>> nextWithText();
    [[nodiscard]] bool matchesText(const Query& query) const;

    const engine::RunFilter* filter_;
    std::vector<Stream> streams_;
    std::uint64_t budget_ = UINT64_MAX;
    bool cut_ = false;
    RunPlace reached_;
};

/// The statuses that a filter really tells apart: none when it names all or none.
[[nodiscard]] std::vector<engine::RunStatus> wantedStatuses(const engine::RunFilter& filter);
/// How many match, as far as `most` goes: gives most + 1 when there are more. Not for a search for text.
[[nodiscard]] Result<std::uint64_t> countMatches(Database& database, const engine::RunFilter& filter,
                                                 std::uint64_t most);
/// Whether `part` is in `text`, ASCII letters of either case taken as equal.
[[nodiscard]] bool containsText(std::string_view text, std::string_view part);

}  // namespace signalbox::store
