#include "ui/widgets/desktop_look.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include "ui/widgets/session_bus.h"

using PortalSettings = QMap<QString, QVariantMap>;

namespace signalbox::ui {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");

QVariant unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

}  // namespace

/// The portal as an object that hears its signal.
class DesktopLook::Portal : public QObject {
    Q_OBJECT
public:
    Portal(DesktopLook& look, const QString& connectionName) : look_(look), bus_(openSessionBus(connectionName)) {
        if (!bus_.isConnected()) return;
        qDBusRegisterMetaType<PortalSettings>();
        bus_.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                     SLOT(settingChanged(QString, QString, QDBusVariant)));
        auto message = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("ReadAll"));
        message << QStringList{kAppearance, kGnome};
        auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            const QDBusPendingReply<PortalSettings> reply = *watcher;
            watcher->deleteLater();
            if (reply.isError()) return;
            const auto settings = reply.value();
            for (auto group = settings.begin(); group != settings.end(); ++group) {
                for (auto key = group->begin(); key != group->end(); ++key) look_.take(group.key(), key.key(), *key);
            }
            Q_EMIT look_.changed();
        });
    }

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
        if (group != kAppearance && group != kGnome) return;
        look_.take(group, key, value.variant());
        Q_EMIT look_.changed();
    }

private:
    DesktopLook& look_;
    QDBusConnection bus_;
};

DesktopLook::DesktopLook(QObject* parent, const QString& connectionName)
    : QObject(parent), portal_(std::make_unique<Portal>(*this, connectionName)) {}

DesktopLook::~DesktopLook() = default;

void DesktopLook::take(const QString& group, const QString& key, const QVariant& given) {
    const auto value = unwrapped(given);
    if (group == kAppearance && key == QLatin1String("color-scheme")) {
        // 0: no preference, 1: dark, 2: light; anything else counts as none.
        const auto scheme = value.toUInt();
        scheme_ = scheme == 1 ? Scheme::Dark : scheme == 2 ? Scheme::Light : Scheme::Unknown;
    } else if (group == kAppearance && key == QLatin1String("contrast")) {
        highContrast_ = value.toUInt() == 1;
    } else if (group == kGnome && key == QLatin1String("enable-animations")) {
        reducedMotion_ = !value.toBool();
    }
}

}  // namespace signalbox::ui

#include "desktop_look.moc"
