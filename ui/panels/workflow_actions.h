// What can be done with the workflow that is chosen in the list: menus, palette, shortcuts and the calls behind them.
#pragma once

#include <QObject>
#include <functional>
#include <optional>

#include "base/result.h"
#include "protocol/workflow_dto.h"

class QAction;
class QMenu;

namespace signalbox::ui {

class ActionRegistry;
class PanelContext;
class WorkflowListModel;
class WorkflowNameDialog;

/// Owned by the panel. Nothing here waits; what goes wrong is told by failed() or in the dialog that asked.
class WorkflowActions : public QObject {
    Q_OBJECT
public:
    /// `window` is the parent of dialogs; both outlive this.
    WorkflowActions(PanelContext& context, const WorkflowListModel& model, QWidget& window);

    /// F2 and Del count in `list` only: elsewhere they belong to what has the keyboard.
    void declare(ActionRegistry& registry, QWidget& list);
    /// The actions in their order, for a menu of the panel.
    void fill(QMenu& menu) const;
    [[nodiscard]] QAction* createAction() const { return create_; }  ///< null before declare()
    /// The workflow that is chosen; empty: none.
    void setTarget(const QString& id);
    void refresh();
    /// Undoes a deletion.
    void restore(const protocol::TrashEntry& entry, bool open);

Q_SIGNALS:
    void openRequested(const QString& id);
    /// The list is another one; `id` is to be chosen in it, if there is one.
    void changed(const QString& id);
    void removed(const signalbox::protocol::TrashEntry& entry, bool wasOpen);
    void restored();
    void failed(const signalbox::Error& error, std::function<void()> retry);

private:
    QAction* add(ActionRegistry& registry, const char* id, const QString& text, const char* icon,
                 void (WorkflowActions::*run)());
    void create();
    void duplicate();
    void rename();
    void remove();
    void removeNow(const QString& id);
    void showTrash();
    void showVersions();

    void holdBack(WorkflowNameDialog& dialog);
    void sendCreate(WorkflowNameDialog& dialog);
    void sendRename(WorkflowNameDialog& dialog, const QString& id);
    void noteRename(const QString& id, const protocol::WorkflowDetail& detail);
    void askAboutEdits(const QString& id);
    void sendRemove(const QString& id, const QString& etag);
    void noteRemoval(const protocol::TrashEntry& entry);
    /// Calls `then` with the workflow saved. Edits behind another workflow must be looked at first.
    void withSavedEdits(const QString& id, std::function<void()> then);
    void watchOpening();
    [[nodiscard]] QString nameOf(const QString& id) const;
    [[nodiscard]] QString etagOf(const QString& id) const;
    [[nodiscard]] QStringList ids() const;

    PanelContext& context_;
    const WorkflowListModel& model_;
    QWidget& window_;
    QString target_;
    QString removeWhenOpen_;  ///< shown first, as it has unsaved edits
    QString renameEtag_;
    QAction* create_ = nullptr;
    QAction* duplicate_ = nullptr;
    QAction* rename_ = nullptr;
    QAction* remove_ = nullptr;
    QAction* versions_ = nullptr;
    QAction* trash_ = nullptr;
};

}  // namespace signalbox::ui
