// Renaming and deleting: what takes something away, and so looks at etags and unsaved edits.
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <utility>

#include "ui/document/document_journal.h"
#include "ui/models/list_models.h"
#include "ui/panels/danger.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/workflow_actions.h"
#include "ui/panels/workflow_name_dialog.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

bool isConflict(const Error& error) { return error.code == "workflow.conflict"; }

}  // namespace

void WorkflowActions::rename() {
    const auto id = target_;
    withSavedEdits(id, [this, id] {
        const auto* summary = model_.find(id);
        if (!summary) return;
        const auto open = context_.workflowId() == id ? context_.document() : nullptr;
        // The list may not know yet what was saved just now.
        renameEtag_ = open ? open->etag() : etagOf(id);
        WorkflowNameDialog::Content content;
        content.title = tr("Rename %1").arg(nameOf(id));
        content.action = tr("&Rename");
        content.id = id;
        content.name = open ? open->name() : nameOf(id);
        content.taken = ids();
        content.taken.removeAll(id);
        auto* dialog = new WorkflowNameDialog(std::move(content), &window_);
        holdBack(*dialog);
        connect(dialog, &WorkflowNameDialog::submitted, this, [this, dialog, id] { sendRename(*dialog, id); });
        dialog->open();
    });
}

void WorkflowActions::sendRename(WorkflowNameDialog& dialog, const QString& id) {
    protocol::RenameWorkflow request;
    request.id = id.toStdString();
    request.newId = dialog.id().toStdString();
    request.newName = dialog.name().toStdString();
    request.expectedEtag = renameEtag_.toStdString();
    context_.client()
        .workflows()
        .rename(std::move(request))
        .then(this, [this, id, asked = QPointer(&dialog)](const Result<protocol::WorkflowDetail>& reply) {
            if (reply) {
                if (asked) asked->accept();
                return noteRename(id, *reply);
            }
            auto error = reply.error();
            if (!isConflict(error) || !asked) {
                asked ? asked->showError(error) : void(Q_EMIT failed(error, {}));
                return;
            }
            error.hint =
                tr("It has been changed meanwhile. Rename again to go ahead with it as it is now.").toStdString();
            context_.client().workflows().get(id).then(
                asked.data(), [this, asked, error](const Result<protocol::WorkflowDetail>& now) {
                    if (now) renameEtag_ = toQString(now->etag);
                    asked->showError(now ? error : now.error());
                });
            Q_EMIT changed({});
        });
}

void WorkflowActions::noteRename(const QString& id, const protocol::WorkflowDetail& detail) {
    const auto now = toQString(detail.summary.id);
    // One that was edited while this was on its way stays open under its old id, with its edits.
    if (context_.workflowId() == id && !context_.unsavedWorkflows().contains(id)) {
        context_.setWorkflow(std::make_shared<const protocol::WorkflowDetail>(detail));
    }
    Q_EMIT changed(now);
}

void WorkflowActions::remove() {
    const Danger danger{tr("Delete workflow"), tr("“%1” is deleted at the gateway.").arg(nameOf(target_)),
                        tr("&Delete")};
    guardDanger(context_, &window_, danger, [this, id = target_] { removeNow(id); });
}

void WorkflowActions::removeNow(const QString& id) {
    if (!context_.unsavedWorkflows().contains(id)) return sendRemove(id, etagOf(id));
    if (id == context_.workflowId()) return askAboutEdits(id);
    // What would be lost is shown before it is asked for.
    removeWhenOpen_ = id;
    Q_EMIT openRequested(id);
}

void WorkflowActions::watchOpening() {
    const auto wanted = std::exchange(removeWhenOpen_, QString());
    if (!wanted.isEmpty() && wanted == context_.workflowId()) askAboutEdits(wanted);
}

void WorkflowActions::askAboutEdits(const QString& id) {
    auto* box = new QMessageBox(&window_);
    box->setObjectName(QStringLiteral("deleteWithEdits"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setText(tr("“%1” has unsaved edits").arg(nameOf(id)));
    box->setInformativeText(tr("Saved first, they come back with the workflow if it is restored."));
    auto* save = box->addButton(tr("&Save and delete"), QMessageBox::AcceptRole);
    save->setObjectName(QStringLiteral("deleteSave"));
    auto* discard = box->addButton(tr("&Delete without them"), QMessageBox::DestructiveRole);
    discard->setObjectName(QStringLiteral("deleteDiscard"));
    box->addButton(QMessageBox::Cancel)->setObjectName(QStringLiteral("deleteCancel"));
    box->setDefaultButton(save);
    for (auto* button : {save, discard}) holdBackWhileAway(context_.connection(), *button);
    connect(save, &QPushButton::clicked, this, [this, id] {
        context_.saveThen([this, id] {
            sendRemove(id,
                       context_.workflowId() == id && context_.document() ? context_.document()->etag() : etagOf(id));
        });
    });
    connect(discard, &QPushButton::clicked, this, [this, id] { sendRemove(id, etagOf(id)); });
    box->open();
}

void WorkflowActions::sendRemove(const QString& id, const QString& etag) {
    context_.client().workflows().remove(id, etag).then(this, [this, id](const Result<protocol::TrashEntry>& reply) {
        if (reply) return noteRemoval(*reply);
        auto error = reply.error();
        if (!isConflict(error)) {
            Q_EMIT failed(error, [this, id] { sendRemove(id, etagOf(id)); });
            return;
        }
        error.hint = tr("It has been changed meanwhile. Retry deletes it as it is now.").toStdString();
        Q_EMIT failed(error, [this, id] {
            context_.client().workflows().get(id).then(this, [this, id](const Result<protocol::WorkflowDetail>& now) {
                now ? sendRemove(id, toQString(now->etag)) : void(Q_EMIT failed(now.error(), {}));
            });
        });
        Q_EMIT changed({});
    });
}

void WorkflowActions::noteRemoval(const protocol::TrashEntry& entry) {
    const bool open = context_.workflowId() == toQString(entry.workflowId);
    if (open) {
        // Edits were saved or given up: nothing is to be asked about or restored later.
        context_.session()->journal().discard();
        context_.session()->open(*context_.workflow());
        context_.setWorkflow(nullptr);
    }
    Q_EMIT removed(entry, open);
    Q_EMIT changed({});
}

void WorkflowActions::restore(const protocol::TrashEntry& entry, bool open) {
    context_.client()
        .workflows()
        .restore(toQString(entry.trashId))
        .then(this, [this, entry, open](const Result<protocol::WorkflowDetail>& reply) {
            if (!reply) {
                Q_EMIT failed(reply.error(), [this, entry, open] { restore(entry, open); });
                return;
            }
            const auto id = toQString(reply->summary.id);
            Q_EMIT restored();
            Q_EMIT changed(id);
            if (open) Q_EMIT openRequested(id);
        });
}

}  // namespace signalbox::ui
