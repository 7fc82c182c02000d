#include "client/wire.h"

#include <utility>

#include "base/json.h"
#include "client/words.h"
#include "protocol/codec.h"
#include "protocol/envelope.h"
#include "protocol/errors.h"

namespace signalbox::client::wire {

namespace {

std::string message(std::string_view type, std::uint64_t id, std::vector<Member> more = {}) {
    std::vector<Member> members;
    members.emplace_back("type", Value(type));
    members.emplace_back("id", Value(static_cast<std::int64_t>(id)));
    for (auto& member : more) members.push_back(std::move(member));
    return writeJson(Value::object(std::move(members)));
}

std::uint64_t numberOf(const Value& value) { return static_cast<std::uint64_t>(value.asInteger()); }

Result<Message> decodeHello(const Value& value) {
    Hello hello;
    hello.protocolMajor = value["protocolMajor"].asInteger();
    if (hello.protocolMajor != protocol::kProtocolMajor) return hello;
    SIGNALBOX_TRY(hello.gateway, protocol::fromValue<protocol::GatewayInfo>(value["gateway"]));
    SIGNALBOX_TRY(hello.account, protocol::fromValue<protocol::AccountDto>(value["account"]));
    hello.heartbeat = std::chrono::milliseconds(static_cast<std::int64_t>(value["heartbeat"].asNumber() * 1000.0));
    return hello;
}

Result<Message> decodeEvents(const Value& value) {
    Events events{numberOf(value["id"]), {}, numberOf(value["seq"])};
    const auto items = value["events"].items();
    events.events.reserve(items.size());
    for (const Value& item : items) {
        SIGNALBOX_TRY(auto event, protocol::fromValue<protocol::EventDto>(item));
        events.events.push_back(std::move(event));
    }
    return events;
}

Result<Message> decodeRefused(const Value& value) {
    SIGNALBOX_TRY(const auto error, protocol::fromValue<protocol::ErrorDto>(value["error"]));
    return Refused{protocol::toError(error)};
}

Result<Message> decodeUnsubscribed(const Value& value) {
    const Value* error = value.find("error");
    if (error == nullptr) return Other{};
    SIGNALBOX_TRY(const auto dto, protocol::fromValue<protocol::ErrorDto>(*error));
    return Withdrawn{numberOf(value["id"]), protocol::toError(dto)};
}

}  // namespace

std::string authenticate(const std::string& token) {
    return writeJson(Value::object({{"type", "authenticate"}, {"token", Value(token)}}));
}

// A gateway is strict with members it does not know, unless whoever sends them speaks a later version.

std::string request(std::uint64_t id, const protocol::Request& request) {
    const Value envelope = protocol::encodeRequest(request);
    return message("request", id,
                   {{"protocolMinor", Value(protocol::kProtocolMinor)},
                    {"call", envelope["call"]},
                    {"params", envelope["params"]}});
}

std::string subscribe(std::uint64_t id, const protocol::EventFilter& filter) {
    return message("subscribe", id,
                   {{"protocolMinor", Value(protocol::kProtocolMinor)}, {"filter", protocol::toValue(filter)}});
}

std::string unsubscribe(std::uint64_t id) { return message("unsubscribe", id); }

std::string ping(std::uint64_t id) { return message("ping", id); }

Result<Message> decode(std::string_view text) {
    SIGNALBOX_TRY(const Value value, parseJson(text, true));
    if (!value["type"].isString()) {
        return fail(worded(protocol::kMalformed, Words::tr("A message names its type"), "/type"));
    }
    const std::string_view type = value["type"].asString();
    const std::uint64_t id = numberOf(value["id"]);
    if (type == "reply") return Reply{id, value};
    if (type == "events") return decodeEvents(value);
    if (type == "pong") return Pong{id};
    if (type == "subscribed") return Subscribed{id, numberOf(value["seq"])};
    if (type == "unsubscribed") return decodeUnsubscribed(value);
    if (type == "hello") return decodeHello(value);
    if (type == "refused") return decodeRefused(value);
    if (type == "session") return SessionEnded{std::string(value["reason"].asString())};
    if (type == "closing") return Closing{std::string(value["reason"].asString())};
    return Other{};
}

}  // namespace signalbox::client::wire
