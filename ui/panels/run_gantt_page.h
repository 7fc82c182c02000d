// The followed run as a chart over time.
#pragma once

#include <QWidget>

#include "ui/models/run_timeline.h"

namespace signalbox::ui {

class GanttView;
class PanelContext;
class PanelStates;

/// Fetches only while it is shown. Selects the node that is selected elsewhere, and the other way round.
class RunGanttPage : public QWidget {
    Q_OBJECT
public:
    explicit RunGanttPage(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] GanttView& chart() { return *chart_; }
    [[nodiscard]] PanelStates& states() { return *states_; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void clear();
    void take(const protocol::RunTimeline& page, bool first);

    PanelContext& context_;
    RunTimelineFeed feed_;
    GanttView* chart_;
    PanelStates* states_;
    std::int64_t origin_ = 0;  ///< microseconds since the epoch
};

}  // namespace signalbox::ui
