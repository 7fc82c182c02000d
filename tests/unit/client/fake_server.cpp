#include "unit/client/fake_server.h"

#include <QHostAddress>
#include <utility>

#include "base/json.h"
#include "protocol/codec.h"

namespace signalbox::client::test {

using namespace std::chrono_literals;

FakeServer::FakeServer(const QSslConfiguration& tls) : tls_(tls) {}

void FakeServer::makeServer() {
    const bool secure = !tls_.localCertificate().isNull();
    server_ = std::make_unique<QWebSocketServer>(
        "test", secure ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode);
    if (secure) server_->setSslConfiguration(tls_);
    if (speaksSubprotocol) server_->setSupportedSubprotocols({"signalbox.v1"});
    connect(server_.get(), &QWebSocketServer::newConnection, this, &FakeServer::accept);
}

bool FakeServer::listen(quint16 port) {
    makeServer();
    if (!server_->listen(QHostAddress::LocalHost, port)) return false;
    port_ = server_->serverPort();
    return true;
}

void FakeServer::stop() {
    breakOff();
    server_.reset();
}

void FakeServer::breakOff() {
    if (!peer_) return;
    peer_->disconnect(this);
    peer_->abort();
    peer_->deleteLater();
    peer_.clear();
}

QUrl FakeServer::url() const {
    const char* scheme = tls_.localCertificate().isNull() ? "http" : "https";
    return QUrl(QString("%1://127.0.0.1:%2").arg(scheme).arg(port_));
}

void FakeServer::accept() {
    ++connections;
    greeted_ = false;
    peer_ = server_->nextPendingConnection();
    peer_->setParent(this);
    connect(peer_.data(), &QWebSocket::textMessageReceived, this, &FakeServer::received);
}

void FakeServer::sendText(const QString& text) {
    if (peer_) peer_->sendTextMessage(text);
}

void FakeServer::send(const Value& message) { sendText(QString::fromStdString(writeJson(message))); }

void FakeServer::close(int code, const QString& reason) {
    if (peer_) peer_->close(QWebSocketProtocol::CloseCode(code), reason);
}

std::vector<Value> FakeServer::sent(std::string_view type) const {
    std::vector<Value> found;
    for (const Value& message : received_) {
        if (message["type"].asString() == type) found.push_back(message);
    }
    return found;
}

void FakeServer::answer(std::size_t number, const Value& result) {
    send(Value::object({{"type", "reply"}, {"id", sent("request").at(number)["id"]}, {"result", result}}));
}

protocol::GatewayInfo FakeServer::info() const {
    protocol::GatewayInfo info;
    info.name = "fake";
    info.instance = instance;
    return info;
}

void FakeServer::greet() {
    if (std::exchange(greeted_, true)) return;
    send(Value::object({{"type", "hello"},
                        {"protocolMajor", Value(major)},
                        {"protocolMinor", Value(0)},
                        {"gateway", protocol::toValue(info())},
                        {"account", protocol::toValue(protocol::AccountDto{})},
                        {"heartbeat", Value(heartbeat)}}));
}

void FakeServer::refuse(const char* code) {
    const protocol::ErrorDto error{code, "This token is not good", {}, {}, false};
    send(Value::object({{"type", "refused"}, {"error", protocol::toValue(error)}}));
    close(4401);
}

void FakeServer::received(const QString& text) {
    const Value message = *parseJson(text.toStdString());
    received_.push_back(message);
    if (tap) tap(message);
    if (mute) return;
    const auto type = message["type"].asString();
    if (open) greet();
    if (!greeted_ && type != "authenticate") return refuse("auth.required");
    if (type == "authenticate") {
        if (message["token"].asString() != token) return refuse("auth.invalid");
        greet();
    } else if (type == "ping") {
        send(Value::object({{"type", "pong"}, {"id", message["id"]}}));
    } else if (type == "subscribe") {
        send(Value::object({{"type", "subscribed"}, {"id", message["id"]}, {"seq", Value(std::int64_t(seq))}}));
    } else if (type == "request" && message["call"].asString() == "gateway.info" && answers) {
        send(Value::object({{"type", "reply"}, {"id", message["id"]}, {"result", protocol::toValue(info())}}));
    }
}

LinkTiming quick() {
    LinkTiming timing;
    timing.connect = 2s;
    timing.firstRetry = 10ms;
    timing.longestRetry = 40ms;
    timing.waitWhileLost = 5s;
    return timing;
}

GatewayProfile profileFor(const FakeServer& server) {
    GatewayProfile profile;
    profile.name = "test";
    profile.url = server.url();
    return profile;
}

RemoteGateway connectTo(const FakeServer& server, const QString& token, LinkTiming timing) {
    ConnectOptions options;
    options.token = token;
    options.timing = timing;
    return connectGateway(profileFor(server), std::move(options));
}

Value event(std::uint64_t seq) {
    protocol::EventDto dto;
    dto.seq = seq;
    dto.kind = "node";
    return protocol::toValue(dto);
}

}  // namespace signalbox::client::test
