// The steps of the layered layout, between each other: see layout.h.
#pragma once

#include <vector>

#include "ui/canvas/layout.h"

namespace signalbox::ui::layered {

/// A place in a layer: a node, or a point where a long wire passes.
struct Vertex {
    int node = -1;  ///< -1: a wire passes here
    int wire = -1;
    int layer = 0;
    double height = 0;
    double y = 0;  ///< of the top
};

/// A wire between neighbouring layers.
struct Segment {
    int upper = 0;  ///< vertex in the layer to the left
    int lower = 0;
    double upperOffset = 0;
    double lowerOffset = 0;
    double weight = 1;
};

struct Layers {
    std::vector<Vertex> vertices;
    std::vector<Segment> segments;
    std::vector<std::vector<int>> order;   ///< vertices of each layer, from the top
    std::vector<std::vector<int>> before;  ///< segments that end at a vertex
    std::vector<std::vector<int>> after;   ///< segments that start at a vertex
};

/// Marks wires that lead backwards, found by depth-first search in the order of the nodes.
void markBackWires(LayoutGraph& graph);
/// The layer of each node; forward wires lead at least one layer on.
[[nodiscard]] std::vector<int> assignLayers(const LayoutGraph& graph);
/// Vertices and segments, with points for wires that span several layers.
[[nodiscard]] Layers makeLayers(const LayoutGraph& graph, const std::vector<int>& layerOf,
                                const LayoutSpacing& spacing);
void reduceCrossings(Layers& layers);
[[nodiscard]] std::size_t countCrossings(const Layers& layers);
void assignHeights(Layers& layers, const LayoutSpacing& spacing);

}  // namespace signalbox::ui::layered
