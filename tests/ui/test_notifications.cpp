// What the console has to say: history, toasts, the desktop's notifications over a stand-in server on a bus that the
// test starts itself.
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <memory>

#include "ui/private_bus.h"
#include "ui/widgets/desktop_notifier.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notification_panel.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toast_stack.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// A server of desktop notifications that remembers what it was asked to show.
class StandInServer : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        QString title;
        QString body;
        QStringList actions;
        QVariantMap hints;
    };
    QList<Shown> shown;
    QList<uint> closed;
    QStringList abilities{QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};

public Q_SLOTS:
    QStringList GetCapabilities() { return abilities; }
    uint Notify(const QString& app, uint replaces, const QString& icon, const QString& title, const QString& body,
                const QStringList& actions, const QVariantMap& hints, int timeout) {
        Q_UNUSED(app);
        Q_UNUSED(replaces);
        Q_UNUSED(icon);
        Q_UNUSED(timeout);
        shown << Shown{title, body, actions, hints};
        return 100 + static_cast<uint>(shown.size());
    }
    void CloseNotification(uint id) { closed << id; }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};

Notification withAction(Severity severity, const QString& title, std::function<void()> action) {
    Notification notification;
    notification.severity = severity;
    notification.title = title;
    notification.text = QStringLiteral("<b>3 & 4</b>");
    notification.actionLabel = QStringLiteral("&Open run");
    notification.action = std::move(action);
    return notification;
}

/// A window with a field that has the focus, and toasts.
struct Host {
    Host() : stack(centre, window) {
        auto* column = new QVBoxLayout(&window);
        field = new QLineEdit;
        column->addWidget(field);
        window.resize(900, 600);
        window.show();
        window.activateWindow();
        field->setFocus();
    }
    [[nodiscard]] QList<QWidget*> toasts() const {
        QList<QWidget*> shown;
        for (auto* toast : window.findChildren<QWidget*>(QStringLiteral("toast"))) {
            if (toast->isVisible()) shown << toast;
        }
        return shown;
    }
    QWidget window;
    NotificationCentre centre;
    ToastStack stack;
    QLineEdit* field;
};

}  // namespace

class TestNotifications : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void historyCountsAndForgets();
    void panelFiltersAndClears();
    void buttonTellsTheNumber();
    void atMostThreeToasts();
    void toastNeverTakesTheFocus();
    void toastIsAnAlert();
    void toastWaitsWhileItIsRead();
    void toastActionAndDismissal();
    void desktopIsToldWhenNobodyLooks();
    void clickOnTheDesktopActs();
    void noServerIsSilence();
};

void TestNotifications::initTestCase() {
    Theme::current().setMode(Theme::Mode::Dark);
    Theme::current().setReducedMotion(true);
}

void TestNotifications::historyCountsAndForgets() {
    NotificationCentre centre;
    QSignalSpy unread(&centre, &NotificationCentre::unreadChanged);
    const auto first = centre.post(Severity::Info, QStringLiteral("one"));
    const auto second = centre.post(Severity::Error, QStringLiteral("two"));
    QCOMPARE(centre.unread(), 2);
    QCOMPARE(centre.index(0).data().toString(), QStringLiteral("two"));
    centre.markRead(second);
    centre.markRead(second);
    QCOMPARE(centre.unread(), 1);
    centre.remove(first);
    QCOMPARE(centre.unread(), 0);
    QVERIFY(!centre.find(first));
    for (int i = 0; i < NotificationCentre::kMost + 20; ++i) centre.post(Severity::Info, QString::number(i));
    QCOMPARE(centre.rowCount(), NotificationCentre::kMost);
    QCOMPARE(centre.unread(), NotificationCentre::kMost);
    centre.markAllRead();
    QCOMPARE(centre.unread(), 0);
    // An action may do anything to the centre.
    const auto last = centre.post(withAction(Severity::Info, QStringLiteral("gone"), [&] { centre.clear(); }));
    centre.activate(last);
    QCOMPARE(centre.rowCount(), 0);
}

void TestNotifications::panelFiltersAndClears() {
    NotificationCentre centre;
    NotificationPanel panel(centre);
    panel.resize(400, 300);
    panel.show();
    auto* states = panel.findChild<PanelStates*>();
    QCOMPARE(states->state(), PanelStates::State::Empty);
    int opened = 0;
    centre.post(Severity::Info, QStringLiteral("saved"));
    centre.post(withAction(Severity::Error, QStringLiteral("failed"), [&] { ++opened; }));
    QCOMPARE(states->state(), PanelStates::State::Live);
    auto* severity = panel.findChild<QComboBox*>(QStringLiteral("notificationSeverity"));
    severity->setCurrentIndex(severity->findText(severityWord(Severity::Error)));
    QCOMPARE(panel.view().model()->rowCount(), 1);
    const auto row = panel.view().model()->index(0, 0);
    QTest::mouseClick(panel.view().viewport(), Qt::LeftButton, {}, panel.view().visualRect(row).center());
    QCOMPARE(opened, 1);
    QCOMPARE(centre.unread(), 1);
    panel.view().setCurrentIndex(row);
    QTest::keyClick(&panel.view(), Qt::Key_Delete);
    QCOMPARE(centre.rowCount(), 1);
    QCOMPARE(states->state(), PanelStates::State::Empty);
    severity->setCurrentIndex(0);
    QCOMPARE(states->state(), PanelStates::State::Live);
    QTest::mouseClick(panel.findChild<QToolButton*>(QStringLiteral("notificationsClear")), Qt::LeftButton);
    QCOMPARE(centre.rowCount(), 0);
}

void TestNotifications::buttonTellsTheNumber() {
    NotificationCentre centre;
    NotificationButton button(centre);
    const auto narrow = button.sizeHint().width();
    QVERIFY(!button.accessibleName().isEmpty());
    centre.post(Severity::Info, QStringLiteral("one"));
    centre.post(Severity::Info, QStringLiteral("two"));
    QVERIFY(button.accessibleName().contains(QLatin1Char('2')));
    QVERIFY(button.sizeHint().width() > narrow);
    centre.markAllRead();
    QCOMPARE(button.sizeHint().width(), narrow);
}

void TestNotifications::atMostThreeToasts() {
    Host host;
    for (int i = 0; i < 5; ++i) {
        host.centre.post(Severity::Info, QStringLiteral("message %1").arg(i));
        QVERIFY(host.toasts().size() <= ToastStack::kMost);
    }
    QCOMPARE(host.toasts().size(), ToastStack::kMost);
    // The newest are shown, above each other, inside the window, none over another.
    QVERIFY(host.stack.newest()->accessibleName().contains(QStringLiteral("message 4")));
    const auto shown = host.toasts();
    for (auto* toast : shown) {
        QVERIFY(host.window.rect().contains(toast->geometry()));
        for (auto* other : shown) QVERIFY(other == toast || !other->geometry().intersects(toast->geometry()));
    }
    host.window.resize(500, 400);
    for (auto* toast : host.toasts()) QVERIFY(host.window.rect().contains(toast->geometry()));
}

void TestNotifications::toastNeverTakesTheFocus() {
    Host host;
    QTRY_VERIFY(host.field->hasFocus());
    host.centre.post(withAction(Severity::Error, QStringLiteral("failed"), {}));
    QCOMPARE(host.toasts().size(), 1);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("typed on"));
    QCOMPARE(host.field->text(), QStringLiteral("typed on"));
    QTest::mouseClick(host.toasts().first()->findChild<QToolButton*>(QStringLiteral("toastClose")), Qt::LeftButton);
    QCOMPARE(host.toasts().size(), 0);
    QVERIFY(host.field->hasFocus());
}

void TestNotifications::toastIsAnAlert() {
    // That the event is sent cannot be seen here: the offscreen platform has nobody who would listen.
    Host host;
    host.centre.post(Severity::Warning, QStringLiteral("Disk is nearly full"));
    auto* toast = host.stack.newest();
    auto* interface = QAccessible::queryAccessibleInterface(toast);
    QCOMPARE(interface->role(), QAccessible::AlertMessage);
    QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("Warning: Disk is nearly full"));
}

void TestNotifications::toastWaitsWhileItIsRead() {
    Host host;
    host.stack.setLifetime(40);
    host.centre.post(Severity::Info, QStringLiteral("read me"));
    host.centre.post(Severity::Info, QStringLiteral("nobody looks"));
    auto* held = host.toasts().first();
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QCoreApplication::sendEvent(held, &enter);
    QTRY_COMPARE(host.toasts().size(), 1);
    QCOMPARE(host.toasts().first(), held);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(held, &leave);
    QTRY_COMPARE(host.toasts().size(), 0);
    // The same for the focus.
    host.centre.post(Severity::Info, QStringLiteral("by keyboard"));
    auto* toast = host.toasts().first();
    toast->findChild<QToolButton*>(QStringLiteral("toastClose"))->setFocus();
    host.centre.post(Severity::Info, QStringLiteral("passing"));
    QTRY_COMPARE(host.toasts().size(), 1);
    QCOMPARE(host.toasts().first(), toast);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(host.toasts().size(), 0);
    QVERIFY(host.field->hasFocus());
}

void TestNotifications::toastActionAndDismissal() {
    Host host;
    int opened = 0;
    host.centre.post(withAction(Severity::Error, QStringLiteral("failed"), [&] { ++opened; }));
    auto* action = host.toasts().first()->findChild<QPushButton*>(QStringLiteral("toastAction"));
    QCOMPARE(action->accessibleName(), QStringLiteral("Open run"));
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(opened, 1);
    QCOMPARE(host.toasts().size(), 0);
    QCOMPARE(host.centre.unread(), 0);
    host.centre.post(Severity::Info, QStringLiteral("gone with the history"));
    host.centre.clear();
    QCOMPARE(host.toasts().size(), 0);
}

namespace {

/// Server, bus and console together.
struct Desktop {
    Desktop() {
        if (!bus.isRunning()) return;
        auto connection = bus.connect(QStringLiteral("notification-server"));
        connection.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &server,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        connection.registerService(QStringLiteral("org.freedesktop.Notifications"));
        bus.connect(QStringLiteral("console"));
        notifier = std::make_unique<DesktopNotifier>(
            centre, [this] { return looking; }, nullptr, QStringLiteral("console"));
    }
    test::PrivateBus bus;
    StandInServer server;
    NotificationCentre centre;
    std::unique_ptr<DesktopNotifier> notifier;
    bool looking = false;
};

}  // namespace

void TestNotifications::desktopIsToldWhenNobodyLooks() {
    Desktop desktop;
    if (!desktop.bus.isRunning()) QSKIP("dbus-daemon is not installed");
    desktop.looking = true;
    desktop.centre.post(Severity::Error, QStringLiteral("seen in the window"));
    desktop.looking = false;
    const auto id = desktop.centre.post(withAction(Severity::Error, QStringLiteral("Run 42 failed"), {}));
    QTRY_COMPARE(desktop.server.shown.size(), 1);
    const auto& shown = desktop.server.shown.first();
    QCOMPARE(shown.title, QStringLiteral("Run 42 failed"));
    QCOMPARE(shown.body, QStringLiteral("&lt;b&gt;3 &amp; 4&lt;/b&gt;"));
    QCOMPARE(shown.actions, QStringList({QStringLiteral("default"), QStringLiteral("Show"), QStringLiteral("action"),
                                         QStringLiteral("Open run")}));
    QCOMPARE(shown.hints.value(QStringLiteral("urgency")).toInt(), 2);
    // What is cleared here goes there too, once it is known there.
    QTRY_VERIFY((desktop.centre.remove(id), desktop.centre.clear(), true));
    desktop.notifier->setEnabled(false);
    desktop.centre.post(Severity::Error, QStringLiteral("switched off"));
    desktop.notifier->setEnabled(true);
    desktop.centre.post(Severity::Info, QStringLiteral("again"));
    QTRY_COMPARE(desktop.server.shown.size(), 2);
    QCOMPARE(desktop.server.shown.last().title, QStringLiteral("again"));
}

void TestNotifications::clickOnTheDesktopActs() {
    Desktop desktop;
    if (!desktop.bus.isRunning()) QSKIP("dbus-daemon is not installed");
    int opened = 0;
    QSignalSpy raised(desktop.notifier.get(), &DesktopNotifier::windowRequested);
    desktop.centre.post(withAction(Severity::Error, QStringLiteral("Run 42 failed"), [&] { ++opened; }));
    QTRY_COMPARE(desktop.server.shown.size(), 1);
    // Of another program: nothing happens.
    Q_EMIT desktop.server.ActionInvoked(7, QStringLiteral("default"));
    Q_EMIT desktop.server.ActionInvoked(101, QStringLiteral("default"));
    QTRY_COMPARE(opened, 1);
    QCOMPARE(raised.size(), 1);
    QCOMPARE(desktop.centre.unread(), 0);
}

void TestNotifications::noServerIsSilence() {
    NotificationCentre centre;
    DesktopNotifier nowhere(
        centre, [] { return false; }, nullptr, QStringLiteral("no such bus"));
    centre.post(Severity::Error, QStringLiteral("nobody hears"));
    test::PrivateBus bus;
    if (!bus.isRunning()) QSKIP("dbus-daemon is not installed");
    bus.connect(QStringLiteral("deserted"));
    DesktopNotifier deserted(
        centre, [] { return false; }, nullptr, QStringLiteral("deserted"));
    centre.post(Severity::Error, QStringLiteral("nobody hears either"));
    centre.clear();
    // A server that comes later is found.
    StandInServer server;
    auto connection = bus.connect(QStringLiteral("late-server"));
    connection.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &server,
                              QDBusConnection::ExportAllSlots);
    connection.registerService(QStringLiteral("org.freedesktop.Notifications"));
    QTRY_VERIFY((centre.post(Severity::Info, QStringLiteral("now")), !server.shown.isEmpty()));
}

QTEST_MAIN(TestNotifications)
#include "test_notifications.moc"
