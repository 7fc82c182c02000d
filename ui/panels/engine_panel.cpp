#include "ui/panels/engine_panel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/panels/danger.h"
#include "ui/panels/engine_facts.h"
#include "ui/panels/engine_plots.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/retention_dialog.h"
#include "ui/panels/tile_grid.h"
#include "ui/text/format.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/number_tile.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kPollMilliseconds = 1000;
constexpr int kSparkPoints = 120;

/// "12.4 MB" as a number and its unit, which a tile sets smaller.
std::pair<QString, QString> split(const QString& text) {
    const auto gap = text.lastIndexOf(QLatin1Char(' '));
    return gap < 0 ? std::pair{text, QString()} : std::pair{text.left(gap), text.mid(gap + 1)};
}

void setTile(NumberTile& tile, const QString& text) {
    const auto [number, unit] = split(text);
    tile.setNumber(number, unit);
}

}  // namespace

EnginePanel::EnginePanel(PanelContext& context, QWidget* parent)
    : Panel(parent), context_(context), notice_(new NoticeBar) {
    setObjectName(QStringLiteral("enginePanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(notice_);
    states_ = new PanelStates(*buildContent());
    states_->setSkeleton(Skeleton::Kind::Plot);
    states_->setClock([this] { return context_.run().now(); });
    column->addWidget(states_, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    poll_.setInterval(kPollMilliseconds);
    connect(&poll_, &QTimer::timeout, this, &EnginePanel::ask);
    connect(states_, &PanelStates::retryRequested, this, &EnginePanel::ask);
    holdBackRetries(context_.connection(), *states_);
    states_->showLoading();
}

QWidget& EnginePanel::firstStop() { return *change_; }

QWidget* EnginePanel::buildContent() {
    auto* inside = new QWidget;
    const int unit = Theme::current().unit();
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit);
    column->setSpacing(3 * unit);
    column->addWidget(buildTiles());
    plots_ = new EnginePlots;
    column->addWidget(plots_);
    column->addWidget(buildFacts());
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("engineScroll"));
    scroll->setAccessibleName(tr("Engine"));
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inside);
    return scroll;
}

QWidget* EnginePanel::buildTiles() {
    auto* tiles = new TileGrid(3);
    const auto add = [&](const char* name, const QString& label) {
        auto* tile = new NumberTile(label);
        tile->setObjectName(QLatin1String(name));
        tiles->add(*tile);
        return tile;
    };
    active_ = add("tileActive", tr("Runs active"));
    queued_ = add("tileQueued", tr("Runs queued"));
    rate_ = add("tileRate", tr("Journal records"));
    commit_ = add("tileCommit", tr("Commit, 99th percentile"));
    memory_ = add("tileMemory", tr("Memory"));
    disk_ = add("tileDisk", tr("Free on the disk"));
    return tiles;
}

KeyValueTable* EnginePanel::addSection(QVBoxLayout& column, const QString& name, const QString& title,
                                       QWidget* action) {
    auto* heading = new QHBoxLayout;
    auto* label = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong);
    label->setText(title);
    heading->addWidget(label, 1);
    if (action) heading->addWidget(action);
    column.addLayout(heading);
    auto* table = new KeyValueTable;
    table->setObjectName(name);
    table->setAccessibleName(title);
    table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column.addWidget(table);
    column.addSpacing(Theme::current().unit());
    return table;
}

QWidget* EnginePanel::buildFacts() {
    auto* facts = new QWidget;
    auto* column = new QVBoxLayout(facts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::current().unit());
    pool_ = addSection(*column, QStringLiteral("factsPool"), tr("Pool and queue"));
    journal_ = addSection(*column, QStringLiteral("factsJournal"), tr("Journal"));
    storage_ = addSection(*column, QStringLiteral("factsStorage"), tr("Storage"));
    change_ = new QPushButton(tr("&Change…"));
    change_->setObjectName(QStringLiteral("changeRetention"));
    change_->setAccessibleName(tr("Change what is kept"));
    connect(change_, &QPushButton::clicked, this, &EnginePanel::editRetention);
    holdBackWhileAway(context_.connection(), *change_);
    retention_ = addSection(*column, QStringLiteral("factsRetention"), tr("Kept runs"), change_);
    processes_ = addSection(*column, QStringLiteral("factsProcesses"), tr("Worker processes"));
    return facts;
}

void EnginePanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    poll_.start();
    ask();
}

void EnginePanel::hideEvent(QHideEvent* event) {
    poll_.stop();
    Panel::hideEvent(event);
}

void EnginePanel::ask() {
    if (asking_) return;
    asking_ = true;
    context_.client().engine().stats().then(this, [this](const Result<protocol::EngineStatsDto>& reply) {
        asking_ = false;
        if (!reply) return fail(reply.error());
        showStats(*reply);
        askHistory();
    });
}

void EnginePanel::askHistory() {
    if (askingHistory_) return;
    askingHistory_ = true;
    const auto after = plots_->lastTime();
    context_.client().engine().history(after).then(this, [this, after](const Result<protocol::EngineHistory>& reply) {
        askingHistory_ = false;
        if (!reply) return fail(reply.error());
        // A gateway that was started again has other samples: earlier ones than those that are shown.
        const bool anew = after != 0 && !reply->times.empty() && reply->times.front() <= after;
        plots_->append(*reply, anew);
        showTiles(shown_);
    });
}

void EnginePanel::fail(const Error& error) {
    if (shownAt_ == 0) {
        states_->showError(error);
    } else {
        states_->showStale(shownAt_, toQString(error.message));
    }
}

void EnginePanel::showStats(const protocol::EngineStatsDto& stats) {
    shown_ = stats;
    shownAt_ = context_.run().now();
    pool_->setRows(EngineFacts::pool(stats));
    journal_->setRows(EngineFacts::journal(stats));
    storage_->setRows(EngineFacts::storage(stats));
    retention_->setRows(EngineFacts::retention(stats, shownAt_));
    processes_->setRows(EngineFacts::processes(stats));
    for (auto* table : {pool_, journal_, storage_, retention_, processes_}) table->updateGeometry();
    showTiles(stats);
    // Told once and taken back once: another message above the panel is not wiped away by the next second.
    const bool full = !stats.disk.intakeAllowed;
    if (full && !toldFull_) {
        notice_->showError(tr("No new runs are taken in"), toQString(stats.disk.reason),
                           QStringLiteral("disk.watermark"), {}, false);
    } else if (!full && toldFull_) {
        notice_->clear();
    }
    toldFull_ = full;
    states_->showLive();
}

void EnginePanel::showTiles(const protocol::EngineStatsDto& stats) {
    setTile(*active_, formatCount(stats.activeRuns));
    setTile(*queued_, formatCount(stats.queuedRuns));
    const auto rates = plots_->recent(QStringLiteral("steps.rate"), kSparkPoints);
    rate_->setNumber(rates.isEmpty() ? QString() : formatCount(static_cast<std::uint64_t>(rates.back() + 0.5)),
                     tr("/s"));
    setTile(*commit_, stats.journal.window == 0 ? QString() : formatDuration(stats.journal.commitP99));
    setTile(*memory_, formatBytes(stats.memoryBytes));
    setTile(*disk_, formatBytes(stats.disk.freeBytes));
    const bool low = !stats.disk.intakeAllowed;
    disk_->setState(low ? ColourRole::Error : ColourRole::Text, low ? tr("too low") : QString());
    active_->setHistory(plots_->recent(QStringLiteral("runs.active"), kSparkPoints));
    queued_->setHistory(plots_->recent(QStringLiteral("runs.queued"), kSparkPoints));
    rate_->setHistory(rates);
    commit_->setHistory(plots_->recent(QStringLiteral("commit.p99"), kSparkPoints));
    memory_->setHistory(plots_->recent(QStringLiteral("memory.bytes"), kSparkPoints));
}

void EnginePanel::editRetention() {
    auto* dialog = new RetentionDialog(shown_.retention, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const Danger danger{tr("Keep finished runs"),
                            tr("Runs over the new limits are removed for good, the oldest first."), tr("&Change")};
        guardDanger(context_, this, danger, [this, wanted = dialog->retention()] { setRetention(wanted); });
    });
    dialog->open();
}

void EnginePanel::setRetention(const protocol::RetentionDto& wanted) {
    HoldBack::setPossible(*change_, false);
    context_.client().engine().setRetention(wanted).then(this, [this](const Result<protocol::RetentionDto>& reply) {
        HoldBack::setPossible(*change_, true);
        if (!reply) return showProblem(*notice_, reply.error(), false);
        shown_.retention = *reply;
        showStats(shown_);
    });
}

}  // namespace signalbox::ui
