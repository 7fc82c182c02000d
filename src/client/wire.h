// Private to the client: the messages of a gateway's WebSocket, version 1, as text and as structs.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::client::wire {

inline constexpr const char* kSubprotocol = "signalbox.v1";
/// A gateway closes the connection of whoever sends more in one message.
inline constexpr std::size_t kMostBytes = std::size_t{16} << 20U;

// To the gateway.
[[nodiscard]] std::string authenticate(const std::string& token);
[[nodiscard]] std::string request(std::uint64_t id, const protocol::Request& request);
[[nodiscard]] std::string subscribe(std::uint64_t id, const protocol::EventFilter& filter);
[[nodiscard]] std::string unsubscribe(std::uint64_t id);
[[nodiscard]] std::string ping(std::uint64_t id);

// From the gateway.
struct Hello {
    std::int64_t protocolMajor = 0;
    protocol::GatewayInfo gateway;
    protocol::AccountDto account;
    std::chrono::milliseconds heartbeat{0};  ///< 0: not told
};
/// To a request or a subscription; `body` holds "result" or "error".
struct Reply {
    std::uint64_t id = 0;
    Value body;
};
struct Subscribed {
    std::uint64_t id = 0;
    std::uint64_t seq = 0;
};
struct Events {
    std::uint64_t id = 0;
    std::vector<protocol::EventDto> events;
    std::uint64_t seq = 0;  ///< where to resume behind, which may be past the last event; 0: not told
};
/// Without having been asked: the caller may not hear these events any more.
struct Withdrawn {
    std::uint64_t id = 0;
    Error error;
};
struct Pong {
    std::uint64_t id = 0;
};
struct Refused {
    Error error;
};
struct SessionEnded {
    std::string reason;
};
struct Closing {
    std::string reason;
};
/// Of a type that a later minor version has brought: passed over.
struct Other {};
using Message = std::variant<Other, Hello, Reply, Subscribed, Events, Withdrawn, Pong, Refused, SessionEnded, Closing>;

/// A hello of another major version is read no further than its number. Errors "json.*", "protocol.*".
[[nodiscard]] Result<Message> decode(std::string_view text);

}  // namespace signalbox::client::wire
