#include "ui/widgets/session_bus.h"

#include <QDBusConnection>
#include <QFile>
#include <QString>

namespace signalbox::ui {

QDBusConnection openSessionBus(const QString& connectionName) {
    if (!connectionName.isEmpty()) return QDBusConnection(connectionName);
    const auto socket = qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus");
    const bool running = !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") || QFile::exists(socket);
    return running ? QDBusConnection::sessionBus() : QDBusConnection(QStringLiteral("none"));
}

}  // namespace signalbox::ui
