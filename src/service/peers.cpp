#include "service/peers.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/json.h"
#include "protocol/envelope.h"

namespace signalbox::service {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSuffix = ".sock";
constexpr std::size_t kLongestLine = 64U << 20U;
constexpr int kPatienceSeconds = 5;

/// Closes on destruction.
class Fd {
public:
    explicit Fd(int fd) : fd_(fd) {}
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool isOpen() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

/// A socket's address may have 107 bytes, a path has no such limit: it is named by way of its open folder.
struct Address {
    explicit Address(const fs::path& path)
        : folder(::open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
        address.sun_family = AF_UNIX;
        const std::string name = fmt::format("/proc/self/fd/{}/{}", folder.get(), path.filename().string());
        isValid = folder.isOpen() && name.size() < sizeof address.sun_path;
        if (isValid) std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    }
    Fd folder;
    sockaddr_un address{};
    bool isValid = false;
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

void limitWaiting(int fd) {
    const timeval patience{kPatienceSeconds, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

bool isOwnUser(int fd) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && (peer.uid == ::geteuid() || peer.uid == 0);
}

bool sendLine(int fd, std::string line) {
    line.push_back('\n');
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t sent = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<std::string> receiveLine(int fd) {
    std::string line;
    char buffer[16384];
    while (line.size() < kLongestLine) {
        const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return std::nullopt;
        line.append(buffer, static_cast<std::size_t>(got));
        if (line.back() == '\n') {
            line.pop_back();
            return line;
        }
    }
    return std::nullopt;
}

Result<protocol::Request> readRequest(int fd) {
    const auto line = receiveLine(fd);
    if (!line) return fail("peers.closed", "The other program ended the connection");
    SIGNALBOX_TRY(const auto envelope, parseJson(*line, true));
    return protocol::decodeRequest(envelope);
}

/// Nothing when the program is gone or has no answer in time.
std::optional<Result<protocol::Reply>> ask(const fs::path& socketPath, const protocol::Request& request) {
    const Fd connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const Address address(socketPath);
    if (!connection.isOpen() || !address.isValid) return std::nullopt;
    limitWaiting(connection.get());
    if (::connect(connection.get(), address.get(), sizeof address.address) != 0) {
        std::error_code ignored;
        if (errno == ECONNREFUSED) fs::remove(socketPath, ignored);
        return std::nullopt;
    }
    if (!isOwnUser(connection.get())) return std::nullopt;
    if (!sendLine(connection.get(), writeJson(protocol::encodeRequest(request)))) return std::nullopt;
    const auto line = receiveLine(connection.get());
    if (!line) return std::nullopt;
    const auto envelope = parseJson(*line, true);
    if (!envelope) return std::nullopt;
    return protocol::decodeOutcome(protocol::callName(request), *envelope);
}

bool isElsewhere(const Result<protocol::Reply>& outcome) {
    return !outcome && (outcome.error().code == "run.owned-elsewhere" || outcome.error().code == "run.not-found" ||
                        outcome.error().code == "gateway.stopping");
}

}  // namespace

PeerServer::PeerServer(fs::path path, int listening, int wake, Handler handler)
    : path_(std::move(path)),
      listening_(listening),
      wake_(wake),
      handler_(std::move(handler)),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {}

PeerServer::~PeerServer() {
    std::error_code ignored;
    fs::remove(path_, ignored);
    thread_.request_stop();
    const std::uint64_t one = 1;
    std::ignore = ::write(wake_, &one, sizeof one);
    thread_.join();
    ::close(listening_);
    ::close(wake_);
}

Result<std::unique_ptr<PeerServer>> PeerServer::listen(const fs::path& folder, const std::string& name,
                                                       Handler handler) {
    const auto failed = [&](int error) {
        return fail("peers.listen", "Other programs cannot reach this one: " + std::generic_category().message(error),
                    folder.string());
    };
    std::error_code error;
    fs::create_directories(folder, error);
    ::chmod(folder.c_str(), S_IRWXU);
    const fs::path path = folder / (name + kSuffix);
    Fd listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    Fd wake(::eventfd(0, EFD_CLOEXEC));
    const Address address(path);
    if (!listening.isOpen() || !wake.isOpen() || !address.isValid) return failed(errno);
    if (::bind(listening.get(), address.get(), sizeof address.address) != 0) return failed(errno);
    if (::listen(listening.get(), 16) != 0) return failed(errno);
    return std::unique_ptr<PeerServer>(new PeerServer(path, listening.release(), wake.release(), std::move(handler)));
}

void PeerServer::serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        pollfd waits[] = {{listening_, POLLIN, 0}, {wake_, POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0 && errno != EINTR) return;
        if (stop.stop_requested() || (waits[0].revents & POLLIN) == 0) continue;
        auto connection = std::make_shared<Fd>(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
        if (!connection->isOpen() || !isOwnUser(connection->get())) continue;
        limitWaiting(connection->get());
        auto request = readRequest(connection->get());
        const auto answer = [connection](const Result<protocol::Reply>& outcome) {
            sendLine(connection->get(), writeJson(protocol::encodeOutcome(outcome)));
        };
        if (request)
            handler_(std::move(*request), answer);
        else
            answer(fail(std::move(request).error()));
    }
}

std::optional<Result<protocol::Reply>> askPeers(const fs::path& folder, const std::string& self,
                                                const protocol::Request& request) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() != kSuffix || entry.path().stem() == self) continue;
        auto outcome = ask(entry.path(), request);
        if (outcome && !isElsewhere(*outcome)) return outcome;
    }
    return std::nullopt;
}

}  // namespace signalbox::service
