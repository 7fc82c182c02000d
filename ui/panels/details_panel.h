// The selected node: what it is, how it went, what went in and what came out.
#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/panel_context.h"

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace signalbox::ui {

class EmptyState;
class ErrorView;
class NoticeBar;
class NumberLabel;
class StateBadge;
class ThemedLabel;
class ValueView;

/// Inputs and outputs are fetched when their node is looked at, and again when it has ended.
class DetailsPanel : public Panel {
    Q_OBJECT
public:
    explicit DetailsPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;

private:
    void build();
    QWidget* buildHeader();
    void showSelection();
    void showState();
    void showHeader(const protocol::GraphNode& node);
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
    ValueView* params_;
    ValueView* inputs_;
    ValueView* outputs_;
    QString fetchedFor_;  ///< run, node, status and attempt of the data shown
    quint64 turn_ = 0;
};

}  // namespace signalbox::ui
