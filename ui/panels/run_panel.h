// The run that is followed: how far it is, what its nodes did and when, its log and its result.
#pragma once

#include <QSortFilterProxyModel>
#include <QTimer>

#include "ui/models/run_models.h"
#include "ui/panels/panel.h"
#include "ui/panels/panel_context.h"

class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace signalbox::ui {

class EmptyState;
class ErrorView;
class NoticeBar;
class NumberLabel;
class RunLogPage;
class RunSignalBar;
class StateBadge;
class ThemedLabel;
class ValueView;

class RunPanel : public Panel {
    Q_OBJECT
public:
    explicit RunPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;

Q_SIGNALS:
    void runRequested();  ///< the button of the empty panel

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildSummary();
    QTableView* buildTimeline();
    QWidget* buildResult();
    void buildTabs();
    void buildPage();
    void connectRun();
    void askForInputs();
    void openInputs(const protocol::WorkflowDetail& workflow);
    [[nodiscard]] bool hasInputs() const;
    void refresh();
    void refreshNumbers();
    void refreshResult();
    void updateTicking();

    PanelContext& context_;
    TimelineModel timeline_;
    QSortFilterProxyModel sorted_;
    QTimer ticker_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    StateBadge* badge_;
    QProgressBar* progress_;
    NumberLabel* count_;
    NumberLabel* elapsed_;
    ThemedLabel* started_;
    QPushButton* rerun_;
    QPushButton* rerunInputs_;
    QTabWidget* tabs_;
    RunSignalBar* signal_;
    NoticeBar* notice_;
    RunLogPage* log_;
    ErrorView* error_;
    ValueView* outputs_;
};

}  // namespace signalbox::ui
