#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

#include "ui/canvas/canvas_view_private.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kPanUnits = 6;  // a press of an arrow key, in units

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

bool CanvasView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) return showToolTip(*static_cast<QHelpEvent*>(event));
    if (event->type() == QEvent::NativeGesture) {
        if (zoomByGesture(*static_cast<QNativeGestureEvent*>(event))) return true;
    }
    // These keys belong to the canvas while it has the focus, even if a menu has them too.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool leaves = key->key() == Qt::Key_Escape && d_->selected != kNone;
        if (leaves || (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_F)) event->accept();
    }
    if (event->type() == QEvent::FontChange) {
        d_->painter.forgetLook();
        update();
    }
    return QWidget::event(event);
}

bool CanvasView::zoomByGesture(const QNativeGestureEvent& event) {
    if (event.gestureType() != Qt::ZoomNativeGesture) return false;
    d_->motion.stop();
    d_->fitted = false;
    setViewport(d_->view.zoomedAround(event.position(), 1 + event.value()));
    return true;
}

bool CanvasView::showToolTip(const QHelpEvent& event) {
    if (const int node = nodeAt(event.pos()); node != kNone) {
        QStringList lines{d_->scene.nodes.title[at(node)]};
        lines << QStringLiteral("%1 · %2").arg(d_->scene.nodes.type[at(node)], d_->scene.nodes.id[at(node)]);
        const auto told = liveLine(d_->live.of(node), d_->clock());
        if (!told.isEmpty()) lines << told;
        QToolTip::showText(event.globalPos(), lines.join(QLatin1Char('\n')), this);
    } else if (const int wire = wireAt(event.pos()); wire != kNone) {
        const auto& wires = d_->scene.wires;
        QStringList lines{
            QStringLiteral("%1.%2 → %3.%4")
                .arg(d_->scene.nodes.id[at(wires.from[at(wire)])], d_->scene.ports.name[at(wires.fromPort[at(wire)])],
                     d_->scene.nodes.id[at(wires.to[at(wire)])], d_->scene.ports.name[at(wires.toPort[at(wire)])])};
        if (!wires.when[at(wire)].isEmpty()) lines << tr("when %1").arg(wires.when[at(wire)]);
        QToolTip::showText(event.globalPos(), lines.join(QLatin1Char('\n')), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    d_->motion.stop();
    d_->pressed = event->position();
    d_->pressedOrigin = d_->view.origin;
    d_->dragging = false;
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)) {
        const auto moved = event->position() - d_->pressed;
        if (!d_->dragging && moved.manhattanLength() < QGuiApplication::styleHints()->startDragDistance()) return;
        if (!d_->dragging) setCursor(Qt::ClosedHandCursor);
        d_->dragging = true;
        d_->fitted = false;
        auto view = d_->view;
        view.origin = d_->pressedOrigin - moved / view.zoom;
        setViewport(view);
        return;
    }
    const int node = nodeAt(event->position());
    const bool wiresHover = node == kNone && detailAt(d_->view.zoom) >= Detail::Title;
    setHovered(node, wiresHover ? wireAt(event->position()) : kNone);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (d_->dragging) {
        unsetCursor();
    } else if (event->button() == Qt::LeftButton) {
        select(nodeAt(event->position()), false);
    }
    d_->dragging = false;
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    const int node = nodeAt(event->position());
    if (node != kNone) Q_EMIT nodeActivated(d_->scene.nodes.id[at(node)]);
}

void CanvasView::leaveEvent(QEvent*) { setHovered(kNone, kNone); }

void CanvasView::wheelEvent(QWheelEvent* event) {
    d_->motion.stop();
    d_->fitted = false;
    // A touchpad tells pixels, a wheel eighths of a degree.
    const QPointF pixels = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) / 120.0 * d_->metrics.unit * 8
                                                        : QPointF(event->pixelDelta());
    if (event->modifiers() & Qt::ControlModifier) {
        const auto turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
        setViewport(d_->view.zoomedAround(event->position(), std::pow(kZoomStep, turned / 120.0)));
    } else {
        auto shift = pixels;
        if ((event->modifiers() & Qt::ShiftModifier) && shift.x() == 0) shift = QPointF(shift.y(), 0);
        auto view = d_->view;
        view.origin -= shift / view.zoom;
        setViewport(view);
    }
    event->accept();
}

bool CanvasView::moveByKey(int key) {
    if (key == Qt::Key_Home || key == Qt::Key_End) {
        if (!d_->order.empty()) select(key == Qt::Key_Home ? d_->order.front() : d_->order.back(), true);
        return true;
    }
    const auto reach = kPanUnits * d_->metrics.unit / d_->view.zoom;
    QPointF shift;
    Step step = Step::Forward;
    switch (key) {
        case Qt::Key_Right:
            shift = {reach, 0};
            break;
        case Qt::Key_Left:
            shift = {-reach, 0};
            step = Step::Back;
            break;
        case Qt::Key_Up:
            shift = {0, -reach};
            step = Step::Up;
            break;
        case Qt::Key_Down:
            shift = {0, reach};
            step = Step::Down;
            break;
        default:
            return false;
    }
    if (d_->selected != kNone) {
        const int next = nodeTowards(d_->scene, d_->selected, step);
        if (next != kNone) select(next, true);
        return true;
    }
    d_->fitted = false;
    auto view = d_->view;
    view.origin += shift;
    setViewport(view);
    return true;
}

bool CanvasView::zoomByKey(int key) {
    switch (key) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomBy(kZoomStep);
            return true;
        case Qt::Key_Minus:
            zoomBy(1 / kZoomStep);
            return true;
        case Qt::Key_0:
            resetZoom();
            return true;
        case Qt::Key_F:
            fit();
            return true;
        default:
            return false;
    }
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    const auto modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    const int key = event->key();
    if (modifiers == Qt::NoModifier) {
        if (moveByKey(key) || zoomByKey(key)) return;
        if (key == Qt::Key_Escape && d_->selected != kNone) {
            select(kNone, false);
            return;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && d_->selected != kNone) {
            Q_EMIT nodeActivated(selectedNode());
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

// Tab walks through the nodes in reading order and leaves the canvas behind the last one.
bool CanvasView::focusNextPrevChild(bool next) {
    if (!hasFocus() || d_->order.empty()) return QWidget::focusNextPrevChild(next);
    if (d_->selected == kNone) {
        if (!next) return QWidget::focusNextPrevChild(next);
        select(d_->order.front(), true);
        return true;
    }
    const auto place =
        std::find(d_->order.begin(), d_->order.end(), d_->selected) - d_->order.begin() + (next ? 1 : -1);
    if (place < 0 || place >= static_cast<std::ptrdiff_t>(d_->order.size())) return QWidget::focusNextPrevChild(next);
    select(d_->order[static_cast<std::size_t>(place)], true);
    return true;
}

}  // namespace signalbox::ui
