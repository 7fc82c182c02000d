#include "client/gateway_link.h"

#include <algorithm>
#include <utility>

#include "client/gateway_address.h"
#include "client/link_socket.h"
#include "client/words.h"

namespace signalbox::client {

namespace {

constexpr std::chrono::milliseconds kSweep{200};

OpenCalls::Limits limitsOf(const LinkTiming& timing) {
    OpenCalls::Limits limits;
    limits.waitWhileLost = timing.waitWhileLost.count() * 1000;
    limits.repeatWithin = timing.repeatWithin.count() * 1000;
    return limits;
}

}  // namespace

GatewayLink::GatewayLink(LinkConfig config, std::shared_ptr<std::atomic<qint64>> lastHeard)
    : config_(std::move(config)),
      lastHeard_(std::move(lastHeard)),
      backoff_(config_.timing.firstRetry, config_.timing.longestRetry),
      retry_(this),
      pulse_(this),
      sweep_(this),
      calls_(limitsOf(config_.timing)),
      heartbeat_(config_.timing.heartbeat) {
    status_.state = ConnectionState::Connecting;
    retry_.setSingleShot(true);
    sweep_.setInterval(kSweep);
    connect(&retry_, &QTimer::timeout, this, &GatewayLink::open);
    connect(&pulse_, &QTimer::timeout, this, &GatewayLink::pulse);
    connect(&sweep_, &QTimer::timeout, this, &GatewayLink::sweep);
}

GatewayLink::~GatewayLink() = default;

bool GatewayLink::isLive() const {
    return status_.state == ConnectionState::Live || status_.state == ConnectionState::Stale;
}

void GatewayLink::publish(ConnectionState state) {
    status_.state = state;
    Q_EMIT statusChanged(status_);
}

void GatewayLink::useToken(const QString& token) {
    token_ = token;
    backoff_.reset();
    open();
}

void GatewayLink::trust(const QString& sha256) {
    config_.pinned = sha256;
    reconnect();
}

void GatewayLink::reconnect() {
    backoff_.reset();
    open();
}

void GatewayLink::forgetToken() {
    token_.clear();
    ended(credentialsEnd(config_.url));
}

void GatewayLink::disconnectNow() {
    LinkEnd end;
    end.error = worded("gateway.disconnected", Words::tr("Not attached to the gateway"), placeOf(config_.url),
                       Words::tr("Connect again"), true);
    ended(end);
    retry_.stop();
    status_.retryAt = 0;
    calls_.failAll(end.error);
    publish(ConnectionState::Lost);
}

void GatewayLink::shutDown() {
    if (socket_) socket_->close();
    socket_.reset();
    for (QTimer* timer : {&retry_, &pulse_, &sweep_}) timer->stop();
    calls_.failAll(worded("client.closed", Words::tr("The connection to the gateway was closed"), {}, {}, true));
}

void GatewayLink::dropSocket() {
    if (!socket_) return;
    // It may be its own signal that leads here.
    socket_->disconnect(this);
    socket_.release()->deleteLater();
}

void GatewayLink::open() {
    if (isLive()) calls_.connectionLost(placeOf(config_.url), config_.clock->monotonicNow());
    retry_.stop();
    pulse_.stop();
    dropSocket();
    told_.reset();
    status_.retryAt = 0;
    status_.need = ConnectionNeed::None;
    status_.certificate.reset();
    if (auto plain = checkPlain(config_.url, config_.allowPlain); !plain) {
        LinkEnd end;
        end.error = plain.error();
        return ended(end);
    }
    ++status_.attempt;
    socket_ = std::make_unique<LinkSocket>(
        LinkSocket::Target{config_.url, config_.pinned, config_.agent, config_.timing.connect, !instance_.empty()});
    connect(socket_.get(), &LinkSocket::opened, this, &GatewayLink::opened);
    connect(socket_.get(), &LinkSocket::received, this, &GatewayLink::received);
    connect(socket_.get(), &LinkSocket::ended, this, &GatewayLink::ended);
    publish(ConnectionState::Connecting);
    socket_->open();
}

void GatewayLink::opened() {
    status_.error.reset();
    publish(ConnectionState::Authenticating);
    heardAt_ = config_.clock->monotonicNow();
    pulse_.start(std::max(heartbeat_ / 4, std::chrono::milliseconds(5)));
    // Without a token any message shows whether this gateway wants one: it refuses, or has said hello before.
    socket_->send(token_.isEmpty() ? wire::ping(++pings_) : wire::authenticate(token_.toStdString()));
}

void GatewayLink::ended(const LinkEnd& last) {
    LinkEnd end = told_ ? *std::exchange(told_, std::nullopt) : last;
    if (end.badToken && token_.isEmpty()) end = credentialsEnd(config_.url);
    dropSocket();
    pulse_.stop();
    status_.error = end.error;
    status_.need = end.need;
    status_.certificate = end.certificate;
    if (isLive()) {
        status_.attempt = 0;
        calls_.connectionLost(placeOf(config_.url), config_.clock->monotonicNow());
    }
    if (end.badToken) {
        token_.clear();
        Q_EMIT tokenRefused();
    }
    const bool retries = end.need == ConnectionNeed::None && !end.incompatible && end.error.retryable;
    if (retries) return scheduleRetry();
    status_.retryAt = 0;
    calls_.failAll(end.error);
    publish(end.incompatible                          ? ConnectionState::Incompatible
            : end.need == ConnectionNeed::Credentials ? ConnectionState::Authenticating
                                                      : ConnectionState::Lost);
}

void GatewayLink::scheduleRetry() {
    const auto pause = backoff_.next(*config_.random);
    retry_.start(pause);
    status_.retryAt = config_.clock->wallNow() / 1000 + pause.count();
    publish(ConnectionState::Lost);
}

}  // namespace signalbox::client
