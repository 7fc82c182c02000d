#include "ui/canvas/layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/canvas/layout_layers.h"
#include "ui/canvas/scene_builder.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

double onGrid(double value, double grid) { return std::round(value / grid) * grid; }

int findRoot(std::vector<int>& parent, int node) {
    while (parent[at(node)] != node) {
        parent[at(node)] = parent[at(parent[at(node)])];
        node = parent[at(node)];
    }
    return node;
}

// Nodes of each connected part, parts in the order of their first node.
std::vector<std::vector<int>> components(const LayoutGraph& graph) {
    std::vector<int> parent(graph.sizes.size());
    std::iota(parent.begin(), parent.end(), 0);
    for (const auto& wire : graph.wires) {
        const int a = findRoot(parent, wire.from);
        const int b = findRoot(parent, wire.to);
        // The smaller index becomes the root.
        if (a != b) parent[at(std::max(a, b))] = std::min(a, b);
    }
    std::vector<std::vector<int>> parts;
    std::vector<int> partOf(graph.sizes.size(), -1);
    for (std::size_t i = 0; i < parent.size(); ++i) {
        const int root = findRoot(parent, static_cast<int>(i));
        if (partOf[at(root)] < 0) {
            partOf[at(root)] = static_cast<int>(parts.size());
            parts.emplace_back();
        }
        parts[at(partOf[at(root)])].push_back(static_cast<int>(i));
    }
    return parts;
}

// Left edges of the columns.
std::vector<double> columnEdges(const LayoutGraph& graph, const std::vector<int>& layerOf,
                                const LayoutSpacing& spacing) {
    int count = 1;
    for (const int layer : layerOf) count = std::max(count, layer + 1);
    std::vector<double> width(at(count), 0);
    for (std::size_t i = 0; i < layerOf.size(); ++i) {
        width[at(layerOf[i])] = std::max(width[at(layerOf[i])], graph.sizes[i].width());
    }
    std::vector<double> left(at(count) + 1, 0);
    for (std::size_t i = 0; i < width.size(); ++i) left[i + 1] = left[i] + width[i] + spacing.column;
    return left;
}

LayoutResult layOutComponent(LayoutGraph graph, const LayoutSpacing& spacing) {
    layered::markBackWires(graph);
    const auto layerOf = layered::assignLayers(graph);
    auto layers = layered::makeLayers(graph, layerOf, spacing);
    layered::reduceCrossings(layers);
    layered::assignHeights(layers, spacing);
    const auto left = columnEdges(graph, layerOf, spacing);
    LayoutResult result;
    result.topLeft.resize(graph.sizes.size());
    result.waypoints.resize(graph.wires.size());
    for (const auto& vertex : layers.vertices) {
        const auto x = left[at(vertex.layer)];
        if (vertex.node >= 0) {
            result.topLeft[at(vertex.node)] = {onGrid(x, spacing.grid), onGrid(vertex.y, spacing.grid)};
            continue;
        }
        // A wire crosses the whole column level, so that it touches no node of it.
        const auto y = onGrid(vertex.y + vertex.height / 2, spacing.grid / 2);
        auto& points = result.waypoints[at(vertex.wire)];
        points.emplace_back(x, y);
        points.emplace_back(left[at(vertex.layer) + 1] - spacing.column, y);
    }
    return result;
}

QRectF boundsOf(const LayoutGraph& graph, const LayoutResult& result) {
    QRectF bounds;
    for (std::size_t i = 0; i < graph.sizes.size(); ++i) bounds |= QRectF(result.topLeft[i], graph.sizes[i]);
    for (const auto& points : result.waypoints) {
        for (const auto& point : points) bounds |= QRectF(point.x(), point.y() - 1, 1, 2);
    }
    return bounds;
}

}  // namespace

LayoutResult layeredLayout(const LayoutGraph& graph, const LayoutSpacing& spacing) {
    LayoutResult result;
    result.topLeft.resize(graph.sizes.size());
    result.waypoints.resize(graph.wires.size());
    const auto parts = components(graph);
    std::vector<int> local(graph.sizes.size(), 0);
    std::vector<int> partOf(graph.sizes.size(), 0);
    for (std::size_t p = 0; p < parts.size(); ++p) {
        for (std::size_t i = 0; i < parts[p].size(); ++i) {
            local[at(parts[p][i])] = static_cast<int>(i);
            partOf[at(parts[p][i])] = static_cast<int>(p);
        }
    }
    std::vector<std::vector<int>> wiresOf(parts.size());
    for (std::size_t i = 0; i < graph.wires.size(); ++i) {
        wiresOf[at(partOf[at(graph.wires[i].from)])].push_back(static_cast<int>(i));
    }
    double top = 0;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        LayoutGraph part;
        for (const int node : parts[p]) part.sizes.push_back(graph.sizes[at(node)]);
        for (const int index : wiresOf[p]) {
            auto wire = graph.wires[at(index)];
            wire.from = local[at(wire.from)];
            wire.to = local[at(wire.to)];
            part.wires.push_back(wire);
        }
        auto placed = layOutComponent(part, spacing);
        const auto bounds = boundsOf(part, placed);
        const QPointF shift(-bounds.left(), onGrid(top - bounds.top(), spacing.grid));
        for (std::size_t i = 0; i < parts[p].size(); ++i) result.topLeft[at(parts[p][i])] = placed.topLeft[i] + shift;
        for (std::size_t i = 0; i < wiresOf[p].size(); ++i) {
            for (auto& point : placed.waypoints[i]) point += shift;
            result.waypoints[at(wiresOf[p][i])] = std::move(placed.waypoints[i]);
        }
        top += bounds.height() + spacing.component;
    }
    return result;
}

void layOutNodes(Scene& scene, const std::vector<int>& nodes, const QRectF& taken, const SceneMetrics& metrics) {
    std::vector<int> local(at(scene.nodes.size()), kNone);
    LayoutGraph graph;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        local[at(nodes[i])] = static_cast<int>(i);
        graph.sizes.push_back(scene.nodes.rect[at(nodes[i])].size());
    }
    std::vector<int> wires;
    for (int i = 0; i < scene.wires.size(); ++i) {
        const int from = local[at(scene.wires.from[at(i)])];
        const int to = local[at(scene.wires.to[at(i)])];
        if (from == kNone || to == kNone) continue;
        wires.push_back(i);
        graph.wires.push_back({from, to, scene.ports.offset[at(scene.wires.fromPort[at(i)])],
                               scene.ports.offset[at(scene.wires.toPort[at(i)])],
                               scene.wires.kind[at(i)] == WireKind::Loop});
    }
    const auto unit = metrics.unit;
    const auto result = layeredLayout(graph, {unit * 5, unit * 3, unit * 2, unit * 8, metrics.grid});
    const QPointF shift = taken.isEmpty() ? QPointF() : QPointF(taken.left(), taken.bottom() + unit * 8);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        scene.nodes.rect[at(nodes[i])].moveTopLeft(result.topLeft[i] + shift);
    }
    for (std::size_t i = 0; i < wires.size(); ++i) {
        auto& range = scene.wires.waypoints[at(wires[i])];
        range = {static_cast<int>(scene.waypoints.size()), static_cast<int>(result.waypoints[i].size())};
        for (const auto& point : result.waypoints[i]) scene.waypoints.push_back(point + shift);
    }
}

}  // namespace signalbox::ui
