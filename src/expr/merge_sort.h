// A stable merge sort whose comparison may fail; std::stable_sort could only be left by an exception.
#pragma once

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace signalbox::expr {

/// Sorts the items from `first` up to `last`, with `spare` as room for the left half.
template <class T, class After>
[[nodiscard]] bool mergeSortPart(std::vector<T>& items, std::size_t first, std::size_t last, std::vector<T>& spare,
                                 After& after) {
    if (last - first < 2) return true;
    const std::size_t middle = first + (last - first) / 2;
    if (!mergeSortPart(items, first, middle, spare, after) || !mergeSortPart(items, middle, last, spare, after))
        return false;
    const auto begin = items.begin() + static_cast<std::ptrdiff_t>(first);
    spare.assign(std::make_move_iterator(begin),
                 std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(middle - first)));
    std::size_t left = 0;
    std::size_t right = middle;
    for (std::size_t to = first; left < spare.size(); ++to) {
        bool takeRight = false;
        if (right < last && !after(spare[left], items[right], takeRight)) return false;
        items[to] = std::move(takeRight ? items[right++] : spare[left++]);
    }
    return true;
}

/// after(a, b, result) tells whether a belongs behind b, or gives false to stop. False when it was stopped; the items
/// are then no more than what can be destroyed. Compares the pairs that the reference implementation compares, in its
/// order, so that an order that contradicts itself gives the same here and there.
template <class T, class After>
[[nodiscard]] bool mergeSort(std::vector<T>& items, After&& after) {
    std::vector<T> spare;
    spare.reserve((items.size() + 1) / 2);
    return mergeSortPart(items, 0, items.size(), spare, after);
}

}  // namespace signalbox::expr
