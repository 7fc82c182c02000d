// Small time series that move: painted by hand, cheap with a hundred thousand points.
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "ui/widgets/plot_data.h"

namespace signalbox::ui {

/// Least and greatest value per pixel column, gaps stay gaps, zero on the axis unless told. The cursor (pointer, or
/// Left and Right) puts values into the legend below; a click there, or Space, isolates a series. Window thread only.
class LivePlot : public QWidget {
    Q_OBJECT
public:
    explicit LivePlot(QWidget* parent = nullptr);
    ~LivePlot() override;

    /// For the accessible name and the top left corner: "Queue length".
    void setTitle(const QString& title);
    /// Written on the axis and behind values: "ms". "B" and "s" choose their own prefix.
    void setUnit(const QString& unit);
    void setSeries(QList<PlotSeries> series);
    [[nodiscard]] const QList<PlotSeries>& series() const { return series_; }
    void append(int series, std::int64_t time, double value);
    /// What is shown, micros since the epoch.
    void setWindow(std::int64_t from, std::int64_t to);
    /// Lets go of old points of all series.
    void dropBefore(std::int64_t time);
    /// Times further apart than this are a gap; 0: none.
    void setGapAfter(std::int64_t micros);
    void setZeroBased(bool zeroBased);
    /// A dashed line with its word.
    void setThreshold(std::optional<double> value, const QString& word);
    void setLegendVisible(bool visible);

    [[nodiscard]] std::optional<std::int64_t> cursor() const { return cursor_; }
    /// Nothing hides it. For a cursor that several plots share.
    void setCursor(std::optional<std::int64_t> time);
    /// Only this one is drawn; -1: all.
    void isolate(int series);
    [[nodiscard]] int isolated() const { return isolated_; }
    /// What the plot says, in a sentence; also the accessible description.
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString formatValue(double value) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void cursorMoved(std::optional<std::int64_t> time);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    friend class PlotPainter;
    /// A series in the legend.
    struct Entry {
        int series = 0;
        std::optional<PlotSummary> summary;
    };
    [[nodiscard]] const QVector<Entry>& legendOrder() const;
    [[nodiscard]] QString describeCursor() const;
    void isolateNext();
    void changed();

    QString title_;
    QString unit_;
    QString thresholdWord_;
    QList<PlotSeries> series_;
    std::int64_t from_ = 0;
    std::int64_t to_ = 0;
    std::int64_t gapAfter_ = 0;
    std::optional<double> threshold_;
    std::optional<std::int64_t> cursor_;
    mutable QVector<Entry> order_;  ///< greatest last value first; empty: to be made
    QTimer describe_;
    int isolated_ = -1;
    bool zeroBased_ = true;
    bool legend_ = true;
};

}  // namespace signalbox::ui
