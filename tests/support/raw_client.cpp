#include "support/raw_client.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace signalbox::test {
namespace {

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

RawResponse parseHead(const std::string& head) {
    RawResponse response;
    response.status = static_cast<unsigned>(std::atoi(head.c_str() + 9));
    std::size_t at = head.find("\r\n") + 2;
    for (auto end = head.find("\r\n", at); end != std::string::npos && end > at; end = head.find("\r\n", at)) {
        const auto line = head.substr(at, end - at);
        const auto colon = line.find(": ");
        if (colon != std::string::npos) {
            response.headers.emplace_back(lowerCase(line.substr(0, colon)), line.substr(colon + 2));
        }
        at = end + 2;
    }
    return response;
}

}  // namespace

std::string RawResponse::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) return value;
    }
    return {};
}

unsigned RawFrame::closeCode() const {
    if (payload.size() < 2) return 0;
    return static_cast<unsigned char>(payload[0]) * 256U + static_cast<unsigned char>(payload[1]);
}

RawClient::RawClient(std::uint16_t port) {
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor_);
        descriptor_ = -1;
    }
}

RawClient::~RawClient() {
    if (ssl_ != nullptr) SSL_free(ssl_);
    if (context_ != nullptr) SSL_CTX_free(context_);
    if (descriptor_ >= 0) ::close(descriptor_);
}

RawClient::RawClient(RawClient&& other) noexcept
    : patience(other.patience),
      descriptor_(std::exchange(other.descriptor_, -1)),
      context_(std::exchange(other.context_, nullptr)),
      ssl_(std::exchange(other.ssl_, nullptr)),
      buffer_(std::move(other.buffer_)),
      hasEnded_(other.hasEnded_) {}

bool RawClient::startTls(int version) {
    context_ = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context_, 0);  // so that old protocols are offered, for the server to refuse
    if (version != 0) {
        SSL_CTX_set_min_proto_version(context_, version);
        SSL_CTX_set_max_proto_version(context_, version);
    }
    constexpr std::array<unsigned char, 12> kProtocols = {2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context_, kProtocols.data(), kProtocols.size());
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, descriptor_);
    return SSL_connect(ssl_) == 1;
}

std::string RawClient::certificateName() const {
    X509* certificate = ssl_ == nullptr ? nullptr : SSL_get1_peer_certificate(ssl_);
    if (certificate == nullptr) return {};
    std::array<char, 200> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(), name.size());
    X509_free(certificate);
    return name.data();
}

std::string RawClient::protocol() const {
    const unsigned char* chosen = nullptr;
    unsigned int length = 0;
    if (ssl_ != nullptr) SSL_get0_alpn_selected(ssl_, &chosen, &length);
    return {reinterpret_cast<const char*>(chosen), length};
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                          : ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::shutdownWrite() { ::shutdown(descriptor_, SHUT_WR); }

void RawClient::reset() {
    const linger hard{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(std::exchange(descriptor_, -1));
}

bool RawClient::readMore() {
    if (hasEnded_) return false;
    pollfd waiting{descriptor_, POLLIN, 0};
    const bool hasPending = ssl_ != nullptr && SSL_pending(ssl_) > 0;
    if (!hasPending && ::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 65536> piece;
    const auto got = ssl_ != nullptr ? SSL_read(ssl_, piece.data(), static_cast<int>(piece.size()))
                                     : ::recv(descriptor_, piece.data(), piece.size(), 0);
    hasEnded_ = got <= 0;
    if (got > 0) buffer_.append(piece.data(), static_cast<std::size_t>(got));
    return got > 0;
}

std::string RawClient::readUntil(std::string_view mark) {
    for (std::size_t from = 0;;) {
        const auto at = buffer_.find(mark, from);
        if (at != std::string::npos) {
            auto taken = buffer_.substr(0, at + mark.size());
            buffer_.erase(0, taken.size());
            return taken;
        }
        from = buffer_.size() < mark.size() ? 0 : buffer_.size() - mark.size() + 1;
        if (!readMore()) return {};
    }
}

std::optional<RawResponse> RawClient::readResponse(bool isHead) {
    const auto head = readUntil("\r\n\r\n");
    if (head.empty()) return std::nullopt;
    auto response = parseHead(head);
    const auto length = static_cast<std::size_t>(std::atoll(response.header("content-length").c_str()));
    if (isHead || response.status == 101 || response.status == 100) return response;
    while (buffer_.size() < length) {
        if (!readMore()) return std::nullopt;
    }
    response.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return response;
}

std::string RawClient::readAll() {
    while (readMore()) {
    }
    return std::exchange(buffer_, {});
}

bool RawClient::isEnded() {
    while (readMore()) buffer_.clear();
    return hasEnded_;
}

std::optional<RawResponse> RawClient::upgrade(std::string_view path, std::string_view moreHeaders) {
    send(
        fmt::format("GET {} HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}\r\n",
                    path, moreHeaders));
    return readResponse();
}

std::optional<RawFrame> RawClient::readFrame() {
    const auto need = [&](std::size_t bytes) {
        while (buffer_.size() < bytes && readMore()) {
        }
        return buffer_.size() >= bytes;
    };
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(buffer_[at]); };
    if (!need(2)) return std::nullopt;
    RawFrame frame;
    frame.opcode = byte(0) & 0x0fU;
    frame.isLast = (byte(0) & 0x80U) != 0;
    frame.isCompressed = (byte(0) & 0x40U) != 0;
    std::size_t length = byte(1) & 0x7fU;
    const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (!need(2 + extra)) return std::nullopt;
    if (extra > 0) length = 0;
    for (std::size_t at = 0; at < extra; ++at) length = length * 256 + byte(2 + at);
    if (!need(2 + extra + length)) return std::nullopt;
    frame.payload = buffer_.substr(2 + extra, length);
    buffer_.erase(0, 2 + extra + length);
    return frame;
}

std::string clientFrame(unsigned opcode, std::string_view payload, bool isLast, bool isMasked, bool isCompressed) {
    std::string frame;
    frame += static_cast<char>((isLast ? 0x80U : 0U) | (isCompressed ? 0x40U : 0U) | opcode);
    const unsigned maskBit = isMasked ? 0x80U : 0U;
    const std::uint64_t size = payload.size();
    const int bytes = size < 126 ? 0 : size < 65536 ? 2 : 8;
    frame += static_cast<char>(maskBit | (bytes == 0 ? size : bytes == 2 ? 126U : 127U));
    for (int at = bytes - 1; at >= 0; --at) frame += static_cast<char>((size >> (8 * at)) & 0xffU);
    constexpr std::string_view kMask = "\x12\x34\x56\x78";
    if (isMasked) frame += kMask;
    for (std::size_t at = 0; at < payload.size(); ++at) {
        frame += isMasked ? static_cast<char>(payload[at] ^ kMask[at % 4]) : payload[at];
    }
    return frame;
}

}  // namespace signalbox::test
