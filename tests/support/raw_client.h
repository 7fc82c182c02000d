// A client of HTTP and WebSocket that sends exactly the bytes it is told to: for tests of servers.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace signalbox::test {

struct RawResponse {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;
    [[nodiscard]] std::string header(std::string_view name) const;  ///< empty: there is none
};

struct RawFrame {
    unsigned opcode = 0;  ///< 1 text, 2 binary, 8 close, 9 ping, 10 pong
    bool isLast = true;
    bool isCompressed = false;
    std::string payload;
    [[nodiscard]] unsigned closeCode() const;
};

/// One blocking connection to 127.0.0.1. Every read gives up after `patience`, with an empty result.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient& operator=(RawClient&&) = delete;

    /// Shakes hands; `version` is of OpenSSL's TLS1_2_VERSION kind, 0: any. False: refused.
    [[nodiscard]] bool startTls(int version = 0);
    /// Of the certificate the server showed; empty without TLS.
    [[nodiscard]] std::string certificateName() const;
    [[nodiscard]] std::string protocol() const;  ///< chosen by ALPN

    [[nodiscard]] bool isConnected() const { return descriptor_ >= 0; }
    bool send(std::string_view bytes);
    void shutdownWrite();
    /// Ends at once with a reset instead of a goodbye.
    void reset();

    /// The next answer; `isHead`: it has no body although it says a length.
    [[nodiscard]] std::optional<RawResponse> readResponse(bool isHead = false);
    /// Everything up to the end, or what came in time.
    [[nodiscard]] std::string readAll();
    /// Up to and with the mark; empty: it did not come.
    [[nodiscard]] std::string readUntil(std::string_view mark);
    /// Whether the server ends the connection in time; what it sends before is dropped.
    [[nodiscard]] bool isEnded();

    /// Sends a request for a WebSocket and reads the answer.
    [[nodiscard]] std::optional<RawResponse> upgrade(std::string_view path, std::string_view moreHeaders = {});
    [[nodiscard]] std::optional<RawFrame> readFrame();

    std::chrono::milliseconds patience{5000};

private:
    [[nodiscard]] bool readMore();  ///< to the buffer; false: ended or too late

    int descriptor_ = -1;
    ssl_ctx_st* context_ = nullptr;
    ssl_st* ssl_ = nullptr;
    std::string buffer_;
    bool hasEnded_ = false;
};

/// A client's frame. `isMasked` false breaks the protocol.
[[nodiscard]] std::string clientFrame(unsigned opcode, std::string_view payload, bool isLast = true,
                                      bool isMasked = true, bool isCompressed = false);

}  // namespace signalbox::test
