// The points of a time series and their reduction to what one can see of them.
#pragma once

#include <QString>
#include <QVector>
#include <cstdint>
#include <optional>

#include "ui/text/roles.h"

namespace signalbox::ui {

/// Times ascend (micros since the epoch). A value that is not a number is a gap.
struct PlotSeries {
    QString name;
    ColourRole role = ColourRole::Series1;
    QVector<std::int64_t> times;
    QVector<double> values;

    void append(std::int64_t time, double value);
    /// Drops what lies before `time`.
    void dropBefore(std::int64_t time);
};

/// What one column of pixels has to show.
struct PlotColumn {
    int x = 0;
    double first = 0;
    double last = 0;
    double least = 0;
    double most = 0;
    bool joined = false;  ///< no gap since the column before
};

/// Least and greatest value per column between `from` and `to`; times further apart than `gapAfter` micros (0: none)
/// are a gap. O(points in range), allocates only the columns.
[[nodiscard]] QVector<PlotColumn> reduceToColumns(const PlotSeries& series, std::int64_t from, std::int64_t to,
                                                  int columns, std::int64_t gapAfter);

struct PlotSummary {
    double last = 0;
    double least = 0;
    double most = 0;
    double mean = 0;
};
/// Of the numbers between `from` and `to`; nothing when there are none.
[[nodiscard]] std::optional<PlotSummary> summarise(const PlotSeries& series, std::int64_t from, std::int64_t to);
/// The value at the last time that is not after `time`; nothing in a gap.
[[nodiscard]] std::optional<double> valueAt(const PlotSeries& series, std::int64_t time, std::int64_t gapAfter);

/// Round values between `least` and `most`: steps of 1, 2 or 5 times a power of ten, at most `count` of them.
[[nodiscard]] QVector<double> roundTicks(double least, double most, int count);
/// Round moments in local time between `from` and `to`: steps of whole seconds, minutes, hours or days.
[[nodiscard]] QVector<std::int64_t> timeTicks(std::int64_t from, std::int64_t to, int count);

}  // namespace signalbox::ui
