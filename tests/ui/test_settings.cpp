// Declared settings: checked, kept where they differ, shown on pages, and acting at once.
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>

#include "ui/settings/json_file.h"
#include "ui/settings/preferences.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/window_notices.h"
#include "ui/text/format.h"
#include "ui/widgets/notice_bar.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

void write(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesAreChecked_data();
    void valuesAreChecked();
    void onlyDifferencesAreKept();
    void whatIsNotUnderstoodIsNotLost();
    void filesAreSetAside_data();
    void filesAreSetAside();
    void filesInTheWayAreLeftAlone();
    void processesKeepEachOthersMembers();
    void exportAndImport();
    void importTellsWhatItRefuses();
    void dialogShowsEverySetting();
    void dialogActsAtOnce();
    void dialogSearches();
    void dialogImportsAndExports();
    void menuAndDialogAgree();
    void windowSettingsAct();
    void timesMayBeUtc();
    void desktopNotificationsCanBeSwitchedOff();
};

void TestSettings::valuesAreChecked_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("code");
    QTest::newRow("choice") << settingId::kTheme << QJsonValue(QStringLiteral("dark")) << QString();
    QTest::newRow("no choice") << settingId::kTheme << QJsonValue(QStringLiteral("pink"))
                               << QStringLiteral("setting.choice");
    QTest::newRow("choice by number") << settingId::kTheme << QJsonValue(1) << QStringLiteral("setting.type");
    QTest::newRow("switch") << settingId::kReducedMotion << QJsonValue(true) << QString();
    QTest::newRow("switch as text") << settingId::kReducedMotion << QJsonValue(QStringLiteral("true"))
                                    << QStringLiteral("setting.type");
    QTest::newRow("number") << settingId::kRecentFiles << QJsonValue(30) << QString();
    QTest::newRow("too many") << settingId::kRecentFiles << QJsonValue(31) << QStringLiteral("setting.range");
    QTest::newRow("negative") << settingId::kRecentFiles << QJsonValue(-1) << QStringLiteral("setting.range");
    QTest::newRow("half") << settingId::kRecentFiles << QJsonValue(1.5) << QStringLiteral("setting.type");
    QTest::newRow("unknown") << QStringLiteral("no.such") << QJsonValue(1) << QStringLiteral("setting.unknown");
}

void TestSettings::valuesAreChecked() {
    QFETCH(QString, id);
    QFETCH(QJsonValue, value);
    QFETCH(QString, code);
    Settings settings;
    declareShellSettings(settings);
    const auto before = settings.value(id);
    QSignalSpy changed(&settings, &Settings::changed);
    const auto done = settings.set(id, value);
    QCOMPARE(done ? QString() : toQString(done.error().code), code);
    QCOMPARE(settings.value(id), code.isEmpty() ? value : before);
    QCOMPARE(changed.count(), code.isEmpty() ? 1 : 0);
}

void TestSettings::onlyDifferencesAreKept() {
    Settings settings;
    declareShellSettings(settings);
    QVERIFY(settings.toJson().isEmpty());
    QVERIFY(settings.set(settingId::kRecentFiles, 3));
    QCOMPARE(settings.toJson(), (QJsonObject{{settingId::kRecentFiles, 3}}));
    QVERIFY(!settings.isDefault(settingId::kRecentFiles));
    QVERIFY(settings.set(settingId::kRecentFiles, 10));
    QVERIFY(settings.toJson().isEmpty());
    QVERIFY(settings.set(settingId::kTheme, QStringLiteral("dark")));
    settings.resetAll();
    QVERIFY(settings.toJson().isEmpty());
    QCOMPARE(settings.describe(settingId::kTheme, settings.value(settingId::kTheme)), QStringLiteral("As the desktop"));
}

void TestSettings::whatIsNotUnderstoodIsNotLost() {
    const QJsonObject file{{QStringLiteral("future.thing"), QJsonArray{1, 2}},
                           {settingId::kRecentFiles, 999},
                           {settingId::kDensity, QStringLiteral("compact")}};
    Settings settings;
    settings.fromJson(file);
    declareShellSettings(settings);
    // Loaded before it was declared.
    QCOMPARE(settings.text(settingId::kDensity), QStringLiteral("compact"));
    QCOMPARE(settings.number(settingId::kRecentFiles), 10);
    QCOMPARE(settings.toJson(), file);
    const auto refused = settings.fromJson(file);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused[0].code, std::string("setting.range"));
    QVERIFY(settings.set(settingId::kRecentFiles, 5));
    QCOMPARE(settings.toJson().value(settingId::kRecentFiles).toInt(), 5);
    QVERIFY(settings.toJson().contains(QStringLiteral("future.thing")));
}

void TestSettings::filesAreSetAside_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("state.syntax");
    QTest::newRow("cut") << QByteArray("{\"format\": \"mine\", \"version\": 1, \"a") << QStringLiteral("state.syntax");
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe\x01", 4) << QStringLiteral("state.syntax");
    QTest::newRow("other program") << QByteArray("{\"format\": \"theirs\", \"version\": 1}")
                                   << QStringLiteral("state.format");
    QTest::newRow("list") << QByteArray("[1, 2]") << QStringLiteral("state.format");
    QTest::newRow("newer") << QByteArray("{\"format\": \"mine\", \"version\": 2}") << QStringLiteral("state.version");
    QTest::newRow("no version") << QByteArray("{\"format\": \"mine\"}") << QStringLiteral("state.version");
    QTest::newRow("huge") << QByteArray(static_cast<int>(JsonFile::kMostBytes) + 1, ' ')
                          << QStringLiteral("file.too-large");
}

void TestSettings::filesAreSetAside() {
    QFETCH(QByteArray, content);
    QFETCH(QString, code);
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("state.json"));
    write(path, content);
    JsonFile file(path, QStringLiteral("mine"), 1);
    QVERIFY(file.load().isEmpty());
    QVERIFY(file.problem());
    QCOMPARE(toQString(file.problem()->code), code);
    QVERIFY(!QFile::exists(path));
    QCOMPARE(read(path + QStringLiteral(".unreadable-1")), content);
    QVERIFY(toQString(file.problem()->hint).contains(QStringLiteral("unreadable-1")));
    QVERIFY(file.save({{QStringLiteral("a"), 1}}));
    QCOMPARE(file.load(), (QJsonObject{{QStringLiteral("a"), 1}}));
    QVERIFY(!file.problem());
}

void TestSettings::filesInTheWayAreLeftAlone() {
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("state.json"));
    write(path, "not mine");
    for (int i = 1; i < 100; ++i) write(QStringLiteral("%1.unreadable-%2").arg(path).arg(i), "older");
    JsonFile file(path, QStringLiteral("mine"), 1);
    QVERIFY(file.load().isEmpty());
    const auto saved = file.save({});
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, std::string("state.locked"));
    QCOMPARE(read(path), QByteArray("not mine"));
}

void TestSettings::processesKeepEachOthersMembers() {
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("deep/er/state.json"));
    const JsonFile file(path, QStringLiteral("mine"), 1);
    StateStore one(file);
    StateStore two(file);
    one.setValue(QStringLiteral("one"), 1);
    two.setValue(QStringLiteral("two"), 2);
    QVERIFY(one.flush());
    QVERIFY(two.flush());
    const StateStore after(file);
    QCOMPARE(after.value(QStringLiteral("one")).toInt(), 1);
    QCOMPARE(after.value(QStringLiteral("two")).toInt(), 2);
    constexpr auto kOthers = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(folder.filePath(QStringLiteral("deep/er"))) & kOthers));
    // Written by itself, a moment later.
    one.setValue(QStringLiteral("one"), 3);
    QTRY_VERIFY(read(path).contains("\"one\": 3"));
    QVERIFY(read(path).contains("\"two\": 2"));
}

void TestSettings::exportAndImport() {
    Preferences one;
    declareShellSettings(one.settings());
    QVERIFY(one.settings().set(settingId::kRecentCommands, 7));
    one.setShortcuts({{QStringLiteral("fit"), QJsonArray{QStringLiteral("Ctrl+Alt+F")}}});
    Preferences two;
    declareShellSettings(two.settings());
    QVERIFY(two.settings().set(settingId::kRecentFiles, 4));
    const auto done = two.import(one.exported());
    QVERIFY(done);
    QCOMPARE(done->taken, QStringList{settingId::kRecentCommands});
    QCOMPARE(done->shortcuts, 1);
    QVERIFY(done->refused.isEmpty());
    QCOMPARE(two.settings().number(settingId::kRecentCommands), 7);
    QCOMPARE(two.settings().number(settingId::kRecentFiles), 4);
    QCOMPARE(two.shortcuts(), one.shortcuts());
    // What nobody declared could be anything, and stays here.
    one.settings().fromJson({{QStringLiteral("future.password"), QStringLiteral("hunter2")}});
    QVERIFY(!one.exported().contains("hunter2"));
}

void TestSettings::importTellsWhatItRefuses() {
    Preferences preferences;
    declareShellSettings(preferences.settings());
    QCOMPARE(preferences.import("{").error().code, std::string("settings.syntax"));
    QCOMPARE(preferences.import("{\"format\": \"other\"}").error().code, std::string("settings.format"));
    const auto done = preferences.import(
        R"({"format": "signalbox-settings", "settings": {"look.theme": "pink", "window.recentFiles": 2, "no.such": true},
            "shortcuts": {"fit": "Ctrl+F", "run": ["Ctrl+Alt+R"]}})");
    QVERIFY(done);
    QCOMPARE(done->taken, QStringList{settingId::kRecentFiles});
    QStringList refused;
    for (const auto& error : done->refused) refused << toQString(error.where);
    QCOMPARE(refused, (QStringList{QStringLiteral("look.theme"), QStringLiteral("no.such"), QStringLiteral("fit")}));
    QCOMPARE(preferences.shortcuts().keys(), QStringList{QStringLiteral("run")});
}

namespace {

struct DialogFixture : test::WindowFixture {
    DialogFixture() {
        part<QAction>("actionSettings")->trigger();
        dialog = part<SettingsDialog>("settingsDialog");
    }
    [[nodiscard]] QWidget* row(const QString& id) const {
        return dialog->findChild<QWidget*>(QStringLiteral("settingRow.") + id);
    }
    template <class Widget>
    [[nodiscard]] Widget* control(const QString& id) const {
        return dialog->findChild<Widget*>(QStringLiteral("setting.") + id);
    }
    SettingsDialog* dialog = nullptr;
};

}  // namespace

void TestSettings::dialogShowsEverySetting() {
    DialogFixture f;
    QVERIFY(f.dialog && f.dialog->isVisible());
    auto* pages = f.dialog->findChild<QListWidget*>(QStringLiteral("settingsPages"));
    for (const auto& spec : f.window->settings().specs()) {
        for (int i = 0; i < pages->count(); ++i) {
            pages->setCurrentRow(i);
            QCOMPARE(f.row(spec.id)->isVisible(), pages->item(i)->text() == spec.category);
        }
        const auto* control = f.control<QWidget>(spec.id);
        QCOMPARE(control->accessibleName(), spec.title);
        QVERIFY(control->focusPolicy() & Qt::TabFocus);
    }
}

void TestSettings::dialogActsAtOnce() {
    DialogFixture f;
    auto* motion = f.control<QCheckBox>(settingId::kReducedMotion);
    ui::Theme::current().setReducedMotion(false);
    motion->setChecked(true);
    QVERIFY(ui::Theme::current().reducedMotion());
    auto* reset = f.dialog->findChild<QToolButton*>(QStringLiteral("settingReset.") + settingId::kReducedMotion);
    auto* note = f.dialog->findChild<QLabel*>(QStringLiteral("settingNote.") + settingId::kReducedMotion);
    QVERIFY(reset->isVisible());
    QCOMPARE(note->text(), QStringLiteral("Default: Off"));
    QTest::mouseClick(reset, Qt::LeftButton);
    QVERIFY(!motion->isChecked());
    QVERIFY(!ui::Theme::current().reducedMotion());
    QVERIFY(!reset->isVisible());
    // By keyboard: the choice below the current one.
    auto* density = f.control<QComboBox>(settingId::kDensity);
    density->setFocus();
    QTest::keyClick(density, Qt::Key_Down);
    QCOMPARE(f.window->settings().text(settingId::kDensity), QStringLiteral("compact"));
    QCOMPARE(ui::Theme::current().density(), ui::Theme::Density::Compact);
    QTest::mouseClick(f.dialog->findChild<QPushButton*>(QStringLiteral("settingsResetAll")), Qt::LeftButton);
    QCOMPARE(ui::Theme::current().density(), ui::Theme::Density::Comfortable);
    QCOMPARE(density->currentIndex(), 0);
}

void TestSettings::dialogSearches() {
    DialogFixture f;
    auto* search = f.dialog->findChild<QLineEdit*>(QStringLiteral("settingsSearch"));
    QTest::keyClicks(search, QStringLiteral("how many"));
    QVERIFY(f.row(settingId::kRecentFiles)->isVisible());
    QVERIFY(f.row(settingId::kRecentCommands)->isVisible());
    QVERIFY(!f.row(settingId::kTheme)->isVisible());
    search->setText(QStringLiteral("dark"));  // the label of a choice
    QVERIFY(f.row(settingId::kTheme)->isVisible());
    search->setText(QStringLiteral("nothing like this"));
    for (const auto& spec : f.window->settings().specs()) QVERIFY(!f.row(spec.id)->isVisible());
    search->clear();
    QVERIFY(f.row(settingId::kTheme)->isVisible());
}

void TestSettings::dialogImportsAndExports() {
    const QTemporaryDir folder;
    DialogFixture f;
    auto* notice = f.dialog->findChild<NoticeBar*>();
    QVERIFY(f.window->settings().set(settingId::kRecentFiles, 6));
    const auto path = folder.filePath(QStringLiteral("out.json"));
    f.dialog->exportTo(path);
    QVERIFY(read(path).contains("window.recentFiles"));
    f.window->settings().resetAll();
    f.dialog->importFrom(path);
    QCOMPARE(f.window->settings().number(settingId::kRecentFiles), 6);
    QVERIFY(notice->message().contains(QStringLiteral("1 setting taken over")));
    write(path, "{}");
    f.dialog->importFrom(path);
    QVERIFY(notice->diagnostics().contains(QStringLiteral("settings.format")));
    f.dialog->importFrom(folder.filePath(QStringLiteral("missing.json")));
    QVERIFY(notice->diagnostics().contains(QStringLiteral("file.not-found")));
    f.window->settings().resetAll();
}

void TestSettings::menuAndDialogAgree() {
    DialogFixture f;
    auto* theme = f.control<QComboBox>(settingId::kTheme);
    f.part<QAction>("actionThemeLight")->trigger();
    QCOMPARE(theme->currentData().toString(), QStringLiteral("light"));
    QVERIFY(f.window->settings().set(settingId::kTheme, QStringLiteral("dark")));
    QVERIFY(f.part<QAction>("actionThemeDark")->isChecked());
    QVERIFY(ui::Theme::current().isDark());
    f.part<QAction>("actionCompact")->trigger();
    QCOMPARE(f.window->settings().text(settingId::kDensity), QStringLiteral("compact"));
    f.part<QAction>("actionCompact")->trigger();
    QVERIFY(f.window->settings().isDefault(settingId::kDensity));
}

void TestSettings::windowSettingsAct() {
    test::WindowFixture f;
    auto& settings = f.window->settings();
    QCOMPARE(f.part<QToolBar>("toolBar")->toolButtonStyle(), Qt::ToolButtonIconOnly);
    QVERIFY(settings.set(settingId::kToolBarWords, true));
    QCOMPARE(f.part<QToolBar>("toolBar")->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
    f.window->openWorkflow(QStringLiteral("greeting"));
    QTRY_COMPARE(f.openId(), QStringLiteral("greeting"));
    f.part<QAction>("actionRun")->trigger();
    QVERIFY(f.part<QDialog>("inputsDialog"));
    QTest::keyClick(f.part<QDialog>("inputsDialog"), Qt::Key_Escape);
    QTRY_VERIFY(!f.part<QDialog>("inputsDialog"));
    // Its inputs have defaults: nothing needs to be asked.
    auto workflow = test::workflowWithInputs();
    workflow.inputs.erase(workflow.inputs.begin());
    f.gateway->workflows[2] = workflow;
    f.part<QAction>("actionReload")->trigger();
    QTRY_COMPARE(f.window->context().workflow()->inputs.size(), workflow.inputs.size());
    QVERIFY(settings.set(settingId::kAskInputs, QStringLiteral("required")));
    f.prepareRun(workflow, "r1");
    f.part<QAction>("actionRun")->trigger();
    QTRY_COMPARE(f.gateway->starts.size(), std::size_t(1));
}

void TestSettings::timesMayBeUtc() {
    qputenv("TZ", "Asia/Tokyo");
    test::WindowFixture f;
    constexpr std::int64_t kNoon = 1'767'268'800'000'000;  // 2026-01-01 12:00 UTC
    QSignalSpy told(&f.window->context(), &PanelContext::timesChanged);
    const auto local = formatDateTime(kNoon);
    QVERIFY(!local.contains(QStringLiteral("UTC")));
    QVERIFY(!f.part<QLabel>("timeZone")->isVisible());
    f.gateway->runs.push_back(test::freshRun(test::smallWorkflow(), "old", kNoon));
    f.window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f.openId(), QStringLiteral("lines"));
    f.window->context().run().open(QStringLiteral("old"));
    QTRY_VERIFY(f.part<QLabel>("runStarted")->text().contains(local));
    QVERIFY(f.window->settings().set(settingId::kTimes, QStringLiteral("utc")));
    QCOMPARE(formatDateTime(kNoon), QStringLiteral("2026-01-01 12:00:00 UTC"));
    QCOMPARE(formatTimeOfDay(kNoon), QStringLiteral("12:00:00"));
    QVERIFY(f.part<QLabel>("timeZone")->isVisible());
    QCOMPARE(told.count(), 1);
    QVERIFY(f.part<QLabel>("runStarted")->text().contains(QStringLiteral("2026-01-01 12:00:00 UTC")));
    f.window->settings().reset(settingId::kTimes);
    QCOMPARE(formatDateTime(kNoon), local);
}

void TestSettings::desktopNotificationsCanBeSwitchedOff() {
    test::WindowFixture f;
    const auto* notices = f.window->findChild<WindowNotices*>();
    QVERIFY(notices->desktopNotices());
    QVERIFY(f.window->settings().set(settingId::kDesktopNotices, false));
    QVERIFY(!notices->desktopNotices());
    f.window->settings().reset(settingId::kDesktopNotices);
    QVERIFY(notices->desktopNotices());
}

QTEST_MAIN(TestSettings)
#include "test_settings.moc"
