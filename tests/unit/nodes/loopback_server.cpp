#include "unit/nodes/loopback_server.h"

#include <algorithm>
#include <array>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace signalbox::nodes {
namespace {

std::string lowered(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// None while it is not complete.
std::optional<ReceivedRequest> parse(const std::string& text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    ReceivedRequest request;
    std::size_t at = text.find("\r\n");
    const std::string first = text.substr(0, at);
    request.method = first.substr(0, first.find(' '));
    request.target = first.substr(request.method.size() + 1, first.rfind(' ') - request.method.size() - 1);
    while (at < end) {
        const std::size_t next = text.find("\r\n", at + 2);
        const std::string line = text.substr(at + 2, next - at - 2);
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos) {
            request.headers[lowered(line.substr(0, colon))] = line.substr(std::min(colon + 2, line.size()));
        }
        at = next;
    }
    const auto length = request.headers.find("content-length");
    const std::size_t size = length == request.headers.end() ? 0 : std::stoul(length->second);
    if (text.size() < end + 4 + size) return std::nullopt;
    request.body = text.substr(end + 4, size);
    return request;
}

}  // namespace

LoopbackServer::LoopbackServer(Handler handler)
    : handler_(std::move(handler)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_.get(), generic, size) != 0 || ::listen(listener_.get(), 64) != 0) std::abort();
    ::getsockname(listener_.get(), generic, &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
    wake_.wake();
    thread_.join();
}

std::string LoopbackServer::url(const std::string& target) const {
    return "http://127.0.0.1:" + std::to_string(port_) + target;
}

std::vector<ReceivedRequest> LoopbackServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void LoopbackServer::serve() {
    while (true) {
        std::vector<pollfd> waiting{{wake_.fd(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
        for (const Connection& connection : connections_) waiting.push_back({connection.fd.get(), POLLIN, 0});
        ::poll(waiting.data(), waiting.size(), -1);
        if ((waiting[0].revents & POLLIN) != 0) return;
        for (std::size_t i = connections_.size(); i > 0; --i) {
            if (waiting[i + 1].revents != 0 && !read(connections_[i - 1])) {
                connections_.erase(connections_.begin() + static_cast<std::ptrdiff_t>(i) - 1);
            }
        }
        if ((waiting[1].revents & POLLIN) != 0) acceptOne();
    }
}

void LoopbackServer::acceptOne() {
    UniqueFd fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (fd.isOpen()) connections_.push_back({std::move(fd), {}, false});
}

bool LoopbackServer::read(Connection& connection) {
    std::array<char, 65536> buffer;
    const ssize_t got = ::recv(connection.fd.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    connection.received.append(buffer.data(), static_cast<std::size_t>(got));
    const auto request = parse(connection.received);
    if (!request || connection.answered) return true;
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(*request);
    }
    connection.answered = true;
    const std::string answer = handler_(*request);
    if (answer.empty()) return true;
    std::size_t at = 0;
    while (at < answer.size()) {
        const ssize_t sent = ::send(connection.fd.get(), answer.data() + at, answer.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) break;
        at += static_cast<std::size_t>(sent);
    }
    return false;
}

std::string httpAnswer(int status, const std::string& body, const std::string& headers) {
    return "HTTP/1.1 " + std::to_string(status) + " Status\r\n" + headers +
           "Connection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace signalbox::nodes
