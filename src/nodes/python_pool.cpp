#include "nodes/python_pool.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>

#include "nodes/embedded.h"
#include "nodes/python_worker.h"
#include "nodes/unique_fd.h"
#include "nodes/wake_fd.h"

namespace signalbox::nodes {
namespace {

namespace fs = std::filesystem;
constexpr Micros kStartTimeout = 30'000'000;

std::string findInterpreter(const PythonOptions& options) {
    if (!options.interpreter.empty()) return options.interpreter;
    if (::access("/usr/bin/python3", X_OK) == 0) return "/usr/bin/python3";
    const char* const path = std::getenv("PATH");
    std::string_view rest = path == nullptr ? std::string_view() : path;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(':'), rest.size());
        const std::string candidate = fmt::format("{}/python3", rest.substr(0, end));
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return "/usr/bin/python3";
}

tl::unexpected<Error> stopped() { return fail("node.stopped", "The code was stopped"); }

}  // namespace

struct PythonPool::Shared {
    WakeFd wake;
    std::mutex mutex;
    std::vector<PythonJob> submitted;
    bool stopping = false;
};

/// Everything of the pool's thread.
class PythonPool::Reactor {
public:
    Reactor(PythonOptions options, const Clock& clock, Logger log, std::shared_ptr<Shared> shared)
        : options_(std::move(options)),
          clock_(clock),
          log_(std::move(log)),
          shared_(std::move(shared)),
          interpreter_(findInterpreter(options_)),
          namespaces_(options_.useNamespaces) {
        if (options_.maxWorkers == 0) options_.maxWorkers = std::max(2U, std::thread::hardware_concurrency());
    }
    ~Reactor();
    void run();

private:
    using StopCallback = std::stop_callback<std::function<void()>>;
    struct Queued {
        PythonJob job;
        std::unique_ptr<StopCallback> onStop;
    };
    struct Slot {
        std::unique_ptr<PythonWorker> worker;
        std::unique_ptr<StopCallback> onStop;  ///< of the job in work
        fs::path folder;                       ///< without namespaces: the worker's own
        std::vector<HiddenPlace> hidden;       ///< of what is always hidden
    };

    [[nodiscard]] bool takeSubmitted();
    void dropStoppedJobs();
    void checkWorkers(Micros now);
    void endOutdated();
    void checkNamespaces();
    [[nodiscard]] std::vector<std::string> needed() const;
    [[nodiscard]] std::vector<HiddenPlace> alwaysHidden() const {
        return hiddenPlaces(options_.hidden.always, needed());
    }
    [[nodiscard]] SandboxRequest requestFor(const PythonGrants& grants, const fs::path& folder) const;
    [[nodiscard]] static Error refusal(const std::string& reason);
    void assignJobs(Micros now);
    [[nodiscard]] bool assign(Queued& queued, Micros now);
    [[nodiscard]] bool makeRoom();
    [[nodiscard]] Status startWorker(const PythonGrants& grants, Micros now);
    [[nodiscard]] Result<fs::path> scratchFolder();
    void failFirstWaiting(const PythonGrants& grants, const Error& error);
    void sleep(Micros now);
    [[nodiscard]] Micros nextDeadline() const;
    void removeDead();
    static void release(Slot& slot);

    PythonOptions options_;
    const Clock& clock_;
    Logger log_;
    std::shared_ptr<Shared> shared_;
    std::string interpreter_;
    bool namespaces_;
    fs::path folder_;
    std::uint64_t foldersMade_ = 0;
    std::deque<Queued> queue_;
    std::vector<Slot> slots_;
};

PythonPool::Reactor::~Reactor() {
    for (Slot& slot : slots_) {
        slot.onStop.reset();
        if (auto job = slot.worker->takeJob()) job->done(stopped());
        release(slot);
    }
    for (Queued& queued : queue_) {
        queued.onStop.reset();
        queued.job.done(stopped());
    }
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

void PythonPool::Reactor::release(Slot& slot) {
    slot.worker.reset();
    std::error_code ignored;
    if (!slot.folder.empty()) fs::remove_all(slot.folder, ignored);
}

/// Said when it starts, not when the first run fails.
void PythonPool::Reactor::checkNamespaces() {
    const auto folder = scratchFolder();
    if (!folder) return;
    SandboxRequest request = requestFor({}, *folder);
    request.command = {"/bin/true"};
    const UniqueFd channel(::memfd_create("signalbox-check", MFD_CLOEXEC));
    request.channel = channel.get();
    Error error{"sandbox.start", "Namespaces are turned off", {}, {}};
    if (request.namespaces) {
        auto started = startSandboxed(request);
        if (started) {
            killSandboxed(*started, true);
            return;
        }
        error = std::move(started).error();
    }
    if (error.code != "sandbox.start") return;
    error = refusal(error.message);
    log_.warning(error.message, Value::object({{"hint", error.hint}}));
}

void PythonPool::Reactor::run() {
    if (options_.needsNamespaces) checkNamespaces();
    while (takeSubmitted()) {
        const Micros now = clock_.monotonicNow();
        dropStoppedJobs();
        checkWorkers(now);
        endOutdated();
        assignJobs(now);
        sleep(now);
    }
}

bool PythonPool::Reactor::takeSubmitted() {
    std::vector<PythonJob> submitted;
    bool stopping = false;
    {
        const std::lock_guard lock(shared_->mutex);
        submitted.swap(shared_->submitted);
        stopping = shared_->stopping;
    }
    for (PythonJob& job : submitted) {
        Queued queued{std::move(job), nullptr};
        queued.onStop = std::make_unique<StopCallback>(queued.job.stop, [shared = shared_] { shared->wake.wake(); });
        queue_.push_back(std::move(queued));
    }
    return !stopping;
}

void PythonPool::Reactor::dropStoppedJobs() {
    for (auto queued = queue_.begin(); queued != queue_.end();) {
        if (!queued->job.stop.stop_requested()) {
            ++queued;
            continue;
        }
        const Queued dropped = std::move(*queued);
        queued = queue_.erase(queued);
        dropped.job.done(stopped());
    }
}

void PythonPool::Reactor::checkWorkers(Micros now) {
    using State = PythonWorker::State;
    for (Slot& slot : slots_) {
        PythonWorker& worker = *slot.worker;
        const PythonJob* job = worker.job();
        if (worker.state() == State::Busy && job->stop.stop_requested()) {
            slot.onStop.reset();
            worker.takeJob()->done(stopped());
        } else if (worker.state() == State::Busy && now >= worker.since() + job->limits.wallTime) {
            slot.onStop.reset();
            const auto taken = worker.takeJob();
            taken->done(fail("python.timeout",
                             fmt::format("The code did not end within {}", humanDuration(taken->limits.wallTime)), {},
                             "Raise the timeout, or look for an endless loop.", true));
        } else if (worker.state() == State::Starting && now >= worker.since() + kStartTimeout) {
            static_cast<void>(worker.takeJob());
            failFirstWaiting(worker.grants(),
                             {"python.start", "The Python worker did not become ready", interpreter_, {}, true});
        } else if (worker.state() == State::Idle &&
                   (now >= worker.since() + options_.idleTime || worker.jobsDone() >= options_.jobsPerWorker ||
                    (!namespaces_ && worker.jobsDone() > 0))) {
            // Without a process space leftovers of a job can only be ended together with the worker.
            static_cast<void>(worker.takeJob());
        }
    }
    removeDead();
}

/// A worker keeps hidden what was there when it started: not a key that was put in another's place since.
void PythonPool::Reactor::endOutdated() {
    if (queue_.empty() || slots_.empty() || !namespaces_ || options_.hidden.always.empty()) return;
    const auto hidden = alwaysHidden();
    for (Slot& slot : slots_) {
        if (slot.worker->state() == PythonWorker::State::Idle && slot.hidden != hidden) {
            static_cast<void>(slot.worker->takeJob());
        }
    }
    removeDead();
}

void PythonPool::Reactor::removeDead() {
    std::erase_if(slots_, [](Slot& slot) {
        if (slot.worker->state() != PythonWorker::State::Dead) return false;
        release(slot);
        return true;
    });
}

void PythonPool::Reactor::failFirstWaiting(const PythonGrants& grants, const Error& error) {
    const auto found = std::ranges::find(queue_, grants, [](const Queued& queued) { return queued.job.grants; });
    if (found == queue_.end()) return;
    const Queued failed = std::move(*found);
    queue_.erase(found);
    failed.job.done(fail(error));
}

void PythonPool::Reactor::assignJobs(Micros now) {
    std::vector<const PythonWorker*> promised;
    std::deque<Queued> waiting;
    while (!queue_.empty()) {
        Queued queued = std::move(queue_.front());
        queue_.pop_front();
        if (assign(queued, now)) continue;
        const auto starting = std::ranges::find_if(slots_, [&](const Slot& slot) {
            return slot.worker->state() == PythonWorker::State::Starting &&
                   slot.worker->grants() == queued.job.grants && std::ranges::count(promised, slot.worker.get()) == 0;
        });
        if (starting != slots_.end()) {
            promised.push_back(starting->worker.get());
        } else if (slots_.size() < options_.maxWorkers || makeRoom()) {
            if (auto started = startWorker(queued.job.grants, now); !started) {
                queued.onStop.reset();
                queued.job.done(fail(std::move(started).error()));
                continue;
            }
            promised.push_back(slots_.back().worker.get());
        }
        waiting.push_back(std::move(queued));
    }
    queue_ = std::move(waiting);
}

bool PythonPool::Reactor::assign(Queued& queued, Micros now) {
    for (Slot& slot : slots_) {
        if (slot.worker->state() != PythonWorker::State::Idle || slot.worker->grants() != queued.job.grants) continue;
        auto returned = slot.worker->run(std::move(queued.job), now);
        if (!returned) {
            slot.onStop = std::move(queued.onStop);
            return true;
        }
        queued.job = std::move(*returned);
    }
    return false;
}

/// Ends an idle worker, whose grants nobody asks for now.
bool PythonPool::Reactor::makeRoom() {
    removeDead();
    if (slots_.size() < options_.maxWorkers) return true;
    const auto idle = std::ranges::find_if(
        slots_, [](const Slot& slot) { return slot.worker->state() == PythonWorker::State::Idle; });
    if (idle == slots_.end()) return false;
    release(*idle);
    slots_.erase(idle);
    return true;
}

Result<fs::path> PythonPool::Reactor::scratchFolder() {
    if (folder_.empty()) {
        std::error_code error;
        const fs::path parent =
            options_.temporaryFolder.empty() ? fs::temp_directory_path(error) : fs::path(options_.temporaryFolder);
        std::string pattern = (parent / "signalbox-python-XXXXXX").string();
        if (error || ::mkdtemp(pattern.data()) == nullptr) {
            return fail("python.start", "No temporary folder can be made in " + parent.string(), {}, {}, true);
        }
        folder_ = pattern;
    }
    // With namespaces every worker mounts a file system of its own over the same folder.
    if (namespaces_) return folder_;
    fs::path own = folder_ / std::to_string(++foldersMade_);
    std::error_code error;
    fs::create_directory(own, error);
    if (error) return fail("python.start", "No temporary folder can be made: " + error.message(), own.string());
    return own;
}

/// What a worker cannot do without, wherever it lies.
std::vector<std::string> PythonPool::Reactor::needed() const {
    // An environment of Python's own (venv) leads to the interpreter that it was made with; both have libraries.
    std::error_code ignored;
    const fs::path real = fs::canonical(interpreter_, ignored);
    std::vector<std::string> paths{folder_.string(), fs::path(interpreter_).parent_path().parent_path().string(),
                                   real.parent_path().parent_path().string()};
    if (options_.hidden.seen) paths.insert(paths.end(), options_.hidden.seen->begin(), options_.hidden.seen->end());
    return paths;
}

Error PythonPool::Reactor::refusal(const std::string& reason) {
    return {"python.not-shielded",
            "Python code is refused: this machine cannot hide the gateway's files from it (" + reason + ")",
            {},
            "Allow user and mount name spaces to the gateway. The setting nodes.dangerous_open_python runs the code "
            "without them."};
}

SandboxRequest PythonPool::Reactor::requestFor(const PythonGrants& grants, const fs::path& folder) const {
    SandboxRequest request;
    request.command = {interpreter_, "-I", "-B", "-X", "utf8", "-c", std::string(kPythonWorker)};
    request.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "TMPDIR=" + folder.string(),
                           "HOME=" + folder.string()};
    request.scratch = folder.string();
    request.scratchBytes = options_.scratchBytes;
    request.writable = grants.writable;
    request.network = grants.network;
    request.namespaces = namespaces_;
    auto hidden = alwaysHidden();
    if (options_.hidden.seen) std::ranges::move(placesOutside(dataFolders(), needed()), std::back_inserter(hidden));
    for (const HiddenPlace& place : hidden) {
        (place.isFolder ? request.hiddenFolders : request.hiddenFiles).push_back(place.path.string());
    }
    return request;
}

Status PythonPool::Reactor::startWorker(const PythonGrants& grants, Micros now) {
    if (options_.needsNamespaces && !namespaces_) return fail(refusal("namespaces are turned off"));
    SIGNALBOX_TRY(const fs::path folder, scratchFolder());
    auto hidden = alwaysHidden();
    auto worker = PythonWorker::start(requestFor(grants, folder), grants, now);
    if (worker) {
        slots_.push_back({std::move(*worker), nullptr, namespaces_ ? fs::path() : folder, std::move(hidden)});
        return {};
    }
    Error error = std::move(worker).error();
    if (error.code == "sandbox.start" && options_.needsNamespaces) return fail(refusal(error.message));
    if (error.code == "sandbox.start" && namespaces_) {
        log_.warning(
            "Python code runs without namespaces: the network is shut off by a call filter, files are not "
            "protected",
            Value::object({{"reason", error.message}}));
        namespaces_ = false;
        return startWorker(grants, now);
    }
    error.code = "python.start";
    error.hint = "Is python3 installed? Its path can be set in the options of the Python node.";
    return fail(std::move(error));
}

Micros PythonPool::Reactor::nextDeadline() const {
    Micros next = INT64_MAX;
    for (const Slot& slot : slots_) {
        const PythonWorker& worker = *slot.worker;
        Micros span = options_.idleTime;
        if (worker.state() == PythonWorker::State::Busy) span = worker.job()->limits.wallTime;
        if (worker.state() == PythonWorker::State::Starting) span = kStartTimeout;
        next = std::min(next, worker.since() + span);
    }
    return next;
}

void PythonPool::Reactor::sleep(Micros now) {
    std::vector<pollfd> waiting{{shared_->wake.fd(), POLLIN, 0}};
    for (const Slot& slot : slots_) slot.worker->addTo(waiting);
    const Micros deadline = nextDeadline();
    const Micros span = deadline == INT64_MAX ? -1 : std::max<Micros>(deadline - now, 0) / 1000 + 1;
    ::poll(waiting.data(), waiting.size(), static_cast<int>(std::min<Micros>(span, 3'600'000)));
    shared_->wake.drain();
    const Micros woken = clock_.monotonicNow();
    for (Slot& slot : slots_) {
        const bool wasStarting = slot.worker->state() == PythonWorker::State::Starting;
        const bool wasBusy = slot.worker->state() == PythonWorker::State::Busy;
        slot.worker->handle(woken);
        if (wasBusy && slot.worker->job() == nullptr) slot.onStop.reset();
        if (wasStarting && slot.worker->state() == PythonWorker::State::Dead) {
            failFirstWaiting(slot.worker->grants(),
                             {"python.start", "The Python worker ended while it started", interpreter_, {}, true});
        }
    }
    removeDead();
}

PythonPool::PythonPool(PythonOptions options, const Clock& clock, Logger log)
    : options_(std::move(options)),
      shared_(std::make_shared<Shared>()),
      thread_([options = options_, &clock, log = std::move(log), shared = shared_] {
          Reactor(options, clock, log, shared).run();
      }) {}

PythonPool::~PythonPool() { stop(); }

void PythonPool::stop() {
    {
        const std::lock_guard lock(shared_->mutex);
        shared_->stopping = true;
    }
    shared_->wake.wake();
    thread_.join();
}

void PythonPool::submit(PythonJob job) {
    {
        const std::lock_guard lock(shared_->mutex);
        if (!shared_->stopping) shared_->submitted.push_back(std::exchange(job, {}));
    }
    if (job.done) return job.done(stopped());
    shared_->wake.wake();
}

}  // namespace signalbox::nodes
