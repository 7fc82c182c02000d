// The panel of the followed run: chart, log, signals, inputs, journal and comparison. The gateway is played.
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include "client/gateway_client.h"
#include "ui/charts/gantt_view.h"
#include "ui/models/run_journal.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_panel.h"
#include "ui/panels/value_view.h"
#include "ui/samples.h"
#include "ui/text/roles.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr std::int64_t kNow = 1'767'000'000'000'000;
constexpr std::uint64_t kLines = 2'500;
constexpr std::uint64_t kRecords = 1'200;

/// Has runs of one workflow, each with a log, a journal and a timeline that are made when they are asked for.
class Archive : public client::Transport {
public:
    struct Silence : client::SubscriptionHandle {};
    std::unique_ptr<client::SubscriptionHandle> subscribe(
        protocol::EventFilter, std::function<void(std::vector<protocol::EventDto>)> receive) override {
        receivers.push_back(std::move(receive));
        return std::make_unique<Silence>();
    }

    void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) override {
        const std::string name = request.visit([](const auto& r) { return std::string(r.kName); });
        calls.push_back(name);
        if (name == failing) return done(tl::unexpected(Error{"gateway.lost", "No answer", "", "", true}));
        if (const auto* get = request.get<protocol::GetRun>()) return done(runs.at(get->runId));
        if (const auto* bars = request.get<protocol::GetRunTimeline>()) return done(timelineOf(*bars));
        if (const auto* logs = request.get<protocol::GetRunLogs>()) return done(logsOf(*logs));
        if (const auto* page = request.get<protocol::GetRunJournal>()) return done(journalOf(*page));
        if (const auto* list = request.get<protocol::ListRuns>()) return done(listOf(*list));
        if (const auto* node = request.get<protocol::GetRunNode>()) return done(nodeOf(*node));
        if (request.is<protocol::ListPending>()) return done(pending);
        if (request.is<protocol::GetWorkflow>()) return done(workflow);
        if (request.is<protocol::GetGatewayInfo>()) return done(protocol::GatewayInfo{});
        if (request.is<protocol::ListNodeTypes>()) return done(protocol::NodeTypeList{});
        if (const auto* signal = request.get<protocol::SignalRun>()) signals_.push_back(*signal);
        if (const auto* rerun = request.get<protocol::RerunRun>()) {
            reruns.push_back(*rerun);
            return done(protocol::RunRef{"run-2"});
        }
        done(protocol::Empty{});
    }

    protocol::RunTimeline timelineOf(const protocol::GetRunTimeline& request) {
        timelines.push_back(request);
        protocol::RunTimeline made = timeline;
        made.total = static_cast<std::uint32_t>(timeline.bar.size());
        return made;
    }

    void addBar(std::uint32_t node, std::int64_t started, std::int64_t ended, char outcome) {
        timeline.bar.push_back(static_cast<std::uint32_t>(timeline.bar.size()));
        timeline.node.push_back(node);
        timeline.item.push_back(-1);
        timeline.generation.push_back(0);
        timeline.attempt.push_back(1);
        timeline.ready.push_back(started);
        timeline.started.push_back(started);
        timeline.ended.push_back(ended);
        timeline.phases += 'r';
        timeline.outcomes += outcome;
        ++timeline.seq;
    }

    // Line n is of "read" when n is odd, otherwise of "count"; every hundredth is an error.
    protocol::RunLogPage logsOf(const protocol::GetRunLogs& request) {
        logRequests.push_back(request);
        protocol::RunLogPage page;
        page.kept = kLines;
        page.dropped = 40;
        std::uint64_t line = request.fromLine > 0 ? request.fromLine : kLines;
        for (; line > 0 && page.lines.size() < request.limit; --line) {
            protocol::LogLineDto dto;
            dto.line = line;
            dto.wall = kNow - static_cast<std::int64_t>(kLines - line) * 1'000;
            dto.level = line % 100 == 0 ? "error" : "info";
            dto.nodeId = line % 2 == 1 ? "read" : "count";
            dto.text = "line " + std::to_string(line);
            if (request.level == "error" && dto.level != "error") continue;
            if (!request.nodeId.empty() && request.nodeId != dto.nodeId) continue;
            if (dto.text.find(request.text) == std::string::npos) continue;
            page.lines.insert(page.lines.begin(), dto);
        }
        page.more = line > 0;
        return page;
    }

    static protocol::JournalPage journalOf(const protocol::GetRunJournal& request) {
        protocol::JournalPage page;
        page.lastSeq = kRecords;
        std::uint64_t seq = std::max<std::uint64_t>(request.fromSeq, 1);
        for (; seq <= kRecords && page.records.size() < request.limit; ++seq) {
            protocol::JournalRecordDto record;
            record.seq = seq;
            record.kind = seq % 2 == 1 ? "node-started" : "node-succeeded";
            record.node = seq % 4 < 2 ? "read" : "count";
            record.wall = kNow + static_cast<std::int64_t>(seq);
            record.attempt = 1;
            record.took = 15'000;
            record.payload = Value("payload " + std::to_string(seq));
            if (!request.nodeId.empty() && request.nodeId != record.node) continue;
            if (!request.kinds.empty() && request.kinds.front() != record.kind) continue;
            page.records.push_back(record);
        }
        page.nextSeq = seq <= kRecords ? seq : 0;
        return page;
    }

    protocol::RunList listOf(const protocol::ListRuns& request) const {
        protocol::RunList list;
        for (const auto& [id, run] : runs) {
            if (run.summary.workflowId == request.workflowId) list.runs.push_back(run.summary);
        }
        list.total = list.runs.size();
        return list;
    }

    static protocol::NodeData nodeOf(const protocol::GetRunNode& request) {
        protocol::NodeData data;
        data.inputs = Value("input of " + request.nodeId);
        data.outputs = Value(request.runId + " wrote this");
        return data;
    }

    [[nodiscard]] int count(const std::string& name) const {
        return static_cast<int>(std::count(calls.begin(), calls.end(), name));
    }

    void tell(protocol::EventDto event) {
        event.seq = ++seq;
        event.wall = kNow;
        const auto all = receivers;
        for (const auto& receive : all) receive({event});
    }

    void tellNode(const std::string& id, const std::string& status) {
        protocol::EventDto event;
        event.kind = "node";
        event.runId = "run-1";
        event.nodeId = id;
        event.status = status;
        tell(event);
    }

    void tellLine(const std::string& level, const std::string& text) {
        protocol::EventDto event;
        event.kind = "log";
        event.runId = "run-1";
        event.nodeId = "write";
        event.level = level;
        event.text = text;
        tell(event);
    }

    protocol::WorkflowDetail workflow = test::smallWorkflow();
    std::map<std::string, protocol::RunDetail> runs;
    protocol::RunTimeline timeline;
    protocol::PendingList pending;
    std::vector<std::string> calls;
    std::vector<protocol::GetRunTimeline> timelines;
    std::vector<protocol::GetRunLogs> logRequests;
    std::vector<protocol::SignalRun> signals_;
    std::vector<protocol::RerunRun> reruns;
    std::vector<std::function<void(std::vector<protocol::EventDto>)>> receivers;
    std::string failing;
    std::uint64_t seq = 100;
};

/// A panel that shows run-1, which goes on unless told otherwise.
struct Desk {
    explicit Desk(const std::string& status = "running",
                  const protocol::WorkflowDetail& workflow = test::smallWorkflow()) {
        auto owned = std::make_unique<Archive>();
        archive = owned.get();
        archive->workflow = workflow;
        archive->timeline.origin = kNow;
        for (const auto& node : workflow.graph.nodes) archive->timeline.nodes.push_back(node.id);
        for (const auto* id : {"run-1", "run-2"}) {
            auto run = test::freshRun(workflow, id, kNow);
            run.eventSeq = 100;
            run.summary.status = status;
            run.outputs = Value(std::string("result of ") + id);
            archive->runs[id] = run;
        }
        client = std::make_unique<client::GatewayClient>(std::move(owned));
        context = std::make_unique<PanelContext>(*client);
        context->run().setClock([] { return kNow + 5'000'000; });
        context->setWorkflow(std::make_shared<protocol::WorkflowDetail>(workflow));
        panel = std::make_unique<RunPanel>(*context);
        panel->resize(1200, 600);
        panel->show();
        context->run().open(QStringLiteral("run-1"));
    }

    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        return panel->findChild<Widget*>(QLatin1String(name));
    }
    void openTab(const QString& title) const {
        auto* tabs = part<QTabWidget>("runTabs");
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i) == title) return tabs->setCurrentIndex(i);
        }
        QFAIL("no such tab");
    }
    [[nodiscard]] bool loaded() const { return context->run().isOpen() && !context->run().isStarting(); }

    Archive* archive;
    std::unique_ptr<client::GatewayClient> client;
    std::unique_ptr<PanelContext> context;
    std::unique_ptr<RunPanel> panel;
};

QString cell(const QAbstractItemView& view, int row, int column) {
    return view.model()->index(row, column).data().toString();
}

}  // namespace

class TestRunPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::current().setReducedMotion(true); }
    void aTabCostsNothingUntilItIsOpened();
    void chartFollowsTheRun();
    void chartAndSelectionFollowEachOther();
    void chartTellsAnErrorAndTriesAgain();
    void storedLogIsPagedBackwards();
    void logIsFilteredAtTheGateway();
    void liveLinesComeBehindStoredOnes();
    void manyLiveLinesAreFoundInTheStore();
    void aSignalIsSent();
    void approvalsAskForNoSignal();
    void runsAgainWithOtherInputs();
    void journalIsPagedAndFiltered();
    void runsAreCompared();
    void comparingNeedsAnotherRun();
    void everyControlHasNames();
};

void TestRunPanel::aTabCostsNothingUntilItIsOpened() {
    Desk desk("succeeded");
    QTRY_VERIFY(desk.loaded());
    QVERIFY(!desk.part<GanttView>("runGantt"));
    QCoreApplication::processEvents();
    for (const auto* call : {"runs.timeline", "runs.logs", "runs.journal", "runs.pending", "runs.list"}) {
        QCOMPARE(desk.archive->count(call), 0);
    }
}

void TestRunPanel::chartFollowsTheRun() {
    Desk desk;
    desk.archive->addBar(0, 0, 1'000'000, 's');
    desk.archive->addBar(1, 1'000'000, -1, ' ');
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Gantt"));
    auto* chart = desk.part<GanttView>("runGantt");
    QVERIFY(chart);
    QTRY_COMPARE(chart->data().barCount(), 2);
    QCOMPARE(chart->data().rowCount(), 3);
    QCOMPARE(chart->data().title(1), QStringLiteral("Count lines"));
    QCOMPARE(desk.archive->timelines.front().afterSeq, 0U);
    // The next call asks only for what changed since, and a bar of a number replaces the one that was there.
    desk.archive->timeline.ended[1] = 2'000'000;
    desk.archive->timeline.outcomes[1] = 's';
    desk.archive->addBar(2, 2'000'000, -1, ' ');
    desk.archive->tellNode("write", "running");
    QTRY_COMPARE(chart->data().barCount(), 3);
    QCOMPARE(chart->data().bar(1).outcome, 's');
    QVERIFY(desk.archive->timelines.back().afterSeq > 0);
    // Behind another tab nothing is asked.
    desk.openTab(QStringLiteral("Result"));
    const auto asked = desk.archive->timelines.size();
    desk.archive->tellNode("write", "waiting");
    // The bar of signals asks later than the chart would have done.
    QTRY_COMPARE(desk.archive->count("runs.pending"), 1);
    QCOMPARE(desk.archive->timelines.size(), asked);
    desk.openTab(QStringLiteral("Gantt"));
    QTRY_VERIFY(desk.archive->timelines.size() > asked);
}

void TestRunPanel::chartAndSelectionFollowEachOther() {
    Desk desk("succeeded");
    desk.archive->addBar(0, 0, 1'000'000, 's');
    QTRY_VERIFY(desk.loaded());
    desk.context->selectNode(QStringLiteral("count"));
    desk.openTab(QStringLiteral("Gantt"));
    auto* chart = desk.part<GanttView>("runGantt");
    QTRY_COMPARE(chart->selectedRow(), QStringLiteral("count"));
    desk.context->selectNode(QStringLiteral("write"));
    QCOMPARE(chart->selectedRow(), QStringLiteral("write"));
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_Up);
    QCOMPARE(desk.context->selectedNode(), QStringLiteral("count"));
}

void TestRunPanel::chartTellsAnErrorAndTriesAgain() {
    Desk desk("succeeded");
    desk.archive->addBar(0, 0, 1'000'000, 's');
    desk.archive->failing = "runs.timeline";
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Gantt"));
    auto* states = desk.part<QWidget>("runGanttPage")->findChild<PanelStates*>();
    QTRY_COMPARE(states->state(), PanelStates::State::Error);
    desk.archive->failing.clear();
    Q_EMIT states->retryRequested();
    QTRY_COMPARE(states->state(), PanelStates::State::Live);
}

void TestRunPanel::storedLogIsPagedBackwards() {
    Desk desk("succeeded");
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Log"));
    auto* table = desk.part<QTableView>("logTable");
    QTRY_COMPARE(table->model()->rowCount(), 1'000);
    QCOMPARE(cell(*table, 999, 3), QStringLiteral("line 2500"));
    auto* earlier = desk.part<QPushButton>("logEarlier");
    QVERIFY(earlier->isEnabled());
    earlier->click();
    QTRY_COMPARE(table->model()->rowCount(), 2'000);
    QTRY_VERIFY(earlier->isEnabled());
    earlier->click();
    QTRY_COMPARE(table->model()->rowCount(), static_cast<int>(kLines));
    QCOMPARE(cell(*table, 0, 3), QStringLiteral("line 1"));
    QVERIFY(!earlier->isEnabled());
    auto* dropped = desk.part<QLabel>("logDropped");
    QVERIFY(dropped->isVisible());
    QVERIFY(dropped->text().contains(QStringLiteral("40")));
}

void TestRunPanel::logIsFilteredAtTheGateway() {
    Desk desk("succeeded");
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Log"));
    auto* table = desk.part<QTableView>("logTable");
    QTRY_COMPARE(table->model()->rowCount(), 1'000);
    auto* level = desk.part<QComboBox>("logLevel");
    level->setCurrentIndex(level->findData(QStringLiteral("error")));
    QTRY_COMPARE(table->model()->rowCount(), 25);
    auto* text = desk.part<QLineEdit>("logSearch");
    QTest::keyClicks(text, QStringLiteral("line 2400"));
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    text->clear();
    level->setCurrentIndex(0);
    desk.context->selectNode(QStringLiteral("read"));
    desk.part<QCheckBox>("logOfNode")->setChecked(true);
    QTRY_COMPARE(desk.archive->logRequests.back().nodeId, std::string("read"));
    QTRY_COMPARE(cell(*table, 0, 2), QStringLiteral("Read"));
    desk.context->selectNode(QStringLiteral("count"));
    QTRY_COMPARE(cell(*table, 0, 2), QStringLiteral("Count lines"));
}

void TestRunPanel::liveLinesComeBehindStoredOnes() {
    Desk desk;
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Log"));
    auto* table = desk.part<QTableView>("logTable");
    QTRY_COMPARE(table->model()->rowCount(), 1'000);
    desk.archive->tellLine("info", "fresh");
    QTRY_COMPARE(table->model()->rowCount(), 1'001);
    QCOMPARE(cell(*table, 1'000, 3), QStringLiteral("fresh"));
    // A filter keeps what is live and not stored yet, and holds for what comes.
    auto* level = desk.part<QComboBox>("logLevel");
    level->setCurrentIndex(level->findData(QStringLiteral("error")));
    QTRY_COMPARE(table->model()->rowCount(), 25);
    desk.archive->tellLine("info", "not this one");
    desk.archive->tellLine("error", "broken");
    QTRY_COMPARE(table->model()->rowCount(), 26);
    QCOMPARE(cell(*table, 25, 3), QStringLiteral("broken"));
    level->setCurrentIndex(0);
    QTRY_COMPARE(table->model()->rowCount(), 1'003);
}

void TestRunPanel::manyLiveLinesAreFoundInTheStore() {
    Desk desk("failed");
    QTRY_VERIFY(desk.loaded());
    desk.context->controller().rerunFailed();
    desk.archive->runs["run-2"].summary.status = "running";
    QTRY_COMPARE(desk.context->run().runId(), QStringLiteral("run-2"));
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Log"));
    std::vector<protocol::EventDto> lines(LogModel::kMostLines + 5);
    for (auto& line : lines) {
        line.seq = ++desk.archive->seq;
        line.kind = "log";
        line.runId = "run-2";
        line.wall = kNow - 10'000'000;
        line.text = "live";
    }
    // What was listened to from its start is not asked for.
    auto* earlier = desk.part<QPushButton>("logEarlier");
    QVERIFY(!earlier->isEnabled());
    desk.archive->receivers.back()(lines);
    auto* table = desk.part<QTableView>("logTable");
    QTRY_COMPARE(table->model()->rowCount(), LogModel::kMostLines);
    QVERIFY(desk.archive->logRequests.empty());
    QTRY_VERIFY(earlier->isEnabled());
    earlier->click();
    QTRY_COMPARE(cell(*table, 0, 3), QStringLiteral("line 1501"));
    QCOMPARE(table->model()->rowCount(), 1'000);
}

void TestRunPanel::aSignalIsSent() {
    Desk desk;
    QTRY_VERIFY(desk.loaded());
    protocol::PendingItem item;
    item.kind = "signal";
    item.runId = "run-1";
    item.nodeId = "count";
    item.title = "Count lines";
    item.name = "go";
    auto other = item;
    other.runId = "run-9";
    other.nodeId = "read";
    desk.archive->pending.items = {other, item};
    auto* bar = desk.part<QWidget>("signalBar");
    QVERIFY(!bar->isVisible());
    desk.archive->tellNode("count", "waiting");
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(desk.part<QLineEdit>("signalName")->text(), QStringLiteral("go"));
    auto* value = desk.part<QLineEdit>("signalValue");
    QTest::keyClicks(value, QStringLiteral("{\"ok\": "));
    desk.part<QPushButton>("signalSend")->click();
    QVERIFY(desk.part<QWidget>("signalMessage")->isVisible());
    QVERIFY(desk.archive->signals_.empty());
    QTest::keyClicks(value, QStringLiteral("true}"));
    QVERIFY(!desk.part<QWidget>("signalMessage")->isVisible());
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_COMPARE(desk.archive->signals_.size(), 1U);
    QCOMPARE(desk.archive->signals_.front().runId, std::string("run-1"));
    QCOMPARE(desk.archive->signals_.front().name, std::string("go"));
    QVERIFY(desk.archive->signals_.front().value["ok"].asBoolean());
    QTRY_VERIFY(!bar->isVisible());
}

void TestRunPanel::approvalsAskForNoSignal() {
    auto workflow = test::smallWorkflow();
    workflow.graph.nodes[1].type = "ApprovalNode";
    Desk desk("running", workflow);
    QTRY_VERIFY(desk.loaded());
    desk.archive->tellNode("count", "waiting");
    desk.archive->tellNode("read", "running");
    QElapsedTimer since;
    since.start();
    QTRY_VERIFY(since.hasExpired(200));
    QCOMPARE(desk.archive->count("runs.pending"), 0);
}

void TestRunPanel::runsAgainWithOtherInputs() {
    const auto workflow = test::workflowWithInputs();
    Desk desk("succeeded", workflow);
    ObjectBuilder inputs;
    inputs.set("name", Value("Ada"));
    inputs.set("count", Value(7));
    desk.archive->runs["run-1"].inputs = std::move(inputs).build();
    desk.context->run().close();
    desk.context->run().open(QStringLiteral("run-1"));
    QTRY_VERIFY(desk.loaded());
    auto* again = desk.part<QPushButton>("rerunInputs");
    QTRY_VERIFY(again->isVisible());
    again->click();
    QTRY_VERIFY(desk.part<QDialog>("inputsDialog"));
    auto* name = desk.part<QLineEdit>("input.name");
    QCOMPARE(name->text(), QStringLiteral("Ada"));
    QCOMPARE(desk.part<QLineEdit>("input.count")->text(), QStringLiteral("7"));
    name->setText(QStringLiteral("Grace"));
    desk.part<QPushButton>("inputsRun")->click();
    QTRY_COMPARE(desk.archive->reruns.size(), 1U);
    const auto& rerun = desk.archive->reruns.front();
    QCOMPARE(rerun.runId, std::string("run-1"));
    QCOMPARE(rerun.mode, std::string("all"));
    QVERIFY(rerun.inputs);
    QCOMPARE((*rerun.inputs)["name"].asString(), std::string_view("Grace"));
    QCOMPARE((*rerun.inputs)["count"].asInteger(), 7);
    QTRY_COMPARE(desk.context->run().runId(), QStringLiteral("run-2"));
}

void TestRunPanel::journalIsPagedAndFiltered() {
    Desk desk("succeeded");
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Journal"));
    auto* table = desk.part<QTableView>("journalTable");
    QVERIFY(table);
    auto* model = table->model();
    QTRY_COMPARE(model->rowCount(), 1'000);
    QVERIFY(model->canFetchMore({}));
    model->fetchMore({});
    QTRY_COMPARE(model->rowCount(), static_cast<int>(kRecords));
    QVERIFY(!model->canFetchMore({}));
    QCOMPARE(cell(*table, 0, RunJournalModel::Kind), QStringLiteral("node-started"));
    QCOMPARE(cell(*table, 0, RunJournalModel::Node), QStringLiteral("Read"));
    QCOMPARE(cell(*table, 0, RunJournalModel::Took), QStringLiteral("15 ms"));
    table->setCurrentIndex(model->index(6, 0));
    auto* content = desk.part<QWidget>("runJournalPage")->findChild<ValueView*>();
    QCOMPARE(content->value().asString(), std::string_view("payload 7"));
    auto* kind = desk.part<QComboBox>("journalKind");
    kind->setCurrentIndex(kind->findData(QStringLiteral("node-succeeded")));
    QTRY_COMPARE(model->rowCount(), 600);
    QCOMPARE(cell(*table, 599, RunJournalModel::Kind), QStringLiteral("node-succeeded"));
    desk.context->selectNode(QStringLiteral("count"));
    desk.part<QCheckBox>("journalOfNode")->setChecked(true);
    QTRY_COMPARE(model->rowCount(), 300);
    QCOMPARE(cell(*table, 299, RunJournalModel::Node), QStringLiteral("Count lines"));
}

void TestRunPanel::runsAreCompared() {
    Desk desk("succeeded");
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Compare"));
    auto* diff = desk.part<DiffView>("compareDiff");
    QVERIFY(diff);
    QCOMPARE(desk.part<QComboBox>("compareRun")->count(), 0);
    QTRY_COMPARE(desk.part<QComboBox>("compareRun")->count(), 1);
    QTRY_COMPARE(diff->added(), 1);
    QCOMPARE(diff->removed(), 1);
    QVERIFY(diff->plainText().contains(QStringLiteral("result of run-1")));
    QVERIFY(diff->plainText().contains(QStringLiteral("result of run-2")));
    auto* what = desk.part<QComboBox>("compareWhat");
    auto* states = desk.part<QWidget>("runComparePage")->findChild<PanelStates*>();
    what->setCurrentIndex(2);
    QCOMPARE(states->state(), PanelStates::State::Empty);
    desk.context->selectNode(QStringLiteral("count"));
    QTRY_VERIFY(diff->plainText().contains(QStringLiteral("run-2 wrote this")));
    what->setCurrentIndex(1);
    QTRY_COMPARE(desk.part<QLabel>("compareSummary")->text(), QStringLiteral("No difference"));
    QCOMPARE(diff->added() + diff->removed(), 0);
    QTRY_COMPARE(states->state(), PanelStates::State::Live);
}

void TestRunPanel::comparingNeedsAnotherRun() {
    Desk desk("succeeded");
    desk.archive->runs.erase("run-2");
    QTRY_VERIFY(desk.loaded());
    desk.openTab(QStringLiteral("Compare"));
    auto* states = desk.part<QWidget>("runComparePage")->findChild<PanelStates*>();
    QTRY_COMPARE(states->state(), PanelStates::State::Empty);
    QVERIFY(!desk.part<QComboBox>("compareRun")->isVisible());
}

void TestRunPanel::everyControlHasNames() {
    Desk desk("succeeded");
    desk.archive->addBar(0, 0, 1'000'000, 's');
    QTRY_VERIFY(desk.loaded());
    auto* tabs = desk.part<QTabWidget>("runTabs");
    for (int i = 0; i < tabs->count(); ++i) {
        tabs->setCurrentIndex(i);
        QCoreApplication::processEvents();
        for (const auto* widget : desk.panel->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusProxy() || (widget->focusPolicy() & Qt::TabFocus) == 0) continue;
            const auto what =
                QStringLiteral("%1 %2").arg(tabs->tabText(i), QLatin1String(widget->metaObject()->className()));
            QVERIFY2(!widget->objectName().isEmpty(), qPrintable(what));
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(what + widget->objectName()));
        }
    }
}

QTEST_MAIN(TestRunPanel)
#include "test_run_panel.moc"
