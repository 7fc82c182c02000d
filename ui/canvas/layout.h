// Places the nodes of a graph in columns from left to right, so that wires are short and cross little.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <vector>

namespace signalbox::ui {

struct Scene;
struct SceneMetrics;

struct LayoutWire {
    int from = 0;
    int to = 0;
    double fromOffset = 0;  ///< of the ports, below the tops of their nodes
    double toOffset = 0;
    bool back = false;  ///< known to lead backwards
};

struct LayoutGraph {
    std::vector<QSizeF> sizes;
    std::vector<LayoutWire> wires;
};

struct LayoutSpacing {
    double column = 80;  ///< between the columns
    double row = 24;     ///< between nodes of a column
    double wire = 16;    ///< between wires that pass by, and nodes
    double component = 64;
    double grid = 8;
};

struct LayoutResult {
    std::vector<QPointF> topLeft;                 ///< by node
    std::vector<std::vector<QPointF>> waypoints;  ///< by wire: where it passes the columns between its ends
};

/// Layered drawing after Sugiyama, Tagawa and Toda (1981): cycles are broken at marked and found back wires, layers by
/// longest path and tightened, crossings reduced by barycentres, heights by least squares under the order found.
/// The same graph always gives the same picture. Parts that are not connected are stacked.
[[nodiscard]] LayoutResult layeredLayout(const LayoutGraph& graph, const LayoutSpacing& spacing);

/// Lays out some nodes of a scene, below the rectangle `taken` unless that is empty.
void layOutNodes(Scene& scene, const std::vector<int>& nodes, const QRectF& taken, const SceneMetrics& metrics);

}  // namespace signalbox::ui
