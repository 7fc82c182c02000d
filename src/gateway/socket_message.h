// The messages of a WebSocket, version 1: what a client may say, and what it is told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "protocol/requests.h"
#include "service/event_bus.h"

namespace signalbox::gateway {

struct ClientMessage {
    enum class Kind : std::uint8_t { Authenticate, Request, Subscribe, Unsubscribe, Ping };
    Kind kind = Kind::Ping;
    std::uint64_t id = 0;          ///< not of Authenticate
    std::string token;             ///< of Authenticate
    std::string traceparent;       ///< of Request: the caller's span (W3C), as it came; empty: none
    std::string tracestate;        ///< of Request: what belongs to that
    protocol::EventFilter filter;  ///< of Subscribe
    std::optional<protocol::Request> request;
};

/// Why a message was not understood, and to whom that is said.
struct MessageError {
    std::optional<std::uint64_t> id;  ///< of the message, when that much could be read
    Error error;
};

/// Errors "json.*", "protocol.*", "socket.message-type", "socket.id". Ids are whole numbers from 0 to 2^53 - 1, which
/// every client's numbers can hold.
[[nodiscard]] tl::expected<ClientMessage, MessageError> parseClientMessage(std::string_view text);

[[nodiscard]] std::string helloText(const protocol::GatewayInfo& gateway, const protocol::AccountDto& account);
[[nodiscard]] std::string refusedText(const Error& error);
[[nodiscard]] std::string replyText(std::uint64_t id, const Result<protocol::Reply>& outcome);
/// An error that belongs to no id.
[[nodiscard]] std::string errorText(const Error& error);
[[nodiscard]] std::string subscribedText(std::uint64_t id, std::uint64_t seq);
/// `reason`: why it ended without having been asked; null when it was.
[[nodiscard]] std::string unsubscribedText(std::uint64_t id, const Error* reason = nullptr);
/// `seq` is where to resume behind, which may be past the last event's.
[[nodiscard]] std::string eventsText(std::uint64_t id, const service::EventTexts& events, std::uint64_t seq);
[[nodiscard]] std::string pongText(std::uint64_t id);
[[nodiscard]] std::string sessionEndedText(const std::string& reason);
[[nodiscard]] std::string closingText(const std::string& reason);

/// Of a closed socket, besides those of RFC 6455.
namespace close_code {
inline constexpr std::uint16_t kGoingAway = 1001;
inline constexpr std::uint16_t kPolicy = 1008;
inline constexpr std::uint16_t kTryLater = 1013;
inline constexpr std::uint16_t kWrongCredentials = 4401;
inline constexpr std::uint16_t kWrongTenant = 4403;
inline constexpr std::uint16_t kNoCredentials = 4408;
inline constexpr std::uint16_t kSessionEnded = 4409;
}  // namespace close_code

/// Seconds between the pings of the server.
inline constexpr int kHeartbeat = 15;

}  // namespace signalbox::gateway
