// The one way in: authenticate, authorise, validate, call.
#pragma once

#include <functional>
#include <memory>

#include "base/result.h"
#include "engine/engine.h"
#include "engine/registry.h"
#include "protocol/requests.h"
#include "service/event_bus.h"
#include "service/principal.h"

namespace signalbox::store {
class SqliteStore;
}

namespace signalbox::service {

class Catalog;
class EngineMonitor;
class RunViews;
class WorkerThreads;

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
    std::string stateFile;       ///< of the store
    protocol::GatewayInfo info;  ///< but for the principal
    /// Tries to get a run that this engine does not have taken over from an owner that is gone; may be empty.
    std::function<bool(RunId)> adopt;
    /// Asks the other programs on this workspace; gives no value when none of them has the run. May be empty.
    std::function<std::optional<Result<protocol::Reply>>(const protocol::Request&)> askPeers;
};

/// Thread-safe. Nothing blocks the caller: work is done on the workers and the engine's own threads.
class Dispatcher {
public:
    using Done = std::function<void(Result<protocol::Reply>)>;
    enum class Reach : std::uint8_t { Everywhere, HereOnly };

    explicit Dispatcher(DispatcherParts parts);
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;
    ~Dispatcher();

    /// Calls `done` exactly once, from any thread, possibly before returning. Errors besides those of the call:
    /// "auth.required", "auth.forbidden", "request.invalid", "gateway.no-engine", "gateway.stopping". HereOnly: a run
    /// that another program has is not asked for there.
    void dispatch(const Principal& principal, protocol::Request request, Done done, Reach reach = Reach::Everywhere);

    /// See EventBus::subscribe. Errors "auth.required", "auth.forbidden", "request.invalid".
    [[nodiscard]] Result<std::shared_ptr<EventSubscription>> subscribe(const Principal& principal,
                                                                       protocol::EventFilter filter,
                                                                       std::function<void()> notify);

    /// Answers every call that is still open with "gateway.stopping". When nothing works on them any more.
    void stop();

private:
    struct Calls;
    std::shared_ptr<const Calls> calls_;
};

}  // namespace signalbox::service
