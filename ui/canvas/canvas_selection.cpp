#include <algorithm>
#include <utility>

#include "ui/canvas/canvas_accessible.h"
#include "ui/canvas/canvas_overview.h"
#include "ui/canvas/canvas_view_private.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

void CanvasView::Private::setPicked(int node, bool on) {
    auto& mark = picked[at(node)];
    if ((mark != 0) == on) return;
    mark = on ? 1 : 0;
    pickedCount += on ? 1 : -1;
}

void CanvasView::Private::pickOnly(int node) {
    if (pickedCount > 0) std::fill(picked.begin(), picked.end(), char(0));
    pickedCount = 0;
    if (node != kNone) setPicked(node, true);
}

QString CanvasView::selectedNode() const {
    return d_->selected == kNone ? QString() : d_->scene.nodes.id[at(d_->selected)];
}

QStringList CanvasView::selectedNodes() const {
    QStringList ids;
    for (int node = 0; node < static_cast<int>(d_->picked.size()); ++node) {
        if (d_->isPicked(node)) ids << d_->scene.nodes.id[at(node)];
    }
    return ids;
}

int CanvasView::selectedCount() const { return d_->pickedCount; }

void CanvasView::selectNode(const QString& id) {
    const int node = d_->scene.indexOf(id);
    // Told by a list what the canvas has just told it: that must not undo a selection of several.
    if (node != kNone && node == d_->selected) return;
    select(node, true);
}

int CanvasView::selectedWire() const { return d_->selectedWire; }

void CanvasView::selectWire(int wire) {
    if (wire == d_->selectedWire) return;
    if (wire == kNone) return select(kNone, false);
    select(kNone, false);
    d_->selectedWire = wire;
    update();
    Q_EMIT wireSelected(wire);
}

// From a node to its first wire, from a wire to the next one of the node that it leaves.
bool CanvasView::selectNextWire() {
    const bool onWire = d_->selectedWire != kNone;
    const int node = onWire ? d_->scene.wires.from[at(d_->selectedWire)] : d_->selected;
    if (node == kNone) return false;
    const auto out = d_->scene.wiresFrom(node);
    const auto in = d_->scene.wiresInto(node);
    std::vector<int> wires(out.begin(), out.end());
    if (!onWire || wires.empty()) wires.insert(wires.end(), in.begin(), in.end());
    if (wires.empty()) return true;
    const auto current = std::find(wires.begin(), wires.end(), d_->selectedWire);
    const bool next = current != wires.end() && current + 1 != wires.end();
    selectWire(next ? *(current + 1) : wires.front());
    return true;
}

void CanvasView::selectAll() {
    if (d_->scene.isEmpty()) return;
    d_->selectedWire = kNone;
    std::fill(d_->picked.begin(), d_->picked.end(), char(1));
    d_->pickedCount = d_->scene.nodes.size();
    const bool first = d_->selected == kNone;
    if (first) d_->selected = d_->order.front();
    d_->overview->sceneChanged();
    update();
    Q_EMIT selectedNodesChanged();
    if (first) Q_EMIT selectionChanged(selectedNode());
}

void CanvasView::select(int node, bool reveal, Picking picking) {
    if (node != kNone && reveal) {
        const auto margin = d_->metrics.unit * 2;
        moveViewTo(d_->view.revealing(d_->scene.nodes.rect[at(node)], margin), true);
    }
    const bool leftWire = std::exchange(d_->selectedWire, kNone) != kNone;
    const auto before = d_->picked;
    const int current = d_->selected;
    if (picking == Picking::Only || node == kNone) {
        d_->pickOnly(node);
    } else {
        d_->setPicked(node, picking == Picking::Add || !d_->isPicked(node));
    }
    d_->selected = node;
    if (node != kNone && !d_->isPicked(node)) {
        const auto other = std::find(d_->picked.begin(), d_->picked.end(), char(1));
        d_->selected = other == d_->picked.end() ? kNone : static_cast<int>(other - d_->picked.begin());
    }
    if (d_->selected != current) notifyAccessibleFocus(*this, d_->selected);
    const bool same = before == d_->picked;
    if (same && d_->selected == current && !leftWire) return;
    d_->overview->sceneChanged();
    update();
    if (leftWire && node == kNone) Q_EMIT wireSelected(kNone);
    if (!same) Q_EMIT selectedNodesChanged();
    if (d_->selected != current) Q_EMIT selectionChanged(selectedNode());
}

void CanvasView::pickBand() {
    const auto before = d_->picked;
    const int current = d_->selected;
    d_->nodeIndex.query(d_->band, [&](int node) {
        if (!d_->scene.nodes.rect[at(node)].intersects(d_->band)) return;
        d_->setPicked(node, true);
        if (d_->selected == kNone) d_->selected = node;
    });
    if (before == d_->picked) return;
    d_->overview->sceneChanged();
    Q_EMIT selectedNodesChanged();
    if (d_->selected != current) Q_EMIT selectionChanged(selectedNode());
}

}  // namespace signalbox::ui
