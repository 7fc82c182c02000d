#include "ui/canvas/canvas_view.h"

#include <QDateTime>
#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <cmath>
#include <utility>

#include "ui/canvas/canvas_accessible.h"
#include "ui/canvas/canvas_overview.h"
#include "ui/canvas/canvas_view_private.h"

namespace signalbox::ui {

namespace {

constexpr int kTickMilliseconds = 50;
constexpr int kEdgeMilliseconds = 30;
constexpr double kDashStep = 0.5;     // of the dash pattern's 7 units a tick
constexpr double kGreatestFit = 1.0;  // a small graph is not blown up

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

void CanvasView::Private::rebuild() {
    scene = buildScene(graph, metrics);
    indexAll();
    live.reset(scene.nodes.size());
    painter.reset(scene.nodes.size());
    picked.assign(at(scene.nodes.size()), 0);
    pickedCount = 0;
    selected = kNone;
    hovered = kNone;
    hoveredWire = kNone;
    selectedWire = kNone;
}

void CanvasView::Private::indexAll() {
    std::vector<SpatialIndex::Box> boxes;
    boxes.reserve(scene.nodes.rect.size());
    for (const auto& rect : scene.nodes.rect) boxes.push_back(SpatialIndex::boxOf(rect));
    nodeIndex.build(std::move(boxes));
    std::vector<SpatialIndex::Box> wires;
    wires.reserve(at(scene.wires.size()));
    for (int i = 0; i < scene.wires.size(); ++i) wires.push_back(SpatialIndex::boxOf(wireBounds(scene, i)));
    wireIndex.build(std::move(wires));
    order = readingOrder(scene);
}

void CanvasView::Private::indexNode(int node) {
    nodeIndex.update(node, SpatialIndex::boxOf(scene.nodes.rect[at(node)]));
    for (const int wire : scene.wiresInto(node)) wireIndex.update(wire, SpatialIndex::boxOf(wireBounds(scene, wire)));
    for (const int wire : scene.wiresFrom(node)) wireIndex.update(wire, SpatialIndex::boxOf(wireBounds(scene, wire)));
}

CanvasView::CanvasView(QWidget* parent) : QWidget(parent), d_(std::make_unique<Private>(Theme::current())) {
    installCanvasAccessibility();
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Workflow graph"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    d_->clock = [] { return QDateTime::currentMSecsSinceEpoch() * 1000; };
    d_->ticker.setInterval(kTickMilliseconds);
    connect(&d_->ticker, &QTimer::timeout, this, &CanvasView::tick);
    d_->motion.setDuration(150);
    d_->motion.setEasingCurve(QEasingCurve::OutCubic);
    d_->motion.setStartValue(0.0);
    d_->motion.setEndValue(1.0);
    connect(&d_->motion, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const auto share = value.toDouble();
        auto view = d_->motionTo;
        if (share < 1) {
            // The zoom moves evenly in its logarithm, the middle of the view evenly in the scene.
            const auto middle =
                d_->motionFrom.visible().center() * (1 - share) + d_->motionTo.visible().center() * share;
            view.zoom = d_->motionFrom.zoom * std::pow(d_->motionTo.zoom / d_->motionFrom.zoom, share);
            view.origin = middle - QPointF(view.size.width(), view.size.height()) / (2 * view.zoom);
        }
        setViewport(view);
    });
    d_->edge.setInterval(kEdgeMilliseconds);
    connect(&d_->edge, &QTimer::timeout, this, &CanvasView::pushAtEdge);
    d_->overview = new CanvasOverview(*this);
    connect(&d_->theme, &Theme::changed, this, &CanvasView::forgetLook);
}

CanvasView::~CanvasView() = default;

void CanvasView::forgetLook() {
    d_->painter.forgetLook();
    d_->overview->forgetLook();
    updateTicking();
    update();
}

void CanvasView::setGraph(const protocol::Graph& graph) {
    cancelGesture();
    const auto keptWire = std::exchange(d_->selectedWire, kNone);
    const auto wireEnds = keptWire == kNone ? QString() : wireLines(keptWire).front();
    const auto kept = selectedNode();
    const auto keptAll = selectedNodes();
    const auto before = std::exchange(d_->scene.indexById, {});
    d_->graph = graph;
    d_->rebuild();
    qsizetype common = 0;
    for (const auto& id : d_->scene.nodes.id) common += before.contains(id) ? 1 : 0;
    // Another workflow is shown as a whole; a new version of the same leaves the view where it is.
    d_->fitted = d_->fitted || common * 2 < d_->scene.nodes.size();
    for (const auto& id : keptAll) {
        if (const int node = d_->scene.indexOf(id); node != kNone) d_->setPicked(node, true);
    }
    d_->selected = d_->scene.indexOf(kept);
    for (int wire = 0; !wireEnds.isEmpty() && wire < d_->scene.wires.size(); ++wire) {
        if (wireLines(wire).front() == wireEnds) d_->selectedWire = wire;
    }
    setAccessibleDescription(tr("%n node(s)", nullptr, d_->scene.nodes.size()));
    resetAccessibility(*this);
    if (d_->fitted) fit(false);
    if (d_->selected == kNone && !kept.isEmpty()) Q_EMIT selectionChanged(QString());
    if (d_->pickedCount != keptAll.size()) Q_EMIT selectedNodesChanged();
    if (keptWire != kNone && d_->selectedWire == kNone) Q_EMIT wireSelected(kNone);
    d_->overview->sceneChanged();
    placeOverview();
    updateTicking();
    update();
}

const Scene& CanvasView::scene() const { return d_->scene; }
const LiveStates& CanvasView::states() const { return d_->live; }
const Viewport& CanvasView::viewport() const { return d_->view; }
int CanvasView::selectedIndex() const { return d_->selected; }

void CanvasView::setClock(std::function<std::int64_t()> clock) { d_->clock = std::move(clock); }

void CanvasView::setNodeState(const QString& id, NodeLive live) {
    const int node = d_->scene.indexOf(id);
    if (node == kNone || d_->live.of(node) == live) return;
    const bool told = d_->live.of(node).status != live.status;
    d_->live.set(node, std::move(live));
    if (told) notifyAccessibleState(*this, node);
    if (told) d_->overview->sceneChanged();
    updateTicking();
    update();
}

void CanvasView::clearStates() {
    d_->live.reset(d_->scene.nodes.size());
    d_->overview->sceneChanged();
    updateTicking();
    update();
}

void CanvasView::setHovered(int node, int wire) {
    if (node == d_->hovered && wire == d_->hoveredWire) return;
    d_->hovered = node;
    d_->hoveredWire = wire;
    update();
}

void CanvasView::setViewport(const Viewport& viewport) {
    if (viewport == d_->view) return;
    const bool zoomed = viewport.zoom != d_->view.zoom;
    d_->view = viewport;
    placeOverview();
    update();
    if (zoomed) Q_EMIT zoomChanged(viewport.zoom);
}

void CanvasView::moveViewTo(const Viewport& target, bool animated) {
    d_->motion.stop();
    if (!animated || d_->theme.reducedMotion() || !isVisible()) {
        setViewport(target);
        return;
    }
    d_->motionFrom = d_->view;
    d_->motionTo = target;
    d_->motion.start();
}

void CanvasView::fit(bool animated) {
    d_->fitted = true;
    if (d_->scene.isEmpty() || d_->view.size.isEmpty()) return;
    moveViewTo(d_->view.fitting(d_->scene.bounds, d_->metrics.unit * 4, kGreatestFit), animated);
}

void CanvasView::zoomBy(double factor) {
    d_->fitted = false;
    const auto& from = d_->motion.state() == QAbstractAnimation::Running ? d_->motionTo : d_->view;
    moveViewTo(from.zoomedAround(QPointF(width() / 2.0, height() / 2.0), factor), true);
}

void CanvasView::resetZoom() { zoomBy(1.0 / d_->view.zoom); }

int CanvasView::nodeAt(QPointF view) const {
    const auto point = d_->view.toScene(view);
    int found = kNone;
    d_->nodeIndex.query(QRectF(point, QSizeF()), [&](int node) {
        if (node > found && d_->scene.nodes.rect[at(node)].contains(point)) found = node;
    });
    return found;
}

int CanvasView::wireAt(QPointF view) const {
    const auto reach = 0.75 * d_->metrics.unit / d_->view.zoom;
    const auto point = d_->view.toScene(view);
    int found = kNone;
    auto nearest = reach;
    d_->wireIndex.query(QRectF(point, QSizeF()).adjusted(-reach, -reach, reach, reach), [&](int wire) {
        const auto distance = distanceToWire(d_->scene, wire, point);
        if (distance <= nearest) {
            nearest = distance;
            found = wire;
        }
    });
    return found;
}

int CanvasView::portAt(QPointF view) const {
    const int node = nodeAt(view);
    if (node == kNone || detailAt(d_->view.zoom) < Detail::Title) return kNone;
    const auto& rect = d_->scene.nodes.rect[at(node)];
    const auto point = d_->view.toScene(view);
    const auto reach = d_->metrics.portRow() / 2;
    const auto nearest = [&](Range range, double x) {
        for (int port = range.first; port < range.end(); ++port) {
            const auto y = rect.top() + d_->scene.ports.offset[at(port)];
            if (std::abs(point.x() - x) <= reach && std::abs(point.y() - y) <= reach) return port;
        }
        return kNone;
    };
    const int in = nearest(d_->scene.nodes.inputs[at(node)], rect.left());
    return in != kNone ? in : nearest(d_->scene.nodes.outputs[at(node)], rect.right());
}

void CanvasView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    CanvasFrame frame{d_->scene, d_->nodeIndex, d_->wireIndex, d_->live, d_->metrics, d_->view, event->rect()};
    frame.picked = d_->picked;
    frame.band = d_->band;
    frame.selected = d_->selected;
    frame.hovered = d_->hovered;
    frame.hoveredWire = d_->hoveredWire;
    frame.selectedWire = d_->selectedWire;
    frame.dashOffset = d_->dashOffset;
    frame.now = d_->clock();
    frame.focused = hasFocus();
    d_->painter.paint(painter, frame);
}

void CanvasView::resizeEvent(QResizeEvent*) {
    auto view = d_->view;
    // What was in the middle stays there.
    const auto middle = view.visible().center();
    const bool first = view.size.isEmpty();
    view.size = size();
    if (!first) view.origin = middle - QPointF(view.size.width(), view.size.height()) / (2 * view.zoom);
    d_->motion.stop();
    setViewport(view);
    if (d_->fitted) fit(false);
    placeOverview();
}

void CanvasView::setOverviewEnabled(bool enabled) {
    if (enabled == d_->overviewEnabled) return;
    d_->overviewEnabled = enabled;
    placeOverview();
    Q_EMIT overviewEnabledChanged(enabled);
}

bool CanvasView::isOverviewEnabled() const { return d_->overviewEnabled; }

// In the corner, and only while there is something out of view that it could lead to.
void CanvasView::placeOverview() {
    const bool out = !d_->scene.isEmpty() && !d_->view.visible().contains(d_->scene.bounds);
    const auto margin = qRound(d_->metrics.unit * 1.5);
    const auto size = d_->overview->sizeFor(d_->scene.bounds, this->size() / 4);
    const bool shown = d_->overviewEnabled && out && !size.isEmpty();
    if (shown) {
        d_->overview->setGeometry(
            QRect(QPoint(width() - margin - size.width(), height() - margin - size.height()), size));
        d_->overview->update();
    }
    d_->overview->setVisible(shown);
}

void CanvasView::updateTicking() {
    const bool wanted = d_->live.activeCount() > 0;
    if (wanted == d_->ticker.isActive()) return;
    if (wanted) {
        d_->ticker.start();
    } else {
        d_->ticker.stop();
    }
}

// Only what moves is painted again: wires into running nodes, and the active nodes themselves for their durations.
void CanvasView::tick() {
    if (!isVisible() || detailAt(d_->view.zoom) < Detail::Title) return;
    if (!d_->theme.reducedMotion()) d_->dashOffset = std::fmod(d_->dashOffset - kDashStep + 7, 7);
    QRegion region;
    const auto visible = d_->view.visible();
    const auto add = [&](const QRectF& scene) {
        region += d_->view.toView(scene).toAlignedRect().adjusted(-2, -2, 2, 2);
    };
    d_->nodeIndex.query(visible, [&](int node) {
        if (d_->live.shape(node) == StateShape::None || !stateLook(d_->live.of(node).status).active) return;
        add(d_->scene.nodes.rect[at(node)]);
        if (d_->live.shape(node) != StateShape::Disc || d_->theme.reducedMotion()) return;
        for (const int wire : d_->scene.wiresInto(node)) add(wireBounds(d_->scene, wire));
    });
    if (!region.isEmpty()) update(region);
}

QSize CanvasView::sizeHint() const { return {qRound(d_->metrics.unit * 90), qRound(d_->metrics.unit * 60)}; }
QSize CanvasView::minimumSizeHint() const { return {qRound(d_->metrics.unit * 20), qRound(d_->metrics.unit * 12)}; }

}  // namespace signalbox::ui
