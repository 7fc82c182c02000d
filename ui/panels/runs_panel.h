// All runs of the gateway: filtered live, a million of them if need be, as a list or as a grid of runs and nodes.
#pragma once

#include <QTimer>

#include "base/result.h"
#include "ui/models/runs_model.h"
#include "ui/panels/panel.h"
#include "ui/text/filter_query.h"

class QAbstractButton;
class QButtonGroup;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace signalbox::ui {

class FilterEdit;
class NoticeBar;
class PanelContext;
class PanelStates;
class RunGridPage;
class ThemedLabel;
class TimeRangeEdit;

/// While it is seen it asks once a second for what goes on in the rows that are looked at. Runs that come are taken in
/// at once while the first row is in view; further down a button tells how many there are, and nothing moves by itself.
class RunsPanel : public Panel {
    Q_OBJECT
public:
    explicit RunsPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;
    [[nodiscard]] RunsModel& model() { return model_; }
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;

Q_SIGNALS:
    /// By double click, Enter or the menu.
    void runChosen(const QString& runId);
    void runRequested();  ///< the button of the empty list

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildHeader();
    QWidget* buildList();
    QAbstractButton* addView(QButtonGroup& group, const QString& name, const QString& icon, const QString& title);
    void connectModel();
    void loadWorkflowNames();
    void applyFilter();
    [[nodiscard]] protocol::ListRuns request() const;
    [[nodiscard]] QString workflowId(const QString& nameOrId) const;
    void showCount();
    void poll();
    void takeNews(int count);
    void showMenu(const QPoint& position);

    PanelContext& context_;
    RunsModel model_;
    QTimer poll_;
    std::vector<protocol::WorkflowSummary> workflows_;
    NoticeBar* notice_;
    FilterEdit* filter_;
    TimeRangeEdit* range_;
    ThemedLabel* count_;
    QToolButton* news_;
    QStackedWidget* views_;
    QTableView* table_ = nullptr;
    PanelStates* states_ = nullptr;
    RunGridPage* grid_ = nullptr;
    QAbstractButton* listButton_ = nullptr;
    QAbstractButton* gridButton_ = nullptr;
    bool asked_ = false;  ///< the list is of the filter and range as they are
};

}  // namespace signalbox::ui
