#include "service/dispatcher.h"

#include <shared_mutex>
#include <utility>

#include <fmt/format.h>

#include "base/seen_from.h"
#include "protocol/envelope.h"
#include "service/calls.h"
#include "service/dispatch_times.h"
#include "service/request_check.h"
#include "service/worker_threads.h"

namespace signalbox::service {

namespace {

constexpr std::string_view kOwnAccount = "account.";
constexpr std::string_view kEvents = "events";
constexpr std::string_view kDesign = "workflow:write";

Status refuseTenant(std::string_view what) {
    return fail("auth.tenant", "This gateway serves another tenant's workspace", std::string(what),
                "Attach to a gateway of your own tenant");
}

/// Answers with "stopping" when it is dropped without having been asked.
class ReadinessAnswer {
public:
    explicit ReadinessAnswer(std::function<void(Readiness)> done) : done_(std::move(done)) {}
    ReadinessAnswer(const ReadinessAnswer&) = delete;
    ReadinessAnswer& operator=(const ReadinessAnswer&) = delete;
    ~ReadinessAnswer() {
        if (done_) done_({{{"store", false, "The gateway is stopping"}}});
    }
    void give(Readiness readiness) { std::exchange(done_, {})(std::move(readiness)); }

private:
    std::function<void(Readiness)> done_;
};

}  // namespace

struct Dispatcher::Calls : DocumentCalls, EngineCalls, IdentityCalls, RunCalls, TriggerCalls {
    explicit Calls(DispatcherParts given)
        : DocumentCalls(parts),
          EngineCalls(parts),
          IdentityCalls(parts),
          RunCalls(parts),
          TriggerCalls(parts),
          parts(std::move(given)) {}
    using DocumentCalls::call;
    using EngineCalls::call;
    using IdentityCalls::call;
    using RunCalls::call;
    using TriggerCalls::call;

    [[nodiscard]] Status admits(const Principal& principal, std::string_view what) const {
        if (!principal.isAuthenticated()) {
            return fail("auth.required", "The caller is not known", std::string(what), "Sign in and try again");
        }
        const bool foreign = !principal.tenant.empty() && !parts.tenant.empty() && principal.tenant != parts.tenant;
        if (foreign && !what.starts_with(kOwnAccount)) return refuseTenant(what);
        return {};
    }
    [[nodiscard]] Status authorise(const Principal& principal, std::string_view permission,
                                   std::string_view what) const {
        SIGNALBOX_CHECK(admits(principal, what));
        if (!principal.allows(permission)) {
            return fail("auth.forbidden", fmt::format("{} may not do this", principal.name), std::string(what),
                        fmt::format("It needs the permission \"{}\"", permission));
        }
        return {};
    }
    /// What a call does may need more than what its kind does.
    [[nodiscard]] Status authorise(const Principal& principal, const protocol::Request& request, Micros wait) const {
        const std::string_view name = protocol::callName(request);
        SIGNALBOX_CHECK(authorise(principal, protocol::permissionOf(request), name));
        const auto* const start = request.get<protocol::StartRun>();
        // Whoever may write what is run may run anything.
        if (start != nullptr && !start->text.empty()) SIGNALBOX_CHECK(authorise(principal, kDesign, name));
        return wait > 0 ? authorise(principal, protocol::WaitForRun::kPermission, name) : Status();
    }
    void run(const CallContext& context, const protocol::Request& request, const ReplyOnce& reply) const {
        request.visit([&](const auto& wanted) { call(context, wanted, reply); });
    }

    DispatcherParts parts;
    mutable OpenReplies open;
};

/// Who is told of calls. Outlives the dispatcher with the last call.
struct Dispatcher::Watch {
    explicit Watch(std::string workspace) : folder(std::move(workspace)) {}
    const std::string folder;  ///< of the workspace
    std::shared_mutex mutex;   ///< shared while someone is told
    Observer observer;

    void tell(const DispatchReport& report) {
        const std::shared_lock lock(mutex);
        if (observer) observer(report);
    }
};

/// What is told of a call when it is answered.
struct Dispatcher::Job {
    DispatchTimes times;
    std::shared_ptr<Watch> watch;
    std::shared_ptr<DispatchReport> wanted;
    Done done;

    void answer(Result<protocol::Reply> outcome) {
        const DispatchReport& report = times.end(!outcome);
        if (wanted) *wanted = report;
        watch->tell(report);
        if (!outcome) outcome = fail(seenFrom(watch->folder, std::move(outcome).error()));
        done(std::move(outcome));
    }
};

std::string_view dispatchWayName(DispatchWay way) noexcept { return way == DispatchWay::Direct ? "direct" : "pool"; }

bool runsFast(const protocol::Request& request) noexcept {
    return request.is<protocol::GetGatewayInfo>() || request.is<protocol::GetAccount>() ||
           request.is<protocol::ListRoles>() || request.is<protocol::GetEngineHistory>();
}

Dispatcher::Dispatcher(DispatcherParts parts)
    : calls_(std::make_shared<const Calls>(std::move(parts))),
      watch_(std::make_shared<Watch>(calls_->parts.info.workspace)) {}

Dispatcher::~Dispatcher() { stop(); }

Error Dispatcher::withoutPaths(Error error) const { return seenFrom(watch_->folder, std::move(error)); }

void Dispatcher::endWaits() { calls_->endWaits(); }

void Dispatcher::stop() { calls_->open.stopAll(); }

void Dispatcher::observe(Observer observer) {
    const std::unique_lock lock(watch_->mutex);
    watch_->observer = std::move(observer);
}

void Dispatcher::dispatch(const Principal& principal, protocol::Request request, Done done, DispatchOptions options) {
    if (auto allowed = calls_->authorise(principal, request, options.wait); !allowed) {
        return done(fail(std::move(allowed).error()));
    }
    if (auto valid = checkRequest(request); !valid) return done(fail(std::move(valid).error()));
    const auto way = options.mayRunHere && runsFast(request) ? DispatchWay::Direct : DispatchWay::Pool;
    auto job = std::make_shared<Job>(
        Job{DispatchTimes(request, way, calls_->parts.clock), watch_, std::move(options.report), std::move(done)});
    Done answer = [job](Result<protocol::Reply> outcome) { job->answer(std::move(outcome)); };
    CallContext context{principal, options.reach, options.wait};
    // Answered before this returns: nobody else needs to know of it.
    if (way == DispatchWay::Direct) return calls_->run(context, request, ReplyOnce(std::move(answer)));
    ReplyOnce reply = calls_->open.open(std::move(answer));
    calls_->parts.workers->post(
        [calls = calls_, context = std::move(context), request = std::move(request), job = std::move(job), reply] {
            job->times.begin();
            calls->run(context, request, reply);
        });
}

Status Dispatcher::admits(const Principal& principal) const { return calls_->admits(principal, "gateway"); }

EventRights Dispatcher::eventRights(const Principal& principal) const {
    return calls_->admits(principal, kEvents) ? eventRightsOf(principal) : EventRights{};
}

Result<std::shared_ptr<EventSubscription>> Dispatcher::subscribe(const Principal& principal,
                                                                 protocol::EventFilter filter,
                                                                 std::function<void()> notify) {
    SIGNALBOX_CHECK(calls_->admits(principal, kEvents));
    SIGNALBOX_CHECK(checkKinds(principal, filter));
    SIGNALBOX_CHECK(checkFilter(filter));
    return calls_->parts.bus->subscribe(std::move(filter), std::move(notify), eventRights(principal));
}

protocol::GatewayInfo Dispatcher::info(const Principal& principal) const {
    protocol::GatewayInfo info = calls_->parts.info;
    info.principal = principal.name;
    if (!principal.allows("gateway:read")) info.workspace.clear();
    return info;
}

void Dispatcher::checkReadiness(std::function<void(Readiness)> done) const {
    auto answer = std::make_shared<ReadinessAnswer>(std::move(done));
    calls_->parts.workers->post([calls = calls_, answer] { answer->give(examineReadiness(calls->parts)); });
}

}  // namespace signalbox::service
