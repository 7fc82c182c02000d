// Paints one picture of a GanttView.
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>
#include <utility>
#include <vector>

#include "ui/charts/gantt_data.h"

class QPainter;

namespace signalbox::ui {

class GanttView;

/// Bars of one colour are drawn together, and of the bars that fall on one column of pixels only one, so that a frame
/// costs what can be seen of it. Lives for one picture.
class GanttPainter {
public:
    GanttPainter(const GanttView& view, QPainter& painter);
    void paint();
    /// The outcome of an attempt, as in "attempt 2, failed".
    [[nodiscard]] static QString word(const GanttBar& bar);

private:
    /// How a bar looks; all of a kind are drawn at once.
    enum Look : int { Running, Done, Failed, Cancelled, Waiting, Backoff, Queued, LookCount };
    struct Label {
        QRectF area;
        QString text;
    };
    [[nodiscard]] static Look lookOf(const GanttBar& bar);
    [[nodiscard]] QColor colourOf(Look look) const;
    void paintRows(int first, int last);
    void collectLane(int lane, double top);
    void addBar(const GanttBar& bar, double top, double& covered);
    void paintBars();
    /// Round times that are in view: their place, and the microseconds.
    [[nodiscard]] std::vector<std::pair<double, double>> ticks() const;
    void paintGridLines();
    void paintAxis();
    void paintNames(int first, int last);

    const GanttView& view_;
    QPainter& painter_;
    std::vector<QRectF> rects_[LookCount];
    std::vector<QRectF> failures_;  ///< get a notch, so that failure is not told by colour alone
    std::vector<Label> labels_;
    std::int64_t now_ = 0;
    double lane_ = 0;
    double left_ = 0;
    double right_ = 0;
};

}  // namespace signalbox::ui
