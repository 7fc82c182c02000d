// What outlasts a window, and what meets somebody who opens it: session, recent files, drops, welcome and tour.
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QUrl>

#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"
#include "ui/shell/layouts.h"
#include "ui/shell/link.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/tour.h"
#include "ui/shell/welcome.h"
#include "ui/shell/window_tools.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/state_badge.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void comesBackAsItWas();
    void keepsWorkspacesApart();
    void restoringCanBeTurnedOff();
    void safeModeTakesAndKeepsNothing();
    void brokenStateIsToldAndSetAside();
    void nothingSecretIsKept();
    void deletedWorkflowIsTold();
    void recentFilesAreListed();
    void openFileShowsItsWorkflow();
    void dropsAreOpened();
    void linksAreFollowed_data();
    void linksAreFollowed();
    void linksAreChecked();
    void welcomeIsShownOnce();
    void tourPointsAtRealParts();
    void tourIsLeftByEscape();

private:
    [[nodiscard]] std::unique_ptr<test::WindowFixture> open(const QString& workspace = QStringLiteral("/srv/ops"));
    void closeWindow();
    [[nodiscard]] JsonFile stateFile() const {
        return {folder_->filePath(QStringLiteral("windows.json")), QStringLiteral("test"), 1};
    }
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<StateStore> state_;
    std::unique_ptr<Preferences> preferences_;
    std::unique_ptr<test::WindowFixture> f_;
    bool safeMode_ = false;
    bool welcome_ = false;
};

void TestSession::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    preferences_ = std::make_unique<Preferences>();
    safeMode_ = welcome_ = false;
    f_ = open();
}

void TestSession::cleanup() {
    f_.reset();
    state_.reset();
}

// As a process does: the state is read from its file again.
std::unique_ptr<test::WindowFixture> TestSession::open(const QString& workspace) {
    f_.reset();
    state_ = std::make_unique<StateStore>(stateFile());
    WindowOptions options;
    options.preferences = preferences_.get();
    options.state = state_.get();
    options.workspace = workspace;
    options.safeMode = safeMode_;
    options.welcome = welcome_;
    auto fixture = std::make_unique<test::WindowFixture>(options);
    auto run = test::freshRun(test::smallWorkflow(), "old", fixture->gateway->now());
    run.summary.status = "succeeded";
    fixture->gateway->runs.push_back(run);
    return fixture;
}

void TestSession::closeWindow() {
    f_->window->close();
    QVERIFY(state_->flush());
}

void TestSession::comesBackAsItWas() {
    f_->window->openRun(QStringLiteral("old"));
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("succeeded"));
    f_->part<QTabWidget>("runTabs")->setCurrentIndex(1);
    auto* header = f_->part<QTableView>("timelineTable")->horizontalHeader();
    const int order = header->sortIndicatorOrder() == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
    f_->part<QTableView>("timelineTable")->sortByColumn(1, static_cast<Qt::SortOrder>(order));
    f_->part<QDockWidget>("detailsDock")->close();
    f_->window->layouts().saveAs(QStringLiteral("Mine"));
    closeWindow();
    f_ = open();
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    QTRY_COMPARE(f_->window->context().run().runId(), QStringLiteral("old"));
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("succeeded"));
    QCOMPARE(f_->part<QTabWidget>("runTabs")->currentIndex(), 1);
    header = f_->part<QTableView>("timelineTable")->horizontalHeader();
    QCOMPARE(header->sortIndicatorSection(), 1);
    QCOMPARE(static_cast<int>(header->sortIndicatorOrder()), order);
    QCOMPARE(f_->window->layouts().current(), QStringLiteral("own:mine"));
    QVERIFY(!f_->part<QDockWidget>("detailsDock")->isVisible());
}

void TestSession::keepsWorkspacesApart() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    closeWindow();
    f_ = open(QStringLiteral("/srv/other"));
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
    QVERIFY(f_->openId().isEmpty());
    f_->window->openWorkflow(QStringLiteral("release"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("release"));
    closeWindow();
    f_ = open();
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
}

void TestSession::restoringCanBeTurnedOff() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    closeWindow();
    QVERIFY(preferences_->settings().set(settingId::kRestoreSession, false));
    f_ = open();
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
    QVERIFY(f_->openId().isEmpty());
    QCOMPARE(f_->gateway->count("workflows.get"), 0);
}

void TestSession::safeModeTakesAndKeepsNothing() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->window->layouts().apply(QStringLiteral("monitor"));
    closeWindow();
    const auto kept = stateFile().load();
    QVERIFY(!kept.isEmpty());
    safeMode_ = true;
    f_ = open();
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
    QCOMPARE(f_->window->layouts().current(), QStringLiteral("design"));
    QVERIFY(f_->openId().isEmpty());
    QVERIFY(f_->part<NoticeBar>("windowNotice")->message().startsWith(QStringLiteral("Safe mode")));
    QVERIFY(f_->part<QLabel>("safeMode")->isVisible());
    f_->window->openWorkflow(QStringLiteral("release"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("release"));
    closeWindow();
    QCOMPARE(stateFile().load(), kept);
}

void TestSession::brokenStateIsToldAndSetAside() {
    f_.reset();
    state_.reset();
    QFile file(stateFile().path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"window\": {\"geom");
    file.close();
    f_ = open();
    auto* notice = f_->part<NoticeBar>("windowNotice");
    QVERIFY(notice->isVisibleTo(f_->window.get()));
    QVERIFY(notice->diagnostics().contains(QStringLiteral("state.syntax")));
    QVERIFY(QFile::exists(file.fileName() + QStringLiteral(".unreadable-1")));
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
    // Members of the wrong kind are as if they were not there.
    closeWindow();
    QVERIFY(stateFile().save({{QStringLiteral("window"), 3},
                              {QStringLiteral("recent"), QJsonArray{1, QJsonObject{}, QStringLiteral("x")}},
                              {QStringLiteral("recentCommands"), QJsonArray{QJsonArray{}, 5}},
                              {QStringLiteral("workspace:/srv/ops"), QJsonArray{true}}}));
    f_ = open();
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
    f_->window->tools().openPalette();
}

void TestSession::nothingSecretIsKept() {
    f_->window->openWorkflow(QStringLiteral("greeting"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("greeting"));
    f_->prepareRun(test::workflowWithInputs(), "r1");
    f_->window->context().controller().start(QStringLiteral("greeting"), Value::object({{"name", "hunter2"}}));
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    f_->gateway->finish("r1", "succeeded", Value::object({{"token", "hunter2"}}));
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("succeeded"));
    closeWindow();
    QFile file(stateFile().path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto text = file.readAll();
    QVERIFY(text.contains("greeting"));
    QVERIFY(!text.contains("hunter2"));
}

void TestSession::deletedWorkflowIsTold() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    closeWindow();
    f_ = open();
    f_->gateway->workflows.erase(f_->gateway->workflows.begin() + 1);
    f_->part<QAction>("actionReload")->trigger();
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 3);
    f_->window->openWorkflow(QStringLiteral("release"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("release"));
}

void TestSession::recentFilesAreListed() {
    auto* menu = f_->part<QMenu>("recentMenu");
    f_->gateway->workflows[1].summary.file = "sub/lines.workflow.json";
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    Q_EMIT menu->aboutToShow();
    QVERIFY(menu->actions().first()->text().contains(QStringLiteral("Count lines – /srv/ops/sub/lines.workflow.json")));
    QVERIFY(menu->actions()[1]->text().contains(QStringLiteral("/srv/ops")));
    // A file that has gone is told, and listed no more.
    menu->actions().first()->trigger();
    QVERIFY(f_->part<NoticeBar>("windowNotice")->diagnostics().contains(QStringLiteral("file.not-found")));
    Q_EMIT menu->aboutToShow();
    QVERIFY(!menu->actions().first()->text().contains(QStringLiteral("Count lines")));
    menu->actions().last()->trigger();
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    QVERIFY(!menu->actions().first()->isEnabled());
}

void TestSession::openFileShowsItsWorkflow() {
    f_ = open(folder_->path());
    const auto path = folder_->filePath(QStringLiteral("lines.workflow.json"));
    QFile(path).open(QIODevice::WriteOnly);
    f_->gateway->workflows[1].summary.file = "lines.workflow.json";
    f_->part<QAction>("actionOpenFile")->trigger();
    auto* dialog = f_->part<QFileDialog>("openFileDialog");
    QVERIFY(dialog && dialog->isVisible());
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    // One that is no workflow is told; one elsewhere is asked for.
    const auto other = folder_->filePath(QStringLiteral("notes.json"));
    QFile(other).open(QIODevice::WriteOnly);
    f_->window->openPath(other);
    QTRY_VERIFY(f_->part<NoticeBar>("windowNotice")->diagnostics().contains(QStringLiteral("workflow.unknown")));
    QSignalSpy asked(f_->window.get(), &MainWindow::placeRequested);
    const QTemporaryDir elsewhere;
    f_->window->openPath(elsewhere.path());
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toString(), elsewhere.path());
}

void TestSession::dropsAreOpened() {
    f_ = open(folder_->path());
    const auto path = folder_->filePath(QStringLiteral("lines.workflow.json"));
    QFile(path).open(QIODevice::WriteOnly);
    f_->gateway->workflows[1].summary.file = "lines.workflow.json";
    const auto enter = [this](const QMimeData& data) {
        QDragEnterEvent event(QPoint(400, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        event.ignore();
        QCoreApplication::sendEvent(f_->window.get(), &event);
        return event.isAccepted();
    };
    QMimeData text;
    text.setText(QStringLiteral("hello"));
    QVERIFY(!enter(text));
    QMimeData web;
    web.setUrls({QUrl(QStringLiteral("https://example.org/x.json"))});
    QVERIFY(!enter(web));
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(path)});
    QVERIFY(enter(file));
    QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &file, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(f_->window.get(), &drop);
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
}

void TestSession::linksAreFollowed_data() {
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("workflow");
    QTest::addColumn<QString>("run");
    QTest::newRow("run") << QStringLiteral("signalbox://run/old") << QStringLiteral("lines") << QStringLiteral("old");
    QTest::newRow("workflow") << QStringLiteral("signalbox://workflow/release") << QStringLiteral("release")
                              << QString();
}

void TestSession::linksAreFollowed() {
    QFETCH(QString, link);
    QFETCH(QString, workflow);
    QFETCH(QString, run);
    f_->window->openLink(link);
    QTRY_COMPARE(f_->openId(), workflow);
    QTRY_COMPARE(f_->window->context().run().runId(), run);
}

void TestSession::linksAreChecked() {
    for (const auto* bad :
         {"signalbox://", "signalbox://run", "signalbox://run/", "signalbox://run/a/b", "https://run/a",
          "signalbox://erase/everything", "signalbox://run/a?x=1", "signalbox://me@run/a", "run/a", ""}) {
        QVERIFY2(!parseLink(QLatin1String(bad)), bad);
    }
    const Link odd{Link::Kind::Workflow, QStringLiteral("nightly build 50% (ü)")};
    QCOMPARE(*parseLink(linkTo(odd)), odd);
    f_->window->openLink(QStringLiteral("signalbox://erase/everything"));
    QVERIFY(f_->part<NoticeBar>("windowNotice")->diagnostics().contains(QStringLiteral("link.unknown")));
}

void TestSession::welcomeIsShownOnce() {
    welcome_ = true;
    f_ = open();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTRY_VERIFY(f_->part<Welcome>("welcome") && f_->part<Welcome>("welcome")->isVisible());
    QVERIFY(f_->part<QPushButton>("welcomeTour")->hasFocus());
    QTest::keyClick(f_->part<QPushButton>("welcomeTour"), Qt::Key_Escape);
    QVERIFY(!f_->part<Welcome>("welcome")->isVisible());
    closeWindow();
    f_ = open();
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
    QVERIFY(!f_->part<Welcome>("welcome"));
    // Again from the Help menu.
    f_->part<QAction>("actionWelcome")->trigger();
    QVERIFY(f_->part<Welcome>("welcome")->isVisible());
    QSignalSpy demo(f_->window.get(), &MainWindow::demoRequested);
    QTest::mouseClick(f_->part<QPushButton>("welcomeDemo"), Qt::LeftButton);
    QCOMPARE(demo.count(), 1);
}

void TestSession::tourPointsAtRealParts() {
    f_->part<QAction>("actionTour")->trigger();
    auto* tour = f_->part<Tour>("tour");
    QVERIFY(tour->isVisible());
    QCOMPARE(tour->count(), static_cast<int>(windowTour({}).size()));
    QVERIFY(tour->count() >= 3 && tour->count() <= 5);
    auto* next = f_->part<QPushButton>("tourNext");
    for (int step = 0; step < tour->count(); ++step) {
        QCOMPARE(tour->step(), step);
        QVERIFY(!f_->part<QLabel>("tourText")->text().isEmpty());
        QVERIFY(f_->window->rect().contains(tour->geometry()));
        // The window behind it works on.
        QVERIFY(!QApplication::activeModalWidget());
        QTest::keyClick(next, Qt::Key_Space);
    }
    QVERIFY(!tour->isVisible());
    // A part that is closed is left out.
    f_->part<QDockWidget>("detailsDock")->close();
    f_->window->tools().startTour();
    QCOMPARE(tour->count(), static_cast<int>(windowTour({}).size()) - 1);
}

void TestSession::tourIsLeftByEscape() {
    f_->window->tools().startTour();
    auto* tour = f_->part<Tour>("tour");
    QTest::keyClick(f_->part<QPushButton>("tourNext"), Qt::Key_Right);
    QCOMPARE(tour->step(), 1);
    QTest::keyClick(f_->part<QPushButton>("tourNext"), Qt::Key_Left);
    QCOMPARE(tour->step(), 0);
    QTest::keyClick(f_->part<QPushButton>("tourNext"), Qt::Key_Escape);
    QVERIFY(!tour->isVisible());
}

QTEST_MAIN(TestSession)
#include "test_session.moc"
