// Draws a scene at a level of detail that fits the zoom.
#pragma once

#include <QFont>
#include <QImage>
#include <QLineF>
#include <QRectF>
#include <QRgb>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ui/canvas/live_state.h"
#include "ui/canvas/scene.h"
#include "ui/canvas/spatial_index.h"
#include "ui/canvas/sprite_cache.h"
#include "ui/canvas/text_runs.h"
#include "ui/canvas/viewport.h"
#include "ui/canvas/wire_geometry.h"

class QPainter;

namespace signalbox::ui {

class Theme;
struct SceneMetrics;

/// Everything that one picture depends on.
struct CanvasFrame {
    const Scene& scene;
    const SpatialIndex& nodeIndex;
    const SpatialIndex& wireIndex;
    const LiveStates& live;
    const SceneMetrics& metrics;
    Viewport view;
    QRectF dirty;                       ///< in view coordinates
    std::span<const char> picked = {};  ///< by node: selected; may be empty
    QRectF band = {};                   ///< of a selection in the making, in scene units
    int selected = kNone;               ///< the current one of those picked
    int hovered = kNone;
    int hoveredWire = kNone;
    int selectedWire = kNone;
    double dashOffset = 0;
    std::int64_t now = 0;
    bool focused = false;

    [[nodiscard]] bool isPicked(int node) const {
        return node == selected || (!picked.empty() && picked[static_cast<std::size_t>(node)] != 0);
    }
};

/// How a wire looks; all wires of a class are drawn together.
enum class WireClass : quint8 { Rest, ErrorRest, Aside, Done, Skipped, ErrorTaken, Running, Raised, Selected };
inline constexpr int kWireClassCount = 9;

[[nodiscard]] WireClass wireClass(const CanvasFrame& frame, int wire);

/// Keeps laid-out text and sprites between pictures. Window thread only.
class CanvasPainter {
public:
    explicit CanvasPainter(const Theme& theme) : theme_(theme) {}

    /// The scene is another one: forget its texts.
    void reset(int nodes);
    /// Colours or fonts are others.
    void forgetLook();
    void paint(QPainter& painter, const CanvasFrame& frame) { paint(painter, frame, detailAt(frame.view.zoom)); }
    void paint(QPainter& painter, const CanvasFrame& frame, Detail detail);

private:
    struct NodeTexts {
        std::optional<TextLine> title;
        std::optional<TextLine> enlarged;   ///< the title where there is no second line of its own
        std::optional<TextLine> continued;  ///< the rest of an enlarged title that takes two lines
        std::optional<TextLine> subtitle;
        QString liveText;
        TextLine live;
    };
    static constexpr double kTitleEnlarged = 1.35;
    [[nodiscard]] static double textZoom(const CanvasFrame& frame, Detail detail);
    void paintGrid(QPainter& painter, const CanvasFrame& frame) const;
    void paintGroups(QPainter& painter, const CanvasFrame& frame);
    void paintComments(QPainter& painter, const CanvasFrame& frame);
    // canvas_wires.cpp
    void paintWires(QPainter& painter, const CanvasFrame& frame, Detail detail);
    void paintStraightWires(QPainter& painter, const CanvasFrame& frame);
    void paintThinWires(QPainter& painter, const CanvasFrame& frame, WireClass kind, const std::vector<int>& wires);
    void paintCurvedWires(QPainter& painter, const CanvasFrame& frame, WireClass kind, const std::vector<int>& wires);
    void paintPills(QPainter& painter, const CanvasFrame& frame);
    void paintPill(QPainter& painter, const CanvasFrame& frame, int wire, const QString& text);
    [[nodiscard]] QColor wireColour(WireClass kind) const;
    [[nodiscard]] QPen wirePen(const CanvasFrame& frame, WireClass kind) const;
    // canvas_nodes.cpp
    void paintNodes(QPainter& painter, const CanvasFrame& frame, Detail detail);
    void paintBoxes(QPainter& painter, const CanvasFrame& frame);
    void paintNode(QPainter& painter, const CanvasFrame& frame, Detail detail, int node);
    void paintNodeText(const CanvasFrame& frame, Detail detail, int node, QPointF corner);
    void paintSecondLine(const CanvasFrame& frame, int node, QPointF baseline, double width);
    void paintPorts(QPainter& painter, const CanvasFrame& frame, Detail detail, int node, QPointF corner);
    void paintPortNames(const CanvasFrame& frame, Range range, bool left, int node, QPointF corner);
    void paintProgress(QPainter& painter, const CanvasFrame& frame, int node, const QRectF& rect) const;
    // canvas_density.cpp
    void paintDensity(QPainter& painter, const CanvasFrame& frame);
    void paintEnlargedTitle(const CanvasFrame& frame, int node, QPointF corner, QRgb colour);
    [[nodiscard]] bool coversText(const CanvasFrame& frame, int node) const;
    void paintSelection(QPainter& painter, const CanvasFrame& frame) const;
    void paintBand(QPainter& painter, const CanvasFrame& frame) const;
    [[nodiscard]] QRgb boxColour(const CanvasFrame& frame, int node) const;
    [[nodiscard]] QRectF snapped(const CanvasFrame& frame, const QRectF& scene) const;
    const Theme& theme_;
    SpriteCache sprites_;
    TextRuns text_;
    std::vector<NodeTexts> texts_;
    std::vector<std::optional<TextLine>> portTexts_;
    std::vector<int> visible_;
    std::array<std::vector<int>, kWireClassCount> wiresByClass_;
    std::vector<QLineF> lines_;
    std::vector<Curve> curves_;
    QImage density_;
    qreal ratio_ = 1;
};

}  // namespace signalbox::ui
