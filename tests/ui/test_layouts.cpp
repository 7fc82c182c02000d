// Named layouts of the docks, and getting around in them.
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QInputDialog>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>

#include "ui/actions/action_registry.h"
#include "ui/shell/layouts.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

class TestLayouts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void designedLayoutsDiffer();
    void aLayoutIsFoundAsItWasLeft();
    void resetBringsTheDesignBack();
    void ownLayoutsAreMadeAndRemoved();
    void savedLayoutsAreRestored();
    void strangeStateIsIgnored();
    void panelsAreToggledByActions();
    void findingsComeOnlyWhereTheyBelong();
    void f6ReachesFloatingDocks();
    void nothingElseOpensAWindow();

private:
    [[nodiscard]] Layouts& layouts() const { return f_->window->layouts(); }
    [[nodiscard]] QDockWidget* dock(const char* name) const { return f_->part<QDockWidget>(name); }
    std::unique_ptr<test::WindowFixture> f_;
};

void TestLayouts::init() {
    f_ = std::make_unique<test::WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
}

void TestLayouts::cleanup() { f_.reset(); }

void TestLayouts::designedLayoutsDiffer() {
    QCOMPARE(layouts().current(), QStringLiteral("design"));
    QVERIFY(dock("workflowDock")->isVisible() && dock("runListDock")->isVisible());
    const int design = dock("runDock")->height();
    f_->part<QAction>("actionLayout.monitor")->trigger();
    QCOMPARE(layouts().current(), QStringLiteral("monitor"));
    QVERIFY(f_->part<QAction>("actionLayout.monitor")->isChecked());
    QVERIFY(!f_->part<QAction>("actionLayout.design")->isChecked());
    // Tabbed, with the runs in front; the run has more room.
    QVERIFY(f_->window->tabifiedDockWidgets(dock("runListDock")).contains(dock("workflowDock")));
    QTRY_VERIFY(!f_->part<QWidget>("runListPanel")->visibleRegion().isEmpty());
    QVERIFY(f_->part<QWidget>("workflowListPanel")->visibleRegion().isEmpty());
    QTRY_VERIFY(dock("runDock")->height() > design);
    QVERIFY(!dock("findingsDock")->isVisible());
    QTest::keyClick(f_->window.get(), Qt::Key_1, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(layouts().current(), QStringLiteral("design"));
}

void TestLayouts::aLayoutIsFoundAsItWasLeft() {
    dock("detailsDock")->close();
    f_->window->addDockWidget(Qt::RightDockWidgetArea, dock("runListDock"));
    layouts().apply(QStringLiteral("monitor"));
    QVERIFY(dock("detailsDock")->isVisible());
    layouts().apply(QStringLiteral("design"));
    QVERIFY(!dock("detailsDock")->isVisible());
    QCOMPARE(f_->window->dockWidgetArea(dock("runListDock")), Qt::RightDockWidgetArea);
}

void TestLayouts::resetBringsTheDesignBack() {
    dock("workflowDock")->close();
    dock("runDock")->setFloating(true);
    f_->part<QAction>("actionResetLayout")->trigger();
    QVERIFY(dock("workflowDock")->isVisible());
    QVERIFY(!dock("runDock")->isFloating());
    QCOMPARE(f_->window->dockWidgetArea(dock("runDock")), Qt::BottomDockWidgetArea);
}

void TestLayouts::ownLayoutsAreMadeAndRemoved() {
    auto* remove = f_->part<QAction>("actionRemoveLayout");
    QVERIFY(!remove->isEnabled());
    dock("detailsDock")->close();
    f_->part<QAction>("actionSaveLayout")->trigger();
    auto* dialog = f_->part<QInputDialog>("layoutNameDialog");
    QVERIFY(dialog && dialog->isVisible());
    dialog->setTextValue(QStringLiteral("  Night & day "));
    dialog->accept();
    QCOMPARE(layouts().entries().last().title, QStringLiteral("Night & day"));
    QVERIFY(remove->isEnabled());
    auto* own = f_->part<QAction>("actionLayout.own:night & day");
    QVERIFY(own && own->isChecked());
    f_->part<QAction>("actionLayout.monitor")->trigger();
    QVERIFY(dock("detailsDock")->isVisible());
    own->trigger();
    QVERIFY(!dock("detailsDock")->isVisible());
    // Reset brings an own layout back as it was saved.
    dock("runListDock")->close();
    f_->part<QAction>("actionResetLayout")->trigger();
    QVERIFY(dock("runListDock")->isVisible());
    remove->trigger();
    QCOMPARE(layouts().entries().size(), 3);
    QCOMPARE(layouts().current(), QStringLiteral("design"));
    QVERIFY(!f_->part<QAction>("actionLayout.own:night & day"));
    QVERIFY(layouts().saveAs(QStringLiteral("   ")).isEmpty());
}

void TestLayouts::savedLayoutsAreRestored() {
    dock("detailsDock")->close();
    layouts().saveAs(QStringLiteral("Mine"));
    layouts().apply(QStringLiteral("monitor"));
    dock("runDock")->close();
    const auto saved = layouts().save();
    test::WindowFixture other;
    QVERIFY(other.window->layouts().restore(saved));
    QCOMPARE(other.window->layouts().current(), QStringLiteral("monitor"));
    QVERIFY(!other.part<QDockWidget>("runDock")->isVisible());
    other.window->layouts().apply(QStringLiteral("own:mine"));
    QVERIFY(!other.part<QDockWidget>("detailsDock")->isVisible());
    QVERIFY(other.part<QDockWidget>("runDock")->isVisible());
}

void TestLayouts::strangeStateIsIgnored() {
    QVERIFY(!layouts().restore({}));
    QVERIFY(!layouts().restore({{QStringLiteral("current"), QStringLiteral("elsewhere")}}));
    const QJsonObject broken{
        {QStringLiteral("current"), QStringLiteral("design")},
        {QStringLiteral("left"), QJsonObject{{QStringLiteral("design"), QStringLiteral("bm9uc2Vuc2U=")}}},
        {QStringLiteral("own"), QJsonObject{{QStringLiteral("x"), 3}, {QStringLiteral("own:y"), QJsonObject{}}}}};
    QVERIFY(!layouts().restore(broken));
    QCOMPARE(layouts().current(), QStringLiteral("design"));
    QCOMPARE(layouts().entries().size(), 3);
    QVERIFY(dock("workflowDock")->isVisible());
}

void TestLayouts::panelsAreToggledByActions() {
    auto* action = f_->part<QAction>("actionRunDock");
    QVERIFY(action->isChecked());
    action->trigger();
    QVERIFY(!dock("runDock")->isVisible());
    dock("runDock")->show();
    QVERIFY(action->isChecked());
    // Shown again, a tab comes to the front.
    layouts().apply(QStringLiteral("monitor"));
    f_->part<QAction>("actionFind")->trigger();
    QTRY_VERIFY(!f_->part<QWidget>("workflowListPanel")->visibleRegion().isEmpty());
}

void TestLayouts::findingsComeOnlyWhereTheyBelong() {
    layouts().apply(QStringLiteral("monitor"));
    f_->window->openWorkflow(QStringLiteral("orders"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("orders"));
    QVERIFY(!dock("findingsDock")->isVisible());
    layouts().apply(QStringLiteral("design"));
    QVERIFY(dock("findingsDock")->isVisible());
}

void TestLayouts::f6ReachesFloatingDocks() {
    dock("runListDock")->setFloating(true);
    f_->gateway->runs.push_back(test::freshRun(test::smallWorkflow(), "old", f_->gateway->now()));
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->part<QListView>("runList")->model()->rowCount(), 1);
    // What the dock's coming asked for is over before the keyboard goes back to the window.
    QVERIFY(QTest::qWaitForWindowExposed(dock("runListDock")));
    QCoreApplication::processEvents();
    f_->window->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), f_->window.get());
    QCoreApplication::processEvents();
    f_->part<QWidget>("workflowSearch")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QTRY_COMPARE(QApplication::focusWidget(), f_->part<QListView>("runList"));
    // And out of it again.
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QTRY_COMPARE(QApplication::focusWidget(), &f_->canvas());
}

namespace {

/// Notes what is shown as a window of its own: a part that is shown before it has a parent flashes, and takes the
/// focus.
struct WindowWatch : QObject {
    WindowWatch() { qApp->installEventFilter(this); }
    bool eventFilter(QObject* watched, QEvent* event) override {
        const auto* widget = qobject_cast<QWidget*>(watched);
        if (event->type() == QEvent::Show && widget && widget->isWindow()) {
            shown << QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className()),
                                                 widget->objectName());
        }
        return false;
    }
    QStringList shown;
};

}  // namespace

void TestLayouts::nothingElseOpensAWindow() {
    WindowWatch watch;
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->canvas().selectNode(QStringLiteral("read"));
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(f_->window->context().run().status(), QStringLiteral("running"));
    layouts().apply(QStringLiteral("monitor"));
    f_->part<QAction>("actionPalette")->trigger();
    f_->part<QAction>("actionWelcome")->trigger();
    f_->part<QAction>("actionTour")->trigger();
    QVERIFY2(watch.shown.isEmpty(), qPrintable(watch.shown.join(QStringLiteral(", "))));
    f_->part<QAction>("actionShortcuts")->trigger();
    f_->part<QDialog>("shortcutEditor")->close();
    f_->part<QAction>("actionSettings")->trigger();
    const QStringList dialogs{QStringLiteral("signalbox::ui::ShortcutEditor shortcutEditor"),
                              QStringLiteral("signalbox::ui::SettingsDialog settingsDialog")};
    QCOMPARE(watch.shown, dialogs);
}

QTEST_MAIN(TestLayouts)
#include "test_layouts.moc"
