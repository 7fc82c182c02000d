// The one way in: authenticate, authorise, validate, call.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/registry.h"
#include "protocol/requests.h"
#include "service/event_bus.h"
#include "service/principal.h"
#include "service/readiness.h"

namespace signalbox::store {
class SqliteStore;
}
namespace signalbox::identity {
class Identity;
}
namespace signalbox::triggers {
class Triggers;
}

namespace signalbox::service {

class Catalog;
class EngineMonitor;
class RunViews;
class WorkerThreads;

enum class DispatchReach : std::uint8_t {
    Everywhere,
    HereOnly,  ///< a run that another program has is not asked for there
};
enum class DispatchWay : std::uint8_t {
    Direct,  ///< on the caller's thread
    Pool,
};
[[nodiscard]] std::string_view dispatchWayName(DispatchWay way) noexcept;  ///< "direct", "pool"

/// How a call went.
struct DispatchReport {
    std::string_view call;  ///< its name; of static storage
    std::size_t kind = 0;   ///< its place in the Request variant
    DispatchWay way = DispatchWay::Pool;
    Micros waited = 0;  ///< for a worker
    Micros took = 0;    ///< from then on to the answer
    bool failed = false;
};

/// How a call may be done.
struct DispatchOptions {
    DispatchOptions() = default;
    DispatchOptions(DispatchReach wanted) : reach(wanted) {}  // NOLINT: where nothing else is meant
    DispatchReach reach = DispatchReach::Everywhere;
    bool mayRunHere = false;  ///< a call that runsFast() may run on the caller's thread
    /// Of StartRun and RerunRun: how long the caller waits for the run's end. The reply is a RunResult then, and the
    /// start is not answered by itself: a run that only computes costs one commit. Needs what WaitForRun needs besides.
    Micros wait = 0;
    std::shared_ptr<DispatchReport> report;  ///< filled in before the answer; may be null
};

/// Whether calls of that kind only look at memory and hold locks for moments, so that a thread that serves many
/// connections may run them.
[[nodiscard]] bool runsFast(const protocol::Request& request) noexcept;

/// What a dispatcher calls. Everything must outlive it.
struct DispatcherParts {
    Catalog* catalog = nullptr;
    const engine::Registry* registry = nullptr;
    WorkerThreads* workers = nullptr;
    EventBus* bus = nullptr;
    engine::Engine* engine = nullptr;     ///< null: documents can be looked at, but nothing runs
    store::SqliteStore* store = nullptr;  ///< null with a null engine, as are the two below
    RunViews* views = nullptr;
    EngineMonitor* monitor = nullptr;
    identity::Identity* identity = nullptr;  ///< null: no users are kept here
    triggers::Triggers* triggers = nullptr;  ///< null: nothing starts runs by itself here
    const Clock* clock = nullptr;            ///< null: reports hold no times
    std::string tenant;                      ///< whose workspace it is; empty: principals' tenants are not looked at
    std::string stateFile;                   ///< of the store
    protocol::GatewayInfo info;              ///< but for the principal
    /// Tries to get a run that this engine does not have taken over from an owner that is gone; may be empty.
    std::function<bool(RunId)> adopt;
    /// Asks the other programs on this workspace; gives no value when none of them has the run. May be empty.
    std::function<std::optional<Result<protocol::Reply>>(const protocol::Request&)> askPeers;
};

/// Thread-safe. Nothing blocks the caller: work is done on the workers and the engine's own threads.
class Dispatcher {
public:
    using Done = std::function<void(Result<protocol::Reply>)>;
    using Reach = DispatchReach;
    using Observer = std::function<void(const DispatchReport&)>;

    explicit Dispatcher(DispatcherParts parts);
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;
    ~Dispatcher();

    /// Calls `done` exactly once, from any thread, possibly before returning. Errors besides those of the call:
    /// "auth.required", "auth.tenant", "auth.forbidden", "request.invalid", "gateway.no-engine", "gateway.stopping".
    void dispatch(const Principal& principal, protocol::Request request, Done done, DispatchOptions options = {});

    /// See EventBus::subscribe. Errors "auth.required", "auth.tenant", "auth.forbidden" (it asks for a kind that the
    /// principal may not see), "request.invalid". For later changes of what it may see there is eventRights().
    [[nodiscard]] Result<std::shared_ptr<EventSubscription>> subscribe(const Principal& principal,
                                                                       protocol::EventFilter filter,
                                                                       std::function<void()> notify);
    /// What a principal may see of the events: for EventSubscription::allow() of a subscription that stays open. None
    /// at all when it may not come in.
    [[nodiscard]] EventRights eventRights(const Principal& principal) const;
    /// Whether the principal may come in at all. Errors "auth.required", "auth.tenant".
    [[nodiscard]] Status admits(const Principal& principal) const;

    /// The gateway, as that principal sees it.
    [[nodiscard]] protocol::GatewayInfo info(const Principal& principal) const;
    /// Whether work can be done here; asks the store, on a worker. `done` is called once, from any thread.
    void checkReadiness(std::function<void(Readiness)> done) const;
    /// An error of something else on this workspace as dispatch() would tell it: nobody learns from errors where on the
    /// disk the workspace is. GatewayInfo tells, with "gateway:read".
    [[nodiscard]] Error withoutPaths(Error error) const;
    /// Told of each call that was let in, when it is answered, from any thread; must not block. An empty one: nobody.
    /// Waits for the one before to have returned. Not from within it.
    void observe(Observer observer);

    /// Whoever waits for a run is told how it stands, now and from now on, as if its time were up.
    void endWaits();
    /// Answers every call that is still open with "gateway.stopping". When nothing works on them any more.
    void stop();

private:
    struct Calls;
    struct Job;
    struct Watch;
    std::shared_ptr<const Calls> calls_;
    std::shared_ptr<Watch> watch_;
};

}  // namespace signalbox::service
