#include "support/notify_socket.h"

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace signalbox::test {

NotifySocket::NotifySocket(const std::string& address) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un own{};
    own.sun_family = AF_UNIX;
    std::memcpy(own.sun_path, address.data(), address.size());
    if (address[0] == '@') own.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&own), length) != 0) std::abort();
}

NotifySocket::~NotifySocket() { ::close(socket_); }

std::string NotifySocket::next(int milliseconds) const {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, milliseconds) != 1) return {};
    std::array<char, 4096> buffer{};
    const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    return {buffer.data(), static_cast<std::size_t>(size < 0 ? 0 : size)};
}

std::string NotifySocket::nextWith(const std::string& text) const {
    for (;;) {
        const std::string message = next();
        if (message.empty() || message.find(text) != std::string::npos) return message;
    }
}

}  // namespace signalbox::test
