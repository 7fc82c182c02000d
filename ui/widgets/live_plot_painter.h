// How a LivePlot is drawn.
#pragma once

#include <QPainter>
#include <QRect>

#include "ui/widgets/live_plot.h"

namespace signalbox::ui {

/// Lives for one picture.
class PlotPainter {
public:
    explicit PlotPainter(LivePlot& plot);
    void paint();

    [[nodiscard]] static QRect plotArea(const LivePlot& plot);
    [[nodiscard]] static int legendHeight(const LivePlot& plot);
    [[nodiscard]] static QRect legendRow(const LivePlot& plot, int row);

private:
    void chooseScale();
    void drawTitle();
    void drawValueAxis();
    void drawTimeAxis();
    void drawSeries(int index);
    void drawLines(const QVector<PlotColumn>& columns);
    void drawBand(const QVector<PlotColumn>& columns, const QPen& pen);
    void drawDashed(const QVector<PlotColumn>& columns);
    void drawThreshold();
    void drawCursor();
    void drawLegend();
    void drawLegendTexts(const QRect& row, const QStringList& texts, const QColor& name, const QColor& numbers);
    [[nodiscard]] QString tickLabel(double tick) const;
    [[nodiscard]] double y(double value) const;
    [[nodiscard]] double x(std::int64_t time) const;

    LivePlot& plot_;
    QPainter painter_;
    QRect area_;
    double least_ = 0;
    double most_ = 1;
    bool any_ = false;
    QVector<double> ticks_;
};

}  // namespace signalbox::ui
