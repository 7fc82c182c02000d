// What one peer may cost: sizes, times and counts of the server, each configurable.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace signalbox::gateway {

struct Limits {
    std::size_t target = 8U << 10U;               ///< bytes of a request target; beyond: 414
    std::size_t header = 16U << 10U;              ///< bytes of request line and headers; beyond: 431
    std::size_t headerCount = 100;                ///< header lines; beyond: 431
    std::uint64_t body = 8U << 20U;               ///< bytes of a body as sent; beyond: 413
    std::uint64_t decompressedBody = 32U << 20U;  ///< bytes of a gzip body once decompressed; beyond: 413
    unsigned decompressionRatio = 100;  ///< times its compressed size, judged past the first 64 KiB; beyond: 413
    std::uint64_t bodiesTogether = 512U << 20U;  ///< bytes of bodies and messages held at one time; beyond: 503, 1013
    Micros headerTimeout = 10'000'000;  ///< from a request's first byte (or the TLS handshake's) to its head's end
    Micros bodyTimeout = 60'000'000;    ///< from the head's end to the body's
    Micros writeTimeout = 30'000'000;   ///< without the peer taking a byte of what is written
    Micros idleTimeout = 60'000'000;    ///< between two requests
    Micros lingerTimeout = 2'000'000;   ///< for the peer to read the last answer before the connection is cut
    std::size_t connections = 20'000;   ///< open at one time, all addresses together
    std::size_t connectionsPerAddress = 5'000;
    Micros heartbeat = 15'000'000;              ///< of streams; a WebSocket peer silent for three of them is cut
    Micros closeTimeout = 5'000'000;            ///< for a WebSocket peer to answer a close
    std::size_t streamBuffer = 8U << 20U;       ///< bytes waiting to be written to one stream
    std::size_t webSocketMessage = 16U << 20U;  ///< bytes of a frame or message; beyond: close 1009
    std::size_t smallestCompressed = 1024;      ///< bytes of an answer from which on it is compressed
};

}  // namespace signalbox::gateway
