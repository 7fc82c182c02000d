// The session's message bus, or none: what asks it must not start one.
#pragma once

class QDBusConnection;
class QString;

namespace signalbox::ui {

/// The open connection of that name, or with an empty name the session's bus. Not connected when there is no bus:
/// libdbus would otherwise launch one, which takes long.
[[nodiscard]] QDBusConnection openSessionBus(const QString& connectionName);

}  // namespace signalbox::ui
