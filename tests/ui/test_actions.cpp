// One registry behind menus, shortcuts and their editor.
#include <QAction>
#include <QDesktopServices>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QUrl>

#include "ui/actions/action_registry.h"
#include "ui/settings/preferences.h"
#include "ui/settings/settings.h"
#include "ui/shell/key_recorder.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/shortcut_editor.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

class TestActions : public QObject {
    Q_OBJECT
public:
    QUrl openedUrl;
public Q_SLOTS:
    void openUrl(const QUrl& url) { openedUrl = url; }
private Q_SLOTS:
    void init();
    void cleanup();
    void everyActionIsInTheRegistry();
    void disabledActionsSayWhy();
    void actionsGoWithTheirOwner();
    void menusAreMadeFromTheRegistry();
    void onlyCustomShortcutsAreKept();
    void shortcutsFollowThePreferences();
    void strangeShortcutsAreIgnored();
    void recorderTakesKeys();
    void editorShowsConflictsAndMovesKeys();
    void editorSearchesAndResets();
    void sheetHoldsAllShortcuts();
    void cancellingMayBeConfirmed();

private:
    [[nodiscard]] ActionRegistry& registry() const { return f_->window->actionRegistry(); }
    ShortcutEditor* openEditor(const QString& search);
    std::unique_ptr<Preferences> preferences_;
    std::unique_ptr<test::WindowFixture> f_;
};

void TestActions::init() {
    preferences_ = std::make_unique<Preferences>();
    WindowOptions options;
    options.preferences = preferences_.get();
    f_ = std::make_unique<test::WindowFixture>(options);
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTRY_COMPARE(f_->part<QAbstractItemView>("workflowList")->model()->rowCount(), 4);
}

void TestActions::cleanup() {
    f_.reset();
    preferences_.reset();
}

void TestActions::everyActionIsInTheRegistry() {
    QVERIFY(registry().actions().size() >= 40);
    QSet<QString> ids;
    for (const auto* action : registry().actions()) {
        const auto& spec = registry().spec(*action);
        QVERIFY2(!ids.contains(spec.id), qPrintable(spec.id));
        ids.insert(spec.id);
        QVERIFY(!ActionRegistry::plainText(*action).isEmpty());
        QCOMPARE(registry().action(spec.id), action);
    }
    QVERIFY(registry().action(QStringLiteral("run")));
    QVERIFY(!registry().action(QStringLiteral("no such action")));
    // What has a shortcut in this window can be changed in the editor.
    for (const auto* action : f_->window->findChildren<QAction*>()) {
        if (!action->shortcut().isEmpty()) QVERIFY2(registry().actions().contains(action), qPrintable(action->text()));
    }
}

void TestActions::disabledActionsSayWhy() {
    for (const auto* action : registry().actions()) {
        if (!action->isEnabled()) QVERIFY2(!ActionRegistry::reason(*action).isEmpty(), qPrintable(action->text()));
    }
    auto* run = registry().action(QStringLiteral("run"));
    QCOMPARE(ActionRegistry::reason(*run), QStringLiteral("No workflow is open"));
    QVERIFY(run->toolTip().contains(QStringLiteral("No workflow is open")));
    f_->window->openWorkflow(QStringLiteral("orders"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("orders"));
    QCOMPARE(ActionRegistry::reason(*run), QStringLiteral("The workflow has errors"));
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_VERIFY(run->isEnabled());
    QVERIFY(ActionRegistry::reason(*run).isEmpty());
    QCOMPARE(ActionRegistry::reason(*registry().action(QStringLiteral("cancel"))), QStringLiteral("No run is open"));
}

void TestActions::actionsGoWithTheirOwner() {
    int done = 0;
    auto* owner = new QObject;
    ActionSpec spec;
    spec.id = QStringLiteral("testOnly");
    spec.text = QStringLiteral("&Only in this test");
    spec.category = ActionCategory::Edit;
    auto* action = registry().add(spec, owner, [&done] { ++done; });
    QCOMPARE(action->objectName(), QStringLiteral("actionTestOnly"));
    action->trigger();
    QCOMPARE(done, 1);
    const auto hasEdit = [this] {
        const auto menus = f_->window->menuBar()->actions();
        return std::any_of(menus.begin(), menus.end(),
                           [](const QAction* menu) { return menu->text() == QLatin1String("&Edit"); });
    };
    const bool before = hasEdit();
    QTRY_VERIFY(hasEdit());
    delete owner;
    QVERIFY(!registry().action(QStringLiteral("testOnly")));
    QTRY_COMPARE(hasEdit(), before);
}

void TestActions::menusAreMadeFromTheRegistry() {
    QSet<const QAction*> seen;
    std::function<void(const QMenu*)> walk = [&](const QMenu* menu) {
        for (const auto* action : menu->actions()) {
            seen.insert(action);
            if (action->menu()) walk(action->menu());
        }
    };
    for (const auto* top : f_->window->menuBar()->actions()) walk(top->menu());
    for (const auto* action : registry().actions()) {
        if (registry().spec(*action).inMenu) QVERIFY2(seen.contains(action), qPrintable(action->text()));
    }
}

void TestActions::onlyCustomShortcutsAreKept() {
    QVERIFY(registry().customShortcuts().isEmpty());
    registry().setShortcuts(QStringLiteral("fit"), {QKeySequence(QStringLiteral("Ctrl+Alt+F"))});
    QCOMPARE(registry().customShortcuts().keys(), QStringList{QStringLiteral("fit")});
    QCOMPARE(preferences_->shortcuts(), registry().customShortcuts());
    QVERIFY(f_->part<QAction>("actionFit")->toolTip().contains(QStringLiteral("Ctrl+Alt+F")));
    // Setting the default again is no custom shortcut.
    registry().setShortcuts(QStringLiteral("fit"), {QKeySequence(QStringLiteral("Ctrl+0"))});
    QVERIFY(registry().customShortcuts().isEmpty());
    registry().setShortcuts(QStringLiteral("fit"), {});
    QVERIFY(f_->part<QAction>("actionFit")->shortcut().isEmpty());
    registry().resetAllShortcuts();
    QCOMPARE(f_->part<QAction>("actionFit")->shortcut(), QKeySequence(QStringLiteral("Ctrl+0")));
}

void TestActions::shortcutsFollowThePreferences() {
    WindowOptions options;
    options.preferences = preferences_.get();
    test::WindowFixture other(options);
    registry().setShortcuts(QStringLiteral("reload"), {QKeySequence(QStringLiteral("Ctrl+Alt+R"))});
    QCOMPARE(other.part<QAction>("actionReload")->shortcut(), QKeySequence(QStringLiteral("Ctrl+Alt+R")));
    options.safeMode = true;
    test::WindowFixture safe(options);
    QVERIFY(safe.part<QAction>("actionReload")->shortcut() != QKeySequence(QStringLiteral("Ctrl+Alt+R")));
    safe.window->actionRegistry().resetAllShortcuts();
    QCOMPARE(preferences_->shortcuts().size(), 1);
}

void TestActions::strangeShortcutsAreIgnored() {
    registry().setCustomShortcuts({{QStringLiteral("fit"), 7},
                                   {QStringLiteral("zoomIn"), QJsonArray{QStringLiteral("No+Such+Key"), true}},
                                   {QStringLiteral("fromTheFuture"), QJsonArray{QStringLiteral("Ctrl+Y")}}});
    QCOMPARE(f_->part<QAction>("actionFit")->shortcut(), QKeySequence(QStringLiteral("Ctrl+0")));
    // Of an action that comes later, the shortcut waits for it.
    QVERIFY(registry().customShortcuts().contains(QStringLiteral("fromTheFuture")));
    ActionSpec spec;
    spec.id = QStringLiteral("fromTheFuture");
    spec.text = QStringLiteral("Future");
    QCOMPARE(registry().add(spec, f_->window.get())->shortcut(), QKeySequence(QStringLiteral("Ctrl+Y")));
}

void TestActions::recorderTakesKeys() {
    KeyRecorder recorder;
    QSignalSpy recorded(&recorder, &KeyRecorder::recorded);
    QTest::keyClick(&recorder, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(recorder.keys(), QKeySequence(QStringLiteral("Ctrl+Shift+R")));
    QTest::keyClick(&recorder, Qt::Key_Control);
    QTest::keyClick(&recorder, Qt::Key_Escape);
    QCOMPARE(recorded.count(), 1);
    QVERIFY(!KeyRecorder::isUsable(QKeySequence(Qt::Key_A)));
    QVERIFY(!KeyRecorder::isUsable(QKeySequence(QStringLiteral("Shift+A"))));
    QVERIFY(KeyRecorder::isUsable(QKeySequence(Qt::Key_F5)));
    QVERIFY(KeyRecorder::isUsable(QKeySequence(QStringLiteral("Alt+A"))));
}

ShortcutEditor* TestActions::openEditor(const QString& search) {
    f_->part<QAction>("actionShortcuts")->trigger();
    auto* editor = f_->part<ShortcutEditor>("shortcutEditor");
    if (editor) editor->findChild<QLineEdit*>(QStringLiteral("shortcutSearch"))->setText(search);
    return editor;
}

void TestActions::editorShowsConflictsAndMovesKeys() {
    auto* editor = openEditor(QStringLiteral("fit graph"));
    QVERIFY(editor && editor->isVisible());
    QCOMPARE(editor->findChild<QTableView*>(QStringLiteral("shortcutTable"))->model()->rowCount(), 1);
    auto* recorder = editor->findChild<KeyRecorder*>(QStringLiteral("shortcutRecorder"));
    auto* message = editor->findChild<QLabel*>(QStringLiteral("shortcutMessage"));
    auto* assign = editor->findChild<QPushButton*>(QStringLiteral("shortcutAssign"));
    QTest::keyClick(recorder, Qt::Key_X);
    QVERIFY(!assign->isEnabled());
    QVERIFY(message->text().contains(QStringLiteral("for typing")));
    // A key of another action: told whose it is, and moved only by the button.
    QTest::keyClick(recorder, Qt::Key_R, Qt::ControlModifier);
    QVERIFY(message->text().contains(QStringLiteral("“Run”")));
    QCOMPARE(f_->part<QAction>("actionRun")->shortcut(), QKeySequence(QStringLiteral("Ctrl+R")));
    QTest::mouseClick(assign, Qt::LeftButton);
    QCOMPARE(f_->part<QAction>("actionFit")->shortcut(), QKeySequence(QStringLiteral("Ctrl+R")));
    QVERIFY(f_->part<QAction>("actionRun")->shortcut().isEmpty());
    QCOMPARE(preferences_->shortcuts().size(), 2);
    QTest::mouseClick(editor->findChild<QPushButton*>(QStringLiteral("shortcutResetAll")), Qt::LeftButton);
    QCOMPARE(f_->part<QAction>("actionRun")->shortcut(), QKeySequence(QStringLiteral("Ctrl+R")));
    QVERIFY(preferences_->shortcuts().isEmpty());
}

void TestActions::editorSearchesAndResets() {
    auto* editor = openEditor(QStringLiteral("F6"));
    auto* table = editor->findChild<QTableView*>(QStringLiteral("shortcutTable"));
    QCOMPARE(table->model()->rowCount(), 2);
    editor->findChild<QLineEdit*>(QStringLiteral("shortcutSearch"))->setText(QStringLiteral("reload"));
    QCOMPARE(table->model()->rowCount(), 1);
    auto* reset = editor->findChild<QPushButton*>(QStringLiteral("shortcutReset"));
    QVERIFY(!reset->isEnabled());
    QTest::mouseClick(editor->findChild<QPushButton*>(QStringLiteral("shortcutClear")), Qt::LeftButton);
    QVERIFY(f_->part<QAction>("actionReload")->shortcut().isEmpty());
    QVERIFY(table->model()->index(0, 2).data().toString().contains(QStringLiteral("changed")));
    QTest::mouseClick(reset, Qt::LeftButton);
    QVERIFY(!f_->part<QAction>("actionReload")->shortcut().isEmpty());
    QTest::keyClick(editor, Qt::Key_Escape);
    QVERIFY(!editor->isVisible());
}

void TestActions::sheetHoldsAllShortcuts() {
    registry().setShortcuts(QStringLiteral("fit"), {QKeySequence(QStringLiteral("Ctrl+<"))});
    const auto page = shortcutSheet(registry());
    for (const auto* action : registry().actions()) {
        if (action->shortcut().isEmpty()) continue;
        QVERIFY2(page.contains(action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped()),
                 qPrintable(action->text()));
    }
    QVERIFY(page.contains(QStringLiteral("Ctrl+&lt;")));
    QVERIFY(page.contains(QStringLiteral("<h2>Run</h2>")));
    QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "openUrl");
    f_->part<QAction>("actionShortcutSheet")->trigger();
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    QFile file(openedUrl.toLocalFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), page);
}

void TestActions::cancellingMayBeConfirmed() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_VERIFY(f_->part<QAction>("actionCancel")->isEnabled());
    QVERIFY(preferences_->settings().set(settingId::kConfirmCancel, true));
    f_->part<QAction>("actionCancel")->trigger();
    auto* box = f_->part<QMessageBox>("confirmCancel");
    QVERIFY(box && box->isVisible());
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!f_->part<QMessageBox>("confirmCancel"));
    QCOMPARE(f_->gateway->count("runs.cancel"), 0);
    f_->part<QAction>("actionCancel")->trigger();
    box = f_->part<QMessageBox>("confirmCancel");
    for (auto* button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole) QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(f_->gateway->count("runs.cancel"), 1);
}

QTEST_MAIN(TestActions)
#include "test_actions.moc"
