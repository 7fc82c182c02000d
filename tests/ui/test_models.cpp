// The models over a gateway that the test plays: following a run, lists, tables, value trees.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "ui/fake_gateway.h"
#include "ui/models/list_models.h"
#include "ui/models/run_controller.h"
#include "ui/models/run_models.h"
#include "ui/models/run_session.h"
#include "ui/models/value_tree_model.h"
#include "ui/samples.h"
#include "ui/text/roles.h"

using namespace signalbox;
using namespace signalbox::ui;

class TestModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void followsARunFromItsStart();
    void fastRunLosesNoLogLine();
    void eventsOfOtherRunsAreIgnored();
    void itemsDoNotEndTheirNode();
    void startThatFailsClosesAgain();
    void opensAnOldRun();
    void refetchesWhenEventsWereLost();
    void latestRunWins();
    void timelineShowsStatesAndDurations();
    void logIsCapped();
    void commandsTellTheirProblem();
    void lists();
    void findingsWorstFirst();
    void valueTreeIsLazyAndCapped();

private:
    void startSmall();
    test::FakeGateway* gateway_ = nullptr;
    std::unique_ptr<client::GatewayClient> client_;
    std::unique_ptr<RunSession> session_;
    std::unique_ptr<RunController> controller_;
};

void TestModels::init() {
    auto owned = std::make_unique<test::FakeGateway>();
    gateway_ = owned.get();
    gateway_->workflows = {test::smallWorkflow()};
    gateway_->nextRun = test::freshRun(test::smallWorkflow(), "r1", gateway_->now());
    client_ = std::make_unique<client::GatewayClient>(std::move(owned));
    session_ = std::make_unique<RunSession>(*client_);
    session_->setClock([this] { return gateway_->now(); });
    controller_ = std::make_unique<RunController>(*client_, *session_);
}

void TestModels::cleanup() {
    controller_.reset();
    session_.reset();
    client_.reset();
}

void TestModels::startSmall() {
    controller_->start(QStringLiteral("lines"), Value::object());
    QTRY_COMPARE(session_->status(), QStringLiteral("running"));
}

void TestModels::followsARunFromItsStart() {
    QSignalSpy finished(session_.get(), &RunSession::finished);
    controller_->start(QStringLiteral("lines"), Value::object());
    QCOMPARE(session_->status(), QStringLiteral("starting"));
    QTRY_COMPARE(session_->status(), QStringLiteral("running"));
    QCOMPARE(session_->runId(), QStringLiteral("r1"));
    QCOMPARE(session_->nodes().size(), std::size_t(3));
    gateway_->node("r1", "read", "running");
    QTRY_COMPARE(session_->node(QStringLiteral("read"))->status, std::string("running"));
    gateway_->advance(5000);
    gateway_->node("r1", "read", "succeeded");
    QTRY_COMPARE(session_->finishedNodes(), 1);
    QCOMPARE(session_->node(QStringLiteral("read"))->finished - session_->node(QStringLiteral("read"))->started, 5000);
    gateway_->finish("r1", "succeeded", Value::object({{"lines", 9}}));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][0].toBool(), true);
    QCOMPARE(session_->detail().outputs["lines"], Value(9));
    QVERIFY(session_->isFinished());
}

void TestModels::fastRunLosesNoLogLine() {
    LogModel log(*session_);
    // The run is over before its state has been fetched for the first time.
    gateway_->hold("runs.get");
    controller_->start(QStringLiteral("lines"), Value::object());
    QTRY_COMPARE(gateway_->count("runs.get"), 1);
    gateway_->log("r1", "read", "info", "first line");
    gateway_->node("r1", "read", "succeeded");
    gateway_->finish("r1", "succeeded", Value::object());
    QSignalSpy finished(session_.get(), &RunSession::finished);
    gateway_->release("runs.get");
    QTRY_COMPARE(finished.count(), 1);
    QTRY_COMPARE(log.rowCount(), 1);
    QCOMPARE(log.index(0, LogModel::Text).data().toString(), QStringLiteral("first line"));
    QCOMPARE(log.index(0, LogModel::Node).data().toString(), QStringLiteral("Read"));
}

void TestModels::eventsOfOtherRunsAreIgnored() {
    startSmall();
    gateway_->runs.push_back(test::freshRun(test::smallWorkflow(), "other", gateway_->now()));
    gateway_->node("other", "read", "failed");
    gateway_->node("r1", "count", "running");
    QTRY_COMPARE(session_->node(QStringLiteral("count"))->status, std::string("running"));
    QCOMPARE(session_->node(QStringLiteral("read"))->status, std::string("pending"));
}

void TestModels::itemsDoNotEndTheirNode() {
    startSmall();
    gateway_->node("r1", "count", "running");
    for (std::uint32_t i = 0; i < 4; ++i) gateway_->item("r1", "count", i, i < 3 ? "succeeded" : "running");
    QTRY_COMPARE(session_->node(QStringLiteral("count"))->itemsDone, 3U);
    QCOMPARE(session_->node(QStringLiteral("count"))->itemsTotal, 4U);
    QCOMPARE(session_->node(QStringLiteral("count"))->status, std::string("running"));
}

void TestModels::startThatFailsClosesAgain() {
    QSignalSpy problem(controller_.get(), &RunController::problem);
    gateway_->failNext("runs.start",
                       Error{"engine.disk-full", "The disk is nearly full", "", "Free some space.", true});
    controller_->start(QStringLiteral("lines"), Value::object());
    QTRY_COMPARE(problem.count(), 1);
    QVERIFY(!session_->isOpen());
    QCOMPARE(qvariant_cast<Error>(problem[0][0]).code, std::string("engine.disk-full"));
    // Retry starts it.
    qvariant_cast<std::function<void()>>(problem[0][1])();
    QTRY_COMPARE(session_->status(), QStringLiteral("running"));
    QCOMPARE(gateway_->count("runs.start"), 2);
}

void TestModels::opensAnOldRun() {
    auto old = test::freshRun(test::smallWorkflow(), "old", gateway_->now());
    old.summary.status = "failed";
    gateway_->runs.push_back(old);
    QSignalSpy finished(session_.get(), &RunSession::finished);
    session_->open(QStringLiteral("old"));
    QTRY_COMPARE(session_->status(), QStringLiteral("failed"));
    QCOMPARE(gateway_->subscribers(), 0);
    QCOMPARE(finished.count(), 0);
    session_->close();
    QCOMPARE(session_->status(), QString());
    session_->open(QStringLiteral("missing"));
    QSignalSpy failed(session_.get(), &RunSession::failed);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!session_->isOpen());
}

void TestModels::refetchesWhenEventsWereLost() {
    startSmall();
    QSignalSpy refreshed(session_.get(), &RunSession::refreshed);
    gateway_->run("r1").nodes[0].status = "succeeded";
    protocol::EventDto lost;
    lost.kind = "lost";
    lost.runId = "r1";
    gateway_->tell(lost);
    QTRY_COMPARE(refreshed.count(), 1);
    QCOMPARE(session_->node(QStringLiteral("read"))->status, std::string("succeeded"));
}

void TestModels::latestRunWins() {
    gateway_->runs.push_back(test::freshRun(test::smallWorkflow(), "a", 1));
    gateway_->runs.push_back(test::freshRun(test::smallWorkflow(), "b", 1));
    gateway_->hold("runs.get");
    session_->open(QStringLiteral("a"));
    session_->open(QStringLiteral("b"));
    gateway_->release("runs.get");
    QTRY_COMPARE(session_->status(), QStringLiteral("running"));
    QCOMPARE(session_->detail().summary.runId, std::string("b"));
}

void TestModels::timelineShowsStatesAndDurations() {
    TimelineModel timeline(*session_);
    QAbstractItemModelTester tester(&timeline, QAbstractItemModelTester::FailureReportingMode::QtTest);
    startSmall();
    QCOMPARE(timeline.rowCount(), 3);
    gateway_->advance(20'000);
    gateway_->node("r1", "read", "running");
    gateway_->advance(380'000);
    QTRY_COMPARE(timeline.index(0, TimelineModel::State).data(StatusRole).toString(), QStringLiteral("running"));
    QCOMPARE(timeline.index(0, TimelineModel::Duration).data().toString(), QStringLiteral("380 ms"));
    QCOMPARE(timeline.index(0, TimelineModel::Started).data().toString(), QStringLiteral("+20 ms"));
    QCOMPARE(timeline.index(0, TimelineModel::State).data().toString(), QStringLiteral("Running"));
    QCOMPARE(timeline.index(1, TimelineModel::Duration).data().toString(), QString());
    // What has not started sorts behind what has.
    QVERIFY(timeline.index(1, TimelineModel::Started).data(ValueRole).toLongLong() >
            timeline.index(0, TimelineModel::Started).data(ValueRole).toLongLong());
    session_->close();
    QCOMPARE(timeline.rowCount(), 0);
}

void TestModels::logIsCapped() {
    LogModel log(*session_);
    QAbstractItemModelTester tester(&log, QAbstractItemModelTester::FailureReportingMode::QtTest);
    startSmall();
    protocol::EventDto line;
    line.kind = "log";
    line.runId = "r1";
    line.level = "info";
    for (int i = 0; i < LogModel::kMostLines + 5; ++i) {
        line.text = std::to_string(i);
        gateway_->tell(line);
    }
    QTRY_COMPARE(log.dropped(), quint64(5));
    QCOMPARE(log.rowCount(), LogModel::kMostLines);
    QCOMPARE(log.index(0, LogModel::Text).data().toString(), QStringLiteral("5"));
}

void TestModels::commandsTellTheirProblem() {
    startSmall();
    QVERIFY(controller_->canPause() && controller_->canCancel() && !controller_->canResume());
    gateway_->failNext("runs.pause", Error{"run.state", "The run has ended", "", "", false});
    QSignalSpy problem(controller_.get(), &RunController::problem);
    controller_->pause();
    QTRY_COMPARE(problem.count(), 1);
    controller_->cancel();
    QTRY_COMPARE(gateway_->count("runs.cancel"), 1);
    gateway_->finish("r1", "failed", Value::undefined(), protocol::ErrorDto{"a.b", "m", "", "", false});
    QTRY_VERIFY(controller_->canRerunFailed());
    gateway_->nextRun = test::freshRun(test::smallWorkflow(), "r2", gateway_->now());
    controller_->rerunFailed();
    QTRY_COMPARE(session_->runId(), QStringLiteral("r2"));
    QTRY_COMPARE(session_->detail().summary.rerunOf, std::string("r1"));
}

void TestModels::lists() {
    WorkflowListModel workflows;
    QAbstractItemModelTester tester(&workflows, QAbstractItemModelTester::FailureReportingMode::QtTest);
    workflows.setWorkflows({test::smallWorkflow().summary, test::brokenWorkflow().summary});
    QCOMPARE(workflows.index(0).data().toString(), QStringLiteral("Count lines"));
    QCOMPARE(workflows.index(0).data(BadgeRole).toString(), QStringLiteral("v3"));
    QVERIFY(!workflows.index(0).data(SeverityRole).isValid());
    QCOMPARE(workflows.index(1).data(SeverityRole).toString(), QStringLiteral("error"));
    QCOMPARE(workflows.rowOf(QStringLiteral("orders")), 1);
    RunListModel runs([this] { return gateway_->now(); });
    QAbstractItemModelTester runTester(&runs, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto run = test::freshRun(test::smallWorkflow(), "r9", gateway_->now() - 120'000'000).summary;
    runs.setRuns({run});
    QCOMPARE(runs.index(0).data(BadgeRole).toString(), QStringLiteral("2 min ago"));
    run.status = "failed";
    run.errorCode = "http.timeout";
    runs.update(run);
    QCOMPARE(runs.rowCount(), 1);
    QVERIFY(runs.index(0).data(DetailRole).toString().contains(QStringLiteral("http.timeout")));
    run.runId = "r10";
    runs.update(run);
    QCOMPARE(runs.rowOf(QStringLiteral("r10")), 0);
}

void TestModels::findingsWorstFirst() {
    FindingsModel findings;
    QAbstractItemModelTester tester(&findings, QAbstractItemModelTester::FailureReportingMode::QtTest);
    findings.setFindings(test::brokenWorkflow().findings);
    QCOMPARE(findings.index(0).data(SeverityRole).toString(), QStringLiteral("error"));
    QCOMPARE(findings.index(2).data(SeverityRole).toString(), QStringLiteral("warning"));
    QCOMPARE(findings.index(0).data(IdRole).toString(), QStringLiteral("read"));
    QVERIFY(findings.index(0).data(DetailRole).toString().contains(QStringLiteral("line 6, column 48")));
}

void TestModels::valueTreeIsLazyAndCapped() {
    ValueTreeModel tree;
    QAbstractItemModelTester tester(&tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<Value> many;
    for (int i = 0; i < 1500; ++i) many.emplace_back(i);
    tree.setValue(
        Value::object({{"many", Value::array(many)}, {"deep", Value::object({{"a", Value::array({1, 2})}})}}));
    QCOMPARE(tree.rowCount(), 2);
    const auto first = tree.index(0, 0);
    QCOMPARE(tree.index(0, 1).data().toString(), QStringLiteral("1500 item(s)"));
    QCOMPARE(tree.rowCount(first), ValueTreeModel::kMostChildren + 1);
    QCOMPARE(tree.index(ValueTreeModel::kMostChildren, 1, first).data().toString(), QStringLiteral("and 500 more"));
    QVERIFY(tree.valueAt(tree.index(ValueTreeModel::kMostChildren, 1, first)).isUndefined());
    const auto deep = tree.index(0, 0, tree.index(1, 0));
    QCOMPARE(tree.index(1, 1, deep).data().toString(), QStringLiteral("2"));
    QCOMPARE(tree.parent(deep), tree.index(1, 0));
    tree.setValue(Value("only text"));
    QCOMPARE(tree.rowCount(), 1);
    QCOMPARE(tree.index(0, 1).data().toString(), QStringLiteral("only text"));
    tree.setValue(Value::undefined());
    QCOMPARE(tree.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestModels)
#include "test_models.moc"
