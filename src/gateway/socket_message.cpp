#include "gateway/socket_message.h"

#include <array>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "gateway/json_bounds.h"
#include "gateway/route_params.h"
#include "protocol/codec.h"
#include "protocol/envelope.h"
#include "protocol/errors.h"

namespace signalbox::gateway {

namespace {

using Kind = ClientMessage::Kind;
constexpr std::int64_t kLargestId = (std::int64_t{1} << 53U) - 1;
/// A value takes many times the bytes of its text: "[]," is three.
constexpr JsonLimits kLimits{.maxDepth = 100, .maxBytes = std::size_t{16} << 20U, .maxValues = kMostJsonValues};
constexpr std::array<std::pair<std::string_view, Kind>, 5> kTypes{{{"authenticate", Kind::Authenticate},
                                                                   {"request", Kind::Request},
                                                                   {"subscribe", Kind::Subscribe},
                                                                   {"unsubscribe", Kind::Unsubscribe},
                                                                   {"ping", Kind::Ping}}};

Result<Kind> kindOf(const Value& message) {
    if (!message.isObject()) return fail(protocol::kMalformed, "A message is a JSON object");
    const Value& type = message["type"];
    if (!type.isString()) return fail(protocol::kMalformed, "A message says its type", "/type");
    std::vector<std::string> names;
    for (const auto& [name, kind] : kTypes) {
        if (type.asString() == name) return kind;
        names.emplace_back(name);
    }
    const auto meant = didYouMean(type.asString(), names);
    return fail("socket.message-type", "There is no such message", "/type",
                meant ? fmt::format("Did you mean \"{}\"?", *meant) : std::string());
}

Result<std::uint64_t> idOf(const Value& message) {
    const Value& id = message["id"];
    if (!id.isInteger() || id.asInteger() < 0 || id.asInteger() > kLargestId) {
        return fail("socket.id", "An id is a whole number from 0 to 2^53 - 1", "/id");
    }
    return static_cast<std::uint64_t>(id.asInteger());
}

/// A client of a newer minor says so with its message: what it adds is not known here, and may be left out.
bool isNewer(const Value& message) {
    const Value& minor = message["protocolMinor"];
    return minor.isInteger() && minor.asInteger() > protocol::kProtocolMinor;
}

/// A member that nobody looks at is a mistake: what it was to say is not done.
Status checkParams(const Value& message) {
    static const auto kSchemas = [] {
        std::map<std::string, Value, std::less<>> schemas;
        for (auto& call : protocol::calls()) schemas.emplace(std::move(call.name), std::move(call.paramsSchema));
        return schemas;
    }();
    const auto schema = kSchemas.find(message["call"].asString());
    if (schema == kSchemas.end() || isNewer(message)) return {};
    return checkMembers(schema->second, message["params"], "/params");
}

Status checkFilterMembers(const Value& message, const Value& filter) {
    static const Value kSchema = protocol::schemaOf<protocol::EventFilter>();
    return isNewer(message) ? Status() : checkMembers(kSchema, filter, "/filter");
}

/// What is particular to its kind.
Status readBody(const Value& message, ClientMessage& read) {
    if (read.kind == Kind::Request) {
        SIGNALBOX_CHECK(checkParams(message));
        SIGNALBOX_TRY(read.request, protocol::decodeRequest(message));
        // As with the headers of those names: one that makes no sense is no reason to refuse the request.
        if (const Value& parent = message["traceparent"]; parent.isString()) read.traceparent = parent.asString();
        if (const Value& state = message["tracestate"]; state.isString()) read.tracestate = state.asString();
    } else if (read.kind == Kind::Subscribe) {
        const Value* const filter = message.find("filter");
        if (filter == nullptr) return {};
        SIGNALBOX_CHECK(checkFilterMembers(message, *filter));
        auto decoded = protocol::fromValue<protocol::EventFilter>(*filter);
        if (!decoded) {
            Error error = std::move(decoded).error();
            error.where = "/filter" + error.where;
            return fail(std::move(error));
        }
        read.filter = std::move(*decoded);
    }
    return {};
}

std::string textOf(std::vector<Member> members) { return writeJson(Value::object(std::move(members))); }

Member type(std::string_view name) { return {"type", Value(name)}; }

Member idMember(std::uint64_t id) { return {"id", Value(static_cast<unsigned long>(id))}; }

Member errorMember(const Error& error) { return {"error", protocol::toValue(protocol::toDto(error))}; }

}  // namespace

tl::expected<ClientMessage, MessageError> parseClientMessage(std::string_view text) {
    const auto refuse = [](std::optional<std::uint64_t> id, Error error) {
        return tl::unexpected<MessageError>(MessageError{id, std::move(error)});
    };
    auto message = parseJson(text, false, kLimits);
    if (!message) return refuse(std::nullopt, std::move(message).error());
    auto id = idOf(*message);
    const auto known = id ? std::optional(*id) : std::nullopt;
    auto kind = kindOf(*message);
    if (!kind) return refuse(known, std::move(kind).error());
    ClientMessage read;
    read.kind = *kind;
    if (read.kind == Kind::Authenticate) {
        const Value& token = (*message)["token"];
        if (!token.isString())
            return refuse(known, Error{protocol::kMalformed, "A token is text", "/token", {}, false});
        read.token = token.asString();
        return read;
    }
    if (!id) return refuse(std::nullopt, std::move(id).error());
    read.id = *id;
    if (auto body = readBody(*message, read); !body) return refuse(read.id, std::move(body).error());
    return read;
}

std::string helloText(const protocol::GatewayInfo& gateway, const protocol::AccountDto& account) {
    return textOf({type("hello"),
                   {"protocolMajor", Value(protocol::kProtocolMajor)},
                   {"protocolMinor", Value(protocol::kProtocolMinor)},
                   {"gateway", protocol::toValue(gateway)},
                   {"account", protocol::toValue(account)},
                   {"heartbeat", Value(kHeartbeat)}});
}

std::string refusedText(const Error& error) { return textOf({type("refused"), errorMember(error)}); }

std::string replyText(std::uint64_t id, const Result<protocol::Reply>& outcome) {
    std::vector<Member> members{type("reply"), idMember(id)};
    const Value encoded = protocol::encodeOutcome(outcome);
    for (const Member& member : encoded.members()) members.push_back(member);
    return textOf(std::move(members));
}

std::string errorText(const Error& error) { return textOf({type("error"), errorMember(error)}); }

std::string subscribedText(std::uint64_t id, std::uint64_t seq) {
    return textOf({type("subscribed"), idMember(id), {"seq", Value(static_cast<unsigned long>(seq))}});
}

std::string unsubscribedText(std::uint64_t id, const Error* reason) {
    std::vector<Member> members{type("unsubscribed"), idMember(id)};
    if (reason != nullptr) members.push_back(errorMember(*reason));
    return textOf(std::move(members));
}

std::string eventsText(std::uint64_t id, const service::EventTexts& events, std::uint64_t seq) {
    std::size_t size = 100;
    for (const auto& event : events.items) size += event.json.size() + 1;
    std::string text;
    text.reserve(size);
    text += fmt::format(R"({{"type":"events","id":{},"events":[)", id);
    for (const auto& event : events.items) {
        text += event.json;
        text += ',';
    }
    if (text.back() == ',') text.pop_back();
    text += fmt::format(R"(],"seq":{}}})", seq);
    return text;
}

std::string pongText(std::uint64_t id) { return textOf({type("pong"), idMember(id)}); }

std::string sessionEndedText(const std::string& reason) {
    return textOf({type("session"), {"event", Value("ended")}, {"reason", Value(reason)}});
}

std::string closingText(const std::string& reason) { return textOf({type("closing"), {"reason", Value(reason)}}); }

}  // namespace signalbox::gateway
