// Colours of every theme measured, and the desktop's preference followed over a stand-in settings portal on a bus that
// the test starts itself.
#include <QApplication>
#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QSignalSpy>
#include <QTest>
#include <memory>

#include "ui/private_bus.h"
#include "ui/widgets/contrast.h"
#include "ui/widgets/desktop_look.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

using PortalSettings = QMap<QString, QVariantMap>;

namespace {

const QString kAppearance = QStringLiteral("org.freedesktop.appearance");

/// Answers like the desktop's portal, as far as the console asks.
class StandInPortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    PortalSettings settings;
    int reads = 0;

public Q_SLOTS:
    PortalSettings ReadAll(const QStringList& groups) {
        ++reads;
        PortalSettings wanted;
        for (const auto& group : groups) {
            if (settings.contains(group)) wanted[group] = settings[group];
        }
        return wanted;
    }

Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

ThemeColours themeNamed(const QString& file) {
    auto loaded = ThemeColours::load(QStringLiteral(":/signalbox/themes/%1.json").arg(file));
    return loaded ? *loaded : ThemeColours{};
}

}  // namespace

class TestThemes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void pairs_data();
    void pairs();
    void statesDifferInHighContrast();
    void followsThePortal();
    void changesAreFollowedLive();
    void choiceOverridesTheDesktop();
    void motionFollowsUntilItIsChosen();
    void nothingHappensWithoutAPortal();
    void oddAnswersAreNoPreference();

private:
    void startPortal(uint scheme, uint contrast);
    std::unique_ptr<test::PrivateBus> bus_;
    std::unique_ptr<StandInPortal> portal_;
    QString console_;
    int connections_ = 0;
};

void TestThemes::initTestCase() {
    qDBusRegisterMetaType<PortalSettings>();
    Theme::current();
}

void TestThemes::cleanup() {
    Theme::current().setMode(Theme::Mode::System);
    Theme::current().followDesktop(QStringLiteral("no such bus"));
    portal_.reset();
    bus_.reset();
}

void TestThemes::startPortal(uint scheme, uint contrast) {
    bus_ = std::make_unique<test::PrivateBus>();
    if (!bus_->isRunning()) QSKIP("dbus-daemon is not installed");
    portal_ = std::make_unique<StandInPortal>();
    portal_->settings[kAppearance] = {{QStringLiteral("color-scheme"), scheme}, {QStringLiteral("contrast"), contrast}};
    auto server = bus_->connect(QStringLiteral("portal%1").arg(++connections_));
    QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), portal_.get(),
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(server.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    console_ = QStringLiteral("console%1").arg(connections_);
    QVERIFY(bus_->connect(console_).isConnected());
}

void TestThemes::pairs_data() {
    QTest::addColumn<QString>("file");
    for (const auto* file : {"light", "dark", "high-contrast"}) QTest::newRow(file) << QString::fromLatin1(file);
}

void TestThemes::pairs() {
    QFETCH(QString, file);
    const auto theme = themeNamed(file);
    QCOMPARE(theme.name, file);
    const auto pairs = contrastPairs(theme);
    QVERIFY(pairs.size() > 60);
    QStringList poor;
    for (const auto& pair : pairs) {
        const auto ratio = contrastRatio(pair.foreground, pair.background);
        if (ratio >= neededContrast(pair, theme)) continue;
        poor << QStringLiteral("%1: %2 on %3 is %4, needs %5")
                    .arg(QLatin1String(pair.use), pair.foreground.name(), pair.background.name())
                    .arg(ratio, 0, 'f', 2)
                    .arg(neededContrast(pair, theme));
    }
    QVERIFY2(poor.isEmpty(), qPrintable(poor.join(QLatin1Char('\n'))));
}

void TestThemes::statesDifferInHighContrast() {
    const auto theme = themeNamed(QStringLiteral("high-contrast"));
    QVERIFY(theme.highContrast);
    ContrastPair words{"", Qt::white, Qt::black, true};
    QCOMPARE(neededContrast(words, theme), 7.0);
    words.isText = false;
    QCOMPARE(neededContrast(words, theme), 3.0);
}

void TestThemes::followsThePortal() {
    startPortal(2, 0);
    if (QTest::currentTestFailed() || !bus_->isRunning()) return;
    auto& theme = Theme::current();
    theme.followDesktop(console_);
    QTRY_VERIFY(portal_->reads == 1);
    QTRY_VERIFY(!theme.isDark());
    QVERIFY(!theme.isHighContrast());
}

void TestThemes::changesAreFollowedLive() {
    startPortal(1, 0);
    if (QTest::currentTestFailed() || !bus_->isRunning()) return;
    auto& theme = Theme::current();
    theme.followDesktop(console_);
    QTRY_VERIFY(portal_->reads == 1);
    QTRY_VERIFY(theme.isDark());
    QSignalSpy changed(&theme, &Theme::changed);
    Q_EMIT portal_->SettingChanged(kAppearance, QStringLiteral("color-scheme"), QDBusVariant(2U));
    QTRY_VERIFY(!theme.isDark());
    QVERIFY(changed.size() >= 1);
    QCOMPARE(QApplication::palette().color(QPalette::Base), theme.colour(ColourRole::Surface));
    Q_EMIT portal_->SettingChanged(kAppearance, QStringLiteral("contrast"), QDBusVariant(1U));
    QTRY_VERIFY(theme.isHighContrast());
    Q_EMIT portal_->SettingChanged(kAppearance, QStringLiteral("contrast"), QDBusVariant(0U));
    QTRY_VERIFY(!theme.isHighContrast() && !theme.isDark());
}

void TestThemes::choiceOverridesTheDesktop() {
    startPortal(2, 0);
    if (QTest::currentTestFailed() || !bus_->isRunning()) return;
    auto& theme = Theme::current();
    theme.setMode(Theme::Mode::Dark);
    DesktopLook look(nullptr, console_);
    theme.followDesktop(console_);
    QTRY_COMPARE(look.scheme(), DesktopLook::Scheme::Light);
    QTRY_COMPARE(portal_->reads, 2);
    QVERIFY(theme.isDark());
    theme.setMode(Theme::Mode::System);
    QTRY_VERIFY(!theme.isDark());
}

void TestThemes::motionFollowsUntilItIsChosen() {
    startPortal(1, 0);
    if (QTest::currentTestFailed() || !bus_->isRunning()) return;
    portal_->settings[QStringLiteral("org.gnome.desktop.interface")] = {{QStringLiteral("enable-animations"), false}};
    DesktopLook look(nullptr, console_);
    QTRY_VERIFY(look.reducedMotion());
    auto& theme = Theme::current();
    theme.followDesktop(console_);
    QTRY_VERIFY(theme.reducedMotion());
    theme.setReducedMotion(false);
    QVERIFY(!theme.reducedMotion());
}

void TestThemes::nothingHappensWithoutAPortal() {
    auto& theme = Theme::current();
    const auto before = theme.isDark();
    DesktopLook look(nullptr, QStringLiteral("no such bus"));
    QCOMPARE(look.scheme(), DesktopLook::Scheme::Unknown);
    theme.followDesktop(QStringLiteral("no such bus"));
    QCOMPARE(theme.isDark(), before);
    // A bus without a portal on it.
    test::PrivateBus bus;
    if (!bus.isRunning()) QSKIP("dbus-daemon is not installed");
    auto connection = bus.connect(QStringLiteral("lonely"));
    DesktopLook lonely(nullptr, QStringLiteral("lonely"));
    // The bus answers in order: when it has answered this, the console's question was answered too.
    const auto reply = connection.call(
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                                       QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId")));
    QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
    QCoreApplication::processEvents();
    QCOMPARE(lonely.scheme(), DesktopLook::Scheme::Unknown);
    QVERIFY(!lonely.highContrast());
}

void TestThemes::oddAnswersAreNoPreference() {
    startPortal(17, 9);
    if (QTest::currentTestFailed() || !bus_->isRunning()) return;
    portal_->settings[kAppearance][QStringLiteral("accent-color")] = QStringLiteral("puce");
    DesktopLook look(nullptr, console_);
    QSignalSpy changed(&look, &DesktopLook::changed);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(look.scheme(), DesktopLook::Scheme::Unknown);
    QVERIFY(!look.highContrast());
}

QTEST_MAIN(TestThemes)
#include "test_themes.moc"
