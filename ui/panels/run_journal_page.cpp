#include "ui/panels/run_journal_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_table.h"
#include "ui/panels/value_view.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

/// Kinds of records as the gateway names them.
const QStringList& recordKinds() {
    static const QStringList kKinds{
        QStringLiteral("run-started"),     QStringLiteral("node-started"),     QStringLiteral("node-succeeded"),
        QStringLiteral("node-failed"),     QStringLiteral("node-reused"),      QStringLiteral("attempt-lost"),
        QStringLiteral("timer-fired"),     QStringLiteral("signal-received"),  QStringLiteral("approval-decided"),
        QStringLiteral("pause-requested"), QStringLiteral("resume-requested"), QStringLiteral("cancel-requested"),
        QStringLiteral("recovered"),       QStringLiteral("run-finished")};
    return kKinds;
}

}  // namespace

RunJournalPage::RunJournalPage(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      model_(context.client(), context.run()),
      kind_(new QComboBox),
      ofNode_(new QCheckBox(tr("Only the selected &node"))),
      count_(new ThemedLabel(ColourRole::Muted)),
      table_(makeRunTable(QStringLiteral("journalTable"), tr("Journal"))),
      payload_(new ValueView(QStringLiteral("journalContent"), tr("Content of the record"))),
      states_(new PanelStates(*buildContent())) {
    setObjectName(QStringLiteral("runJournalPage"));
    states_->setSkeleton(Skeleton::Kind::Table);
    states_->setEmptyTexts(QStringLiteral("journal"), tr("No records"), tr("No record of the run matches the filter."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(states_, 1);
    buildTable();
    connectModel();
    showRecord();
}

QWidget* RunJournalPage::buildContent() {
    auto* split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("journalSplit"));
    split->setChildrenCollapsible(false);
    split->addWidget(table_);
    split->addWidget(payload_);
    split->setSizes({Theme::current().unit() * 100, Theme::current().unit() * 40});
    split->setStretchFactor(0, 1);
    return split;
}

QWidget* RunJournalPage::buildHeader() {
    kind_->setObjectName(QStringLiteral("journalKind"));
    kind_->setAccessibleName(tr("Kind of record"));
    kind_->addItem(tr("All kinds"), QString());
    for (const auto& kind : recordKinds()) kind_->addItem(kind, kind);
    ofNode_->setObjectName(QStringLiteral("journalOfNode"));
    ofNode_->setAccessibleName(tr("Only the selected node"));
    count_->setElided(true);
    count_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    count_->setObjectName(QStringLiteral("journalCount"));
    connect(kind_, &QComboBox::currentIndexChanged, this, &RunJournalPage::applyFilter);
    connect(ofNode_, &QCheckBox::toggled, this, &RunJournalPage::applyFilter);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, unit / 2, unit, unit / 2);
    row->setSpacing(2 * unit);
    row->addWidget(kind_);
    row->addWidget(ofNode_);
    row->addWidget(count_, 1);
    return header;
}

void RunJournalPage::buildTable() {
    const int unit = Theme::current().unit();
    table_->setModel(&model_);
    auto* header = table_->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(RunJournalModel::Payload, QHeaderView::Stretch);
    header->resizeSection(RunJournalModel::Seq, unit * 6);
    header->resizeSection(RunJournalModel::Time, unit * 10);
    header->resizeSection(RunJournalModel::Kind, unit * 16);
    header->resizeSection(RunJournalModel::Node, unit * 15);
    header->resizeSection(RunJournalModel::Attempt, unit * 9);
    header->resizeSection(RunJournalModel::Took, unit * 9);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunJournalPage::showRecord);
    const auto select = [this](const QModelIndex& index) {
        const auto node = index.data(IdRole).toString();
        if (!node.isEmpty() && !ofNode_->isChecked()) context_.selectNode(node);
    };
    connect(table_, &QTableView::clicked, this, select);
    connect(table_, &QTableView::activated, this, select);
}

void RunJournalPage::connectModel() {
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
        states_->showLoading();
        showRecord();
    });
    connect(&model_, &RunJournalModel::loaded, this, &RunJournalPage::refresh);
    connect(&model_, &RunJournalModel::failed, states_, [this](const Error& error) { states_->showError(error); });
    connect(states_, &PanelStates::retryRequested, &model_, &RunJournalModel::reload);
    holdBackRetries(context_.connection(), *states_);
    connect(&context_, &PanelContext::selectionChanged, this, [this] {
        if (ofNode_->isChecked()) applyFilter();
    });
}

void RunJournalPage::applyFilter() {
    model_.setFilter(ofNode_->isChecked() ? context_.selectedNode() : QString(), kind_->currentData().toString());
}

void RunJournalPage::showRecord() {
    const int row = table_->currentIndex().row();
    if (row < 0 || row >= model_.rowCount()) {
        payload_->setNothing(tr("No record chosen"), tr("Choose a record to see what is in it."));
        return;
    }
    const auto& payload = model_.record(row).payload;
    if (payload.isUndefined() || payload.isNull()) {
        payload_->setNothing(tr("Nothing in it"), tr("Records of this kind say it all in the table."));
    } else {
        payload_->setValue(payload);
    }
}

void RunJournalPage::refresh() {
    const auto shown = formatCount(static_cast<std::uint64_t>(model_.rowCount()));
    count_->setText(model_.canFetchMore({})  ? tr("%1 records, more below").arg(shown)
                    : model_.rowCount() == 1 ? tr("One record")
                                             : tr("%1 records").arg(shown));
    if (model_.rowCount() > 0) {
        states_->showLive();
    } else {
        states_->showEmpty();
    }
}

void RunJournalPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    model_.setActive(true);
}

void RunJournalPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    model_.setActive(false);
}

}  // namespace signalbox::ui
