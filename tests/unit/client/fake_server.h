// A gateway's WebSocket whose other end is the test: speaks version 1, and misbehaves when told to.
#pragma once

#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QWebSocket>
#include <QWebSocketServer>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/value.h"
#include "client/connect_gateway.h"

namespace signalbox::client::test {

class FakeServer : public QObject {
    Q_OBJECT
public:
    /// With a configuration that has a certificate it speaks TLS.
    explicit FakeServer(const QSslConfiguration& tls = {});

    bool listen(quint16 port = 0);
    /// Nobody listens there from now on; what is connected breaks.
    void stop();
    /// Breaks what is connected, as a lost network does.
    void breakOff();
    [[nodiscard]] quint16 port() const { return port_; }
    [[nodiscard]] QUrl url() const;
    void send(const Value& message);
    void sendText(const QString& text);
    void close(int code, const QString& reason = {});
    [[nodiscard]] bool isConnected() const { return peer_ != nullptr; }
    [[nodiscard]] std::vector<Value> sent(std::string_view type) const;  ///< what clients sent, by type
    /// Answers a request that was kept: the number'th since the beginning.
    void answer(std::size_t number, const Value& result);

    // How it behaves.
    std::string token = "good";
    bool open = false;  ///< takes everyone, without credentials
    std::string instance = "one";
    int major = 1;
    double heartbeat = 15;
    bool mute = false;    ///< hears, and says nothing
    bool answers = true;  ///< gateway.info at once; other requests are kept
    std::uint64_t seq = 100;
    bool speaksSubprotocol = true;
    /// Sees each message before it is dealt with.
    std::function<void(const Value&)> tap;

    int connections = 0;

private:
    void accept();
    void received(const QString& text);
    void makeServer();
    void greet();
    void refuse(const char* code);
    [[nodiscard]] protocol::GatewayInfo info() const;

    QSslConfiguration tls_;
    std::unique_ptr<QWebSocketServer> server_;
    QPointer<QWebSocket> peer_;
    quint16 port_ = 0;
    bool greeted_ = false;
    std::vector<Value> received_;
};

/// Quick enough for tests.
[[nodiscard]] LinkTiming quick();
[[nodiscard]] GatewayProfile profileFor(const FakeServer& server);
[[nodiscard]] RemoteGateway connectTo(const FakeServer& server, const QString& token = "good",
                                      LinkTiming timing = quick());
[[nodiscard]] Value event(std::uint64_t seq);

}  // namespace signalbox::client::test
