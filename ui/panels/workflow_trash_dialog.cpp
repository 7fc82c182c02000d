#include "ui/panels/workflow_trash_dialog.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

WorkflowTrashDialog::WorkflowTrashDialog(PanelContext& context, QWidget* parent)
    : QDialog(parent),
      context_(context),
      notice_(new NoticeBar),
      state_(new ThemedLabel(ColourRole::Muted)),
      list_(new QListWidget) {
    setObjectName(QStringLiteral("workflowTrashDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Restore a deleted workflow"));
    build();
    connect(notice_, &NoticeBar::retryRequested, this, &WorkflowTrashDialog::load);
    holdBackRetries(context_.connection(), *notice_);
    load();
}

void WorkflowTrashDialog::build() {
    const int unit = Theme::current().unit();
    notice_->setObjectName(QStringLiteral("workflowTrashNotice"));
    state_->setObjectName(QStringLiteral("workflowTrashState"));
    list_->setObjectName(QStringLiteral("workflowTrashList"));
    list_->setAccessibleName(tr("Deleted workflows, the last one first"));
    list_->setItemDelegate(new ItemDelegate(list_));
    list_->setTabKeyNavigation(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    restore_ = buttons->addButton(tr("&Restore"), QDialogButtonBox::AcceptRole);
    restore_->setObjectName(QStringLiteral("workflowTrashRestore"));
    holdBackWhileAway(context_.connection(), *restore_).setPossible(false);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(unit);
    column->addWidget(notice_);
    column->addWidget(state_);
    column->addWidget(list_, 1);
    column->addWidget(buttons);
    // Told once the dialog has it: before, Qt would take the first button that Enter could mean, which is Cancel.
    restore_->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &WorkflowTrashDialog::restore);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(list_, &QListWidget::itemActivated, this, &WorkflowTrashDialog::restore);
    connect(list_, &QListWidget::currentRowChanged, restore_,
            [this](int row) { HoldBack::setPossible(*restore_, row >= 0); });
    resize(unit * 60, unit * 48);
}

void WorkflowTrashDialog::load() {
    state_->setText(tr("Loading…"));
    context_.client().workflows().trash().then(this, [this](const Result<protocol::TrashList>& reply) {
        if (reply) {
            fill(*reply);
        } else {
            state_->clear();
            showProblem(*notice_, reply.error(), true);
        }
    });
}

void WorkflowTrashDialog::fill(const protocol::TrashList& trash) {
    list_->clear();
    for (const auto& entry : trash.entries) {
        auto* item = new QListWidgetItem(toQString(entry.name.empty() ? entry.workflowId : entry.name), list_);
        item->setData(IdRole, toQString(entry.trashId));
        item->setData(DetailRole, QStringLiteral("%1 · %2").arg(toQString(entry.file), formatDateTime(entry.deleted)));
        item->setData(Qt::AccessibleTextRole, tr("%1, deleted %2").arg(item->text(), formatDateTime(entry.deleted)));
    }
    state_->setText(trash.entries.empty() ? tr("Nothing was deleted.")
                                          : tr("The file comes back to its place as it was."));
    if (list_->count() > 0) list_->setCurrentRow(0);
    list_->setFocus();
}

void WorkflowTrashDialog::restore() {
    const auto* item = list_->currentItem();
    if (!item || !restore_->isEnabled()) return;
    HoldBack::setPossible(*restore_, false);
    context_.client()
        .workflows()
        .restore(item->data(IdRole).toString())
        .then(this, [this](const Result<protocol::WorkflowDetail>& reply) {
            if (!reply) {
                HoldBack::setPossible(*restore_, list_->currentRow() >= 0);
                showProblem(*notice_, reply.error(), false);
                return;
            }
            Q_EMIT restored(toQString(reply->summary.id));
            accept();
        });
}

}  // namespace signalbox::ui
