#include "client/codec_transport.h"

#include <string>
#include <utility>

#include "base/json.h"
#include "protocol/codec.h"
#include "protocol/envelope.h"

namespace signalbox::client {

namespace {

Result<Value> throughText(const Value& value) { return parseJson(writeJson(value), true); }

template <class Dto>
Result<Dto> throughText(const Dto& dto) {
    SIGNALBOX_TRY(const Value value, throughText(protocol::toValue(dto)));
    return protocol::fromValue<Dto>(value);
}

Result<protocol::Request> overTheWire(const protocol::Request& request) {
    SIGNALBOX_TRY(const Value value, throughText(protocol::encodeRequest(request)));
    return protocol::decodeRequest(value);
}

Result<protocol::Reply> overTheWire(std::string_view call, const Result<protocol::Reply>& outcome) {
    SIGNALBOX_TRY(const Value value, throughText(protocol::encodeOutcome(outcome)));
    return protocol::decodeOutcome(call, value);
}

}  // namespace

void CodecTransport::send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) {
    auto decoded = overTheWire(request);
    if (!decoded) return done(fail(std::move(decoded).error()));
    const std::string_view call = protocol::callName(*decoded);  // a literal
    inner_->send(std::move(*decoded), [call, done = std::move(done)](const Result<protocol::Reply>& outcome) {
        done(overTheWire(call, outcome));
    });
}

std::unique_ptr<SubscriptionHandle> CodecTransport::subscribe(
    protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) {
    auto decoded = throughText(filter);
    return inner_->subscribe(decoded ? std::move(*decoded) : std::move(filter),
                             [receive = std::move(receive)](const std::vector<protocol::EventDto>& events) {
                                 std::vector<protocol::EventDto> carried;
                                 carried.reserve(events.size());
                                 for (const auto& event : events) {
                                     if (auto copy = throughText(event)) carried.push_back(std::move(*copy));
                                 }
                                 receive(std::move(carried));
                             });
}

}  // namespace signalbox::client
