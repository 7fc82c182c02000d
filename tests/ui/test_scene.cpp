// The canvas without a window: scene, layout, index, wires, viewport.
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include "ui/canvas/layout.h"
#include "ui/canvas/layout_layers.h"
#include "ui/canvas/live_state.h"
#include "ui/canvas/scene_builder.h"
#include "ui/canvas/spatial_index.h"
#include "ui/canvas/viewport.h"
#include "ui/canvas/wire_geometry.h"
#include "ui/samples.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

Scene sceneOf(const protocol::Graph& graph) { return buildScene(graph, SceneMetrics::forTheme(Theme::current())); }

bool anyOverlap(const Scene& scene) {
    for (int i = 0; i < scene.nodes.size(); ++i) {
        for (int j = 0; j < i; ++j) {
            if (scene.nodes.rect[at(i)].intersects(scene.nodes.rect[at(j)])) return true;
        }
    }
    return false;
}

// Layers of random width, wires to nearby layers and now and then over several.
LayoutGraph randomGraph(quint32 seed, int nodes) {
    QRandomGenerator random(seed);
    LayoutGraph graph;
    for (int i = 0; i < nodes; ++i) {
        graph.sizes.emplace_back(160 + 8 * random.bounded(12), 48);
        const int wires = i == 0 ? 0 : 1 + random.bounded(2);
        for (int w = 0; w < wires; ++w) {
            const int from = std::max(0, i - 1 - random.bounded(random.bounded(10) == 0 ? 60 : 12));
            graph.wires.push_back({from, i, 24, 24, false});
        }
    }
    return graph;
}

}  // namespace

class TestScene : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nodesAndPortsOfAGraph();
    void wiresToNowhereAreLeftOut();
    void inputsBecomeANode();
    void givenPositionsAreKept();
    void laidOutFromLeftToRight();
    void layoutKeepsNodesApart();
    void layoutIsDeterministic();
    void layoutReducesCrossings();
    void layoutSurvivesCyclesAndLoneNodes();
    void layoutOfAThousandNodesIsQuick();
    void longWiresPassBetweenNodes();
    void indexFindsWhatOverlaps();
    void wireCourse();
    void topologyOfArrows();
    void viewportZoomsAroundAPoint();
    void detailByZoom();
    void liveLines();
    void movingANode();
};

void TestScene::nodesAndPortsOfAGraph() {
    const auto scene = sceneOf(test::releaseWorkflow().graph);
    QCOMPARE(scene.nodes.size(), 12);
    QCOMPARE(scene.wires.size(), 12);
    const int decide = scene.indexOf(QStringLiteral("decide"));
    QCOMPARE(scene.nodes.outputs[at(decide)].count, 2);
    QVERIFY(scene.nodes.rect[at(decide)].height() >
            scene.nodes.rect[at(scene.indexOf(QStringLiteral("hosts")))].height());
    // An error wire makes the port it leaves from.
    const int publish = scene.indexOf(QStringLiteral("publish"));
    QCOMPARE(scene.nodes.outputs[at(publish)].count, 1);
    QCOMPARE(scene.ports.name[at(scene.nodes.outputs[at(publish)].first)], QStringLiteral("error"));
    QCOMPARE(scene.groups.size(), std::size_t(1));
    QVERIFY(scene.groups[0].rect.contains(scene.nodes.rect[0]));
    QCOMPARE(portFamily("array<object>"), PortFamily::List);
}

void TestScene::wiresToNowhereAreLeftOut() {
    auto graph = test::smallWorkflow().graph;
    graph.edges.push_back({"read", "output", "ghost", "input", "data", ""});
    graph.nodes.push_back(graph.nodes.front());
    const auto scene = sceneOf(graph);
    QCOMPARE(scene.wires.size(), 2);
    QCOMPARE(scene.nodes.size(), 3);
    QVERIFY(sceneOf({}).isEmpty());
}

void TestScene::inputsBecomeANode() {
    const auto scene = sceneOf(test::workflowWithInputs().graph);
    const int inputs = scene.indexOf(QStringLiteral("$inputs"));
    QVERIFY(inputs != kNone);
    QVERIFY(scene.nodes.rect[at(inputs)].right() < scene.nodes.rect[at(scene.indexOf(QStringLiteral("echo")))].left());
}

void TestScene::givenPositionsAreKept() {
    const auto scene = sceneOf(test::gridGraph(6, 3));
    QCOMPARE(scene.nodes.rect[4].topLeft(), QPointF(264, 88));
    auto graph = test::gridGraph(6, 3);
    graph.nodes[5].placed = false;
    const auto mixed = sceneOf(graph);
    QCOMPARE(mixed.nodes.rect[4].topLeft(), QPointF(264, 88));
    QVERIFY(!anyOverlap(mixed));
}

void TestScene::laidOutFromLeftToRight() {
    const auto scene = sceneOf(test::releaseWorkflow().graph);
    QVERIFY(!anyOverlap(scene));
    for (int wire = 0; wire < scene.wires.size(); ++wire) {
        QVERIFY(scene.outputPoint(wire).x() < scene.inputPoint(wire).x());
    }
    for (const auto& rect : scene.nodes.rect) {
        QCOMPARE(std::fmod(rect.x(), 8), 0.0);
        QCOMPARE(std::fmod(rect.y(), 8), 0.0);
    }
}

void TestScene::layoutKeepsNodesApart() {
    for (quint32 seed = 1; seed <= 20; ++seed) {
        const auto graph = randomGraph(seed, 80);
        const auto result = layeredLayout(graph, {});
        for (std::size_t i = 0; i < graph.sizes.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const QRectF a(result.topLeft[i], graph.sizes[i]);
                const QRectF b(result.topLeft[j], graph.sizes[j]);
                QVERIFY2(!a.intersects(b), qPrintable(QStringLiteral("seed %1: %2 and %3").arg(seed).arg(i).arg(j)));
            }
        }
        for (const auto& wire : graph.wires) {
            QVERIFY(result.topLeft[at(wire.from)].x() + graph.sizes[at(wire.from)].width() <
                    result.topLeft[at(wire.to)].x());
        }
    }
}

void TestScene::layoutIsDeterministic() {
    const auto graph = randomGraph(7, 200);
    const auto first = layeredLayout(graph, {});
    const auto second = layeredLayout(graph, {});
    QVERIFY(first.topLeft == second.topLeft);
    QVERIFY(first.waypoints == second.waypoints);
}

void TestScene::layoutReducesCrossings() {
    std::size_t before = 0;
    std::size_t after = 0;
    for (quint32 seed = 1; seed <= 10; ++seed) {
        const auto graph = randomGraph(seed, 100);
        auto layers = layered::makeLayers(graph, layered::assignLayers(graph), {});
        before += layered::countCrossings(layers);
        layered::reduceCrossings(layers);
        after += layered::countCrossings(layers);
    }
    QVERIFY2(after * 3 < before * 2, qPrintable(QStringLiteral("%1 of %2").arg(after).arg(before)));
    // Two wires that cross once.
    LayoutGraph crossed;
    crossed.sizes.assign(4, QSizeF(100, 48));
    crossed.wires = {{0, 3, 24, 24, false}, {1, 2, 24, 24, false}};
    auto layers = layered::makeLayers(crossed, {0, 0, 1, 1}, {});
    QCOMPARE(layered::countCrossings(layers), std::size_t(1));
    layered::reduceCrossings(layers);
    QCOMPARE(layered::countCrossings(layers), std::size_t(0));
}

void TestScene::layoutSurvivesCyclesAndLoneNodes() {
    LayoutGraph graph;
    graph.sizes.assign(5, QSizeF(100, 48));
    graph.wires = {{0, 1, 24, 24, false}, {1, 2, 24, 24, false}, {2, 0, 24, 24, true}, {3, 3, 24, 24, false}};
    const auto result = layeredLayout(graph, {});
    QVERIFY(result.topLeft[0].x() < result.topLeft[1].x());
    QVERIFY(result.topLeft[1].x() < result.topLeft[2].x());
    // Not marked: the wire that closes the cycle is found.
    graph.wires[2].back = false;
    QCOMPARE(layeredLayout(graph, {}).topLeft, result.topLeft);
    QVERIFY(result.topLeft[4].y() > result.topLeft[0].y());
}

void TestScene::layoutOfAThousandNodesIsQuick() {
    const auto graph = randomGraph(3, 1000);
    QElapsedTimer timer;
    timer.start();
    const auto result = layeredLayout(graph, {});
    qInfo("layout of 1,000 nodes: %lld ms", timer.elapsed());
    QCOMPARE(result.topLeft.size(), std::size_t(1000));
    // The goal is 200 ms on an idle machine; bench_canvas prints it.
    QVERIFY(timer.elapsed() < 2000);
}

void TestScene::longWiresPassBetweenNodes() {
    // 0 -> 1 -> 2 -> 3, and 0 -> 3 past the two between.
    LayoutGraph graph;
    graph.sizes.assign(4, QSizeF(160, 48));
    graph.wires = {{0, 1, 24, 24, false}, {1, 2, 24, 24, false}, {2, 3, 24, 24, false}, {0, 3, 24, 24, false}};
    const auto result = layeredLayout(graph, {});
    QCOMPARE(result.waypoints[3].size(), std::size_t(4));
    for (const auto& point : result.waypoints[3]) {
        for (std::size_t node = 0; node < 4; ++node) {
            QVERIFY(!QRectF(result.topLeft[node], graph.sizes[node]).contains(point));
        }
    }
}

void TestScene::indexFindsWhatOverlaps() {
    QRandomGenerator random(11);
    for (const int count : {0, 1, 15, 16, 17, 300, 5000}) {
        std::vector<SpatialIndex::Box> boxes;
        for (int i = 0; i < count; ++i) {
            boxes.push_back(SpatialIndex::boxOf(
                QRectF(random.bounded(5000), random.bounded(5000), random.bounded(200), random.bounded(100))));
        }
        SpatialIndex index;
        index.build(boxes);
        if (count > 20) {
            boxes[7] = SpatialIndex::boxOf(QRectF(9000, 9000, 10, 10));
            index.update(7, boxes[7]);
        }
        for (int q = 0; q < 50; ++q) {
            const QRectF area(random.bounded(5000), random.bounded(5000), random.bounded(900), random.bounded(900));
            QSet<int> found;
            index.query(area, [&](int item) {
                QVERIFY(!found.contains(item));
                found.insert(item);
            });
            QSet<int> expected;
            for (int i = 0; i < count; ++i) {
                if (boxes[at(i)].touches(SpatialIndex::boxOf(area))) expected.insert(i);
            }
            QCOMPARE(found, expected);
        }
    }
}

void TestScene::wireCourse() {
    const auto scene = sceneOf(test::gridGraph(6, 3));
    std::vector<Curve> curves;
    appendCurves(scene, 0, curves);
    QCOMPARE(curves.front().start, scene.outputPoint(0));
    QCOMPARE(curves.back().end, scene.inputPoint(0));
    QVERIFY(distanceToWire(scene, 0, wireMiddle(scene, 0)) < 1);
    QVERIFY(wireBounds(scene, 0).adjusted(-1, -1, 1, 1).contains(wireMiddle(scene, 0)));
    // Back to an earlier node: around below both.
    auto graph = test::smallWorkflow().graph;
    graph.edges.push_back({"write", "output", "read", "input", "loop", ""});
    const auto loop = sceneOf(graph);
    QVERIFY(wireBounds(loop, 2).bottom() > loop.nodes.rect[0].bottom());
    QVERIFY(wireBounds(loop, 2).bottom() > loop.nodes.rect[2].bottom());
}

void TestScene::topologyOfArrows() {
    const auto scene = sceneOf(test::releaseWorkflow().graph);
    const auto index = [&](const char* id) { return scene.indexOf(QLatin1String(id)); };
    QCOMPARE(nodeTowards(scene, index("status"), Step::Forward), index("parse"));
    QCOMPARE(nodeTowards(scene, index("parse"), Step::Back), index("status"));
    QCOMPARE(nodeTowards(scene, index("status"), Step::Back), kNone);
    const int below = nodeTowards(scene, index("report"), Step::Down);
    const int above = nodeTowards(scene, index("report"), Step::Up);
    QVERIFY(below == index("store") || above == index("store"));
    const auto order = readingOrder(scene);
    QCOMPARE(order.size(), std::size_t(12));
    for (std::size_t i = 1; i < order.size(); ++i) {
        QVERIFY(scene.nodes.rect[at(order[i - 1])].center().x() <= scene.nodes.rect[at(order[i])].center().x());
    }
}

void TestScene::viewportZoomsAroundAPoint() {
    Viewport view;
    view.size = {800, 600};
    view.origin = {100, 50};
    const QPointF anchor(200, 300);
    const auto under = view.toScene(anchor);
    const auto closer = view.zoomedAround(anchor, 2);
    QCOMPARE(closer.zoom, 2.0);
    QCOMPARE(closer.toScene(anchor), under);
    QCOMPARE(view.zoomedAround(anchor, 1e9).zoom, Viewport::kGreatestZoom);
    QCOMPARE(view.zoomedAround(anchor, 1e-9).zoom, Viewport::kLeastZoom);
    const QRectF wide(0, 0, 4000, 300);
    const auto fitted = view.fitting(wide, 20, 1);
    QVERIFY(fitted.visible().contains(wide));
    QVERIFY(view.fitting(QRectF(0, 0, 10, 10), 20, 1).zoom <= 1.0);
    const QRectF far(5000, 5000, 100, 50);
    const auto revealed = view.revealing(far, 10);
    QVERIFY(revealed.visible().contains(far));
    QCOMPARE(view.revealing(QRectF(200, 200, 50, 50), 10), view);
}

void TestScene::detailByZoom() {
    QCOMPARE(detailAt(1.0), Detail::Full);
    QCOMPARE(detailAt(0.6), Detail::Full);
    QCOMPARE(detailAt(0.59), Detail::Title);
    QCOMPARE(detailAt(0.34), Detail::Boxes);
    QCOMPARE(detailAt(0.11), Detail::Density);
}

void TestScene::liveLines() {
    NodeLive live;
    QCOMPARE(liveLine(live, 0), QString());
    live.status = QStringLiteral("running");
    live.started = 1'000'000;
    live.attempt = 2;
    live.itemsTotal = 40;
    live.itemsDone = 12;
    QCOMPARE(liveLine(live, 4'100'000), QStringLiteral("Running · 3.10 s · 12/40 · attempt 2"));
    live.status = QStringLiteral("failed");
    live.errorCode = QStringLiteral("http.timeout");
    live.finished = 2'000'000;
    QVERIFY(liveLine(live, 9'000'000).startsWith(QStringLiteral("Failed · http.timeout")));
    LiveStates states;
    states.reset(3);
    QVERIFY(!states.shown());
    live.status = QStringLiteral("running");
    states.set(1, live);
    QCOMPARE(states.activeCount(), 1);
    live.status = QStringLiteral("succeeded");
    states.set(1, live);
    QCOMPARE(states.activeCount(), 0);
    QCOMPARE(states.shape(1), StateShape::Check);
}

void TestScene::movingANode() {
    auto scene = sceneOf(test::releaseWorkflow().graph);
    const auto before = scene.groups[0].rect;
    const int moved = 0;
    const auto place = scene.nodes.rect[0].topLeft() + QPointF(0, 400);
    scene.moveNodes({&moved, 1}, {&place, 1});
    QVERIFY(scene.groups[0].rect.height() > before.height());
    QVERIFY(scene.bounds.contains(scene.nodes.rect[0]));
    for (const int wire : scene.wiresFrom(0)) QVERIFY(scene.waypointsOf(wire).empty());
}

QTEST_MAIN(TestScene)
#include "test_scene.moc"
