#include <QGuiApplication>
#include <QMouseEvent>
#include <QStyleHints>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_overview.h"
#include "ui/canvas/canvas_view_private.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// How far a position is beyond a line drawn `margin` inside of [0, length]; negative before it.
double beyond(double position, double length, double margin) {
    if (position < margin) return position - margin;
    return std::max(0.0, position - (length - margin));
}

}  // namespace

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    if (d_->gesture != Gesture::None) return;
    d_->motion.stop();
    d_->gesture = Gesture::Pressed;
    d_->button = event->button();
    d_->pressedWith = event->modifiers();
    d_->pressed = event->position();
    d_->pressedScene = d_->view.toScene(event->position());
    d_->pressedOrigin = d_->view.origin;
    d_->pressedNode = event->button() == Qt::LeftButton ? nodeAt(event->position()) : kNone;
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    if (d_->gesture == Gesture::Pressed) {
        const auto moved = event->position() - d_->pressed;
        if (moved.manhattanLength() < QGuiApplication::styleHints()->startDragDistance()) return;
        beginGesture();
    }
    if (d_->gesture != Gesture::None) {
        continueGesture(event->position(), event->modifiers());
        return;
    }
    if (event->buttons() != Qt::NoButton) return;
    const int node = nodeAt(event->position());
    const bool wiresHover = node == kNone && detailAt(d_->view.zoom) >= Detail::Title;
    setHovered(node, wiresHover ? wireAt(event->position()) : kNone);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != d_->button) return;
    const bool clicked = d_->gesture == Gesture::Pressed && d_->button == Qt::LeftButton;
    finishGesture();
    if (!clicked) return;
    const bool more = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    if (more && d_->pressedNode == kNone) return;
    if (d_->pressedNode == kNone) {
        const bool wires = detailAt(d_->view.zoom) >= Detail::Title;
        const int wire = wires ? wireAt(event->position()) : kNone;
        selectWire(wire);
        if (wire != kNone) return;
    }
    select(d_->pressedNode, false, more ? Picking::Toggle : Picking::Only);
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int node = nodeAt(event->position());
    if (node != kNone) Q_EMIT nodeActivated(d_->scene.nodes.id[at(node)]);
}

void CanvasView::beginGesture() {
    setHovered(kNone, kNone);
    d_->fitted = false;
    const bool left = d_->button == Qt::LeftButton && !d_->spaceHeld;
    if (left && d_->editable && d_->pressedNode != kNone) {
        d_->gesture = Gesture::Move;
        if (!d_->isPicked(d_->pressedNode)) {
            select(d_->pressedNode, false, d_->pressedWith & Qt::ControlModifier ? Picking::Add : Picking::Only);
        }
        d_->drag = {};
        for (int node = 0; node < d_->scene.nodes.size(); ++node) {
            if (!d_->isPicked(node)) continue;
            d_->drag.nodes.push_back(node);
            d_->drag.from.push_back(d_->scene.nodes.rect[at(node)].topLeft());
        }
        d_->drag.to = d_->drag.from;
        setCursor(Qt::SizeAllCursor);
        d_->edge.start();
    } else if (left && (d_->pressedWith & Qt::ShiftModifier)) {
        d_->gesture = Gesture::Band;
        setCursor(Qt::CrossCursor);
        d_->edge.start();
    } else {
        d_->gesture = Gesture::Pan;
        setCursor(Qt::ClosedHandCursor);
    }
}

void CanvasView::continueGesture(QPointF position, Qt::KeyboardModifiers modifiers) {
    d_->pointer = position;
    d_->pointerWith = modifiers;
    if (d_->gesture == Gesture::Pan) {
        auto view = d_->view;
        view.origin = d_->pressedOrigin - (position - d_->pressed) / view.zoom;
        setViewport(view);
    } else if (d_->gesture == Gesture::Band) {
        d_->band = QRectF(d_->pressedScene, d_->view.toScene(position)).normalized();
        update();
    } else if (d_->gesture == Gesture::Move) {
        auto by = d_->view.toScene(position) - d_->pressedScene;
        // The node under the pointer lands on the grid and the others keep their distance to it; Alt frees them.
        if (!(modifiers & Qt::AltModifier)) {
            const auto grid = d_->metrics.grid;
            const auto lead = std::find(d_->drag.nodes.begin(), d_->drag.nodes.end(), d_->pressedNode);
            const auto from = d_->drag.from[static_cast<std::size_t>(lead - d_->drag.nodes.begin())];
            by = QPointF(std::round((from.x() + by.x()) / grid), std::round((from.y() + by.y()) / grid)) * grid - from;
        }
        dragNodes(by);
    }
}

void CanvasView::dragNodes(QPointF by) {
    for (std::size_t i = 0; i < d_->drag.nodes.size(); ++i) d_->drag.to[i] = d_->drag.from[i] + by;
    d_->scene.moveNodes(d_->drag.nodes, d_->drag.to);
    for (const int node : d_->drag.nodes) d_->indexNode(node);
    update();
}

void CanvasView::pushAtEdge() {
    const auto margin = d_->metrics.unit * 3;
    const QPointF push(beyond(d_->pointer.x(), width(), margin), beyond(d_->pointer.y(), height(), margin));
    if (push.isNull()) return;
    auto view = d_->view;
    view.origin += push / 2 / view.zoom;
    setViewport(view);
    continueGesture(d_->pointer, d_->pointerWith);
}

void CanvasView::reportMoves() {
    d_->indexAll();
    d_->overview->sceneChanged();
    placeOverview();
    QList<NodeMove> moves;
    for (std::size_t i = 0; i < d_->drag.nodes.size(); ++i) {
        if (d_->drag.from[i] == d_->drag.to[i]) continue;
        moves.append({d_->scene.nodes.id[at(d_->drag.nodes[i])], d_->drag.from[i], d_->drag.to[i]});
    }
    d_->drag = {};
    if (!moves.isEmpty()) Q_EMIT nodesMoved(moves);
}

void CanvasView::finishGesture() {
    const auto ended = std::exchange(d_->gesture, Gesture::None);
    d_->edge.stop();
    unsetCursor();
    if (ended == Gesture::Band) {
        pickBand();
        d_->band = {};
        update();
    } else if (ended == Gesture::Move) {
        reportMoves();
    }
}

void CanvasView::cancelGesture() {
    const auto ended = std::exchange(d_->gesture, Gesture::None);
    if (ended == Gesture::None) return;
    d_->edge.stop();
    unsetCursor();
    d_->band = {};
    if (ended == Gesture::Move) {
        dragNodes({});
        d_->indexAll();
        d_->drag = {};
    } else if (ended == Gesture::Pan) {
        auto view = d_->view;
        view.origin = d_->pressedOrigin;
        setViewport(view);
    }
    update();
}

void CanvasView::setEditable(bool editable) {
    if (!editable && d_->gesture == Gesture::Move) cancelGesture();
    d_->editable = editable;
}

bool CanvasView::isEditable() const { return d_->editable; }

void CanvasView::moveSelection(QPointF by) {
    if (!d_->editable || d_->pickedCount == 0 || d_->gesture != Gesture::None) return;
    d_->fitted = false;
    d_->drag = {};
    for (int node = 0; node < d_->scene.nodes.size(); ++node) {
        if (!d_->isPicked(node)) continue;
        d_->drag.nodes.push_back(node);
        d_->drag.from.push_back(d_->scene.nodes.rect[at(node)].topLeft());
    }
    d_->drag.to = d_->drag.from;
    dragNodes(by);
    reportMoves();
    if (d_->selected == kNone) return;
    moveViewTo(d_->view.revealing(d_->scene.nodes.rect[at(d_->selected)], d_->metrics.unit * 2), false);
}

}  // namespace signalbox::ui
