#include "ui/panels/workflow_list_panel.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/workflow_actions.h"
#include "ui/panels/workflow_undo_bar.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

/// Many files may change at once, as when a branch is checked out.
constexpr int kSettleMilliseconds = 100;

}  // namespace

WorkflowListPanel::WorkflowListPanel(PanelContext& context, QWidget* parent)
    : ListPanel(QStringLiteral("workflowList"), QStringLiteral("workflow"), parent),
      context_(context),
      search_(new FilterEdit),
      create_(new QToolButton),
      more_(new QToolButton),
      menu_(new QMenu(this)),
      undo_(new WorkflowUndoBar),
      actions_(new WorkflowActions(context, model_, *this)),
      events_(context.client().events(client::onlyWorkflows(), this)) {
    setObjectName(QStringLiteral("workflowListPanel"));
    filtered_.setSourceModel(&model_);
    view().setModel(&filtered_);
    view().setAccessibleName(tr("Workflows"));
    view().setContextMenuPolicy(Qt::CustomContextMenu);
    buildHeader();
    buildSearch();
    connectActions();
    connectGateway();
    connect(&context_, &PanelContext::workflowChanged, this, &WorkflowListPanel::showCurrent);
    connect(&emptyState(), &EmptyState::actionRequested, this, [this] {
        if (search_->text().isEmpty()) {
            reload();
        } else {
            search_->clear();
        }
    });
    holdBackWhileAway(context_.connection(), undo_->undoButton());
    auto& first = holdBackWhileAway(context_.connection(), emptyState().actionButton());
    // What clears the search can be done without the gateway.
    connect(search_, &QLineEdit::textChanged, this, [&first](const QString& text) { first.setNeeded(text.isEmpty()); });
    reload();
}

void WorkflowListPanel::buildHeader() {
    const int unit = Theme::current().unit();
    create_->setObjectName(QStringLiteral("workflowNew"));
    create_->setAccessibleName(tr("New workflow"));
    create_->setAutoRaise(true);
    create_->hide();
    more_->setObjectName(QStringLiteral("workflowMore"));
    more_->setAccessibleName(tr("What to do with the workflow"));
    more_->setToolTip(more_->accessibleName());
    more_->setIcon(themedIcon(QStringLiteral("more"), ColourRole::Muted));
    more_->setAutoRaise(true);
    more_->setPopupMode(QToolButton::InstantPopup);
    more_->setMenu(menu_);
    more_->hide();
    menu_->setObjectName(QStringLiteral("workflowMenu"));
    auto* header = new QWidget;
    auto* column = new QVBoxLayout(header);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(unit, unit, unit, unit);
    row->setSpacing(unit / 2);
    row->addWidget(search_, 1);
    row->addWidget(create_);
    row->addWidget(more_);
    column->addLayout(row);
    column->addWidget(undo_);
    setHeader(header);
}

void WorkflowListPanel::buildSearch() {
    search_->setObjectName(QStringLiteral("workflowSearch"));
    search_->setAccessibleName(tr("Search workflows"));
    search_->setKeys({{QStringLiteral("tag"), tr("Tag of the workflow"), {}}});
    search_->setPlaceholderText(tr("Search workflows, tag:"));
    search_->installEventFilter(this);
    // The whole list is here: no need to wait until typing has stopped.
    connect(search_, &QLineEdit::textChanged, this, &WorkflowListPanel::applyFilter);
    // Enter opens the first match.
    connect(search_, &QLineEdit::returnPressed, this, [this] {
        if (filtered_.rowCount() > 0) Q_EMIT chosen(filtered_.index(0, 0).data(IdRole).toString());
    });
}

QWidget& WorkflowListPanel::firstStop() { return *search_; }

QLineEdit& WorkflowListPanel::search() { return *search_; }

void WorkflowListPanel::connectActions() {
    connect(actions_, &WorkflowActions::openRequested, this, &ListPanel::chosen);
    connect(actions_, &WorkflowActions::failed, this, &WorkflowListPanel::complain);
    connect(actions_, &WorkflowActions::removed, this, &WorkflowListPanel::offerUndo);
    connect(actions_, &WorkflowActions::restored, undo_, &NoticeBar::clear);
    connect(actions_, &WorkflowActions::changed, this, [this](const QString& id) {
        if (!id.isEmpty()) wanted_ = id;
        fetch(false);
    });
    connect(undo_, &WorkflowUndoBar::undoRequested, this, [this] { actions_->restore(deleted_, deletedWasOpen_); });
    connect(&notice(), &NoticeBar::retryRequested, this, [this] {
        if (const auto again = std::exchange(retry_, nullptr)) {
            again();
        } else {
            reload();
        }
    });
    holdBackRetries(context_.connection(), notice());
    connect(view().selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { actions_->setTarget(current.data(IdRole).toString()); });
    connect(&view(), &QWidget::customContextMenuRequested, this, &WorkflowListPanel::openMenu);
}

void WorkflowListPanel::connectGateway() {
    soon_.setSingleShot(true);
    soon_.setInterval(kSettleMilliseconds);
    connect(&soon_, &QTimer::timeout, this, [this] { isVisible() ? fetch(false) : void(stale_ = true); });
    connect(events_, &client::EventStream::received, this, [this](const std::vector<protocol::EventDto>& events) {
        const bool ours = std::any_of(events.begin(), events.end(), [](const auto& event) {
            return event.kind == "workflow" || event.kind == "lost";
        });
        if (ours && !soon_.isActive()) soon_.start();
    });
}

void WorkflowListPanel::addActions(ActionRegistry& actions) {
    actions_->declare(actions, view());
    create_->setDefaultAction(actions_->createAction());
    create_->setToolButtonStyle(Qt::ToolButtonIconOnly);
    actions_->fill(*menu_);
    create_->show();
    more_->show();
    actions_->setTarget(view().currentIndex().data(IdRole).toString());
}

void WorkflowListPanel::openMenu(const QPoint& place) {
    const auto row = view().indexAt(place);
    if (row.isValid()) view().setCurrentIndex(row);
    if (!menu_->isEmpty()) menu_->popup(view().viewport()->mapToGlobal(place));
}

// Escape leaves, as it does everywhere; the text stays for who comes back.
bool WorkflowListPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool leaves = watched == search_ && event->type() == QEvent::KeyPress &&
                        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && !QApplication::activePopupWidget();
    if (!leaves) return ListPanel::eventFilter(watched, event);
    event->ignore();
    return true;
}

void WorkflowListPanel::showEvent(QShowEvent* event) {
    ListPanel::showEvent(event);
    if (std::exchange(stale_, false)) fetch(false);
}

void WorkflowListPanel::reload() {
    showLoading(tr("Loading workflows…"));
    fetch(true);
}

void WorkflowListPanel::fetch(bool first) {
    const auto turn = ++turn_;
    context_.client().workflows().list().then(this, [this, turn, first](const Result<protocol::WorkflowList>& reply) {
        if (turn != turn_ && !first) return;
        if (!reply) {
            complain(reply.error(), [this] { reload(); });
            refreshState();
            return;
        }
        // What an action had to say stays until it is retried or closed.
        if (first) notice().clear();
        take(*reply);
        if (first) Q_EMIT loaded(reply->workflows.empty() ? QString() : toQString(reply->workflows.front().id));
    });
}

void WorkflowListPanel::take(const protocol::WorkflowList& list) {
    const auto chosenId = view().currentIndex().data(IdRole).toString();
    const int chosenRow = view().currentIndex().row();
    model_.setWorkflows(list.workflows);
    search_->setKeys({{QStringLiteral("tag"), tr("Tag of the workflow"), model_.tags()}});
    search_->setPlaceholderText(tr("Search workflows, tag:"));
    refreshState();
    if (!wanted_.isEmpty() && model_.rowOf(wanted_) >= 0) {
        choose(std::exchange(wanted_, QString()));
    } else if (model_.rowOf(chosenId) >= 0) {
        choose(chosenId);
    } else if (chosenRow >= 0 && filtered_.rowCount() > 0) {
        // The keyboard stays where the row was.
        view().setCurrentIndex(filtered_.index(std::min(chosenRow, filtered_.rowCount() - 1), 0));
    } else {
        showCurrent();
    }
    actions_->setTarget(view().currentIndex().data(IdRole).toString());
}

void WorkflowListPanel::applyFilter() {
    if (!search_->error().isEmpty()) return;
    filtered_.setQuery(search_->query());
    refreshState();
    showCurrent();
}

void WorkflowListPanel::complain(const Error& error, std::function<void()> retry) {
    retry_ = std::move(retry);
    showProblem(notice(), error, static_cast<bool>(retry_));
}

void WorkflowListPanel::offerUndo(const protocol::TrashEntry& entry, bool wasOpen) {
    deleted_ = entry;
    deletedWasOpen_ = wasOpen;
    notice().clear();
    undo_->showInfo(tr("“%1” was deleted.").arg(toQString(entry.name.empty() ? entry.workflowId : entry.name)));
}

void WorkflowListPanel::refreshState() {
    if (model_.rowCount() > 0) {
        emptyState().setTexts(tr("Nothing matches"), tr("No workflow has “%1” in its name.").arg(search_->text()));
        emptyState().setAction(tr("Clear the search"));
    } else {
        emptyState().setTexts(tr("No workflows"), tr("Make a new one, or put a *.workflow.json file into the "
                                                     "workspace folder."));
        emptyState().setAction(tr("Look again"));
    }
    showRows(filtered_.rowCount() > 0);
}

void WorkflowListPanel::choose(const QString& id) {
    const int row = model_.rowOf(id);
    view().setCurrentIndex(row < 0 ? QModelIndex() : filtered_.mapFromSource(model_.index(row)));
}

// With none open, as after a deletion, the row that has the keyboard stays.
void WorkflowListPanel::showCurrent() {
    if (!context_.workflowId().isEmpty()) choose(context_.workflowId());
}

}  // namespace signalbox::ui
