// A stable merge sort whose comparison may fail; std::stable_sort could only be left by an exception.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace signalbox::expr {

/// after(a, b, result) tells whether a belongs behind b, or gives false to stop. False when it was stopped.
template <class T, class After>
[[nodiscard]] bool mergeSort(std::vector<T>& items, After&& after) {
    std::vector<T> merged(items.size());
    for (std::size_t width = 1; width < items.size(); width *= 2) {
        for (std::size_t start = 0; start < items.size(); start += 2 * width) {
            std::size_t left = start;
            const std::size_t middle = std::min(start + width, items.size());
            std::size_t right = middle;
            const std::size_t end = std::min(start + 2 * width, items.size());
            for (std::size_t to = start; to < end; ++to) {
                bool takeRight = left == middle;
                if (!takeRight && right < end && !after(items[left], items[right], takeRight)) return false;
                merged[to] = std::move(takeRight ? items[right++] : items[left++]);
            }
        }
        items.swap(merged);
    }
    return true;
}

}  // namespace signalbox::expr
