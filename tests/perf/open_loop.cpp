#include "perf/open_loop.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <random>
#include <string_view>
#include <tuple>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace signalbox::bench {
namespace {

using Steady = std::chrono::steady_clock;
using Time = Steady::time_point;
constexpr auto kPatience = std::chrono::seconds(5);

int connectTo(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return descriptor;
    ::close(descriptor);
    return -1;
}

/// The length of the answer at the beginning of `text`; 0: it is not all there yet.
std::size_t answerLength(std::string_view text) {
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const auto head = text.find("\r\n\r\n");
    if (head == std::string_view::npos) return 0;
    const auto at = text.substr(0, head).find(kLength);
    const std::size_t body =
        at == std::string_view::npos ? 0 : std::strtoul(text.data() + at + kLength.size(), nullptr, 10);
    const std::size_t whole = head + 4 + body;
    return text.size() >= whole ? whole : 0;
}

struct Peer {
    int descriptor = -1;
    Time due;
    std::string read;
};

class Generator {
public:
    explicit Generator(const OpenLoop& load) : load_(load), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
        peers_.resize(static_cast<std::size_t>(load.connections));
        for (Peer& peer : peers_) {
            peer.descriptor = connectTo(load.port);
            epoll_event event{EPOLLIN, {.ptr = &peer}};
            ::epoll_ctl(poll_, EPOLL_CTL_ADD, peer.descriptor, &event);
            idle_.push_back(&peer);
        }
    }
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;
    ~Generator() {
        for (const Peer& peer : peers_) ::close(peer.descriptor);
        ::close(poll_);
    }

    Latencies run() {
        const Time begin = Steady::now();
        const Time end =
            begin + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(load_.seconds));
        next_ = begin;
        while (Steady::now() < end + kPatience) {
            while (next_ <= Steady::now() && next_ < end) {
                waiting_.push_back(next_);
                next_ += gap();
            }
            sendWaiting();
            if (next_ >= end && waiting_.empty() && idle_.size() == peers_.size()) break;
            receive();
        }
        failed_ += waiting_.size() + peers_.size() - idle_.size();
        return summary(std::chrono::duration<double>(Steady::now() - begin).count());
    }

private:
    Steady::duration gap() {
        std::exponential_distribution<double> seconds(load_.perSecond);
        return std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds(random_)));
    }

    void sendWaiting() {
        while (!waiting_.empty() && !idle_.empty()) {
            Peer& peer = *idle_.back();
            idle_.pop_back();
            peer.due = waiting_.front();
            waiting_.pop_front();
            std::ignore = ::send(peer.descriptor, load_.request.data(), load_.request.size(), MSG_NOSIGNAL);
        }
    }

    /// Until something was answered or the next is due.
    void receive() {
        const auto left = std::max(next_ - Steady::now(), Steady::duration::zero());
        const auto nanoseconds = std::min<std::int64_t>(std::chrono::nanoseconds(left).count(), 50'000'000);
        const timespec timeout{0, waiting_.empty() ? nanoseconds : 50'000'000};
        std::array<epoll_event, 64> events{};
        const int count = ::epoll_pwait2(poll_, events.data(), events.size(), &timeout, nullptr);
        for (int i = 0; i < count; ++i) readFrom(*static_cast<Peer*>(events[static_cast<std::size_t>(i)].data.ptr));
    }

    void readFrom(Peer& peer) {
        std::array<char, 16'384> piece{};
        const ssize_t size = ::recv(peer.descriptor, piece.data(), piece.size(), MSG_DONTWAIT);
        if (size < 0 && errno == EAGAIN) return;
        if (size <= 0) {
            // It stays busy, and is counted as failed at the end.
            ::epoll_ctl(poll_, EPOLL_CTL_DEL, peer.descriptor, nullptr);
            return;
        }
        peer.read.append(piece.data(), static_cast<std::size_t>(size));
        const std::size_t length = answerLength(peer.read);
        if (length == 0) return;
        if (peer.read.compare(0, 12, "HTTP/1.1 200") != 0) ++failed_;
        peer.read.erase(0, length);
        took_.push_back(std::chrono::duration<double, std::milli>(Steady::now() - peer.due).count());
        idle_.push_back(&peer);
    }

    Latencies summary(double seconds) {
        Latencies result;
        result.failed = failed_;
        if (took_.empty()) return result;
        std::sort(took_.begin(), took_.end());
        const auto at = [&](double part) {
            return took_[static_cast<std::size_t>(part * static_cast<double>(took_.size() - 1))];
        };
        result.perSecond = static_cast<double>(took_.size()) / seconds;
        result.p50 = at(0.5);
        result.p99 = at(0.99);
        result.p999 = at(0.999);
        result.most = took_.back();
        return result;
    }

    const OpenLoop load_;
    const int poll_;
    std::mt19937_64 random_{20'261'126};
    std::vector<Peer> peers_;
    std::vector<Peer*> idle_;
    std::deque<Time> waiting_;  ///< when they were due
    Time next_;
    std::vector<double> took_;
    std::size_t failed_ = 0;
};

}  // namespace

Latencies runOpenLoop(const OpenLoop& load) { return Generator(load).run(); }

}  // namespace signalbox::bench
