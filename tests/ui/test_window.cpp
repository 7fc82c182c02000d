// What a person does with the window: open, run, watch, decide, look into results and errors.
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QDockWidget>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

#include "ui/text/roles.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/state_badge.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

class TestWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void listsWorkflowsAndOpensOne();
    void searchFilters();
    void emptyWorkspaceOffersToLookAgain();
    void unknownWorkflowIsToldInline();
    void runsAndShowsTheResult();
    void failureShowsCodeAndHint();
    void startErrorCanBeRetried();
    void approvalBarDecides();
    void rejectedWithComment();
    void pauseAndCancel();
    void longRunTellsHowMuchIsLeft();
    void inputsAreAskedFor();
    void wrongInputsAreRefused();
    void runCurrentUsesDefaults();
    void findingsLeadToTheirNode();
    void dataOfANodeIsFetchedWhenLookedAt();
    void oldRunIsOpened();
    void openThenRunWaits();
    void closesCleanlyWhileBusy();
    void themesAndDensity();

private:
    void open(const char* id);
    std::unique_ptr<test::WindowFixture> f_;
};

void TestWindow::init() {
    f_ = std::make_unique<test::WindowFixture>();
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
}

void TestWindow::cleanup() { f_.reset(); }

void TestWindow::open(const char* id) {
    f_->window->openWorkflow(QLatin1String(id));
    QTRY_COMPARE(f_->openId(), QLatin1String(id));
}

void TestWindow::listsWorkflowsAndOpensOne() {
    auto* list = f_->part<QListView>("workflowList");
    const auto row = list->model()->index(1, 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(row).center());
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    QCOMPARE(f_->canvas().scene().nodes.size(), 3);
    QCOMPARE(f_->part<QLabel>("workflowTitle")->text(), QStringLiteral("Count lines"));
    QVERIFY(f_->part<QLabel>("workflowVersion")->text().contains(QStringLiteral("3 nodes")));
    QCOMPARE(list->currentIndex().data(IdRole).toString(), QStringLiteral("lines"));
}

void TestWindow::searchFilters() {
    auto* search = f_->part<QLineEdit>("workflowSearch");
    auto* list = f_->part<QListView>("workflowList");
    QTest::keyClicks(search, QStringLiteral("nightly"));
    QCOMPARE(list->model()->rowCount(), 1);
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(f_->openId(), QStringLiteral("release"));
    search->setText(QStringLiteral("nothing like this"));
    QCOMPARE(list->model()->rowCount(), 0);
    auto* clear = f_->part<QWidget>("workflowListPanel")->findChild<QPushButton*>(QStringLiteral("emptyStateAction"));
    QVERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QCOMPARE(list->model()->rowCount(), 4);
}

void TestWindow::emptyWorkspaceOffersToLookAgain() {
    f_->gateway->workflows.clear();
    f_->part<QAction>("actionReload")->trigger();
    auto* again = f_->part<QWidget>("workflowListPanel")->findChild<QPushButton*>(QStringLiteral("emptyStateAction"));
    QTRY_VERIFY(again->isVisible());
    f_->gateway->workflows = {test::smallWorkflow()};
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 1);
}

void TestWindow::unknownWorkflowIsToldInline() {
    f_->window->openWorkflow(QStringLiteral("nowhere"));
    auto* notice = f_->part<QWidget>("canvasPanel")->findChild<NoticeBar*>();
    QTRY_VERIFY(notice->isVisible());
    QCOMPARE(notice->message(), QStringLiteral("There is no workflow \"nowhere\""));
    QVERIFY(notice->diagnostics().contains(QStringLiteral("workflow.unknown")));
    QTest::mouseClick(notice->findChild<QPushButton*>(QStringLiteral("noticeCopy")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), notice->diagnostics());
    QVERIFY(!QApplication::activeModalWidget());
    f_->gateway->workflows.push_back(test::smallWorkflow());
    f_->gateway->workflows.back().summary.id = "nowhere";
    QTest::mouseClick(notice->findChild<QPushButton*>(QStringLiteral("noticeRetry")), Qt::LeftButton);
    QTRY_COMPARE(f_->openId(), QStringLiteral("nowhere"));
    QVERIFY(!notice->isVisible());
}

void TestWindow::runsAndShowsTheResult() {
    open("lines");
    f_->prepareRun(test::smallWorkflow(), "r1");
    QSignalSpy finished(f_->window.get(), &MainWindow::runFinished);
    QTest::mouseClick(f_->part<QPushButton>("runButton"), Qt::LeftButton);
    auto* badge = f_->part<StateBadge>("runState");
    QTRY_COMPARE(badge->status(), QStringLiteral("running"));
    f_->gateway->node("r1", "read", "running");
    QTRY_COMPARE(f_->canvas().states().of(0).status, QStringLiteral("running"));
    QCOMPARE(f_->part<QTableView>("timelineTable")->model()->index(0, 0).data(StatusRole).toString(),
             QStringLiteral("running"));
    for (const auto* node : {"read", "count", "write"}) f_->gateway->node("r1", node, "succeeded");
    f_->gateway->log("r1", "count", "info", "9 lines");
    f_->gateway->finish("r1", "succeeded", Value::object({{"lines", 9}}));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][0].toBool(), true);
    QCOMPARE(badge->status(), QStringLiteral("succeeded"));
    QCOMPARE(badge->accessibleName(), QStringLiteral("Done"));
    QCOMPARE(f_->part<QProgressBar>("runProgress")->value(), 3);
    QCOMPARE(f_->canvas().states().of(2).status, QStringLiteral("succeeded"));
    QCOMPARE(f_->part<QTableView>("logTable")->model()->rowCount(), 1);
    f_->part<QTabWidget>("runTabs")->setCurrentIndex(2);
    auto* tree = f_->part<QTreeView>("runOutputsTree");
    QVERIFY(tree->isVisible());
    QCOMPARE(tree->model()->index(0, 1).data().toString(), QStringLiteral("9"));
    QCOMPARE(f_->part<QListView>("runList")->model()->index(0, 0).data(StatusRole).toString(),
             QStringLiteral("succeeded"));
}

void TestWindow::failureShowsCodeAndHint() {
    open("lines");
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    const protocol::ErrorDto error{"file.missing", "There is no file lines.txt", "read", "Create it first.", false};
    auto failedNode = f_->gateway->run("r1").nodes[0];
    failedNode.status = "failed";
    failedNode.error = error;
    f_->gateway->nodeData["read"] = {failedNode, Value::undefined(), Value::undefined(), {}};
    // The event carries no hint; it is fetched.
    f_->gateway->node("r1", "read", "failed", 1, protocol::ErrorDto{"file.missing", error.message, "", "", false});
    QSignalSpy finished(f_->window.get(), &MainWindow::runFinished);
    f_->gateway->finish("r1", "failed", Value::undefined(), error);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][0].toBool(), false);
    f_->canvas().selectNode(QStringLiteral("read"));
    auto* details = f_->part<QWidget>("detailsPanel");
    auto* view = details->findChild<QWidget*>(QStringLiteral("errorView"));
    QVERIFY(view->isVisible());
    QCOMPARE(view->findChild<QLabel*>(QStringLiteral("errorCode"))->text(), QStringLiteral("file.missing"));
    QTRY_COMPARE(view->findChild<QLabel*>(QStringLiteral("errorHint"))->text(), QStringLiteral("Create it first."));
    QTest::mouseClick(view->findChild<QToolButton*>(QStringLiteral("errorCopy")), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("There is no file lines.txt")));
    QVERIFY(f_->part<QPushButton>("rerunFailed")->isVisible());
    QVERIFY(f_->part<QAction>("actionRerunFrom")->isEnabled());
}

void TestWindow::startErrorCanBeRetried() {
    open("lines");
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->gateway->failNext("runs.start", Error{"engine.stopped", "The engine is stopping", "", "Start it again.", true});
    f_->part<QAction>("actionRun")->trigger();
    auto* notice = f_->part<QWidget>("canvasPanel")->findChild<NoticeBar*>();
    QTRY_VERIFY(notice->isVisible());
    QVERIFY(f_->part<QAction>("actionRun")->isEnabled());
    QTest::mouseClick(notice->findChild<QPushButton*>(QStringLiteral("noticeRetry")), Qt::LeftButton);
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
}

void TestWindow::approvalBarDecides() {
    open("release");
    f_->prepareRun(test::releaseWorkflow(), "r1");
    auto* bar = f_->part<QWidget>("approvalBar");
    QVERIFY(!bar->isVisible());
    f_->window->runCurrent();
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    f_->gateway->node("r1", "approve", "waiting");
    QTRY_VERIFY(bar->isVisible());
    QVERIFY(f_->part<QLabel>("approvalText")->text().contains(QStringLiteral("Release 42 is ready")));
    QTest::mouseClick(f_->part<QPushButton>("approveButton"), Qt::LeftButton);
    QTRY_COMPARE(f_->gateway->decisions.size(), std::size_t(1));
    QVERIFY(f_->gateway->decisions[0].approved);
    QCOMPARE(f_->gateway->decisions[0].nodeId, std::string("approve"));
    QVERIFY(!bar->isVisible());
}

void TestWindow::rejectedWithComment() {
    open("release");
    f_->prepareRun(test::releaseWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    f_->gateway->node("r1", "approve", "waiting");
    auto* bar = f_->part<QWidget>("approvalBar");
    QTRY_VERIFY(bar->isVisible());
    QTest::keyClicks(f_->part<QLineEdit>("approvalComment"), QStringLiteral("not today"));
    f_->gateway->failNext("runs.decide", Error{"auth.denied", "You may not decide here", "", "", false});
    QTest::mouseClick(f_->part<QPushButton>("rejectButton"), Qt::LeftButton);
    // Refused: the question is asked again.
    QTRY_VERIFY(bar->isVisible());
    QTest::keyClicks(f_->part<QLineEdit>("approvalComment"), QStringLiteral("not today"));
    QTest::mouseClick(f_->part<QPushButton>("rejectButton"), Qt::LeftButton);
    QTRY_COMPARE(f_->gateway->decisions.size(), std::size_t(1));
    QVERIFY(!f_->gateway->decisions[0].approved);
    QVERIFY(f_->gateway->decisions[0].comment.find("not today") != std::string::npos);
}

void TestWindow::pauseAndCancel() {
    open("lines");
    QVERIFY(!f_->part<QAction>("actionPause")->isEnabled());
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_VERIFY(f_->part<QAction>("actionPause")->isEnabled());
    f_->part<QAction>("actionPause")->trigger();
    QTRY_COMPARE(f_->gateway->count("runs.pause"), 1);
    protocol::EventDto paused;
    paused.kind = "run";
    paused.runId = "r1";
    paused.status = "paused";
    f_->gateway->tell(paused);
    QTRY_VERIFY(f_->part<QAction>("actionResume")->isEnabled());
    QVERIFY(!f_->part<QAction>("actionPause")->isVisible());
    f_->part<QAction>("actionResume")->trigger();
    QTRY_COMPARE(f_->gateway->count("runs.resume"), 1);
    f_->part<QAction>("actionCancel")->trigger();
    QTRY_COMPARE(f_->gateway->count("runs.cancel"), 1);
}

void TestWindow::longRunTellsHowMuchIsLeft() {
    constexpr std::int64_t kSecond = 1'000'000;
    open("lines");
    for (const int seconds : {9, 11, 90}) {
        auto earlier = test::freshRun(test::smallWorkflow(), "e" + std::to_string(seconds), f_->gateway->now());
        earlier.summary.status = "succeeded";
        earlier.summary.started = f_->gateway->now() - 1000 * kSecond;
        earlier.summary.finished = earlier.summary.started + seconds * kSecond;
        f_->gateway->runs.push_back(earlier);
    }
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    auto* shown = f_->part<QWidget>("longRun");
    auto* text = f_->part<NumberLabel>("longRunText");
    QVERIFY(!shown->isVisible());
    f_->gateway->node("r1", "read", "succeeded");
    f_->gateway->advance(4 * kSecond);
    QTRY_VERIFY(shown->isVisible());
    QTRY_COMPARE(text->text(), QStringLiteral("1 of 3 nodes, about 8.00 s left"));
    QCOMPARE(f_->part<QProgressBar>("longRunBar")->value(), 1);
    f_->gateway->advance(20 * kSecond);
    QTRY_COMPARE(text->text(), QStringLiteral("1 of 3 nodes, longer than usual"));
    QTest::mouseClick(f_->part<QToolButton>("longRunCancel"), Qt::LeftButton);
    QTRY_VERIFY(f_->gateway->count("runs.cancel") > 0 || f_->window->findChild<QDialog*>());
    f_->gateway->finish("r1", "cancelled", Value::undefined());
    QTRY_VERIFY(!shown->isVisible());
}

void TestWindow::inputsAreAskedFor() {
    open("greeting");
    f_->prepareRun(test::workflowWithInputs(), "r1");
    f_->part<QAction>("actionRun")->trigger();
    auto* dialog = f_->part<QDialog>("inputsDialog");
    QVERIFY(dialog && dialog->isVisible());
    QTest::keyClicks(f_->part<QLineEdit>("input.name"), QStringLiteral("Ada"));
    QCOMPARE(f_->part<QLineEdit>("input.count")->text(), QStringLiteral("3"));
    f_->part<QCheckBox>("input.loud")->setChecked(false);
    f_->part<QPlainTextEdit>("input.extra")->setPlainText(QStringLiteral("{\"tags\": [1, 2]}"));
    QTest::mouseClick(f_->part<QPushButton>("inputsRun"), Qt::LeftButton);
    QTRY_COMPARE(f_->gateway->starts.size(), std::size_t(1));
    const auto& inputs = f_->gateway->starts[0].inputs;
    QCOMPARE(inputs["name"], Value("Ada"));
    QCOMPARE(inputs["count"], Value(3));
    QCOMPARE(inputs["loud"], Value(false));
    QCOMPARE(inputs["extra"]["tags"].size(), std::size_t(2));
}

void TestWindow::wrongInputsAreRefused() {
    open("greeting");
    f_->part<QAction>("actionRun")->trigger();
    f_->part<QLineEdit>("input.count")->setText(QStringLiteral("many"));
    QTest::mouseClick(f_->part<QPushButton>("inputsRun"), Qt::LeftButton);
    QVERIFY(f_->part<QDialog>("inputsDialog")->isVisible());
    QVERIFY(f_->part<QLabel>("inputMessage.name")->isVisible());
    QVERIFY(f_->part<QLabel>("inputMessage.count")->text().contains(QStringLiteral("whole number")));
    QCOMPARE(f_->part<QDialog>("inputsDialog")->focusWidget(), f_->part<QLineEdit>("input.name"));
    QCOMPARE(f_->gateway->count("runs.start"), 0);
    QTest::keyClick(f_->part<QDialog>("inputsDialog"), Qt::Key_Escape);
    QTRY_VERIFY(!f_->part<QDialog>("inputsDialog"));
}

void TestWindow::runCurrentUsesDefaults() {
    auto workflow = test::workflowWithInputs();
    workflow.inputs.erase(workflow.inputs.begin());
    f_->gateway->workflows[2] = workflow;
    open("greeting");
    f_->prepareRun(workflow, "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->gateway->starts.size(), std::size_t(1));
    QVERIFY(f_->gateway->starts[0].inputs.empty());
    QVERIFY(!f_->part<QDialog>("inputsDialog"));
}

void TestWindow::findingsLeadToTheirNode() {
    auto* dock = f_->part<QDockWidget>("findingsDock");
    open("lines");
    QVERIFY(!dock->isVisible());
    open("orders");
    QVERIFY(dock->isVisible());
    auto* list = f_->part<QListView>("findingsList");
    QCOMPARE(list->model()->rowCount(), 3);
    const auto second = list->model()->index(1, 0);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(second).center());
    QCOMPARE(f_->canvas().selectedNode(), QStringLiteral("sum"));
    QVERIFY(!f_->part<QAction>("actionRun")->isEnabled());
    f_->window->runCurrent();
    QCOMPARE(f_->gateway->count("runs.start"), 0);
}

void TestWindow::dataOfANodeIsFetchedWhenLookedAt() {
    open("lines");
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    f_->gateway->node("r1", "read", "succeeded");
    f_->gateway->nodeData["read"] = {f_->gateway->run("r1").nodes[0],
                                     Value::object({{"input", 1}}),
                                     Value::object({{"output", Value(std::string(300'000, 'x'))}}),
                                     {}};
    QTRY_COMPARE(f_->canvas().states().of(0).status, QStringLiteral("succeeded"));
    f_->canvas().selectNode(QStringLiteral("read"));
    QCOMPARE(f_->part<QLineEdit>("param.expression")->text(), QStringLiteral("/etc/os-release"));
    QCOMPARE(f_->gateway->count("runs.node"), 0);
    f_->part<QTabWidget>("detailsTabs")->setCurrentIndex(2);
    QTRY_COMPARE(f_->gateway->count("runs.node"), 1);
    auto* tree = f_->part<QTreeView>("nodeOutputsTree");
    QTRY_VERIFY(tree->isVisible());
    QVERIFY(tree->model()->index(0, 1).data().toString().contains(QStringLiteral("300.0 kB")));
    f_->part<QToolButton>("nodeOutputsAsText")->click();
    const auto text = f_->part<QPlainTextEdit>("nodeOutputsText")->toPlainText();
    QVERIFY(text.size() < 70'000);
    QVERIFY(text.contains(QStringLiteral("of 300.0 kB")));
}

void TestWindow::oldRunIsOpened() {
    auto old = test::freshRun(test::smallWorkflow(), "old", f_->gateway->now());
    old.summary.status = "succeeded";
    old.nodes[1].status = "succeeded";
    f_->gateway->runs.push_back(old);
    open("lines");
    auto* list = f_->part<QListView>("runList");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("succeeded"));
    QCOMPARE(f_->canvas().states().of(1).status, QStringLiteral("succeeded"));
    f_->part<QAction>("actionCloseRun")->trigger();
    QVERIFY(!f_->canvas().states().shown());
}

void TestWindow::openThenRunWaits() {
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->openWorkflow(QStringLiteral("lines"));
    f_->window->runCurrent();
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
}

void TestWindow::closesCleanlyWhileBusy() {
    open("lines");
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->gateway->hold("runs.get");
    f_->gateway->hold("engine.stats");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->gateway->count("runs.get"), 1);
    f_->window.reset();
    QTRY_COMPARE(f_->gateway->subscribers(), 0);
    f_->gateway->release("runs.get");
    f_->gateway->release("engine.stats");
    QCoreApplication::processEvents();
}

void TestWindow::themesAndDensity() {
    open("release");
    const auto dark = f_->window->grab().toImage();
    f_->part<QAction>("actionThemeLight")->trigger();
    const auto light = f_->window->grab().toImage();
    const auto corner = light.pixelColor(light.width() / 2, light.height() / 2).lightness();
    QVERIFY(corner > dark.pixelColor(dark.width() / 2, dark.height() / 2).lightness());
    f_->part<QAction>("actionCompact")->setChecked(true);
    auto* list = f_->part<QListView>("workflowList");
    const int small = list->visualRect(list->model()->index(0, 0)).height();
    f_->part<QAction>("actionCompact")->setChecked(false);
    QVERIFY(list->visualRect(list->model()->index(0, 0)).height() > small);
    f_->part<QAction>("actionThemeDark")->trigger();
}

QTEST_MAIN(TestWindow)
#include "test_window.moc"
