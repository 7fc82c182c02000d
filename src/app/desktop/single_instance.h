// One console for each person and session: a second start hands its arguments over to the first.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>

class QLocalServer;
class QLocalSocket;

namespace signalbox::desktop {

/// Listens on a socket in a folder that only its owner may enter; who connects is asked for by the kernel as well, so
/// that nobody else can talk to it. Lives in the window's thread.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    enum class Outcome : quint8 {
        First,        ///< this process listens now
        HandedOver,   ///< another one has taken the message and answered
        Unavailable,  ///< neither: no safe folder, or the other one does not answer
    };
    static constexpr qint64 kLongestMessage = 64 * 1024;

    /// `user` is who may talk to it; that of this process unless told.
    explicit SingleInstance(QString folder, QObject* parent = nullptr);
    SingleInstance(QString folder, quint32 user, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// Before the first window, as it waits up to some seconds for another process.
    Outcome claim(const QJsonObject& message);
    [[nodiscard]] QString socketPath() const;

    /// $XDG_RUNTIME_DIR; empty when it is not set.
    [[nodiscard]] static QString defaultFolder();

Q_SIGNALS:
    void received(const QJsonObject& message);

private:
    [[nodiscard]] bool folderIsSafe() const;
    [[nodiscard]] bool isAllowed(const QLocalSocket& socket) const;
    Outcome handOver(QLocalSocket& socket, const QJsonObject& message) const;
    bool listen();
    void accept();
    void read(QLocalSocket& socket);

    QString folder_;
    quint32 user_;
    QLocalServer* server_;
};

}  // namespace signalbox::desktop
