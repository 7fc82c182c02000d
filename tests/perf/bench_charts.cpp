// CPU a frame of a run with 100,000 attempts over time, and the first picture of 5,000 nodes by 30 runs.
#include <QApplication>
#include <QImage>
#include <QScrollBar>
#include <algorithm>
#include <cstdio>
#include <random>

#include <time.h>

#include "ui/charts/gantt_view.h"
#include "ui/charts/run_grid_view.h"
#include "ui/widgets/theme.h"

namespace {

using namespace signalbox::ui;

constexpr QSize kView(1440, 900);
constexpr int kFrames = 20;

double cpuMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// A thousand nodes; most have a few attempts, ten of them thousands of items.
std::vector<std::pair<std::uint32_t, GanttBar>> manyBars(int rows, int count) {
    std::mt19937 random(11);
    std::vector<std::pair<std::uint32_t, GanttBar>> bars;
    for (int i = 0; i < count; ++i) {
        GanttBar bar;
        const bool item = random() % 2 == 0;
        bar.row = static_cast<int>(random() % (item ? 10 : static_cast<unsigned>(rows)));
        bar.item = item ? i : -1;
        bar.ready = static_cast<std::int64_t>(random() % 60'000'000);
        bar.start = bar.ready + static_cast<std::int64_t>(random() % 20'000);
        bar.end = bar.start + static_cast<std::int64_t>(random() % 200'000);
        bar.attempt = 1;
        bar.outcome = random() % 50 == 0 ? 'f' : 's';
        bars.emplace_back(static_cast<std::uint32_t>(i), bar);
    }
    return bars;
}

QStringList names(int count) {
    QStringList made;
    for (int i = 0; i < count; ++i) made << QStringLiteral("node-%1").arg(i);
    return made;
}

void measureGantt() {
    GanttView view;
    view.resize(kView);
    view.setRows(names(1'000), names(1'000));
    const auto bars = manyBars(1'000, 100'000);
    const auto begun = cpuMilliseconds();
    view.setBars(bars);
    std::printf("gantt, 100,000 bars of 1,000 nodes: laid out in %.1f ms\n", cpuMilliseconds() - begun);
    QImage image(kView, QImage::Format_RGB32);
    double worst = 0;
    for (const double zoom : {1.0, 4.0, 16.0, 64.0}) {
        std::vector<double> costs;
        view.fit();
        view.zoomBy(zoom, kView.width() / 2.0);
        for (int i = 0; i < kFrames; ++i) {
            view.verticalScrollBar()->setValue(i * 7);
            const auto start = cpuMilliseconds();
            view.render(&image);
            costs.push_back(cpuMilliseconds() - start);
        }
        std::sort(costs.begin(), costs.end());
        std::printf("  zoom %3.0f: %.2f ms of CPU a frame\n", zoom, costs[costs.size() / 2]);
        worst = std::max(worst, costs[costs.size() / 2]);
    }
    std::printf("  worst %.2f ms (goal 16 ms: %s)\n", worst, worst <= 16 ? "met" : "missed");
}

void measureGrid() {
    constexpr int kNodes = 5'000;
    std::mt19937 random(5);
    const auto begun = cpuMilliseconds();
    std::vector<RunGridColumn> columns(30);
    for (auto& column : columns) {
        column.status = QStringLiteral("succeeded");
        column.took = 1'000'000 + static_cast<std::int64_t>(random() % 1'000'000);
        for (int i = 0; i < kNodes; ++i) {
            column.statuses.push_back("sssssf-u"[random() % 8]);
            column.nodeTook.push_back(static_cast<std::int64_t>(random() % 10'000));
        }
    }
    RunGridView grid;
    grid.resize(kView);
    grid.setGrid(names(kNodes), std::move(columns));
    QImage image(kView, QImage::Format_RGB32);
    grid.render(&image);
    const auto first = cpuMilliseconds() - begun;
    std::printf("grid, 5,000 nodes x 30 runs: first picture after %.1f ms (goal 1,000 ms: %s)\n", first,
                first <= 1000 ? "met" : "missed");
    const auto start = cpuMilliseconds();
    for (int i = 0; i < kFrames; ++i) {
        grid.verticalScrollBar()->setValue(i * 500);
        grid.render(&image);
    }
    std::printf("  %.2f ms of CPU a frame while it scrolls\n", (cpuMilliseconds() - start) / kFrames);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Theme::of(application).setMode(Theme::Mode::Dark);
    measureGantt();
    measureGrid();
    return 0;
}
