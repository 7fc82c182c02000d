// How long a LivePlot takes to draw 10 series of 100,000 points, beside a polyline of the same points.
#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "ui/widgets/live_plot.h"
#include "ui/widgets/theme.h"

namespace {

using namespace signalbox::ui;

constexpr std::int64_t kStart = 1'767'000'000'000'000;
constexpr int kPoints = 100'000;
constexpr int kSeries = 10;
constexpr int kRounds = 30;

PlotSeries makeSeries(int index) {
    PlotSeries series{
        QString::number(index), static_cast<ColourRole>(static_cast<int>(ColourRole::Series1) + index % 8), {}, {}};
    for (int i = 0; i < kPoints; ++i) {
        const double noise = std::fmod(i * 12.9898 * (index + 1), 7.0);
        series.append(kStart + i * 10'000LL, 50 + 20 * std::sin(i / 3000.0 + index) + noise);
    }
    return series;
}

/// Milliseconds of the middle round.
template <class Work>
double median(Work work) {
    std::vector<double> times;
    for (int i = 0; i < kRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + kRounds / 2, times.end());
    return times[kRounds / 2];
}

double drawPolyline(const PlotSeries& series, QImage& image) {
    QPolygonF line;
    line.reserve(kPoints);
    for (int i = 0; i < kPoints; ++i) line << QPointF(i * image.width() / double(kPoints), 400 - series.values[i] * 4);
    return median([&] {
        QPainter painter(&image);
        painter.setPen(QPen(Qt::white, 1));
        painter.drawPolyline(line);
    });
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    Theme::of(application).setMode(Theme::Mode::Dark);
    LivePlot plot;
    plot.resize(1200, 600);
    QList<PlotSeries> all;
    for (int i = 0; i < kSeries; ++i) all << makeSeries(i);
    const auto one = all.first();
    plot.setWindow(kStart, kStart + kPoints * 10'000LL);
    QImage image(plot.size(), QImage::Format_ARGB32_Premultiplied);
    plot.setSeries({one});
    const double single = median([&] { plot.render(&image); });
    plot.setSeries(all);
    const double ten = median([&] { plot.render(&image); });
    double appending = 0;
    plot.setSeries({one});
    appending = median([&] {
        plot.append(0, plot.series().first().times.last() + 10'000, 50);
        plot.render(&image);
    });
    const double baseline = drawPolyline(one, image);
    std::printf("live plot, %d points at 1200 x 600, median of %d\n", kPoints, kRounds);
    std::printf("  one series       %7.2f ms  (polyline of all points: %.2f ms, ratio %.2f)\n", single, baseline,
                single / baseline);
    std::printf("  with a new point %7.2f ms\n", appending);
    std::printf("  %d series        %7.2f ms\n", kSeries, ten);
    return 0;
}
