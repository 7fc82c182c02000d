// Finds what lies in a rectangle among many: a packed R-tree, loaded in one go.
#pragma once

#include <QRectF>
#include <array>
#include <cstdint>
#include <vector>

namespace signalbox::ui {

/// Sort-tile-recursive packing (Leutenegger, Edgington and Lopez, 1997). Moving an item widens the boxes above it; the
/// tree stays right and is as good as new after the next build.
class SpatialIndex {
public:
    struct Box {
        float left = 0, top = 0, right = 0, bottom = 0;
        [[nodiscard]] bool touches(const Box& other) const {
            return left <= other.right && other.left <= right && top <= other.bottom && other.top <= bottom;
        }
        void include(const Box& other);
    };
    [[nodiscard]] static Box boxOf(const QRectF& rect);

    void build(std::vector<Box> items);
    void update(int item, const Box& box);
    [[nodiscard]] int size() const { return static_cast<int>(items_.size()); }

    /// Calls visit(item) for every item that touches the rectangle, in no particular order.
    template <class Visit>
    void query(const QRectF& rect, Visit visit) const {
        if (levels_.empty()) return;
        const auto wanted = boxOf(rect);
        descend(static_cast<int>(levels_.size()) - 1, 0, wanted, visit);
    }

private:
    static constexpr std::size_t kFanOut = 16;

    template <class Visit>
    void descend(int level, std::size_t node, const Box& wanted, Visit& visit) const {
        const auto& boxes = level == 0 ? leafBoxes_ : levels_[static_cast<std::size_t>(level) - 1];
        const auto end = std::min(boxes.size(), (node + 1) * kFanOut);
        for (auto child = node * kFanOut; child < end; ++child) {
            if (!boxes[child].touches(wanted)) continue;
            if (level == 0) {
                visit(order_[child]);
            } else {
                descend(level - 1, child, wanted, visit);
            }
        }
    }

    std::vector<Box> items_;                ///< by item
    std::vector<int> order_;                ///< items as they lie in the leaves
    std::vector<std::size_t> slot_;         ///< place of an item in order_
    std::vector<Box> leafBoxes_;            ///< boxes in the order of the leaves
    std::vector<std::vector<Box>> levels_;  ///< boxes of the inner nodes, lowest first; the last has one
};

}  // namespace signalbox::ui
