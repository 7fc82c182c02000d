#include "ui/panels/engine_plots.h"

#include <QGridLayout>
#include <algorithm>

#include "ui/text/format.h"
#include "ui/widgets/live_plot.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr std::int64_t kShown = 15LL * 60 * 1'000'000;
constexpr std::int64_t kGap = 5'000'000;  // samples come each second: longer, and the gateway was busy or away
constexpr int kWidthForTwo = 80;          // in units

}  // namespace

EnginePlots::EnginePlots(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    const int unit = Theme::current().unit();
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(2 * unit);
    auto* runs = addPlot(QStringLiteral("plotRuns"), tr("Runs"), {});
    addSeries(*runs, QStringLiteral("runs.active"), tr("active"));
    addSeries(*runs, QStringLiteral("runs.queued"), tr("queued"));
    auto* rate = addPlot(QStringLiteral("plotRate"), tr("Journal"), tr("/s"));
    addSeries(*rate, QStringLiteral("steps.rate"), tr("records"));
    addSeries(*rate, QStringLiteral("commits.rate"), tr("commits"));
    auto* pool = addPlot(QStringLiteral("plotPool"), tr("Pool"), {});
    addSeries(*pool, QStringLiteral("pool.busy"), tr("threads busy"));
    addSeries(*pool, QStringLiteral("pool.queued"), tr("tasks queued"));
    auto* commit = addPlot(QStringLiteral("plotCommit"), tr("Commit time"), QStringLiteral("s"));
    addSeries(*commit, QStringLiteral("commit.p50"), tr("median"), 1e-6);
    addSeries(*commit, QStringLiteral("commit.p99"), tr("99th percentile"), 1e-6);
    auto* memory = addPlot(QStringLiteral("plotMemory"), tr("Memory"), QStringLiteral("B"));
    addSeries(*memory, QStringLiteral("memory.bytes"), tr("resident"));
    auto* disk = addPlot(QStringLiteral("plotStorage"), tr("Storage"), QStringLiteral("B"));
    addSeries(*disk, QStringLiteral("database.bytes"), tr("database"));
    addSeries(*disk, QStringLiteral("wal.bytes"), tr("write-ahead log"));
    arrange();
}

LivePlot* EnginePlots::addPlot(const QString& name, const QString& title, const QString& unit) {
    auto* plot = new LivePlot;
    plot->setObjectName(name);
    plot->setTitle(title);
    plot->setUnit(unit);
    plot->setGapAfter(kGap);
    plots_.append(plot);
    connect(plot, &LivePlot::cursorMoved, this, [this](std::optional<std::int64_t> time) {
        for (auto* other : std::as_const(plots_)) other->setCursor(time);
    });
    return plot;
}

void EnginePlots::addSeries(LivePlot& plot, const QString& quantity, const QString& name, double scale) {
    auto series = plot.series();
    places_.insert(quantity, {&plot, static_cast<int>(series.size())});
    scales_.insert(quantity, scale);
    PlotSeries made;
    made.name = name;
    made.role = series.isEmpty() ? ColourRole::Series1 : ColourRole::Series2;
    series.append(made);
    plot.setSeries(std::move(series));
}

void EnginePlots::append(const protocol::EngineHistory& history, bool anew) {
    if (anew) {
        last_ = 0;
        for (auto* plot : std::as_const(plots_)) plot->dropBefore(std::numeric_limits<std::int64_t>::max());
    }
    for (const auto& series : history.series) {
        const auto place = places_.constFind(toQString(series.name));
        if (place == places_.constEnd()) continue;
        const double scale = scales_.value(place.key());
        const auto count = std::min(series.values.size(), history.times.size());
        for (std::size_t i = 0; i < count; ++i) {
            if (history.times[i] > last_)
                place->plot->append(place->series, history.times[i], series.values[i] * scale);
        }
    }
    if (!history.times.empty()) last_ = std::max(last_, history.times.back());
    if (last_ == 0) return;
    for (auto* plot : std::as_const(plots_)) {
        plot->dropBefore(last_ - kShown);
        plot->setWindow(last_ - kShown, last_);
    }
}

QVector<double> EnginePlots::recent(const QString& name, int count) const {
    const auto place = places_.constFind(name);
    if (place == places_.constEnd()) return {};
    const auto& values = place->plot->series()[place->series].values;
    return values.mid(std::max<qsizetype>(0, values.size() - count));
}

void EnginePlots::arrange() {
    const int columns = width() >= kWidthForTwo * Theme::current().unit() ? 2 : 1;
    if (columns == columns_) return;
    columns_ = columns;
    for (int i = 0; i < plots_.size(); ++i) grid_->addWidget(plots_[i], i / columns, i % columns);
}

void EnginePlots::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

}  // namespace signalbox::ui
