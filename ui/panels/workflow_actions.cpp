#include "ui/panels/workflow_actions.h"

#include <QAction>
#include <QMenu>
#include <QPointer>
#include <QPushButton>

#include "ui/actions/action_registry.h"
#include "ui/actions/reason_tips.h"
#include "ui/models/list_models.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/workflow_name_dialog.h"
#include "ui/panels/workflow_trash_dialog.h"
#include "ui/panels/workflow_versions_dialog.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

WorkflowActions::WorkflowActions(PanelContext& context, const WorkflowListModel& model, QWidget& window)
    : QObject(&window), context_(context), model_(model), window_(window) {
    connect(&context_, &PanelContext::workflowChanged, this, &WorkflowActions::watchOpening);
}

QAction* WorkflowActions::add(ActionRegistry& registry, const char* id, const QString& text, const char* icon,
                              void (WorkflowActions::*run)()) {
    ActionSpec spec;
    spec.id = QLatin1String(id);
    spec.text = text;
    spec.category = ActionCategory::File;
    spec.submenu = tr("Workfl&ow");
    spec.icon = QLatin1String(icon);
    spec.keywords = tr("workflow");
    spec.needsGateway = true;
    if (spec.id == QLatin1String("newWorkflow")) spec.shortcuts = {QKeySequence::New};
    if (spec.id == QLatin1String("renameWorkflow")) spec.shortcuts = {QKeySequence(Qt::Key_F2)};
    if (spec.id == QLatin1String("deleteWorkflow")) spec.shortcuts = {QKeySequence(Qt::Key_Delete)};
    return registry.add(spec, this, [this, run] { (this->*run)(); });
}

void WorkflowActions::declare(ActionRegistry& registry, QWidget& list) {
    create_ = add(registry, "newWorkflow", tr("&New workflow…"), "add", &WorkflowActions::create);
    duplicate_ =
        add(registry, "duplicateWorkflow", tr("D&uplicate workflow"), "duplicate", &WorkflowActions::duplicate);
    rename_ = add(registry, "renameWorkflow", tr("&Rename workflow…"), "rename", &WorkflowActions::rename);
    remove_ = add(registry, "deleteWorkflow", tr("&Delete workflow"), "delete", &WorkflowActions::remove);
    versions_ = add(registry, "workflowVersions", tr("&Versions…"), "history", &WorkflowActions::showVersions);
    trash_ = add(registry, "restoreWorkflow", tr("Res&tore deleted workflow…"), "reset", &WorkflowActions::showTrash);
    for (auto* action : {rename_, remove_}) {
        for (auto* widget : action->associatedObjects()) {
            auto* shown = qobject_cast<QWidget*>(widget);
            if (shown && shown->isWindow() && !qobject_cast<QMenu*>(shown)) shown->removeAction(action);
        }
        action->setShortcutContext(Qt::WidgetShortcut);
        list.addAction(action);
    }
    refresh();
}

void WorkflowActions::fill(QMenu& menu) const {
    if (!create_) return;
    showReasonsIn(menu);
    menu.addAction(create_);
    menu.addAction(duplicate_);
    menu.addAction(rename_);
    menu.addAction(remove_);
    menu.addSeparator();
    menu.addAction(versions_);
    menu.addAction(trash_);
}

void WorkflowActions::setTarget(const QString& id) {
    target_ = id;
    refresh();
}

void WorkflowActions::refresh() {
    if (!create_) return;
    const auto why = model_.find(target_) ? QString() : tr("No workflow is chosen in the list");
    for (auto* action : {duplicate_, rename_, remove_, versions_}) ActionRegistry::setReason(*action, why);
}

QString WorkflowActions::nameOf(const QString& id) const {
    const int row = model_.rowOf(id);
    return row < 0 ? id : model_.index(row).data().toString();
}

QString WorkflowActions::etagOf(const QString& id) const {
    const auto* summary = model_.find(id);
    return summary ? toQString(summary->etag) : QString();
}

QStringList WorkflowActions::ids() const {
    QStringList all;
    for (int row = 0; row < model_.rowCount(); ++row) all << model_.index(row).data(IdRole).toString();
    return all;
}

void WorkflowActions::withSavedEdits(const QString& id, std::function<void()> then) {
    if (!context_.unsavedWorkflows().contains(id)) return then();
    if (id == context_.workflowId()) return context_.saveThen(std::move(then));
    Error error{"workflow.unsaved", tr("“%1” has unsaved edits").arg(nameOf(id)).toStdString(), id.toStdString(), "",
                false};
    error.hint = tr("Open it, and save them or undo them first.").toStdString();
    Q_EMIT failed(error, {});
}

void WorkflowActions::create() {
    WorkflowNameDialog::Content content;
    content.title = tr("New workflow");
    content.action = tr("&Create");
    content.taken = ids();
    content.templates = true;
    if (const auto* document = context_.document()) content.copyOf = document->name();
    auto* dialog = new WorkflowNameDialog(std::move(content), &window_);
    holdBack(*dialog);
    connect(dialog, &WorkflowNameDialog::submitted, this, [this, dialog] { sendCreate(*dialog); });
    dialog->open();
}

// What is typed stays while the gateway is away.
void WorkflowActions::holdBack(WorkflowNameDialog& dialog) {
    auto& submit = dialog.submitButton();
    const bool possible = submit.isEnabled();
    holdBackWhileAway(context_.connection(), submit).setPossible(possible);
}

void WorkflowActions::sendCreate(WorkflowNameDialog& dialog) {
    // As it is edited, saved or not: the copy takes nothing away from it.
    const auto text = dialog.copies() && context_.document() ? context_.document()->text() : std::string();
    context_.client()
        .workflows()
        .create(dialog.id(), dialog.name(), text)
        .then(this, [this, asked = QPointer(&dialog)](const Result<protocol::WorkflowDetail>& reply) {
            if (!reply) {
                asked ? asked->showError(reply.error()) : void(Q_EMIT failed(reply.error(), {}));
                return;
            }
            if (asked) asked->accept();
            const auto id = toQString(reply->summary.id);
            Q_EMIT changed(id);
            Q_EMIT openRequested(id);
        });
}

void WorkflowActions::duplicate() {
    const auto id = target_;
    withSavedEdits(id, [this, id] {
        context_.client().workflows().duplicate(id).then(this, [this](const Result<protocol::WorkflowDetail>& reply) {
            if (!reply) {
                Q_EMIT failed(reply.error(), [this] { duplicate(); });
                return;
            }
            const auto copy = toQString(reply->summary.id);
            Q_EMIT changed(copy);
            Q_EMIT openRequested(copy);
        });
    });
}

void WorkflowActions::showTrash() {
    auto* dialog = new WorkflowTrashDialog(context_, &window_);
    connect(dialog, &WorkflowTrashDialog::restored, this, [this](const QString& id) {
        Q_EMIT restored();
        Q_EMIT changed(id);
        Q_EMIT openRequested(id);
    });
    dialog->open();
}

void WorkflowActions::showVersions() {
    auto* dialog = new WorkflowVersionsDialog(context_, target_, nameOf(target_), &window_);
    dialog->open();
}

}  // namespace signalbox::ui
