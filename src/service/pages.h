// Pages of lists that are made anew for each call: a cursor holds the key of the last row shown, not a number of rows,
// so that what is made or deleted meanwhile shifts nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace signalbox::service {

/// Where a row stands. Lists are ascending by it, and no two rows have the same.
struct PageKey {
    std::int64_t rank = 0;  ///< minus a time: newest first
    std::string text{};
    std::string id{};  ///< tells rows apart that are otherwise the same
    auto operator<=>(const PageKey&) const = default;
};

inline constexpr std::uint32_t kLargestListPage = 1000;

/// Opaque to callers, fit for a URL. `list` is the call's name: a cursor is of one list only.
[[nodiscard]] std::string pageCursor(std::string_view list, const PageKey& key);
/// Error "store.cursor", as of the list of runs.
[[nodiscard]] Result<PageKey> readPageCursor(std::string_view list, std::string_view cursor);
/// Error "request.invalid".
[[nodiscard]] Status checkListLimit(std::uint32_t limit);

/// Leaves in `rows` those of the page that was asked for, in order, and gives the cursor of the next one; empty: it is
/// the last. Errors "store.cursor", "request.invalid".
template <class Request, class Row, class KeyOf>
[[nodiscard]] Result<std::string> takePage(const Request& request, std::vector<Row>& rows, KeyOf keyOf) {
    SIGNALBOX_CHECK(checkListLimit(request.limit));
    std::vector<std::pair<PageKey, std::size_t>> order;
    order.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) order.emplace_back(keyOf(rows[i]), i);
    std::sort(order.begin(), order.end());
    auto first = order.begin();
    if (!request.cursor.empty()) {
        SIGNALBOX_TRY(const PageKey behind, readPageCursor(Request::kName, request.cursor));
        first = std::find_if(order.begin(), order.end(), [&](const auto& row) { return row.first > behind; });
    }
    const auto left = static_cast<std::size_t>(order.end() - first);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min<std::size_t>(request.limit, left));
    std::string next = last == order.end() ? std::string() : pageCursor(Request::kName, std::prev(last)->first);
    std::vector<Row> page;
    page.reserve(static_cast<std::size_t>(last - first));
    for (auto at = first; at != last; ++at) page.push_back(std::move(rows[at->second]));
    rows = std::move(page);
    return next;
}

/// A list's reply as its page.
template <class Request, class List, class Row, class KeyOf>
[[nodiscard]] Result<List> pageOf(const Request& request, List list, std::vector<Row> List::*rows, KeyOf keyOf) {
    SIGNALBOX_TRY(list.nextCursor, takePage(request, list.*rows, keyOf));
    return list;
}

/// Whether a text holds another, ASCII letters of either case.
[[nodiscard]] bool containsText(std::string_view text, std::string_view part);

}  // namespace signalbox::service
