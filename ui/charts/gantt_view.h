// A run over time: a row a node, a bar an attempt. Painted by hand, for a hundred thousand bars.
#pragma once

#include <QAbstractScrollArea>
#include <QTimer>
#include <functional>

#include "ui/charts/gantt_data.h"

namespace signalbox::ui {

class GanttPainter;

/// Names at the left stay, time runs to the right. The wheel scrolls (with Shift sideways, with Ctrl zooms time around
/// the cursor), dragging moves the time. Keys: Up and Down choose a node, Left and Right move the time, + and - zoom, F
/// shows the whole run, Enter opens the node, Esc chooses none. Window thread only.
class GanttView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit GanttView(QWidget* parent = nullptr);

    void setRows(const QStringList& ids, const QStringList& titles);
    /// Bars by number; an earlier one of that number is replaced.
    void setBars(const std::vector<std::pair<std::uint32_t, GanttBar>>& bars);
    /// Microseconds after the start of the run, for what is going on; null: the latest time there is.
    void setClock(std::function<std::int64_t()> clock);
    [[nodiscard]] const GanttData& data() const { return data_; }

    void selectRow(const QString& id);
    [[nodiscard]] QString selectedRow() const;
    /// Shows the whole run; follows it while it goes on, until the time is moved or zoomed.
    void fit();
    void zoomBy(double factor, double anchor);
    [[nodiscard]] std::int64_t timeAt(double x) const;
    [[nodiscard]] int barAt(QPoint position) const;
    /// What the chart says, in a sentence.
    [[nodiscard]] QString summary() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void rowSelected(const QString& id);
    void rowActivated(const QString& id);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    friend class GanttPainter;
    [[nodiscard]] std::int64_t now() const;
    [[nodiscard]] double xOf(std::int64_t time) const;
    [[nodiscard]] int laneAt(int y) const;
    [[nodiscard]] int nameWidth() const;
    [[nodiscard]] int laneHeight() const;
    [[nodiscard]] int axisHeight() const;
    [[nodiscard]] double chartWidth() const;
    [[nodiscard]] QString barText(const GanttBar& bar) const;
    void choose(int row);
    void moveTime(double pixels);
    void updateScrollBars();
    void followNow();
    void updateTicking();

    GanttData data_;
    std::function<std::int64_t()> clock_;
    QTimer ticker_;
    double origin_ = 0;      ///< time at the left end of the chart
    double perPixel_ = 1e4;  ///< microseconds a pixel
    int selected_ = -1;
    QPoint pressed_;
    double pressedOrigin_ = 0;
    bool pressing_ = false;
    bool dragged_ = false;
    bool fitted_ = true;
};

}  // namespace signalbox::ui
