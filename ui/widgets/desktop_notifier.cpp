#include "ui/widgets/desktop_notifier.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QHash>

#include "ui/widgets/notification_centre.h"
#include "ui/widgets/session_bus.h"

namespace signalbox::ui {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr int kServerDecides = -1;  ///< how long it stays

QDBusMessage call(const QString& method) { return QDBusMessage::createMethodCall(kService, kPath, kService, method); }

QVariant urgencyOf(Severity severity) {
    const uchar urgency = severity == Severity::Error ? 2 : severity == Severity::Info ? 0 : 1;
    return QVariant::fromValue(urgency);
}

}  // namespace

/// The desktop's notification server as an object that hears its signals.
class DesktopNotifier::Server : public QObject {
    Q_OBJECT
public:
    explicit Server(const QString& connectionName) : bus_(openSessionBus(connectionName)) {
        if (!bus_.isConnected()) return;
        bus_.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                     SLOT(actionInvoked(uint, QString)));
        bus_.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                     SLOT(notificationClosed(uint, uint)));
    }
    // Asks once what the server understands; what is sent meanwhile waits for the answer.
    void send(const Notification& notification) {
        if (!bus_.isConnected()) return;
        waiting_ << notification;
        if (known_) {
            flush();
        } else if (waiting_.size() == 1) {
            auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(call(QStringLiteral("GetCapabilities"))), this);
            connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
                const QDBusPendingReply<QStringList> reply = *watcher;
                watcher->deleteLater();
                if (reply.isError()) {
                    // No server. One may come later, so the next notification asks again.
                    waiting_.clear();
                    return;
                }
                known_ = true;
                abilities_ = reply.value();
                flush();
            });
        }
    }
    void withdraw(quint64 id) {
        const auto serverId = shown_.key(id);
        if (serverId == 0 || !bus_.isConnected()) return;
        shown_.remove(serverId);
        auto close = call(QStringLiteral("CloseNotification"));
        close << serverId;
        bus_.asyncCall(close);
    }

Q_SIGNALS:
    void clicked(quint64 id);

private Q_SLOTS:
    void actionInvoked(uint serverId, const QString& action) {
        Q_UNUSED(action);
        if (const auto id = shown_.take(serverId); id != 0) Q_EMIT clicked(id);
    }
    void notificationClosed(uint serverId, uint reason) {
        Q_UNUSED(reason);
        shown_.remove(serverId);
    }

private:
    void flush() {
        for (const auto& notification : std::exchange(waiting_, {})) notify(notification);
    }
    void notify(const Notification& notification) {
        QStringList actions;
        if (abilities_.contains(QStringLiteral("actions"))) {
            actions << QStringLiteral("default") << tr("Show");
            if (!notification.actionLabel.isEmpty()) {
                auto label = notification.actionLabel;
                actions << QStringLiteral("action") << label.remove(QLatin1Char('&'));
            }
        }
        const bool markup = abilities_.contains(QStringLiteral("body-markup"));
        const auto body = markup ? notification.text.toHtmlEscaped() : notification.text;
        auto message = call(QStringLiteral("Notify"));
        message << QCoreApplication::applicationName() << 0U << QStringLiteral("signalbox") << notification.title
                << body << actions
                << QVariantMap{{QStringLiteral("urgency"), urgencyOf(notification.severity)},
                               {QStringLiteral("desktop-entry"), QStringLiteral("signalbox")}}
                << kServerDecides;
        auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, id = notification.id] {
            const QDBusPendingReply<uint> reply = *watcher;
            watcher->deleteLater();
            if (reply.isError()) {
                known_ = false;
            } else {
                shown_.insert(reply.value(), id);
            }
        });
    }

    QDBusConnection bus_;
    QList<Notification> waiting_;
    QStringList abilities_;
    QHash<uint, quint64> shown_;  ///< by the server's id
    bool known_ = false;
};

DesktopNotifier::DesktopNotifier(NotificationCentre& centre, std::function<bool()> looking, QObject* parent,
                                 const QString& connectionName)
    : QObject(parent),
      centre_(centre),
      looking_(std::move(looking)),
      server_(std::make_unique<Server>(connectionName)) {
    connect(&centre, &NotificationCentre::posted, this, &DesktopNotifier::offer);
    connect(&centre, &NotificationCentre::removed, server_.get(), &Server::withdraw);
    connect(server_.get(), &Server::clicked, this, [this](quint64 id) {
        Q_EMIT windowRequested();
        centre_.activate(id);
    });
}

DesktopNotifier::~DesktopNotifier() = default;

void DesktopNotifier::offer(quint64 id) {
    const auto* notification = centre_.find(id);
    if (enabled_ && notification && !looking_()) server_->send(*notification);
}

}  // namespace signalbox::ui

#include "desktop_notifier.moc"
