// The window without a mouse, and for those who hear it instead of seeing it.
#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>

#include "ui/widgets/state_badge.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

class TestKeyboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyFocusStopHasAName_data();
    void everyFocusStopHasAName();
    void f6GoesAround();
    void escapeLeavesForTheGraph();
    void openRunAndFindTheFailure();
    void approvesByMnemonic();
    void shortcutsAreUnique();
    void canvasTellsStates();

private:
    std::unique_ptr<test::WindowFixture> f_;
};

void TestKeyboard::init() {
    f_ = std::make_unique<test::WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
}

void TestKeyboard::cleanup() { f_.reset(); }

void TestKeyboard::everyFocusStopHasAName_data() {
    QTest::addColumn<bool>("forward");
    QTest::newRow("Tab") << true;
    QTest::newRow("Shift+Tab") << false;
}

void TestKeyboard::everyFocusStopHasAName() {
    QFETCH(bool, forward);
    f_->window->openWorkflow(QStringLiteral("orders"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("orders"));
    f_->canvas().selectNode(QStringLiteral("sum"));
    QSet<QWidget*> seen;
    auto* start = f_->part<QLineEdit>("workflowSearch");
    start->setFocus();
    QWidget* focused = start;
    for (int i = 0; i < 200; ++i) {
        auto* interface = QAccessible::queryAccessibleInterface(focused);
        QVERIFY(interface);
        QVERIFY2(!focused->objectName().isEmpty(), focused->metaObject()->className());
        const bool named = !interface->text(QAccessible::Name).isEmpty();
        QVERIFY2(named, qPrintable(focused->objectName()));
        seen.insert(focused);
        QTest::keyClick(focused, forward ? Qt::Key_Tab : Qt::Key_Backtab, forward ? Qt::NoModifier : Qt::ShiftModifier);
        focused = QApplication::focusWidget();
        QVERIFY(focused);
        if (focused == start) break;
    }
    QCOMPARE(focused, start);
    QVERIFY2(seen.size() >= 10, qPrintable(QString::number(seen.size())));
    QVERIFY(seen.contains(&f_->canvas()));
    QVERIFY(seen.contains(f_->part<QListView>("findingsList")));
    QVERIFY(seen.contains(f_->part<QTabBar>("detailsTabBar")));
}

void TestKeyboard::f6GoesAround() {
    f_->gateway->runs.push_back(test::freshRun(test::smallWorkflow(), "old", f_->gateway->now()));
    f_->gateway->runs.back().summary.status = "succeeded";
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->part<QListView>("runList")->model()->rowCount(), 1);
    f_->window->context().run().open(QStringLiteral("old"));
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("succeeded"));
    f_->canvas().selectNode(QStringLiteral("read"));
    f_->canvas().setFocus();
    QStringList places;
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        auto* focused = QApplication::focusWidget();
        QVERIFY(focused);
        places << focused->objectName();
    }
    const QStringList around{QStringLiteral("detailsTabBar"), QStringLiteral("runTabBar"),
                             QStringLiteral("workflowSearch"), QStringLiteral("runList"), QStringLiteral("canvas")};
    QCOMPARE(places, around);
    const auto last = places[3];
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(QApplication::focusWidget()->objectName(), last);
}

void TestKeyboard::escapeLeavesForTheGraph() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    auto* search = f_->part<QLineEdit>("workflowSearch");
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(f_->canvas().hasFocus());
}

void TestKeyboard::openRunAndFindTheFailure() {
    auto* window = f_->window.get();
    QTest::keyClick(window, Qt::Key_P, Qt::ControlModifier);
    auto* search = f_->part<QLineEdit>("workflowSearch");
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("count"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->prepareRun(test::smallWorkflow(), "r1");
    QTest::keyClick(window, Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    const protocol::ErrorDto error{"expression.evaluation", "lines is not an array", "count", "Check the reader.",
                                   false};
    f_->gateway->node("r1", "read", "succeeded");
    f_->gateway->node("r1", "count", "failed", 1, error);
    f_->gateway->finish("r1", "failed", Value::undefined(), error);
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("failed"));
    // Along the graph to the node that failed, and into its details.
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(f_->canvas().hasFocus());
    QTest::keyClick(&f_->canvas(), Qt::Key_Tab);
    QTest::keyClick(&f_->canvas(), Qt::Key_Right);
    QCOMPARE(f_->canvas().selectedNode(), QStringLiteral("count"));
    QVERIFY(f_->part<QWidget>("detailsPanel")->findChild<QWidget*>(QStringLiteral("errorView"))->isVisible());
    QTest::keyClick(&f_->canvas(), Qt::Key_Return);
    auto* tabs = f_->part<QTabBar>("detailsTabBar");
    QVERIFY(tabs->hasFocus());
    QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(f_->part<QTabWidget>("detailsTabs")->currentIndex(), 1);
    // And from there again.
    f_->prepareRun(test::smallWorkflow(), "r2");
    f_->part<QAction>("actionRerunFrom")->trigger();
    QTRY_COMPARE(f_->window->context().run().runId(), QStringLiteral("r2"));
}

void TestKeyboard::approvesByMnemonic() {
    f_->window->openWorkflow(QStringLiteral("release"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("release"));
    f_->prepareRun(test::releaseWorkflow(), "r1");
    QTest::keyClick(f_->window.get(), Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    f_->gateway->node("r1", "approve", "waiting");
    QTRY_VERIFY(f_->part<QPushButton>("approveButton")->isVisible());
    QTest::keyClick(f_->window.get(), Qt::Key_A, Qt::AltModifier);
    QTRY_COMPARE(f_->gateway->decisions.size(), std::size_t(1));
    QVERIFY(f_->gateway->decisions[0].approved);
}

void TestKeyboard::shortcutsAreUnique() {
    QHash<QString, QString> owner;
    for (const auto* action : f_->window->findChildren<QAction*>()) {
        for (const auto& keys : action->shortcuts()) {
            const auto text = keys.toString();
            QVERIFY2(!owner.contains(text), qPrintable(text + QLatin1Char(' ') + action->objectName()));
            owner.insert(text, action->objectName());
        }
    }
    QVERIFY(owner.size() >= 10);
    QSet<QChar> mnemonics;
    for (const auto* menu : f_->window->menuBar()->actions()) {
        const auto at = menu->text().indexOf(QLatin1Char('&'));
        QVERIFY(at >= 0);
        QVERIFY(!mnemonics.contains(menu->text().at(at + 1).toLower()));
        mnemonics.insert(menu->text().at(at + 1).toLower());
    }
}

void TestKeyboard::canvasTellsStates() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
    f_->gateway->node("r1", "read", "running");
    auto* list = QAccessible::queryAccessibleInterface(&f_->canvas());
    QTRY_COMPARE(list->child(0)->text(QAccessible::Name), QStringLiteral("Read read, running"));
    QCOMPARE(list->text(QAccessible::Name), QStringLiteral("Workflow graph"));
}

QTEST_MAIN(TestKeyboard)
#include "test_keyboard.moc"
