#include <algorithm>
#include <cmath>

#include "ui/canvas/layout_layers.h"

namespace signalbox::ui::layered {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

struct Wish {
    double y = 0;
    double weight = 0;
};

// Where a vertex would like its top to be: so that its wires are level.
Wish wishOf(const Layers& layers, int vertex, bool before, bool after) {
    Wish wish;
    const auto add = [&](double y, double weight) {
        wish.y += y * weight;
        wish.weight += weight;
    };
    if (before) {
        for (const int index : layers.before[at(vertex)]) {
            const auto& s = layers.segments[at(index)];
            add(layers.vertices[at(s.upper)].y + s.upperOffset - s.lowerOffset, s.weight);
        }
    }
    if (after) {
        for (const int index : layers.after[at(vertex)]) {
            const auto& s = layers.segments[at(index)];
            add(layers.vertices[at(s.lower)].y + s.lowerOffset - s.upperOffset, s.weight);
        }
    }
    if (wish.weight > 0) {
        wish.y /= wish.weight;
    } else {
        wish = {layers.vertices[at(vertex)].y, 0.05};
    }
    return wish;
}

double gapBetween(const Vertex& upper, const Vertex& lower, const LayoutSpacing& spacing) {
    return upper.node >= 0 && lower.node >= 0 ? spacing.row : spacing.wire;
}

// The heights nearest to the wishes (weighted least squares) that keep order and distances: pool adjacent violators.
void placeLayer(Layers& layers, const std::vector<int>& order, const LayoutSpacing& spacing, bool before, bool after) {
    struct Block {
        double sum = 0;
        double weight = 0;
        std::size_t first = 0;
        [[nodiscard]] double mean() const { return sum / weight; }
    };
    std::vector<double> shift(order.size(), 0);  // of a vertex below the top of an imagined stack
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& vertex = layers.vertices[at(order[i])];
        if (i > 0) {
            const auto& above = layers.vertices[at(order[i - 1])];
            shift[i] = shift[i - 1] + above.height + gapBetween(above, vertex, spacing);
        }
        const auto wish = wishOf(layers, order[i], before, after);
        Block block{(wish.y - shift[i]) * wish.weight, wish.weight, i};
        while (!blocks.empty() && blocks.back().mean() > block.mean()) {
            block = {blocks.back().sum + block.sum, blocks.back().weight + block.weight, blocks.back().first};
            blocks.pop_back();
        }
        blocks.push_back(block);
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const auto end = b + 1 < blocks.size() ? blocks[b + 1].first : order.size();
        for (auto i = blocks[b].first; i < end; ++i) layers.vertices[at(order[i])].y = blocks[b].mean() + shift[i];
    }
}

}  // namespace

void assignHeights(Layers& layers, const LayoutSpacing& spacing) {
    for (const auto& order : layers.order) {
        double y = 0;
        for (const int vertex : order) {
            layers.vertices[at(vertex)].y = y;
            y += layers.vertices[at(vertex)].height + spacing.row;
        }
    }
    const auto count = layers.order.size();
    const int rounds = layers.vertices.size() > 5000 ? 3 : 8;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 1; i < count; ++i) placeLayer(layers, layers.order[i], spacing, true, round > 0);
        for (std::size_t i = count; i-- > 0;) placeLayer(layers, layers.order[i], spacing, round > 0, true);
    }
    for (std::size_t i = 1; i < count; ++i) placeLayer(layers, layers.order[i], spacing, true, true);
}

}  // namespace signalbox::ui::layered
