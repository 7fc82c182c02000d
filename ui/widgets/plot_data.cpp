#include "ui/widgets/plot_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr std::int64_t kSecond = 1'000'000;

using Index = qsizetype;

// Index of the first time that is not before `time`.
Index firstFrom(const PlotSeries& series, std::int64_t time) {
    return std::lower_bound(series.times.begin(), series.times.end(), time) - series.times.begin();
}

}  // namespace

void PlotSeries::append(std::int64_t time, double value) {
    times << time;
    values << value;
}

void PlotSeries::dropBefore(std::int64_t time) {
    const auto count = firstFrom(*this, time);
    // Moving everything for a few points at a time would cost more than keeping them.
    if (count * 4 < times.size()) return;
    times.remove(0, count);
    values.remove(0, count);
}

QVector<PlotColumn> reduceToColumns(const PlotSeries& series, std::int64_t from, std::int64_t to, int columns,
                                    std::int64_t gapAfter) {
    QVector<PlotColumn> reduced;
    if (columns <= 1 || to <= from || series.times.isEmpty()) return reduced;
    reduced.reserve(columns);
    // One point beyond each end, so that lines go on to the edge.
    const auto begin = std::max<Index>(0, firstFrom(series, from) - 1);
    const auto end = std::min<Index>(series.times.size(), firstFrom(series, to) + 1);
    const auto* times = series.times.constData();
    const auto* values = series.values.constData();
    const auto scale = static_cast<double>(columns - 1) / static_cast<double>(to - from);
    bool joined = false;
    std::int64_t previous = 0;
    std::int64_t nextColumn =
        std::numeric_limits<std::int64_t>::min();  // time at which the column after this one begins
    for (auto i = begin; i < end; ++i) {
        const auto value = values[i];
        if (!std::isfinite(value)) {
            joined = false;
            continue;
        }
        if (gapAfter > 0 && i > begin && times[i] - previous > gapAfter) joined = false;
        previous = times[i];
        int x = joined ? reduced.last().x : 0;
        if (!joined || times[i] >= nextColumn) {
            x = static_cast<int>(std::floor(static_cast<double>(times[i] - from) * scale + 0.5));
            nextColumn = from + static_cast<std::int64_t>(std::ceil((x + 0.5) / scale));
        }
        if (joined && x == reduced.last().x) {
            auto& column = reduced.last();
            column.last = value;
            column.least = std::min(column.least, value);
            column.most = std::max(column.most, value);
        } else {
            reduced.append({x, value, value, value, value, joined});
        }
        joined = true;
    }
    return reduced;
}

std::optional<PlotSummary> summarise(const PlotSeries& series, std::int64_t from, std::int64_t to) {
    PlotSummary summary;
    double sum = 0;
    std::int64_t count = 0;
    const auto end = firstFrom(series, to + 1);
    for (auto i = firstFrom(series, from); i < end; ++i) {
        const auto value = series.values[i];
        if (!std::isfinite(value)) continue;
        summary.least = count == 0 ? value : std::min(summary.least, value);
        summary.most = count == 0 ? value : std::max(summary.most, value);
        summary.last = value;
        sum += value;
        ++count;
    }
    if (count == 0) return std::nullopt;
    summary.mean = sum / static_cast<double>(count);
    return summary;
}

std::optional<double> valueAt(const PlotSeries& series, std::int64_t time, std::int64_t gapAfter) {
    const auto after = firstFrom(series, time + 1);
    if (after == 0) return std::nullopt;
    const auto value = series.values[after - 1];
    const bool old = gapAfter > 0 && time - series.times[after - 1] > gapAfter;
    if (old || !std::isfinite(value)) return std::nullopt;
    return value;
}

QVector<double> roundTicks(double least, double most, int count) {
    QVector<double> ticks;
    if (!(most > least) || count < 1) return ticks;
    const auto rough = (most - least) / count;
    const auto power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = power * 10;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= rough) {
            step = power * factor;
            break;
        }
    }
    for (auto i = std::ceil(least / step - 1e-9); i * step <= most + step * 1e-9; ++i) ticks << i * step;
    return ticks;
}

QVector<std::int64_t> timeTicks(std::int64_t from, std::int64_t to, int count) {
    static constexpr std::array<std::int64_t, 20> kSteps = {1,     2,     5,     10,    15,        30,       60,
                                                            120,   300,   600,   900,   1800,      3600,     7200,
                                                            10800, 21600, 43200, 86400, 2 * 86400, 7 * 86400};
    QVector<std::int64_t> ticks;
    if (to <= from || count < 1) return ticks;
    auto step = kSteps.back();
    for (const auto candidate : kSteps) {
        if ((to - from) / (candidate * kSecond) <= count) {
            step = candidate;
            break;
        }
    }
    step *= kSecond;
    // Round in local time: what matters is the day one lives in.
    const auto offset = inTimeZone(from).offsetFromUtc() * kSecond;
    auto tick = ((from + offset + step - 1) / step) * step - offset;
    for (; tick <= to && ticks.size() < 100; tick += step) ticks << tick;
    return ticks;
}

}  // namespace signalbox::ui
