#include "app/gateway/serve.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "app/gateway/descriptor_limit.h"
#include "app/gateway/exit_code.h"
#include "app/gateway/first_steps.h"
#include "app/gateway/gateway.h"
#include "app/gateway/log_output.h"
#include "app/gateway/notifier.h"
#include "app/gateway/signal_queue.h"
#include "app/gateway/watchdog.h"

namespace signalbox::gatewayd {

namespace {

constexpr Micros kSecond = 1'000'000;
/// A crashed gateway's port can be taken a moment later, and a restart should not fail for that.
constexpr int kListenAttempts = 20;
constexpr Micros kListenPause = kSecond / 2;
/// What store, logs, nodes and their workers have open, at a generous guess.
constexpr std::uint64_t kOwnDescriptors = 1024;

std::string variable(const ConfigSources& sources, std::string_view name) {
    const auto found = sources.environment.find(name);
    return found == sources.environment.end() ? std::string() : found->second;
}

/// One run of the process, from its settings to its exit code.
class Service {
public:
    Service(const ConfigSources& sources, const Configuration& configuration)
        : sources_(sources),
          running_(configuration),
          output_(running_.settings.logLevel, running_.settings.logFormat),
          log_(Logger(clock_, output_.sink(), LogLevel::Debug).component("signalboxd")),
          notifier_(variable(sources, "NOTIFY_SOCKET")) {
        // Nodes start programs, which must not speak for this one.
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    }

    int run() {
        log_.info("Starting", Value::object({{"version", SIGNALBOX_VERSION},
                                             {"workspace", running_.settings.workspace},
                                             {"process", static_cast<std::int64_t>(::getpid())}}));
        warnOfDangers();
        makeRoomForConnections();
        notifier_.status("Opening the workspace");
        auto opened = Gateway::open(running_.settings, clock_, output_.sink());
        if (!opened) return giveUp(opened.error(), kCannotOpen);
        gateway_ = std::move(*opened);
        if (const std::string warning = gateway_->warning(); !warning.empty()) log_.warning(warning);
        if (const auto ended = listen()) return *ended;
        tellFirstSteps();
        watchdog_.emplace(notifier_, watchdogOf(), [this](auto answer) { gateway_->probe(std::move(answer)); });
        sayReady();
        return waitForEnd();
    }

private:
    int giveUp(const Error& error, int code) {
        log_.error(error.message, Value::object({{"code", error.code}, {"where", error.where}, {"hint", error.hint}}));
        notifier_.status(error.message);
        return code;
    }

    static int codeOf(const Error& error) { return error.code.starts_with("tls.") ? kCannotOpen : kCannotListen; }

    /// Every start says again what has been turned off.
    void warnOfDangers() const {
        for (const EffectiveSetting& setting : running_.effective) {
            if (!setting.spec->dangerous || setting.value == fallbackOf(*setting.spec)) continue;
            log_.warning(fmt::format("Dangerous setting: {} = {}", setting.spec->name,
                                     writeSetting(*setting.spec, setting.value)),
                         Value::object({{"set in", setting.where}, {"meaning", setting.spec->help}}));
        }
        for (const ConfigProblem& problem : running_.problems) {
            log_.warning(problem.message, Value::object({{"where", problem.where}, {"hint", problem.hint}}));
        }
    }

    void makeRoomForConnections() const {
        const auto connections = static_cast<std::uint64_t>(running_.settings.limits.connections);
        const std::uint64_t allowed = raiseDescriptorLimit(connections + kOwnDescriptors);
        if (allowed >= connections + kOwnDescriptors) return;
        log_.warning("The process may have fewer files open than \"limits.connections\" needs",
                     Value::object({{"allowed", allowed}, {"needed", connections + kOwnDescriptors}}));
    }

    [[nodiscard]] Micros watchdogOf() const {
        const std::string period = variable(sources_, "WATCHDOG_USEC");
        const std::string process = variable(sources_, "WATCHDOG_PID");
        return watchdogPeriod(period.c_str(), process.empty() ? nullptr : process.c_str(), ::getpid());
    }

    /// Gives an exit code when it must end instead.
    std::optional<int> listen() {
        for (int attempt = 1;; ++attempt) {
            const auto listening = gateway_->listen();
            if (listening) break;
            if (!listening.error().retryable || attempt == kListenAttempts) {
                return giveUp(listening.error(), codeOf(listening.error()));
            }
            log_.warning("The address is in use; trying again",
                         Value::object({{"attempt", attempt}, {"of", kListenAttempts}}));
            notifier_.status("Waiting for the address to become free");
            if (const auto signal = signals_.next(kListenPause); signal && *signal != SIGHUP) return kOk;
        }
        log_.info("Serving", Value::object({{"address", gateway_->address()},
                                            {"title", running_.settings.title},
                                            {"environment", running_.settings.environment}}));
        return std::nullopt;
    }

    void tellFirstSteps() {
        const auto file = gateway_->setupTokenFile();
        if (!file) {
            log_.error("There is no administrator yet, and no token could be made for the first",
                       Value::object({{"code", file.error().code}, {"message", file.error().message}}));
        } else if (!file->empty()) {
            const std::string command = setupCommand(gateway_->address(), *file);
            log_.warning("There is no administrator yet; a token that makes one, once and within a day, is in a file",
                         Value::object({{"file", *file}, {"next", command}}));
            // As a field of a line the command is escaped, and could not be copied.
            if (running_.settings.logFormat == "text") fmt::print(stderr, "Next: {}\n", command);
        }
    }

    void sayReady() const { notifier_.ready(fmt::format("Serving on {}", gateway_->address())); }

    int waitForEnd() {
        for (;;) {
            const auto signal = signals_.next();
            if (signal == SIGHUP) reload();
            if (signal == SIGTERM || signal == SIGINT) return drain(*signal);
        }
    }

    void reload() {
        notifier_.reloading(serviceManagerTime());
        Configuration wanted = loadConfiguration(sources_);
        const Status taken = wanted.isValid() ? gateway_->reload(wanted.settings) : refuseInvalid(wanted);
        if (taken) {
            output_.change(wanted.settings.logLevel, wanted.settings.logFormat);
            log_.info("The settings were read again");
            for (const std::string& name : needingRestart(running_, wanted)) {
                log_.warning(fmt::format("\"{}\" has changed; that takes a restart", name));
            }
            keepWhatRuns(std::move(wanted));
        } else {
            log_.error("The settings were read again and cannot be used; nothing has changed",
                       Value::object({{"code", taken.error().code},
                                      {"message", taken.error().message},
                                      {"where", taken.error().where}}));
        }
        sayReady();
    }

    Status refuseInvalid(const Configuration& wanted) const {
        for (const ConfigProblem& problem : wanted.problems) {
            log_.error(problem.message, Value::object({{"where", problem.where}, {"hint", problem.hint}}));
        }
        return fail("config.invalid", "The settings are not valid", sources_.file);
    }

    /// What a reload does not take over stays as it was: the next one compares with that.
    void keepWhatRuns(Configuration wanted) {
        for (EffectiveSetting& setting : wanted.effective) {
            if (!setting.spec->reloads) setting = running_.of(setting.spec->name);
            assignSetting(*setting.spec, setting.value, wanted.settings);
        }
        running_ = std::move(wanted);
    }

    int drain(int signal) {
        const Micros within = running_.settings.drainTimeout;
        log_.info("Stopping: finishing what is under way; a second signal ends at once",
                  Value::object({{"signal", ::strsignal(signal)}, {"within", formatDuration(within)}}));
        notifier_.stopping("Finishing what is under way");
        notifier_.extendTimeout(within + 10 * kSecond);
        std::atomic<int> drained{-1};
        gateway_->drain(within, [this, &drained](bool whole) {
            drained = whole ? 1 : 0;
            signals_.wake();
        });
        const Micros latest = clock_.monotonicNow() + within + kSecond;
        bool again = false;
        while (drained < 0 && !again) {
            const Micros left = latest - clock_.monotonicNow();
            if (left <= 0) break;
            const auto next = signals_.next(left);
            again = next == SIGTERM || next == SIGINT;
        }
        return end(drained == 1, again);
    }

    int end(bool whole, bool again) {
        if (!whole) {
            log_.warning(again ? "Stopped at once, as asked for"
                               : "Stopped with requests under way: the time was over");
        }
        watchdog_.reset();
        gateway_.reset();
        log_.info("Stopped");
        return whole ? kOk : kStoppedAtOnce;
    }

    SignalQueue signals_;  // first of all: threads inherit what it blocks
    SystemClock clock_;
    const ConfigSources& sources_;
    Configuration running_;
    LogOutput output_;
    Logger log_;
    Notifier notifier_;
    std::unique_ptr<Gateway> gateway_;
    std::optional<Watchdog> watchdog_;  // asks the gateway, and so ends before it
};

}  // namespace

int serve(const ConfigSources& sources, const Configuration& configuration) {
    return Service(sources, configuration).run();
}

}  // namespace signalbox::gatewayd
