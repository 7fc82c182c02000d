#include "ui/panels/workflow_versions_dialog.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <utility>

#include "base/json.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

/// Versions are kept as they are compared, not as they are read: one line may hold all of it.
QString readable(const std::string& text) {
    const auto value = parseJson(text);
    return toQString(value ? writeJson(*value, JsonStyle::Pretty) : text);
}

}  // namespace

WorkflowVersionsDialog::WorkflowVersionsDialog(PanelContext& context, QString workflowId, const QString& name,
                                               QWidget* parent)
    : QDialog(parent),
      context_(context),
      workflowId_(std::move(workflowId)),
      notice_(new NoticeBar),
      state_(new ThemedLabel(ColourRole::Muted)),
      list_(new QListWidget),
      pages_(new QTabWidget),
      text_(new QPlainTextEdit),
      diff_(new DiffView) {
    setObjectName(QStringLiteral("workflowVersionsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Versions of %1").arg(name));
    build();
    connect(notice_, &NoticeBar::retryRequested, this, &WorkflowVersionsDialog::load);
    holdBackRetries(context_.connection(), *notice_);
    connect(list_, &QListWidget::currentRowChanged, this, &WorkflowVersionsDialog::choose);
    load();
}

void WorkflowVersionsDialog::build() {
    const int unit = Theme::current().unit();
    notice_->setObjectName(QStringLiteral("workflowVersionsNotice"));
    state_->setObjectName(QStringLiteral("workflowVersionsState"));
    list_->setObjectName(QStringLiteral("workflowVersionList"));
    list_->setAccessibleName(tr("Versions, the newest first"));
    list_->setItemDelegate(new ItemDelegate(list_));
    list_->setTabKeyNavigation(false);
    auto* halves = new QSplitter(Qt::Horizontal);
    halves->setObjectName(QStringLiteral("workflowVersionsSplitter"));
    halves->setChildrenCollapsible(false);
    halves->addWidget(list_);
    halves->addWidget(buildPages());
    halves->setStretchFactor(1, 1);
    halves->setSizes({unit * 30, unit * 90});
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("workflowVersionsClose"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(unit);
    column->addWidget(notice_);
    column->addWidget(state_);
    column->addWidget(halves, 1);
    column->addWidget(buttons);
    resize(unit * 120, unit * 75);
}

QWidget* WorkflowVersionsDialog::buildPages() {
    text_->setObjectName(QStringLiteral("workflowVersionText"));
    text_->setAccessibleName(tr("Text of the version"));
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    diff_->setObjectName(QStringLiteral("workflowVersionDiff"));
    pages_->setObjectName(QStringLiteral("workflowVersionPages"));
    pages_->setDocumentMode(true);
    pages_->tabBar()->setObjectName(QStringLiteral("workflowVersionTabBar"));
    pages_->tabBar()->setAccessibleName(tr("How the version is shown"));
    pages_->setAccessibleName(pages_->tabBar()->accessibleName());
    pages_->addTab(diff_, tr("&Changes up to the newest"));
    pages_->addTab(text_, tr("&Text"));
    return pages_;
}

void WorkflowVersionsDialog::load() {
    state_->setText(tr("Loading…"));
    context_.client()
        .workflows()
        .versions(workflowId_)
        .then(this, [this](const Result<protocol::WorkflowVersionList>& reply) {
            if (!reply) return fail(reply.error());
            fill(*reply);
        });
}

void WorkflowVersionsDialog::fail(const Error& error) {
    state_->clear();
    showProblem(*notice_, error, true);
}

void WorkflowVersionsDialog::fill(const protocol::WorkflowVersionList& list) {
    notice_->clear();
    newestVersion_ = list.versions.empty() ? 0 : list.versions.front().version;
    newest_.clear();
    list_->clear();
    for (const auto& version : list.versions) {
        auto* item = new QListWidgetItem(tr("Version %1").arg(version.version), list_);
        item->setData(IdRole, version.version);
        item->setData(DetailRole, formatDateTime(version.created));
        if (version.current) item->setData(BadgeRole, tr("current"));
        const auto spoken = version.current ? tr("%1, current, %2") : QStringLiteral("%1, %2");
        item->setData(Qt::AccessibleTextRole, spoken.arg(item->text(), formatDateTime(version.created)));
    }
    state_->setText(list.versions.empty()
                        ? tr("No version yet. One is kept when a workflow without errors is saved or run.")
                        : tr("Only the logic is kept; where nodes are drawn makes no version."));
    pages_->setVisible(newestVersion_ > 0);
    if (newestVersion_ > 0) list_->setCurrentRow(list_->count() > 1 ? 1 : 0);
    list_->setFocus();
}

void WorkflowVersionsDialog::choose(int row) {
    const auto turn = ++turn_;
    if (row < 0) return;
    const int version = list_->item(row)->data(IdRole).toInt();
    const auto ask = [this, turn](int number, std::function<void(const protocol::WorkflowVersionDetail&)> use) {
        context_.client()
            .workflows()
            .version(workflowId_, number)
            .then(this, [this, turn, use](const Result<protocol::WorkflowVersionDetail>& reply) {
                if (turn != turn_) return;
                if (!reply) return fail(reply.error());
                use(*reply);
            });
    };
    const auto show = [this](const protocol::WorkflowVersionDetail& detail) { showVersion(detail); };
    if (!newest_.empty()) return ask(version, show);
    ask(newestVersion_, [this, ask, version, show](const protocol::WorkflowVersionDetail& newest) {
        newest_ = newest.text;
        version == newestVersion_ ? show(newest) : ask(version, show);
    });
}

void WorkflowVersionsDialog::showVersion(const protocol::WorkflowVersionDetail& version) {
    text_->setPlainText(readable(version.text));
    diff_->setNames(tr("Version %1").arg(version.info.version), tr("Version %1 (newest)").arg(newestVersion_));
    diff_->setTexts(readable(version.text), readable(newest_));
}

}  // namespace signalbox::ui
