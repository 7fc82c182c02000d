#include "ui/canvas/canvas_overview.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>

#include "ui/canvas/canvas_view_private.h"

namespace signalbox::ui {

namespace {

constexpr int kRefreshMilliseconds = 100;
constexpr double kLeastSide = 6;  // in units: below, a graph of one row would be a line

}  // namespace

CanvasOverview::CanvasOverview(CanvasView& canvas) : QWidget(&canvas), canvas_(canvas), painter_(Theme::current()) {
    setObjectName(QStringLiteral("canvasOverview"));
    setAccessibleName(tr("Overview of the graph"));
    setFocusPolicy(Qt::NoFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Press or drag to move the view. M hides the overview."));
    refresh_.setSingleShot(true);
    refresh_.setInterval(kRefreshMilliseconds);
    connect(&refresh_, &QTimer::timeout, this, [this] {
        stale_ = true;
        update();
    });
    hide();
}

QSize CanvasOverview::sizeFor(const QRectF& bounds, QSize most) const {
    const auto unit = Theme::current().unit();
    const auto frame = 2.0 * unit;
    const QSizeF room(std::min(most.width(), 30 * unit) - frame, std::min(most.height(), 20 * unit) - frame);
    if (bounds.isEmpty() || room.width() < kLeastSide * unit || room.height() < kLeastSide * unit) return {};
    const auto inside = bounds.size().scaled(room, Qt::KeepAspectRatio);
    const auto least = kLeastSide * unit;
    return QSizeF(std::max(inside.width(), least) + frame, std::max(inside.height(), least) + frame).toSize();
}

void CanvasOverview::sceneChanged() {
    if (!refresh_.isActive()) refresh_.start();
}

void CanvasOverview::forgetLook() {
    painter_.forgetLook();
    stale_ = true;
    update();
}

Viewport CanvasOverview::whole() const {
    Viewport view;
    view.size = size();
    return view.fitting(canvas_.scene().bounds, Theme::current().unit(), 1.0);
}

void CanvasOverview::renderGraph() {
    const auto ratio = devicePixelRatioF();
    const auto pixels = (QSizeF(size()) * ratio).toSize();
    const auto view = whole();
    if (!stale_ && picture_.size() == pixels && pictured_ == view.visible()) return;
    picture_ = QImage(pixels, QImage::Format_RGB32);
    picture_.setDevicePixelRatio(ratio);
    const auto& canvas = *canvas_.d_;
    CanvasFrame frame{canvas.scene, canvas.nodeIndex, canvas.wireIndex, canvas.live, canvas.metrics,
                      view,         QRectF(rect())};
    frame.picked = canvas.picked;
    frame.selected = canvas.selected;
    QPainter target(&picture_);
    painter_.paint(target, frame, Detail::Density);
    pictured_ = view.visible();
    stale_ = false;
}

void CanvasOverview::paintEvent(QPaintEvent*) {
    renderGraph();
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.drawImage(QPointF(), picture_);
    const auto seen = whole().toView(canvas_.viewport().visible()).toAlignedRect();
    const auto inside = seen.intersected(rect().adjusted(1, 1, -2, -2));
    // What is out of view is dimmed, not what is in it.
    auto veil = theme.colour(ColourRole::Background);
    veil.setAlphaF(0.55F);
    for (const auto& part : QRegion(rect()).subtracted(inside)) painter.fillRect(part, veil);
    painter.setPen(QPen(theme.colour(ColourRole::Accent), 1));
    painter.drawRect(inside);
    painter.setPen(QPen(theme.colour(ColourRole::Line), 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CanvasOverview::goTo(QPointF place) {
    auto view = canvas_.viewport();
    view.origin = whole().toScene(place) - QPointF(view.size.width(), view.size.height()) / (2 * view.zoom);
    canvas_.d_->fitted = false;
    canvas_.d_->motion.stop();
    canvas_.setViewport(view);
}

void CanvasOverview::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) goTo(event->position());
}

void CanvasOverview::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) goTo(event->position());
}

void CanvasOverview::wheelEvent(QWheelEvent* event) {
    canvas_.zoomBy(event->angleDelta().y() > 0 ? 1.25 : 0.8);
    event->accept();
}

}  // namespace signalbox::ui
