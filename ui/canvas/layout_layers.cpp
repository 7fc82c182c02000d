#include "ui/canvas/layout_layers.h"

#include <algorithm>
#include <queue>

namespace signalbox::ui::layered {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::vector<std::vector<int>> wiresByNode(const LayoutGraph& graph, int LayoutWire::*end) {
    std::vector<std::vector<int>> byNode(graph.sizes.size());
    for (std::size_t i = 0; i < graph.wires.size(); ++i) byNode[at(graph.wires[i].*end)].push_back(static_cast<int>(i));
    return byNode;
}

// Nodes so that every forward wire leads on.
std::vector<int> topologicalOrder(const LayoutGraph& graph, const std::vector<std::vector<int>>& out) {
    std::vector<int> open(graph.sizes.size(), 0);
    for (const auto& wire : graph.wires) {
        if (!wire.back) ++open[at(wire.to)];
    }
    std::vector<int> order;
    order.reserve(open.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (open[i] == 0) order.push_back(static_cast<int>(i));
    }
    for (std::size_t next = 0; next < order.size(); ++next) {
        for (const int index : out[at(order[next])]) {
            const auto& wire = graph.wires[at(index)];
            if (!wire.back && --open[at(wire.to)] == 0) order.push_back(wire.to);
        }
    }
    return order;
}

}  // namespace

void markBackWires(LayoutGraph& graph) {
    enum : char { kNew, kOnPath, kDone };
    const auto out = wiresByNode(graph, &LayoutWire::from);
    std::vector<char> state(graph.sizes.size(), kNew);
    std::vector<std::pair<int, std::size_t>> path;  // node, next wire to follow
    for (std::size_t start = 0; start < state.size(); ++start) {
        if (state[start] != kNew) continue;
        path.emplace_back(static_cast<int>(start), 0);
        state[start] = kOnPath;
        while (!path.empty()) {
            auto& [node, next] = path.back();
            if (next == out[at(node)].size()) {
                state[at(node)] = kDone;
                path.pop_back();
                continue;
            }
            auto& wire = graph.wires[at(out[at(node)][next++])];
            if (wire.from == wire.to || state[at(wire.to)] == kOnPath) wire.back = true;
            if (wire.back || state[at(wire.to)] != kNew) continue;
            state[at(wire.to)] = kOnPath;
            path.emplace_back(wire.to, 0);
        }
    }
}

std::vector<int> assignLayers(const LayoutGraph& graph) {
    const auto out = wiresByNode(graph, &LayoutWire::from);
    const auto in = wiresByNode(graph, &LayoutWire::to);
    const auto order = topologicalOrder(graph, out);
    std::vector<int> layer(graph.sizes.size(), 0);
    for (const int node : order) {
        for (const int index : out[at(node)]) {
            const auto& wire = graph.wires[at(index)];
            if (!wire.back) layer[at(wire.to)] = std::max(layer[at(wire.to)], layer[at(node)] + 1);
        }
    }
    // Longest path puts sources far left; a node with more wires out than in moves next to what it feeds.
    for (auto node = order.rbegin(); node != order.rend(); ++node) {
        int nearest = -1;
        int leaving = 0;
        int entering = 0;
        for (const int index : out[at(*node)]) {
            const auto& wire = graph.wires[at(index)];
            if (wire.back) continue;
            ++leaving;
            nearest = nearest < 0 ? layer[at(wire.to)] : std::min(nearest, layer[at(wire.to)]);
        }
        for (const int index : in[at(*node)]) entering += graph.wires[at(index)].back ? 0 : 1;
        if (leaving > entering && nearest - 1 > layer[at(*node)]) layer[at(*node)] = nearest - 1;
    }
    return layer;
}

Layers makeLayers(const LayoutGraph& graph, const std::vector<int>& layerOf, const LayoutSpacing& spacing) {
    Layers layers;
    int count = 1;
    for (const int layer : layerOf) count = std::max(count, layer + 1);
    layers.order.resize(at(count));
    for (std::size_t i = 0; i < graph.sizes.size(); ++i) {
        layers.vertices.push_back({static_cast<int>(i), -1, layerOf[i], graph.sizes[i].height(), 0});
        layers.order[at(layerOf[i])].push_back(static_cast<int>(i));
    }
    for (std::size_t i = 0; i < graph.wires.size(); ++i) {
        const auto& wire = graph.wires[i];
        if (wire.back) continue;
        int previous = wire.from;
        auto offset = wire.fromOffset;
        for (int layer = layerOf[at(wire.from)] + 1; layer < layerOf[at(wire.to)]; ++layer) {
            const int point = static_cast<int>(layers.vertices.size());
            layers.vertices.push_back({-1, static_cast<int>(i), layer, spacing.wire, 0});
            layers.order[at(layer)].push_back(point);
            // Stretches between two points weigh more, so that a long wire runs straight.
            const auto weight = layers.vertices[at(previous)].node < 0 ? 8.0 : 2.0;
            layers.segments.push_back({previous, point, offset, spacing.wire / 2, weight});
            previous = point;
            offset = spacing.wire / 2;
        }
        const auto weight = layers.vertices[at(previous)].node < 0 ? 2.0 : 1.0;
        layers.segments.push_back({previous, wire.to, offset, wire.toOffset, weight});
    }
    layers.before.resize(layers.vertices.size());
    layers.after.resize(layers.vertices.size());
    for (std::size_t i = 0; i < layers.segments.size(); ++i) {
        layers.before[at(layers.segments[i].lower)].push_back(static_cast<int>(i));
        layers.after[at(layers.segments[i].upper)].push_back(static_cast<int>(i));
    }
    return layers;
}

namespace {

// Places of the vertices in their layers.
std::vector<int> ranks(const Layers& layers) {
    std::vector<int> rank(layers.vertices.size());
    for (const auto& layer : layers.order) {
        for (std::size_t i = 0; i < layer.size(); ++i) rank[at(layer[i])] = static_cast<int>(i);
    }
    return rank;
}

// Crossings between a layer and the next, by counting inversions with a Fenwick tree (Barth, Juenger, Mutzel, 2002).
std::size_t crossingsAfter(const Layers& layers, std::size_t layer, const std::vector<int>& rank) {
    if (layer + 1 >= layers.order.size()) return 0;
    std::vector<std::pair<double, double>> ends;
    for (const int vertex : layers.order[layer]) {
        for (const int index : layers.after[at(vertex)]) {
            const auto& segment = layers.segments[at(index)];
            // The ports order wires of one node.
            ends.emplace_back(rank[at(segment.upper)] + segment.upperOffset * 1e-6,
                              rank[at(segment.lower)] + segment.lowerOffset * 1e-6);
        }
    }
    std::sort(ends.begin(), ends.end());
    std::vector<double> targets;
    for (const auto& end : ends) targets.push_back(end.second);
    auto sorted = targets;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::size_t> tree(sorted.size() + 1, 0);
    std::size_t crossings = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto place =
            static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), targets[i]) - sorted.begin());
        const auto notAfter =
            static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), targets[i]) - sorted.begin());
        std::size_t before = 0;
        for (auto j = notAfter; j > 0; j &= j - 1) before += tree[j];
        crossings += i - before;
        for (auto j = place + 1; j < tree.size(); j += j & (~j + 1)) ++tree[j];
    }
    return crossings;
}

void sortByBarycentre(Layers& layers, std::size_t layer, bool forward, std::vector<int>& rank) {
    auto& order = layers.order[layer];
    std::vector<std::pair<double, int>> keyed;
    keyed.reserve(order.size());
    for (const int vertex : order) {
        const auto& segments = forward ? layers.before[at(vertex)] : layers.after[at(vertex)];
        double sum = 0;
        for (const int index : segments) {
            const auto& segment = layers.segments[at(index)];
            sum += forward ? rank[at(segment.upper)] + segment.upperOffset * 1e-3
                           : rank[at(segment.lower)] + segment.lowerOffset * 1e-3;
        }
        // Without neighbours a vertex keeps its place.
        keyed.emplace_back(segments.empty() ? rank[at(vertex)] : sum / static_cast<double>(segments.size()), vertex);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < keyed.size(); ++i) {
        order[i] = keyed[i].second;
        rank[at(keyed[i].second)] = static_cast<int>(i);
    }
}

}  // namespace

std::size_t countCrossings(const Layers& layers) {
    const auto rank = ranks(layers);
    std::size_t sum = 0;
    for (std::size_t layer = 0; layer < layers.order.size(); ++layer) sum += crossingsAfter(layers, layer, rank);
    return sum;
}

void reduceCrossings(Layers& layers) {
    constexpr int kMostSweeps = 24;
    constexpr int kPatience = 4;  // sweeps without a better order
    auto rank = ranks(layers);
    auto best = layers.order;
    auto fewest = countCrossings(layers);
    int inVain = 0;
    // Large graphs get fewer sweeps: the picture is ready in time rather than perfect.
    const int sweeps = layers.vertices.size() > 5000 ? 6 : kMostSweeps;
    for (int sweep = 0; sweep < sweeps && fewest > 0 && inVain < kPatience; ++sweep) {
        const bool forward = sweep % 2 == 0;
        for (std::size_t i = 1; i < layers.order.size(); ++i) {
            sortByBarycentre(layers, forward ? i : layers.order.size() - 1 - i, forward, rank);
        }
        const auto crossings = countCrossings(layers);
        ++inVain;
        if (crossings < fewest) {
            fewest = crossings;
            best = layers.order;
            inVain = 0;
        }
    }
    layers.order = std::move(best);
}

}  // namespace signalbox::ui::layered
