#include "ui/panels/run_log_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_table.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kSettleMilliseconds = 200;

}  // namespace

RunLogPage::RunLogPage(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      model_(context.client(), context.run()),
      level_(new QComboBox),
      ofNode_(new QCheckBox(tr("Only the selected &node"))),
      text_(new QLineEdit),
      earlier_(new QPushButton(tr("&Earlier lines"))),
      dropped_(new ThemedLabel(ColourRole::Warn, ThemedLabel::Kind::Caption)),
      notice_(new NoticeBar),
      table_(makeRunTable(QStringLiteral("logTable"), tr("Log"))),
      empty_(new EmptyState(QStringLiteral("log"))),
      stack_(new QStackedWidget) {
    setObjectName(QStringLiteral("runLogPage"));
    buildTable();
    stack_->addWidget(table_);
    stack_->addWidget(empty_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(notice_);
    column->addWidget(stack_, 1);
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    connect(&settle_, &QTimer::timeout, this, &RunLogPage::applyFilter);
    connectModel();
    refresh();
}

QWidget* RunLogPage::buildHeader() {
    level_->setObjectName(QStringLiteral("logLevel"));
    level_->setAccessibleName(tr("Least level of the lines"));
    level_->addItem(tr("All levels"), QString());
    level_->addItem(tr("Info and above"), QStringLiteral("info"));
    level_->addItem(tr("Warnings and errors"), QStringLiteral("warning"));
    level_->addItem(tr("Errors"), QStringLiteral("error"));
    ofNode_->setObjectName(QStringLiteral("logOfNode"));
    ofNode_->setAccessibleName(tr("Only the selected node"));
    text_->setObjectName(QStringLiteral("logSearch"));
    text_->setAccessibleName(tr("Search in the log"));
    text_->setPlaceholderText(tr("Search in the log"));
    makeSearchLine(*text_);
    earlier_->setObjectName(QStringLiteral("logEarlier"));
    earlier_->setAccessibleName(tr("Earlier lines"));
    dropped_->setObjectName(QStringLiteral("logDropped"));
    connect(level_, &QComboBox::currentIndexChanged, this, &RunLogPage::applyFilter);
    connect(ofNode_, &QCheckBox::toggled, this, &RunLogPage::applyFilter);
    connect(text_, &QLineEdit::textChanged, this, [this] { settle_.start(); });
    connect(text_, &QLineEdit::returnPressed, this, &RunLogPage::applyFilter);
    connect(earlier_, &QPushButton::clicked, &model_, &LogModel::loadEarlier);
    holdBackWhileAway(context_.connection(), *earlier_);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, unit / 2, unit, unit / 2);
    row->setSpacing(2 * unit);
    row->addWidget(text_, 1);
    row->addWidget(level_);
    row->addWidget(ofNode_);
    row->addWidget(dropped_);
    row->addWidget(earlier_);
    return header;
}

void RunLogPage::buildTable() {
    const int unit = Theme::current().unit();
    table_->setModel(&model_);
    auto* header = table_->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(LogModel::Text, QHeaderView::Stretch);
    header->resizeSection(LogModel::Time, unit * 10);
    header->resizeSection(LogModel::Level, unit * 9);
    header->resizeSection(LogModel::Node, unit * 20);
    const auto select = [this](const QModelIndex& index) {
        const auto node = index.data(IdRole).toString();
        // Choosing a line must not take the other lines away.
        if (!node.isEmpty() && !ofNode_->isChecked()) context_.selectNode(node);
    };
    connect(table_, &QTableView::clicked, this, select);
    connect(table_, &QTableView::activated, this, select);
}

// Follows the end while one is at the end, and keeps its place when earlier lines come.
void RunLogPage::connectModel() {
    const auto note = [this] {
        const auto* bar = table_->verticalScrollBar();
        atEnd_ = bar->value() >= bar->maximum();
    };
    connect(&model_, &QAbstractItemModel::rowsAboutToBeInserted, this, note);
    connect(&model_, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        if (first == 0 && last + 1 < model_.rowCount()) {
            table_->scrollTo(model_.index(last + 1, 0), QAbstractItemView::PositionAtTop);
        } else if (atEnd_) {
            table_->scrollToBottom();
        }
        refresh();
    });
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
        refresh();
        table_->scrollToBottom();
    });
    connect(&model_, &LogModel::pageChanged, this, [this] {
        notice_->clear();
        refresh();
    });
    connect(&model_, &LogModel::failed, this, [this](const Error& error) {
        showProblem(*notice_, error, true);
        refresh();
    });
    connect(notice_, &NoticeBar::retryRequested, &model_, &LogModel::reload);
    holdBackRetries(context_.connection(), *notice_);
    connect(&context_.run(), &RunSession::statusChanged, this, &RunLogPage::refresh);
    connect(&context_, &PanelContext::selectionChanged, this, [this] {
        if (ofNode_->isChecked()) applyFilter();
    });
}

void RunLogPage::applyFilter() {
    settle_.stop();
    LogFilter filter;
    filter.level = level_->currentData().toString();
    filter.text = text_->text().trimmed();
    if (ofNode_->isChecked()) filter.node = context_.selectedNode();
    model_.setFilter(filter);
    refresh();
}

void RunLogPage::refresh() {
    HoldBack::setPossible(*earlier_, model_.hasEarlier());
    dropped_->setVisible(model_.dropped() > 0);
    dropped_->setText(tr("%1 lines were not kept").arg(formatCount(model_.dropped())));
    stack_->setCurrentIndex(model_.rowCount() > 0 ? 0 : 1);
    if (!model_.isKnown()) {
        const bool failed = !notice_->isHidden();
        empty_->setTexts(failed ? tr("No log") : tr("Reading the log"),
                         failed ? tr("It could not be read.") : QString());
    } else if (!model_.filter().isEmpty()) {
        empty_->setTexts(tr("No such lines"), tr("No line of the log matches the filter."));
    } else {
        empty_->setTexts(tr("No log lines"), context_.run().isFinished()
                                                 ? tr("The nodes of this run wrote none.")
                                                 : tr("Lines appear here as the nodes write them."));
    }
}

void RunLogPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    model_.setActive(true);
}

void RunLogPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    model_.setActive(false);
}

}  // namespace signalbox::ui
