// The inspector: the selected node, wire or workflow, its run's data, and everything that can be changed about it.
#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/panel_context.h"

class QAction;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace signalbox::ui {

class EmptyState;
class ErrorView;
class InspectorNode;
class InspectorWire;
class NoticeBar;
class NumberLabel;
class StateBadge;
class ThemedLabel;
class ValueView;
class WorkflowOverview;

/// Inputs and outputs are fetched when their node is looked at, and again when it has ended.
class DetailsPanel : public Panel {
    Q_OBJECT
public:
    explicit DetailsPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;
    /// Undo, redo, save, and what can be done with the field that has the keyboard.
    void addActions(ActionRegistry& actions) override;

private:
    void build();
    QWidget* buildHeader();
    void showSelection();
    void showState();
    void showHeader(const protocol::GraphNode& node);
    void showPlace(const QString& pointer);
    void updateActions(QAction& undo, QAction& redo, QAction& save, QAction& edit);
    void fetchData();
    void showData(const protocol::NodeData& fetched);
    void showNoData();

    PanelContext& context_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    QLabel* icon_;
    ThemedLabel* title_;
    ThemedLabel* subtitle_;
    ThemedLabel* note_;
    StateBadge* badge_;
    NumberLabel* times_;
    ErrorView* error_;
    NoticeBar* notice_;
    QTabWidget* tabs_;
    InspectorNode* node_;
    InspectorWire* wire_;
    WorkflowOverview* overview_;
    ValueView* inputs_;
    ValueView* outputs_;
    QString fetchedFor_;  ///< run, node, status and attempt of the data shown
    quint64 turn_ = 0;
};

}  // namespace signalbox::ui
