// State of a CanvasView, shared by its source files.
#pragma once

#include <QTimer>
#include <QVariantAnimation>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/scene_builder.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

class CanvasOverview;

/// What the pressed button of the mouse does.
enum class Gesture : quint8 { None, Pressed, Pan, Band, Move };

/// Nodes that are being moved, with the places they had.
struct NodeDrag {
    std::vector<int> nodes;
    std::vector<QPointF> from;
    std::vector<QPointF> to;
};

struct CanvasView::Private {
    explicit Private(Theme& ofTheme) : theme(ofTheme), metrics(SceneMetrics::forTheme(ofTheme)), painter(ofTheme) {}

    Theme& theme;
    SceneMetrics metrics;
    Scene scene;
    protocol::Graph graph;
    SpatialIndex nodeIndex;
    SpatialIndex wireIndex;
    LiveStates live;
    CanvasPainter painter;
    Viewport view;
    std::function<std::int64_t()> clock;
    QTimer ticker;
    QVariantAnimation motion;
    Viewport motionFrom;
    Viewport motionTo;
    std::vector<int> order;    ///< nodes in reading order
    std::vector<char> picked;  ///< by node: selected
    int pickedCount = 0;
    double dashOffset = 0;
    int selected = kNone;  ///< the current one of those picked
    int selectedWire = kNone;
    int hovered = kNone;
    int hoveredWire = kNone;
    bool fitted = true;  ///< nobody has moved the view yet: it fits the graph, whatever size it gets
    bool editable = false;
    bool overviewEnabled = true;
    CanvasOverview* overview = nullptr;

    Gesture gesture = Gesture::None;
    Qt::MouseButton button = Qt::NoButton;
    Qt::KeyboardModifiers pressedWith;
    bool spaceHeld = false;
    int pressedNode = kNone;
    QPointF pressed;        ///< in the view
    QPointF pressedScene;   ///< in the scene
    QPointF pressedOrigin;  ///< of the view
    QPointF pointer;        ///< in the view, as last told
    Qt::KeyboardModifiers pointerWith;
    QRectF band;  ///< in scene units
    NodeDrag drag;
    QTimer edge;  ///< moves the view while a drag is held at its edge

    void rebuild();
    void indexAll();
    void indexNode(int node);
    void pickOnly(int node);
    [[nodiscard]] bool isPicked(int node) const { return picked[static_cast<std::size_t>(node)] != 0; }
    void setPicked(int node, bool on);
};

}  // namespace signalbox::ui
