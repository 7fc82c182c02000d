// The panels for watching: all runs (a million of them), the grid, the engine, the outline. The gateway is played.
#include <QCheckBox>
#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "client/gateway_client.h"
#include "ui/charts/run_grid_view.h"
#include "ui/models/outline_model.h"
#include "ui/models/runs_model.h"
#include "ui/panels/engine_panel.h"
#include "ui/panels/engine_plots.h"
#include "ui/panels/outline_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_grid_page.h"
#include "ui/panels/runs_panel.h"
#include "ui/samples.h"
#include "ui/text/roles.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/number_tile.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr std::uint64_t kRuns = 1'000'000;
constexpr std::int64_t kNow = 1'767'000'000'000'000;

/// Has a million runs, of which every tenth failed, without holding them.
class Archive : public client::Transport {
public:
    struct Silence : client::SubscriptionHandle {};
    std::unique_ptr<client::SubscriptionHandle> subscribe(
        protocol::EventFilter, std::function<void(std::vector<protocol::EventDto>)>) override {
        return std::make_unique<Silence>();
    }

    void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) override {
        if (failing) return done(tl::unexpected(Error{"gateway.lost", "The gateway does not answer", "", "", true}));
        if (const auto* list = request.get<protocol::ListRuns>()) return done(runs(*list));
        if (request.is<protocol::GetRunGrid>()) return done(grid());
        if (request.is<protocol::GetEngineStats>()) return done(stats);
        if (const auto* past = request.get<protocol::GetEngineHistory>()) return done(history(past->after));
        if (const auto* kept = request.get<protocol::SetRetention>()) {
            stats.retention = kept->retention;
            return done(stats.retention);
        }
        if (request.is<protocol::ListWorkflows>()) return done(workflowList());
        if (request.is<protocol::GetGatewayInfo>()) return done(protocol::GatewayInfo{});
        if (request.is<protocol::ListNodeTypes>()) return done(protocol::NodeTypeList{});
        if (const auto* cancel = request.get<protocol::CancelRun>()) cancelled.push_back(cancel->runId);
        done(protocol::Empty{});
    }

    protocol::RunSummaryDto run(std::uint64_t rank, bool failedOnly) const {
        const auto number = failedOnly ? rank * 10 : rank;
        protocol::RunSummaryDto made;
        made.runId = "run-" + std::to_string(number);
        made.workflowId = "nightly";
        made.workflowName = "Nightly";
        made.status = number % 10 == 0 ? "failed" : "succeeded";
        if (number % 10 == 0) made.errorMessage = made.errorCode = "http.timeout";
        made.created = kNow - static_cast<std::int64_t>(number) * 1'000'000;
        made.started = made.created;
        made.finished = made.created + 250'000;
        made.nodesTotal = made.nodesDone = 12;
        return made;
    }

    protocol::RunList runs(const protocol::ListRuns& request) {
        requests.push_back(request);
        protocol::RunList list;
        const bool failedOnly = !request.statuses.empty();
        list.total = failedOnly ? kRuns / 10 : kRuns;
        list.asOf = "then";
        list.newer = request.asOf.empty() ? 0 : newer;
        const auto offset = request.cursor.empty() ? request.offset : std::stoull(request.cursor);
        list.offset = offset;
        for (auto rank = offset; rank < std::min<std::uint64_t>(list.total, offset + request.limit); ++rank) {
            list.runs.push_back(run(rank, failedOnly || !request.errorText.empty()));
        }
        if (!request.errorText.empty() && offset < 1'000) list.nextCursor = std::to_string(offset + request.limit);
        return list;
    }

    static protocol::RunGrid grid() {
        protocol::RunGrid made;
        made.nodes = {"read", "check", "write"};
        for (int i = 0; i < 5; ++i) {
            protocol::RunGridRow row;
            row.run.runId = "run-" + std::to_string(i);
            row.run.status = i == 1 ? "failed" : "succeeded";
            row.run.created = kNow - i * 1'000'000;
            row.statuses = i == 1 ? "sf-" : "sss";
            row.took = {10, 20, 30};
            made.rows.push_back(row);
        }
        return made;
    }

    static protocol::WorkflowList workflowList() {
        protocol::WorkflowSummary summary;
        summary.id = "nightly";
        summary.name = "Nightly";
        return {{summary}, {}};
    }

    protocol::EngineHistory history(std::int64_t after) const {
        protocol::EngineHistory made;
        protocol::EngineSeries rate{"steps.rate", "per-second", {}};
        for (std::int64_t time = kNow - 60'000'000; time <= kNow; time += 1'000'000) {
            if (time <= after) continue;
            made.times.push_back(time);
            rate.values.push_back(static_cast<double>((time / 1'000'000) % 50));
        }
        made.series.push_back(rate);
        return made;
    }

    std::vector<protocol::ListRuns> requests;
    std::vector<std::string> cancelled;
    protocol::EngineStatsDto stats;
    std::uint32_t newer = 0;
    bool failing = false;
};

/// For eyes: a picture in the folder that SIGNALBOX_PICTURES names, if it does.
void keepPicture(QWidget& widget, const char* name) {
    const auto folder = qEnvironmentVariable("SIGNALBOX_PICTURES");
    if (!folder.isEmpty()) widget.grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name)));
}

struct Desk {
    Desk() {
        auto owned = std::make_unique<Archive>();
        archive = owned.get();
        client = std::make_unique<client::GatewayClient>(std::move(owned));
        context = std::make_unique<PanelContext>(*client);
        context->run().setClock([] { return kNow; });
    }
    Archive* archive;
    std::unique_ptr<client::GatewayClient> client;
    std::unique_ptr<PanelContext> context;
};

}  // namespace

class TestMonitorPanels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::current().setReducedMotion(true); }
    void aMillionRunsCostAScreenOfThem();
    void filtersGoToTheGateway();
    void searchInErrorsComesPageByPage();
    void newRunsDoNotMoveWhatIsRead();
    void anErrorIsShownAndRetried();
    void theGridShowsRunsOfTheWorkflow();
    void stateOutlastsTheSession();
    void engineShowsNumbersAndGetsStale();
    void engineFitsIntoANarrowDock();
    void retentionIsChanged();
    void aFullDiskIsTold();
    void outlineIsInRunOrder();
    void outlineFollowsAndSetsTheSelection();
};

void TestMonitorPanels::aMillionRunsCostAScreenOfThem() {
    Desk desk;
    RunsPanel panel(*desk.context);
    panel.resize(1200, 700);
    panel.show();
    auto* table = panel.findChild<QTableView*>(QStringLiteral("runsTable"));
    QTRY_COMPARE(panel.model().rowCount(), static_cast<int>(kRuns));
    QTRY_COMPARE(table->model()->index(0, RunsModel::State).data(StatusRole).toString(), QStringLiteral("failed"));
    keepPicture(panel, "runs");
    table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
    QTRY_COMPARE(table->model()->index(kRuns - 1, RunsModel::Id).data(IdRole).toString(), QStringLiteral("run-999999"));
    // All over the list and back: only a bounded number of pages is kept.
    for (int row = 0; row < static_cast<int>(kRuns); row += 17'000) {
        table->scrollTo(table->model()->index(row, 0), QAbstractItemView::PositionAtTop);
        QTRY_COMPARE(table->model()->index(row, 0).data(IdRole).toString(), QStringLiteral("run-%1").arg(row));
    }
    QVERIFY(panel.model().pageCount() <= RunsModel::kMostPages);
}

void TestMonitorPanels::filtersGoToTheGateway() {
    Desk desk;
    RunsPanel panel(*desk.context);
    panel.show();
    QTRY_COMPARE(panel.model().rowCount(), static_cast<int>(kRuns));
    auto* filter = panel.findChild<FilterEdit*>(QStringLiteral("runsFilter"));
    filter->setFocus();
    QTest::keyClicks(filter, QStringLiteral("status:failed workflow:nightly "));
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(panel.model().rowCount(), static_cast<int>(kRuns / 10));
    QCOMPARE(desk.archive->requests.back().statuses, std::vector<std::string>{"failed"});
    QCOMPARE(desk.archive->requests.back().workflowId, std::string("nightly"));
}

void TestMonitorPanels::searchInErrorsComesPageByPage() {
    Desk desk;
    RunsModel model(*desk.client, [] { return kNow; });
    protocol::ListRuns filter;
    filter.errorText = "timeout";
    model.setFilter(filter);
    QTRY_COMPARE(model.rowCount(), RunsModel::kPageRows);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 2 * RunsModel::kPageRows);
    QCOMPARE(model.index(399, RunsModel::Problem).data().toString(), QStringLiteral("http.timeout"));
}

void TestMonitorPanels::newRunsDoNotMoveWhatIsRead() {
    Desk desk;
    RunsPanel panel(*desk.context);
    panel.resize(1200, 700);
    panel.show();
    auto* table = panel.findChild<QTableView*>(QStringLiteral("runsTable"));
    auto* news = panel.findChild<QToolButton*>(QStringLiteral("runsNews"));
    QTRY_COMPARE(panel.model().rowCount(), static_cast<int>(kRuns));
    table->verticalScrollBar()->setValue(500);
    QTRY_VERIFY(!table->model()->index(500, 0).data(IdRole).toString().isEmpty());
    desk.archive->newer = 7;
    panel.model().refresh();
    QTRY_VERIFY(news->isVisible());
    QVERIFY(news->text().contains(QLatin1Char('7')));
    QCOMPARE(table->verticalScrollBar()->value(), 500);
    // Away and back: the place is kept, and the list is not asked for anew.
    const auto before = desk.archive->requests.size();
    panel.hide();
    panel.show();
    QCOMPARE(table->verticalScrollBar()->value(), 500);
    QVERIFY(std::none_of(desk.archive->requests.begin() + static_cast<std::ptrdiff_t>(before),
                         desk.archive->requests.end(), [](const auto& request) { return request.asOf.empty(); }));
    desk.archive->newer = 0;
    news->click();
    QTRY_VERIFY(!news->isVisible());
    QCOMPARE(table->verticalScrollBar()->value(), 0);
}

void TestMonitorPanels::anErrorIsShownAndRetried() {
    Desk desk;
    desk.archive->failing = true;
    RunsPanel panel(*desk.context);
    panel.show();
    auto* states = panel.findChild<PanelStates*>();
    QTRY_COMPARE(states->state(), PanelStates::State::Error);
    desk.archive->failing = false;
    Q_EMIT states->retryRequested();
    QTRY_COMPARE(states->state(), PanelStates::State::Live);
}

void TestMonitorPanels::theGridShowsRunsOfTheWorkflow() {
    Desk desk;
    auto detail = std::make_shared<protocol::WorkflowDetail>(test::releaseWorkflow());
    desk.context->setWorkflow(detail);
    RunsPanel panel(*desk.context);
    panel.resize(1200, 700);
    panel.show();
    panel.findChild<QToolButton*>(QStringLiteral("runsAsGrid"))->click();
    auto* grid = panel.findChild<RunGridView*>();
    QTRY_COMPARE(grid->columnCount(), 5);
    QCOMPARE(grid->statusAt(1, 3), QStringLiteral("failed"));
    keepPicture(panel, "grid");
    panel.findChild<QCheckBox*>(QStringLiteral("gridFailedOnly"))->setChecked(true);
    QCOMPARE(grid->shownRows(), 1);
    QSignalSpy chosen(&panel, &RunsPanel::runChosen);
    const auto place = grid->cellCentre(0, 3);
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(grid->currentRun(), QStringLiteral("run-1"));
    QTest::keyClick(grid, Qt::Key_Return);
    QCOMPARE(chosen.front().front().toString(), QStringLiteral("run-1"));
}

void TestMonitorPanels::stateOutlastsTheSession() {
    Desk desk;
    RunsPanel first(*desk.context);
    first.restoreState({{QStringLiteral("filter"), QStringLiteral("status:failed")},
                        {QStringLiteral("range"), QStringLiteral("last:3600000000")},
                        {QStringLiteral("grid"), false}});
    RunsPanel second(*desk.context);
    second.restoreState(first.saveState());
    QCOMPARE(second.saveState(), first.saveState());
    second.restoreState({{QStringLiteral("filter"), 5}, {QStringLiteral("range"), QStringLiteral("nonsense")}});
    second.show();
    QTRY_COMPARE(second.model().rowCount(), static_cast<int>(kRuns));
}

void TestMonitorPanels::engineFitsIntoANarrowDock() {
    Desk desk;
    EnginePanel panel(*desk.context);
    panel.resize(900, 900);
    panel.show();
    QTRY_COMPARE(panel.states().state(), PanelStates::State::Live);
    const auto tiles = panel.findChildren<NumberTile*>();
    QCOMPARE(tiles.size(), 6);
    const auto place = [&](int tile) { return tiles[tile]->mapTo(&panel, QPoint(0, 0)); };
    QTRY_COMPARE(place(2).y(), place(0).y());
    panel.resize(310, 900);
    QTRY_VERIFY(place(2).y() > place(0).y());
    QCOMPARE(place(1).y(), place(0).y());
    const auto within = [&](const QWidget* part) {
        return part->mapTo(&panel, QPoint(part->width(), 0)).x() <= panel.width();
    };
    for (const auto* tile : tiles) QTRY_VERIFY2(within(tile), qPrintable(tile->objectName()));
    for (const auto* plot : panel.findChildren<EnginePlots*>()) QTRY_VERIFY(within(plot));
    panel.resize(900, 900);
    QTRY_COMPARE(place(2).y(), place(0).y());
}

void TestMonitorPanels::engineShowsNumbersAndGetsStale() {
    Desk desk;
    desk.archive->stats.threads = 4;
    desk.archive->stats.pool.busy = 3;
    desk.archive->stats.activeRuns = 12;
    desk.archive->stats.journal.window = 60;
    desk.archive->stats.journal.commitP99 = 2'400;
    EnginePanel panel(*desk.context);
    panel.resize(900, 900);
    panel.show();
    QTRY_COMPARE(panel.states().state(), PanelStates::State::Live);
    auto* tile = panel.findChild<NumberTile*>(QStringLiteral("tileActive"));
    QVERIFY(tile->accessibleName().contains(QStringLiteral("12")));
    auto* pool = panel.findChild<KeyValueTable*>(QStringLiteral("factsPool"));
    QCOMPARE(pool->value(QStringLiteral("Threads")), QStringLiteral("3 of 4 busy"));
    auto* plots = panel.findChild<EnginePlots*>();
    QTRY_COMPARE(plots->lastTime(), kNow);
    QCOMPARE(plots->recent(QStringLiteral("steps.rate"), 5).size(), 5);
    keepPicture(panel, "engine");
    desk.archive->failing = true;
    QTRY_COMPARE(panel.states().state(), PanelStates::State::Stale);
    keepPicture(panel, "engine-stale");
    desk.archive->failing = false;
    QTRY_COMPARE(panel.states().state(), PanelStates::State::Live);
}

void TestMonitorPanels::retentionIsChanged() {
    Desk desk;
    EnginePanel panel(*desk.context);
    panel.show();
    QTRY_COMPARE(panel.states().state(), PanelStates::State::Live);
    panel.findChild<QPushButton*>(QStringLiteral("changeRetention"))->click();
    auto* dialog = panel.findChild<QDialog*>(QStringLiteral("retentionDialog"));
    QVERIFY(dialog);
    dialog->findChild<QCheckBox*>(QStringLiteral("retentionAgeOn"))->setChecked(true);
    dialog->findChild<QSpinBox*>(QStringLiteral("retentionAge"))->setValue(7);
    QTest::keyClick(dialog->findChild<QSpinBox*>(QStringLiteral("retentionAge")), Qt::Key_Return);
    QTRY_COMPARE(desk.archive->stats.retention.maxAge, 7LL * 24 * 3600 * 1'000'000);
    QCOMPARE(desk.archive->stats.retention.maxRuns, 0U);
    auto* facts = panel.findChild<KeyValueTable*>(QStringLiteral("factsRetention"));
    QTRY_COMPARE(facts->value(QStringLiteral("Kept for")), QStringLiteral("7 d 00 h"));
}

void TestMonitorPanels::aFullDiskIsTold() {
    Desk desk;
    desk.archive->stats.disk.intakeAllowed = false;
    desk.archive->stats.disk.reason = "Only 10 MB are free";
    EnginePanel panel(*desk.context);
    panel.show();
    auto* tile = panel.findChild<NumberTile*>(QStringLiteral("tileDisk"));
    QTRY_COMPARE(tile->accessibleDescription(), QStringLiteral("too low"));
    desk.archive->stats.disk.intakeAllowed = true;
    QTRY_COMPARE(tile->accessibleDescription(), QString());
}

void TestMonitorPanels::outlineIsInRunOrder() {
    protocol::Graph graph;
    const auto node = [&](const char* id) {
        protocol::GraphNode made;
        made.id = id;
        made.type = "LogNode";
        graph.nodes.push_back(made);
    };
    const auto wire = [&](const char* from, const char* to, const char* kind) {
        protocol::GraphEdge made;
        made.from = from;
        made.to = to;
        made.kind = kind;
        graph.edges.push_back(made);
    };
    for (const char* id : {"last", "first", "middle", "other"}) node(id);
    wire("first", "middle", "data");
    wire("middle", "last", "data");
    wire("last", "first", "loop");
    QCOMPARE(runOrder(graph), (std::vector<int>{1, 2, 0, 3}));
    wire("last", "middle", "data");  // a cycle that nobody marked: every node is listed all the same
    QCOMPARE(runOrder(graph).size(), 4U);
}

void TestMonitorPanels::outlineFollowsAndSetsTheSelection() {
    Desk desk;
    desk.context->setWorkflow(std::make_shared<protocol::WorkflowDetail>(test::releaseWorkflow()));
    OutlinePanel panel(*desk.context);
    panel.show();
    auto* list = panel.findChild<QListView*>(QStringLiteral("outline"));
    QVERIFY(list->model()->rowCount() > 3);
    keepPicture(panel, "outline");
    desk.context->selectNode(QStringLiteral("check"));
    QCOMPARE(list->currentIndex().data(IdRole).toString(), QStringLiteral("check"));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QCOMPARE(desk.context->selectedNode(), list->model()->index(0, 0).data(IdRole).toString());
    auto* search = panel.findChild<QLineEdit*>(QStringLiteral("outlineSearch"));
    QTest::keyClicks(search, QStringLiteral("check"));
    QVERIFY(list->model()->rowCount() >= 1);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(desk.context->selectedNode(), list->model()->index(0, 0).data(IdRole).toString());
}

QTEST_MAIN(TestMonitorPanels)
#include "test_monitor_panels.moc"
