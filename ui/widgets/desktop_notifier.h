// Notifications of the desktop (org.freedesktop.Notifications over D-Bus) while nobody looks at the window.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

namespace signalbox::ui {

class NotificationCentre;

/// Hands on what is posted to the centre while `looking` says no. A click on it does the notification's action and asks
/// for the window. Without a bus or a server nothing happens. Window thread only; never blocks.
class DesktopNotifier : public QObject {
    Q_OBJECT
public:
    /// `connectionName` names a QDBusConnection that is open already; empty is the session's bus.
    DesktopNotifier(NotificationCentre& centre, std::function<bool()> looking, QObject* parent = nullptr,
                    const QString& connectionName = {});
    ~DesktopNotifier() override;

    void setEnabled(bool enabled) { enabled_ = enabled; }
    [[nodiscard]] bool isEnabled() const { return enabled_; }

Q_SIGNALS:
    /// Somebody clicked: the window should come to the front.
    void windowRequested();

private:
    void offer(quint64 id);

    NotificationCentre& centre_;
    std::function<bool()> looking_;
    class Server;
    std::unique_ptr<Server> server_;
    bool enabled_ = true;
};

}  // namespace signalbox::ui
