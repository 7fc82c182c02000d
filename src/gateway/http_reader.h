// Turns the bytes of a connection into requests: Beast's parser behind our stricter rules. Knows no socket.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "gateway/exchange.h"
#include "gateway/http_head.h"
#include "gateway/server_limits.h"

namespace signalbox::gateway {

/// Reads one request at a time; after Complete, take() makes it ready for the next. One thread.
class RequestReader {
public:
    explicit RequestReader(const Limits& limits);  ///< `limits` outlives it
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    enum class Progress : std::uint8_t {
        NeedMore,  ///< give what was not consumed again, with more behind it
        Head,      ///< the head is read and accepted; a body follows
        Complete,  ///< take() the request
        Refused,   ///< see refusal(); nothing more can be read from this connection
    };
    /// Takes bytes from the front of `data`, and removes them there.
    [[nodiscard]] Progress feed(std::string_view& data);

    /// Whether bytes of an unfinished request were consumed. Those a caller still holds are not counted.
    [[nodiscard]] bool isInBody() const;
    [[nodiscard]] std::size_t bodySize() const;    ///< bytes of the body held so far, decompressed
    [[nodiscard]] const HeadRules& rules() const;  ///< from Head on
    [[nodiscard]] const Refusal& refusal() const;
    /// The request read so far, also after a refusal (then its parts may be empty).
    [[nodiscard]] std::shared_ptr<HttpRequest> take();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace signalbox::gateway
