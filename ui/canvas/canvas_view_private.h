// State of a CanvasView, shared by its source files.
#pragma once

#include <QTimer>
#include <QVariantAnimation>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/scene_builder.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

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
    std::vector<int> order;  ///< nodes in reading order
    QPointF pressed;
    QPointF pressedOrigin;
    double dashOffset = 0;
    int selected = kNone;
    int hovered = kNone;
    int hoveredWire = kNone;
    bool dragging = false;
    bool fitted = true;  ///< nobody has moved the view yet: it fits the graph, whatever size it gets

    void rebuild();
};

}  // namespace signalbox::ui
