// The whole graph in a corner of the canvas, with the part that is seen.
#pragma once

#include <QImage>
#include <QRectF>
#include <QTimer>
#include <QWidget>

#include "ui/canvas/canvas_painter.h"

namespace signalbox::ui {

class CanvasView;

/// A child of the canvas, which owns, shows and places it. Pressing or dragging brings that place into the middle of
/// the view. It takes no focus: the keys of the canvas do the same.
class CanvasOverview : public QWidget {
    Q_OBJECT
public:
    explicit CanvasOverview(CanvasView& canvas);

    /// The shape of the graph within `most`; empty if there is nothing to show.
    [[nodiscard]] QSize sizeFor(const QRectF& bounds, QSize most) const;
    /// Places or states are others. Painted again at most ten times a second.
    void sceneChanged();
    void forgetLook();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    [[nodiscard]] Viewport whole() const;
    void renderGraph();
    void goTo(QPointF place);

    CanvasView& canvas_;
    CanvasPainter painter_;
    QTimer refresh_;
    QImage picture_;
    QRectF pictured_;  ///< the stretch of the scene in the picture
    bool stale_ = true;
};

}  // namespace signalbox::ui
