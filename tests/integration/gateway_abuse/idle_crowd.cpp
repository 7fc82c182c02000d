#include "integration/gateway_abuse/idle_crowd.h"

#include <array>
#include <vector>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/raw_client.h"

namespace signalbox::test {
namespace {

using Message = std::array<std::uint32_t, 2>;  // a port and a count to connect; or zero and zero to send a request

void connectMany(std::vector<RawClient>& clients, std::uint16_t port, std::uint32_t count) {
    clients.reserve(count);
    while (clients.size() < count) {
        clients.emplace_back(port);
        if (!clients.back().isConnected()) return clients.pop_back();
    }
}

std::uint32_t requestAll(std::vector<RawClient>& clients) {
    std::uint32_t answered = 0;
    for (auto& client : clients) client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    for (auto& client : clients) {
        const auto response = client.readResponse();
        answered += response && response->status == 200 ? 1 : 0;
    }
    return answered;
}

[[noreturn]] void serve(int socket) {
    std::vector<RawClient> clients;
    Message message{};
    while (::read(socket, message.data(), sizeof message) == sizeof message) {
        std::uint32_t result = 0;
        if (message[0] != 0) {
            connectMany(clients, static_cast<std::uint16_t>(message[0]), message[1]);
            result = static_cast<std::uint32_t>(clients.size());
        } else {
            result = requestAll(clients);
        }
        if (::write(socket, &result, sizeof result) != sizeof result) break;
    }
    _exit(0);
}

}  // namespace

IdleCrowd::IdleCrowd() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
    process_ = ::fork();
    ::close(ends[process_ == 0 ? 0 : 1]);
    if (process_ == 0) serve(ends[1]);
    socket_ = ends[0];
}

IdleCrowd::~IdleCrowd() {
    ::close(socket_);
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

std::uint32_t IdleCrowd::ask(std::uint32_t what, std::uint32_t count) {
    const Message message = {what, count};
    std::uint32_t result = 0;
    if (::write(socket_, message.data(), sizeof message) != sizeof message) return 0;
    return ::read(socket_, &result, sizeof result) == sizeof result ? result : 0;
}

std::uint32_t IdleCrowd::connect(std::uint16_t port, std::uint32_t wanted) { return ask(port, wanted); }

std::uint32_t IdleCrowd::request() { return ask(0, 0); }

}  // namespace signalbox::test
