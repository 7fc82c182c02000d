// A button that shows a time range and lets one choose another: the last so long, or from and to.
#pragma once

#include <QPointer>
#include <QToolButton>
#include <functional>

#include "ui/text/time_range.h"
#include "ui/widgets/popover.h"

class QLineEdit;

namespace signalbox::ui {

class ThemedLabel;

/// Opens a Popover with presets and two fields; what cannot be read is said below them and not taken.
class TimeRangeEdit : public QToolButton {
    Q_OBJECT
public:
    explicit TimeRangeEdit(QWidget* parent = nullptr);
    /// Micros since the epoch; the machine's unless told.
    void setClock(std::function<std::int64_t()> now);
    [[nodiscard]] const TimeRange& range() const { return range_; }
    void setRange(const TimeRange& range);

Q_SIGNALS:
    void rangeChanged(const signalbox::ui::TimeRange& range);

private:
    void openChoices();
    void choose(const TimeRange& range);
    void refresh();
    TimeRange range_;
    std::function<std::int64_t()> now_;
    QPointer<Popover> popover_;
};

/// The content of the popover.
class TimeRangeChoices : public QWidget {
    Q_OBJECT
public:
    TimeRangeChoices(const TimeRange& range, std::int64_t now, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const signalbox::ui::TimeRange& range);

private:
    QWidget* buildPresets(const TimeRange& range);
    QWidget* buildFields(const TimeRange& range);
    void apply();
    std::int64_t now_;
    QLineEdit* from_;
    QLineEdit* to_;
    ThemedLabel* problem_;
};

}  // namespace signalbox::ui
