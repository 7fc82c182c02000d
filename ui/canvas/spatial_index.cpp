#include "ui/canvas/spatial_index.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace signalbox::ui {

void SpatialIndex::Box::include(const Box& other) {
    left = std::min(left, other.left);
    top = std::min(top, other.top);
    right = std::max(right, other.right);
    bottom = std::max(bottom, other.bottom);
}

SpatialIndex::Box SpatialIndex::boxOf(const QRectF& rect) {
    return {static_cast<float>(rect.left()), static_cast<float>(rect.top()), static_cast<float>(rect.right()),
            static_cast<float>(rect.bottom())};
}

void SpatialIndex::build(std::vector<Box> items) {
    items_ = std::move(items);
    levels_.clear();
    order_.resize(items_.size());
    std::iota(order_.begin(), order_.end(), 0);
    if (items_.empty()) return;
    const auto box = [this](int item) -> const Box& { return items_[static_cast<std::size_t>(item)]; };
    const auto byX = [&](int a, int b) { return box(a).left + box(a).right < box(b).left + box(b).right; };
    const auto byY = [&](int a, int b) { return box(a).top + box(a).bottom < box(b).top + box(b).bottom; };
    std::sort(order_.begin(), order_.end(), byX);
    const auto leaves = (items_.size() + kFanOut - 1) / kFanOut;
    const auto slices = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(leaves))));
    const auto slice = ((leaves + slices - 1) / slices) * kFanOut;
    for (std::size_t first = 0; first < order_.size(); first += slice) {
        const auto last = std::min(order_.size(), first + slice);
        std::sort(order_.begin() + static_cast<std::ptrdiff_t>(first),
                  order_.begin() + static_cast<std::ptrdiff_t>(last), byY);
    }
    slot_.resize(items_.size());
    leafBoxes_.resize(items_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) {
        slot_[static_cast<std::size_t>(order_[i])] = i;
        leafBoxes_[i] = box(order_[i]);
    }
    const auto* below = &leafBoxes_;
    do {
        std::vector<Box> level((below->size() + kFanOut - 1) / kFanOut);
        for (std::size_t i = 0; i < below->size(); ++i) {
            auto& parent = level[i / kFanOut];
            if (i % kFanOut == 0) {
                parent = (*below)[i];
            } else {
                parent.include((*below)[i]);
            }
        }
        levels_.push_back(std::move(level));
        below = &levels_.back();
    } while (below->size() > 1);
}

void SpatialIndex::update(int item, const Box& box) {
    items_[static_cast<std::size_t>(item)] = box;
    auto place = slot_[static_cast<std::size_t>(item)];
    leafBoxes_[place] = box;
    for (auto& level : levels_) {
        place /= kFanOut;
        level[place].include(box);
    }
}

}  // namespace signalbox::ui
