// The gateways that this program knows: how each is reached, and everything that is done about one.
#pragma once

#include "base/result.h"
#include "client/gateway_profile.h"
#include "ui/models/gateways_model.h"
#include "ui/panels/panel.h"

class QAction;
class QMenu;
class QPushButton;
class QTableView;
class QToolButton;

namespace signalbox::ui {

class GatewayActions;
class NoticeBar;
class PanelContext;
class PanelStates;
class ThemedLabel;
class WorkflowUndoBar;

/// Needs the context's book of gateways. Live gateways are asked whether they are ready while it is seen.
class GatewaysPanel : public Panel {
    Q_OBJECT
public:
    GatewaysPanel(PanelContext& context, GatewayBook& book, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;
    void addActions(ActionRegistry& actions) override;
    [[nodiscard]] GatewayActions& gatewayActions() { return *actions_; }
    [[nodiscard]] PanelStates& states() { return *states_; }
    void choose(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildHeader();
    QWidget* buildTable();
    QWidget* buildFoot();
    void connectBook();
    void reload();
    void refresh();
    void showChosen();
    void tellEndOfSession(const QString& name, const Result<bool>& outcome);
    [[nodiscard]] QString chosenId() const;

    PanelContext& context_;
    GatewayBook& book_;
    GatewaysModel model_;
    GatewayActions* actions_;
    NoticeBar* notice_;
    WorkflowUndoBar* undo_;
    QTableView* table_ = nullptr;
    PanelStates* states_ = nullptr;
    QToolButton* add_ = nullptr;
    QToolButton* more_ = nullptr;
    QMenu* menu_ = nullptr;
    QPushButton* open_ = nullptr;
    QPushButton* next_ = nullptr;  ///< what has to be done for it to be live
    ThemedLabel* alarm_ = nullptr;
    ThemedLabel* what_ = nullptr;
    ThemedLabel* hint_ = nullptr;
    client::GatewayProfile removed_;
    GatewayHealthWatch health_;
};

}  // namespace signalbox::ui
