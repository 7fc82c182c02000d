// The workflows of the workspace: to search, open, make, rename and delete.
#pragma once

#include <QLineEdit>
#include <QTimer>
#include <functional>

#include "base/result.h"
#include "protocol/workflow_requests.h"
#include "ui/models/list_models.h"
#include "ui/panels/list_panel.h"
#include "ui/panels/workflow_filter.h"

class QMenu;
class QToolButton;

namespace signalbox::client {
class EventStream;
}

namespace signalbox::ui {

class FilterEdit;
class PanelContext;
class WorkflowActions;
class WorkflowUndoBar;

/// Loads the list by itself when it is made, and again when a workflow has changed (while it is seen); choose() is told
/// with the id of a workflow.
class WorkflowListPanel : public ListPanel {
    Q_OBJECT
public:
    explicit WorkflowListPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;
    void addActions(ActionRegistry& actions) override;
    void reload();
    [[nodiscard]] QLineEdit& search();

Q_SIGNALS:
    void loaded(const QString& firstId);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildHeader();
    void buildSearch();
    void connectActions();
    void connectGateway();
    void fetch(bool first);
    void take(const protocol::WorkflowList& list);
    void applyFilter();
    void complain(const Error& error, std::function<void()> retry);
    void offerUndo(const protocol::TrashEntry& entry, bool wasOpen);
    void openMenu(const QPoint& place);
    void refreshState();
    void showCurrent();
    void choose(const QString& id);

    PanelContext& context_;
    WorkflowListModel model_;
    WorkflowFilter filtered_;
    FilterEdit* search_;
    QToolButton* create_;
    QToolButton* more_;
    QMenu* menu_;
    WorkflowUndoBar* undo_;
    WorkflowActions* actions_;
    client::EventStream* events_;  ///< a child
    QTimer soon_;
    bool stale_ = false;  ///< something changed while the panel was hidden
    quint64 turn_ = 0;
    QString wanted_;  ///< to be chosen once the list has it
    std::function<void()> retry_;
    protocol::TrashEntry deleted_;
    bool deletedWasOpen_ = false;
};

}  // namespace signalbox::ui
