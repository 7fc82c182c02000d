#include "app/desktop/single_instance.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

namespace signalbox::desktop {

namespace {

constexpr int kLockMilliseconds = 3000;
constexpr int kConnectMilliseconds = 1000;
constexpr int kAnswerMilliseconds = 3000;
constexpr int kPatienceMilliseconds = 2000;  ///< with somebody who connects and says nothing
const QByteArray kAnswer("ok\n");

}  // namespace

SingleInstance::SingleInstance(QString folder, QObject* parent)
    : SingleInstance(std::move(folder), static_cast<quint32>(::geteuid()), parent) {}

SingleInstance::SingleInstance(QString folder, quint32 user, QObject* parent)
    : QObject(parent), folder_(std::move(folder)), user_(user), server_(new QLocalServer(this)) {
    server_->setSocketOptions(QLocalServer::UserAccessOption);
    connect(server_, &QLocalServer::newConnection, this, &SingleInstance::accept);
}

SingleInstance::~SingleInstance() = default;

QString SingleInstance::defaultFolder() { return qEnvironmentVariable("XDG_RUNTIME_DIR"); }

QString SingleInstance::socketPath() const { return folder_ + QStringLiteral("/signalbox.socket"); }

bool SingleInstance::folderIsSafe() const {
    const QFileInfo folder(folder_);
    constexpr auto kOthers =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    return folder.isDir() && folder.ownerId() == static_cast<uint>(::geteuid()) && !(folder.permissions() & kOthers);
}

bool SingleInstance::isAllowed(const QLocalSocket& socket) const {
    ucred peer{};
    socklen_t size = sizeof peer;
    const auto descriptor = static_cast<int>(socket.socketDescriptor());
    return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == user_;
}

SingleInstance::Outcome SingleInstance::claim(const QJsonObject& message) {
    if (folder_.isEmpty() || !folderIsSafe()) return Outcome::Unavailable;
    // Two that start at once do not both find nobody.
    QLockFile lock(folder_ + QStringLiteral("/signalbox.lock"));
    if (!lock.tryLock(kLockMilliseconds)) return Outcome::Unavailable;
    QLocalSocket socket;
    socket.connectToServer(socketPath());
    if (socket.waitForConnected(kConnectMilliseconds)) return handOver(socket, message);
    // Nobody listens: what lies there was left by a process that has gone.
    return listen() ? Outcome::First : Outcome::Unavailable;
}

SingleInstance::Outcome SingleInstance::handOver(QLocalSocket& socket, const QJsonObject& message) const {
    if (!isAllowed(socket)) return Outcome::Unavailable;
    socket.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    QByteArray answer;
    while (answer.size() < kAnswer.size() && socket.waitForReadyRead(kAnswerMilliseconds)) answer += socket.readAll();
    return answer == kAnswer ? Outcome::HandedOver : Outcome::Unavailable;
}

bool SingleInstance::listen() {
    QLocalServer::removeServer(socketPath());
    return server_->listen(socketPath());
}

void SingleInstance::accept() {
    while (auto* socket = server_->nextPendingConnection()) {
        if (!isAllowed(*socket)) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(*socket); });
        QTimer::singleShot(kPatienceMilliseconds, socket, [socket] { socket->abort(); });
        if (socket->bytesAvailable() > 0) read(*socket);
    }
}

void SingleInstance::read(QLocalSocket& socket) {
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() > kLongestMessage) socket.abort();
        return;
    }
    const auto line = socket.readLine(kLongestMessage);
    const auto message = QJsonDocument::fromJson(line);
    if (!message.isObject()) return socket.abort();
    socket.write(kAnswer);
    socket.flush();
    socket.disconnectFromServer();
    Q_EMIT received(message.object());
}

}  // namespace signalbox::desktop
