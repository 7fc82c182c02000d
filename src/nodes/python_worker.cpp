#include "nodes/python_worker.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/json.h"
#include "base/text.h"

namespace signalbox::nodes {
namespace {

constexpr std::size_t kMaxLine = 8192;
constexpr std::size_t kMaxOutput = 256U << 10U;

/// A file in memory with a content; not open on failure.
UniqueFd memoryFile(const char* name, std::string_view content) {
    UniqueFd fd(::memfd_create(name, MFD_CLOEXEC));
    std::size_t at = 0;
    while (fd.isOpen() && at < content.size()) {
        // pwrite leaves the position at the start, where the child reads from.
        const ssize_t wrote = ::pwrite(fd.get(), content.data() + at, content.size() - at, static_cast<off_t>(at));
        if (wrote <= 0) fd.reset();
        at += static_cast<std::size_t>(std::max<ssize_t>(wrote, 0));
    }
    return fd;
}

/// What a job left in its file, at most `limit` bytes of it.
std::string contentOf(int fd, std::size_t limit) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) return {};
    std::string content(std::min(static_cast<std::size_t>(status.st_size), limit), '\0');
    std::size_t at = 0;
    while (at < content.size()) {
        const ssize_t got = ::pread(fd, content.data() + at, content.size() - at, static_cast<off_t>(at));
        if (got <= 0) break;
        at += static_cast<std::size_t>(got);
    }
    content.resize(at);
    return content;
}

struct Pipe {
    UniqueFd read;
    UniqueFd write;
};

Pipe makePipe() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

}  // namespace

void OutputLines::emitLine(const PythonJob& job) {
    if (!isValidUtf8(line_)) {
        std::ranges::replace_if(
            line_, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; }, '?');
    }
    job.log(level_, std::exchange(line_, {}));
}

void OutputLines::take(std::string_view data, const PythonJob& job) {
    const bool wasFull = total_ > kMaxOutput;
    total_ += data.size();
    if (wasFull) return;
    while (!data.empty()) {
        const std::size_t end = std::min(data.find('\n'), data.size());
        line_ += data.substr(0, std::min(end, kMaxLine - line_.size()));
        const bool whole = end < data.size();
        data.remove_prefix(whole ? end + 1 : end);
        if (whole) emitLine(job);
    }
    if (total_ > kMaxOutput) {
        finish(job);
        job.log(LogLevel::Warning,
                fmt::format("The code has written more than {} bytes; the rest is dropped", kMaxOutput));
    }
}

void OutputLines::pump(const PythonJob& job) {
    std::array<char, 16384> buffer;
    // Bounded, so that a flood leaves time for the other workers.
    for (int round = 0; fd_.isOpen() && round < 16; ++round) {
        const ssize_t got = ::read(fd_.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return;
        if (got == 0) fd_.reset();
        take({buffer.data(), static_cast<std::size_t>(got)}, job);
    }
}

void OutputLines::finish(const PythonJob& job) {
    if (!line_.empty()) emitLine(job);
}

Result<std::unique_ptr<PythonWorker>> PythonWorker::start(SandboxRequest request, PythonGrants grants, Micros now) {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return fail("sandbox.start", fmt::format("socketpair: {}", std::strerror(errno)));
    }
    UniqueFd ours(ends[0]);
    const UniqueFd theirs(ends[1]);
    request.channel = theirs.get();
    SIGNALBOX_TRY(const SandboxProcess process, startSandboxed(request));
    return std::unique_ptr<PythonWorker>(
        new PythonWorker(process, std::move(ours), request.namespaces, std::move(grants), now));
}

PythonWorker::PythonWorker(SandboxProcess process, UniqueFd channel, bool namespaces, PythonGrants grants, Micros now)
    : process_(process),
      channel_(std::move(channel)),
      namespaces_(namespaces),
      grants_(std::move(grants)),
      since_(now) {}

PythonWorker::~PythonWorker() { kill(); }

void PythonWorker::kill() {
    if (state_ == State::Dead) return;
    state_ = State::Dead;
    killSandboxed(process_, namespaces_);
}

bool PythonWorker::sendJob(int input, int out, int err) const {
    const PythonLimits& limits = job_->limits;
    std::string packet = writeJson(
        Value::object({{"cpu", limits.cpuSeconds}, {"memory", limits.memoryBytes}, {"output", limits.outputBytes}}));
    const std::array<int, 4> descriptors{input, outcome_.get(), out, err};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(descriptors))> control{};
    iovec part{packet.data(), packet.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(descriptors));
    std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof(descriptors));
    return ::sendmsg(channel_.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT) == static_cast<ssize_t>(packet.size());
}

std::optional<PythonJob> PythonWorker::run(PythonJob job, Micros now) {
    const UniqueFd input = memoryFile("signalbox-job", job.text);
    outcome_ = memoryFile("signalbox-outcome", {});
    Pipe out = makePipe();
    Pipe err = makePipe();
    if (!input.isOpen() || !outcome_.isOpen() || !out.read.isOpen() || !err.read.isOpen()) {
        job.done(
            fail("python.start", fmt::format("A job cannot be handed over: {}", std::strerror(errno)), {}, {}, true));
        return std::nullopt;
    }
    job.text = {};
    job_ = std::move(job);
    if (!sendJob(input.get(), out.write.get(), err.write.get())) {
        // The text is gone, but it can be had back from the file it was written to.
        job_->text = contentOf(input.get(), SIZE_MAX);
        return takeJob();
    }
    output_.clear();
    output_.emplace_back(std::move(out.read), LogLevel::Info);
    output_.emplace_back(std::move(err.read), LogLevel::Warning);
    state_ = State::Busy;
    since_ = now;
    return std::nullopt;
}

void PythonWorker::addTo(std::vector<pollfd>& waiting) const {
    waiting.push_back({channel_.get(), POLLIN, 0});
    if (state_ != State::Busy) return;
    for (const OutputLines& lines : output_) {
        if (lines.fd() >= 0) waiting.push_back({lines.fd(), POLLIN, 0});
    }
}

void PythonWorker::handle(Micros now) {
    if (state_ == State::Busy) {
        for (OutputLines& lines : output_) lines.pump(*job_);
    }
    std::array<char, 4096> packet;
    const ssize_t got = ::recv(channel_.get(), packet.data(), packet.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        kill();
        if (job_) finishJob(-1);
        return;
    }
    if (state_ == State::Busy) {
        const auto answer = parseJson({packet.data(), static_cast<std::size_t>(got)});
        finishJob(answer ? static_cast<int>((*answer)["status"].asInteger()) : -1);
    }
    state_ = State::Idle;
    since_ = now;
}

void PythonWorker::finishJob(int waitStatus) {
    PythonJob job = std::move(*job_);
    job_.reset();
    ++jobsDone_;
    for (OutputLines& lines : output_) {
        lines.pump(job);
        lines.finish(job);
    }
    output_.clear();
    // Some room beyond the limit, which the worker holds itself, so that an error about it fits.
    const std::string outcome = contentOf(outcome_.get(), static_cast<std::size_t>(job.limits.outputBytes) + 65536);
    outcome_.reset();
    if (waitStatus < 0) {
        job.done(fail("python.crashed", "The Python worker ended unexpectedly", {}, {}, true));
    } else {
        job.done(pythonOutcome(waitStatus, outcome, job.limits));
    }
}

std::optional<PythonJob> PythonWorker::takeJob() {
    kill();
    if (job_) {
        for (OutputLines& lines : output_) {
            lines.pump(*job_);
            lines.finish(*job_);
        }
    }
    output_.clear();
    return std::exchange(job_, std::nullopt);
}

}  // namespace signalbox::nodes
