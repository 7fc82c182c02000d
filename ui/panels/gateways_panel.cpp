#include "ui/panels/gateways_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/actions/action_registry.h"
#include "ui/panels/environment_delegate.h"
#include "ui/panels/gateway_actions.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/workflow_undo_bar.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/text/states.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

GatewaysPanel::GatewaysPanel(PanelContext& context, GatewayBook& book, QWidget* parent)
    : Panel(parent),
      context_(context),
      book_(book),
      model_(book, [&context] { return context.run().now(); }),
      actions_(new GatewayActions(book, *this)),
      notice_(new NoticeBar),
      undo_(new WorkflowUndoBar),
      health_(book) {
    setObjectName(QStringLiteral("gatewaysPanel"));
    notice_->setObjectName(QStringLiteral("gatewaysNotice"));
    undo_->setObjectName(QStringLiteral("gatewaysUndo"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(notice_);
    column->addWidget(undo_);
    column->addWidget(buildHeader());
    column->addWidget(buildTable(), 1);
    column->addWidget(buildFoot());
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    connect(&health_, &GatewayHealthWatch::changed, this, [this](const QString& id) {
        model_.setHealth(id, health_.of(id));
        if (id == chosenId()) showChosen();
    });
    connectBook();
    refresh();
}

QWidget& GatewaysPanel::firstStop() { return *table_; }

QWidget* GatewaysPanel::buildHeader() {
    add_ = new QToolButton;
    add_->setObjectName(QStringLiteral("gatewaysAdd"));
    add_->setAutoRaise(true);
    more_ = new QToolButton;
    more_->setObjectName(QStringLiteral("gatewaysMore"));
    more_->setAccessibleName(tr("What to do with the gateway"));
    more_->setToolTip(more_->accessibleName());
    more_->setIcon(themedIcon(QStringLiteral("more"), ColourRole::Muted));
    more_->setAutoRaise(true);
    more_->setPopupMode(QToolButton::InstantPopup);
    menu_ = new QMenu(this);
    menu_->setObjectName(QStringLiteral("gatewaysMenu"));
    more_->setMenu(menu_);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, unit / 2, unit, unit / 2);
    row->setSpacing(unit / 2);
    row->addWidget(add_);
    row->addStretch(1);
    row->addWidget(more_);
    return header;
}

QWidget* GatewaysPanel::buildTable() {
    table_ = new QTableView;
    table_->setObjectName(QStringLiteral("gatewaysTable"));
    table_->setAccessibleName(tr("Gateways"));
    table_->setModel(&model_);
    table_->setItemDelegate(new EnvironmentDelegate(table_));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    const auto size = [this] {
        const int unit = Theme::current().unit();
        table_->verticalHeader()->setDefaultSectionSize(Theme::current().rowHeight());
        const int widths[] = {26, 20, 17, 11, 11, 25, 14};
        for (int column = 0; column < GatewaysModel::Address; ++column) {
            table_->setColumnWidth(column, widths[column] * unit);
        }
    };
    size();
    connect(&Theme::current(), &Theme::changed, table_, size);
    connect(table_, &QTableView::activated, this,
            [this](const QModelIndex& index) { book_.open(index.data(IdRole).toString()); });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { showChosen(); });
    connect(table_, &QWidget::customContextMenuRequested, this, [this](const QPoint& place) {
        if (table_->indexAt(place).isValid()) menu_->popup(table_->viewport()->mapToGlobal(place));
    });
    states_ = new PanelStates(*table_);
    states_->setSkeleton(Skeleton::Kind::Table);
    states_->setEmptyTexts(
        QStringLiteral("gateway"), tr("No other gateways"),
        tr("A gateway runs workflows elsewhere. Add one by its address, or open a signalbox://attach link."),
        tr("&Add gateway…"));
    connect(states_, &PanelStates::firstActionRequested, actions_, [this] { actions_->add(); });
    connect(states_, &PanelStates::retryRequested, this, &GatewaysPanel::reload);
    return states_;
}

QWidget* GatewaysPanel::buildFoot() {
    auto* foot = new QWidget;
    foot->setObjectName(QStringLiteral("gatewaysFoot"));
    what_ = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong);
    what_->setObjectName(QStringLiteral("gatewayWhat"));
    what_->setElided(true);
    // Only the shape: the word stands beside it.
    alarm_ = new ThemedLabel(ColourRole::Warn, ThemedLabel::Kind::Strong);
    alarm_->setObjectName(QStringLiteral("gatewayAlarm"));
    alarm_->setText(stateLook(QStringLiteral("gateway.not-ready")).glyph);
    hint_ = new ThemedLabel(ColourRole::Muted);
    hint_->setObjectName(QStringLiteral("gatewayHint"));
    hint_->setElided(true);
    next_ = new QPushButton;
    next_->setObjectName(QStringLiteral("gatewayNext"));
    open_ = new QPushButton(tr("&Open gateway"));
    open_->setObjectName(QStringLiteral("gatewayOpen"));
    open_->setAccessibleName(tr("Open gateway"));
    open_->setProperty("primary", true);
    connect(open_, &QPushButton::clicked, actions_, &GatewayActions::open);
    connect(next_, &QPushButton::clicked, this, [this] {
        if (auto* action = actions_->next()) action->trigger();
    });
    const int unit = Theme::current().unit();
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setSpacing(unit / 2);
    head->addWidget(alarm_);
    head->addWidget(what_, 1);
    texts->addLayout(head);
    texts->addWidget(hint_);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(unit * 3 / 2, unit, unit, unit);
    row->setSpacing(unit);
    row->addLayout(texts, 1);
    row->addWidget(next_);
    row->addWidget(open_);
    return foot;
}

void GatewaysPanel::connectBook() {
    connect(&book_, &GatewayBook::changed, this, &GatewaysPanel::refresh);
    connect(&book_, &GatewayBook::statusChanged, this, [this](const QString& id) {
        if (id == chosenId()) showChosen();
    });
    // Behind removed(), whether or not the gateway had to be asked.
    connect(&book_, &GatewayBook::sessionEnded, this, &GatewaysPanel::tellEndOfSession, Qt::QueuedConnection);
    connect(actions_, &GatewayActions::failed, this,
            [this](const Error& error) { showProblem(*notice_, error, false); });
    connect(actions_, &GatewayActions::added, this, [this](const QString& id) {
        choose(id);
        table_->setFocus();
    });
    connect(actions_, &GatewayActions::removed, this, [this](const client::GatewayProfile& profile) {
        removed_ = profile;
        undo_->showInfo(tr("“%1” was removed.").arg(profile.name));
    });
    connect(undo_, &WorkflowUndoBar::undoRequested, this, [this] {
        undo_->clear();
        const bool attach = std::exchange(removed_.attach, false);
        removed_.id.clear();
        const auto back = book_.add(removed_);
        if (!back) return showProblem(*notice_, back.error(), false);
        if (attach) book_.attach(back->id);
        choose(back->id);
    });
}

void GatewaysPanel::tellEndOfSession(const QString& name, const Result<bool>& outcome) {
    const bool isOffered = undo_->isVisible() && removed_.name == name;
    if (!outcome) {
        const auto text =
            tr("“%1” was removed. The gateway was not told, so the session there goes on until it expires. %2")
                .arg(name, toQString(outcome.error().message));
        return isOffered ? undo_->showInfo(text) : notice_->showInfo(text);
    }
    if (*outcome && isOffered) undo_->showInfo(tr("“%1” was removed, and its session there ended.").arg(name));
}

void GatewaysPanel::addActions(ActionRegistry& actions) {
    actions_->declare(actions);
    actions_->fill(*menu_);
    add_->setDefaultAction(actions_->addAction());
    add_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    add_->setAccessibleName(tr("Add gateway"));
    showChosen();
}

void GatewaysPanel::reload() {
    if (const auto read = book_.reload(); !read) return states_->showError(read.error());
    notice_->clear();
    refresh();
}

void GatewaysPanel::refresh() {
    const auto places = book_.places();
    const bool remote = std::any_of(places.begin(), places.end(), [](const auto& place) { return !place.local; });
    remote ? states_->showLive() : states_->showEmpty();
    if (remote && !table_->currentIndex().isValid()) {
        const auto first = std::find_if(places.begin(), places.end(), [](const auto& place) { return !place.local; });
        choose(first->id);
    }
    showChosen();
}

void GatewaysPanel::choose(const QString& id) {
    const int row = model_.rowOf(id);
    if (row >= 0) table_->setCurrentIndex(model_.index(row, GatewaysModel::State));
}

QString GatewaysPanel::chosenId() const { return table_->currentIndex().data(IdRole).toString(); }

void GatewaysPanel::showChosen() {
    const auto id = chosenId();
    actions_->setTarget(id);
    const auto* place = model_.place(table_->currentIndex().row());
    auto* foot = what_->parentWidget();
    foot->setVisible(place && states_->state() == PanelStates::State::Live);
    if (!place) return;
    const auto status = model_.status(*place);
    const bool attached = place->local || book_.isAttached(id);
    QString hint = place->address;
    QString what = place->name;
    bool alarm = false;
    if (status.error && status.state != client::ConnectionState::Live) {
        what = toQString(status.error->message);
        hint = toQString(status.error->hint);
    } else if (!attached) {
        hint = tr("Not attached: nothing is asked of it.");
    } else if (const auto health = health_.of(id); !health.good) {
        alarm = true;
        what = QStringLiteral("%1 · %2").arg(place->name, health.word);
        hint = health.reasons.join(QStringLiteral(" · "));
    } else if (status.account) {
        hint = tr("Signed in as %1")
                   .arg(toQString(status.account->login.empty() ? status.account->kind : status.account->login));
    }
    alarm_->setVisible(alarm);
    what_->setText(what);
    hint_->setText(hint);
    auto* next = actions_->next();
    next_->setVisible(next != nullptr);
    if (!next) return;
    next_->setText(next->text());
    next_->setAccessibleName(ActionRegistry::plainText(*next));
}

void GatewaysPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    model_.setTicking(true);
    reload();
    health_.setActive(true);
}

void GatewaysPanel::hideEvent(QHideEvent* event) {
    model_.setTicking(false);
    health_.setActive(false);
    Panel::hideEvent(event);
}

}  // namespace signalbox::ui
