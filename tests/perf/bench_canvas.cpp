// CPU a frame of the canvas, at each level of detail and at the worst zoom found, for 1,000 to 50,000 nodes.
#include <QApplication>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <time.h>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/layout.h"
#include "ui/canvas/scene_builder.h"
#include "ui/samples.h"
#include "ui/widgets/theme.h"

namespace {

using namespace signalbox;
using namespace signalbox::ui;

constexpr QSize kView(1440, 900);
constexpr int kFrames = 20;

double cpuMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Stage {
    explicit Stage(int nodes) : metrics(SceneMetrics::forTheme(Theme::current())), painter(Theme::current()) {
        // As wide as it is high, in view of the node's proportions.
        scene = buildScene(test::gridGraph(nodes, std::max(1, static_cast<int>(std::sqrt(nodes * 3.0)))), metrics);
        std::vector<SpatialIndex::Box> boxes;
        for (const auto& rect : scene.nodes.rect) boxes.push_back(SpatialIndex::boxOf(rect));
        nodeIndex.build(boxes);
        boxes.clear();
        for (int i = 0; i < scene.wires.size(); ++i) boxes.push_back(SpatialIndex::boxOf(wireBounds(scene, i)));
        wireIndex.build(boxes);
        live.reset(scene.nodes.size());
        static const char* const kStatuses[] = {"succeeded", "succeeded", "running", "failed", "pending", "skipped"};
        for (int i = 0; i < scene.nodes.size(); ++i) {
            NodeLive state;
            state.status = QLatin1String(kStatuses[i % 6]);
            state.started = 1'000'000;
            state.finished = i % 6 == 2 ? 0 : 1'380'000;
            live.set(i, state);
        }
        painter.reset(scene.nodes.size());
    }

    // Median of frames that each move the view a little, as a drag does, with another node under the pointer.
    double frame(double zoom) {
        Viewport view;
        view.size = kView;
        view.zoom = zoom;
        const auto middle = scene.bounds.center();
        std::vector<double> costs;
        for (int i = 0; i < kFrames; ++i) {
            view.origin = middle - QPointF(kView.width(), kView.height()) / (2 * zoom) + QPointF(i, i) * 3 / zoom;
            CanvasFrame shown{scene, nodeIndex, wireIndex, live, metrics, view, QRectF(QPointF(), kView)};
            shown.selected = 0;
            shown.hovered = i;
            shown.dashOffset = i / 2.0;
            shown.now = 2'000'000;
            shown.focused = true;
            const auto start = cpuMilliseconds();
            QPainter target(&image);
            painter.paint(target, shown);
            target.end();
            costs.push_back(cpuMilliseconds() - start);
        }
        std::sort(costs.begin(), costs.end());
        return costs[costs.size() / 2];
    }

    SceneMetrics metrics;
    CanvasPainter painter;
    Scene scene;
    SpatialIndex nodeIndex;
    SpatialIndex wireIndex;
    LiveStates live;
    QImage image{kView, QImage::Format_RGB32};
};

void measure(int nodes, double goal) {
    Stage stage(nodes);
    std::printf("%6d nodes, %d wires:", nodes, stage.scene.wires.size());
    double worst = 0;
    double worstZoom = 0;
    std::vector<double> zooms = {1.0, 0.61, 0.59, 0.36, 0.34, 0.2, 0.121, 0.119, 0.06, 0.03};
    const auto fit = Viewport{{}, 1, kView}.fitting(stage.scene.bounds, 16, 1).zoom;
    zooms.push_back(fit);
    for (const double zoom : zooms) {
        const auto cost = stage.frame(zoom);
        std::printf("  %.0f%% %.2f", zoom * 100, cost);
        if (cost > worst) {
            worst = cost;
            worstZoom = zoom;
        }
    }
    std::printf("\n               worst %.2f ms of CPU a frame at %.0f %%", worst, worstZoom * 100);
    if (goal > 0) std::printf(" (goal %.0f ms: %s)", goal, worst <= goal ? "met" : "missed");
    std::printf("\n");
}

// A node, or a hundred, dragged over the graph: what a move of the mouse costs with the picture it leads to.
void measureDrag(int nodes, int selected, double goal) {
    CanvasView canvas;
    canvas.resize(kView);
    canvas.setGraph(test::gridGraph(nodes, std::max(1, static_cast<int>(std::sqrt(nodes * 3.0)))));
    canvas.setEditable(true);
    Viewport view;
    view.size = kView;
    view.zoom = 0.36;
    view.origin = canvas.scene().bounds.center() - QPointF(kView.width(), kView.height()) / (2 * view.zoom);
    canvas.setViewport(view);
    const auto send = [&](QEvent::Type type, QPointF place, Qt::KeyboardModifiers modifiers = {}) {
        const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, place, place, button, held, modifiers);
        QCoreApplication::sendEvent(&canvas, &event);
    };
    const int first =
        canvas.nodeAt(view.toView(canvas.scene().nodes.rect[static_cast<std::size_t>(nodes / 2)].center()));
    for (int i = first; i < first + selected; ++i) {
        const auto middle = view.toView(canvas.scene().nodes.rect[static_cast<std::size_t>(i)].center());
        send(QEvent::MouseButtonPress, middle, Qt::ControlModifier);
        send(QEvent::MouseButtonRelease, middle, Qt::ControlModifier);
    }
    const auto start = view.toView(canvas.scene().nodes.rect[static_cast<std::size_t>(first)].center());
    send(QEvent::MouseButtonPress, start);
    QImage image(kView, QImage::Format_RGB32);
    std::vector<double> costs;
    for (int i = 1; i <= kFrames; ++i) {
        const auto begun = cpuMilliseconds();
        send(QEvent::MouseMove, start + QPointF(10.0 * i, 6.0 * i));
        canvas.render(&image);
        costs.push_back(cpuMilliseconds() - begun);
    }
    send(QEvent::MouseButtonRelease, start);
    std::sort(costs.begin(), costs.end());
    std::printf("%6d nodes, %d of them dragged at 36 %%: %.2f ms (goal %.0f ms: %s)\n", nodes, canvas.selectedCount(),
                costs[costs.size() / 2], goal, costs[costs.size() / 2] <= goal ? "met" : "missed");
}

void measureLayout(int nodes) {
    auto graph = test::gridGraph(nodes, std::max(1, static_cast<int>(std::sqrt(nodes))));
    for (auto& node : graph.nodes) node.placed = false;
    const auto metrics = SceneMetrics::forTheme(Theme::current());
    const auto start = cpuMilliseconds();
    const auto scene = buildScene(graph, metrics);
    std::printf("layout and scene of %d nodes without positions: %.1f ms\n", scene.nodes.size(),
                cpuMilliseconds() - start);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Theme::of(application).setMode(Theme::Mode::Dark);
    std::printf("CPU a frame of %dx%d in ms, median of %d, by zoom\n", kView.width(), kView.height(), kFrames);
    measure(1'000, 0);
    measure(10'000, 8);
    measure(50'000, 16);
    measureDrag(10'000, 1, 8);
    measureDrag(10'000, 100, 8);
    measureDrag(50'000, 1, 16);
    measureDrag(50'000, 100, 16);
    measureLayout(1'000);
    measureLayout(10'000);
    return 0;
}
