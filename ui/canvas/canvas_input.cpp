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
        const bool leaves = key->key() == Qt::Key_Escape &&
                            (d_->selected != kNone || d_->selectedWire != kNone || d_->gesture != Gesture::None);
        const bool plain = key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_F || key->key() == Qt::Key_M);
        if (leaves || plain || key->matches(QKeySequence::SelectAll)) event->accept();
    }
    if (event->type() == QEvent::FontChange) {
        forgetLook();
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
    QStringList lines;
    if (const int node = nodeAt(event.pos()); node != kNone) {
        lines = nodeLines(node, event.pos());
    } else if (const int wire = wireAt(event.pos()); wire != kNone) {
        lines = wireLines(wire);
    }
    if (lines.isEmpty()) {
        QToolTip::hideText();
        return true;
    }
    for (auto& line : lines) line = line.toHtmlEscaped();
    lines.front() = QStringLiteral("<b>%1</b>").arg(lines.front());
    QToolTip::showText(event.globalPos(), QStringLiteral("<p>%1</p>").arg(lines.join(QStringLiteral("<br>"))), this);
    return true;
}

// Near a port what it takes or gives, elsewhere what the node is and how it stands.
QStringList CanvasView::nodeLines(int node, QPointF view) const {
    const auto& nodes = d_->scene.nodes;
    QStringList lines{nodes.title[at(node)]};
    if (const int port = portAt(view); port != kNone) {
        const bool in = port >= nodes.inputs[at(node)].first && port < nodes.inputs[at(node)].end();
        const auto& type = d_->scene.ports.type[at(port)];
        const auto name = type.isEmpty() ? d_->scene.ports.name[at(port)]
                                         : tr("%1 of type %2").arg(d_->scene.ports.name[at(port)], type);
        return lines << (in ? tr("takes %1").arg(name) : tr("gives %1").arg(name));
    }
    if (!nodes.type[at(node)].isEmpty())
        lines << QStringLiteral("%1 · %2").arg(nodes.type[at(node)], nodes.id[at(node)]);
    const auto& subtitle = nodes.subtitle[at(node)];
    if (!subtitle.isEmpty() && subtitle != nodes.type[at(node)]) lines << subtitle;
    const auto& live = d_->live.of(node);
    if (const auto told = liveLine(live, d_->clock()); !told.isEmpty()) lines << told;
    if (!live.errorMessage.isEmpty()) lines << live.errorMessage;
    return lines;
}

QStringList CanvasView::wireLines(int wire) const {
    const auto& wires = d_->scene.wires;
    QStringList lines{
        QStringLiteral("%1.%2 → %3.%4")
            .arg(d_->scene.nodes.id[at(wires.from[at(wire)])], d_->scene.ports.name[at(wires.fromPort[at(wire)])],
                 d_->scene.nodes.id[at(wires.to[at(wire)])], d_->scene.ports.name[at(wires.toPort[at(wire)])])};
    switch (wires.kind[at(wire)]) {
        case WireKind::Error:
            lines << tr("taken when the node fails");
            break;
        case WireKind::Compensation:
            lines << tr("runs to undo when the run fails");
            break;
        case WireKind::Loop:
            lines << tr("leads back: a loop");
            break;
        case WireKind::Data:
        case WireKind::Input:
            break;
    }
    if (!wires.when[at(wire)].isEmpty()) lines << tr("when %1").arg(wires.when[at(wire)]);
    return lines;
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

bool CanvasView::moveByKey(int key, bool extend) {
    const auto picking = extend ? Picking::Add : Picking::Only;
    if (key == Qt::Key_Home || key == Qt::Key_End) {
        if (!d_->order.empty()) select(key == Qt::Key_Home ? d_->order.front() : d_->order.back(), true, picking);
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
        if (next != kNone) select(next, true, picking);
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

bool CanvasView::commandByKey(int key) {
    switch (key) {
        case Qt::Key_Escape:
            if (d_->gesture != Gesture::None) {
                cancelGesture();
                return true;
            }
            if (d_->selected == kNone && d_->selectedWire == kNone) return false;
            select(kNone, false);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (d_->selected == kNone) return false;
            Q_EMIT nodeActivated(selectedNode());
            return true;
        case Qt::Key_W:
            return selectNextWire();
        case Qt::Key_M:
            setOverviewEnabled(!d_->overviewEnabled);
            return true;
        case Qt::Key_Space:
            d_->spaceHeld = true;
            if (d_->gesture == Gesture::None) setCursor(Qt::OpenHandCursor);
            return true;
        default:
            return false;
    }
}

bool CanvasView::nudgeByKey(int key, Qt::KeyboardModifiers modifiers) {
    const auto step = d_->metrics.grid * (modifiers & Qt::ShiftModifier ? 5 : 1);
    switch (key) {
        case Qt::Key_Right:
            moveSelection({step, 0});
            return true;
        case Qt::Key_Left:
            moveSelection({-step, 0});
            return true;
        case Qt::Key_Up:
            moveSelection({0, -step});
            return true;
        case Qt::Key_Down:
            moveSelection({0, step});
            return true;
        default:
            return false;
    }
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    const auto modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    const int key = event->key();
    if (event->matches(QKeySequence::SelectAll)) return selectAll();
    if (modifiers == Qt::ControlModifier && d_->editable && nudgeByKey(key, event->modifiers())) return;
    if (modifiers == Qt::NoModifier) {
        const bool extend = event->modifiers() & Qt::ShiftModifier;
        if (moveByKey(key, extend) || zoomByKey(key) || commandByKey(key)) return;
    }
    QWidget::keyPressEvent(event);
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        d_->spaceHeld = false;
        if (d_->gesture == Gesture::None) unsetCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
    d_->spaceHeld = false;
    if (d_->gesture == Gesture::None) unsetCursor();
    QWidget::focusOutEvent(event);
    update();
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
