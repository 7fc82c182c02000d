#include "gateway/streams.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "gateway/socket_session.h"
#include "gateway/sse_session.h"
#include "gateway/stream.h"

namespace signalbox::gateway {

Streams::Streams(StreamOptions options) : environment_(std::make_shared<StreamEnvironment>(std::move(options))) {
    if (environment_->options.ownThread) environment_->pump.start();
}

Streams::~Streams() {
    close("stopping");
    environment_->pump.stop();
}

std::shared_ptr<StreamHandler> Streams::openSocket(std::optional<Receiver> receiver, identity::Origin origin,
                                                   SocketOpening opening) {
    auto session =
        std::make_shared<SocketSession>(environment_, std::move(receiver), std::move(origin), std::move(opening));
    environment_->registry.add(session);
    return session;
}

Result<std::shared_ptr<StreamHandler>> Streams::openEvents(Receiver receiver, protocol::EventFilter filter) {
    auto session = std::make_shared<SseSession>(environment_, std::move(receiver));
    environment_->registry.add(session);
    SIGNALBOX_CHECK(session->subscribe(std::move(filter)));
    return std::shared_ptr<StreamHandler>(std::move(session));
}

void Streams::credentialEnded(const std::string& credential, const std::string& reason) {
    if (credential.empty()) return;
    for (const auto& stream : environment_->registry.of(credential)) stream->credentialEnded(reason);
}

void Streams::close(const std::string& reason) {
    environment_->closing = true;
    for (const auto& stream : environment_->registry.all()) stream->goAway(reason);
}

std::size_t Streams::size() const { return environment_->registry.size(); }

void Streams::runPending() { environment_->pump.runPending(); }

}  // namespace signalbox::gateway
