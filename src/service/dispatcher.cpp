#include "service/dispatcher.h"

#include <utility>

#include <fmt/format.h>

#include "protocol/envelope.h"
#include "service/calls.h"
#include "service/request_check.h"
#include "service/worker_threads.h"

namespace signalbox::service {

namespace {

Status authorise(const Principal& principal, std::string_view permission, std::string_view what) {
    if (!principal.isAuthenticated()) {
        return fail("auth.required", "The caller is not known", std::string(what), "Sign in and try again");
    }
    if (!principal.allows(permission)) {
        return fail("auth.forbidden", fmt::format("{} may not do this", principal.name), std::string(what),
                    fmt::format("It needs the permission \"{}\"", permission));
    }
    return {};
}

}  // namespace

struct Dispatcher::Calls : DocumentCalls, EngineCalls, RunCalls {
    explicit Calls(DispatcherParts given)
        : DocumentCalls(parts), EngineCalls(parts), RunCalls(parts), parts(std::move(given)) {}
    using DocumentCalls::call;
    using EngineCalls::call;
    using RunCalls::call;
    DispatcherParts parts;
    mutable OpenReplies open;
};

Dispatcher::Dispatcher(DispatcherParts parts) : calls_(std::make_shared<const Calls>(std::move(parts))) {}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::stop() { calls_->open.stopAll(); }

void Dispatcher::dispatch(const Principal& principal, protocol::Request request, Done done, Reach reach) {
    if (auto allowed = authorise(principal, protocol::permissionOf(request), protocol::callName(request)); !allowed) {
        return done(fail(std::move(allowed).error()));
    }
    if (auto valid = checkRequest(request); !valid) return done(fail(std::move(valid).error()));
    ReplyOnce reply = calls_->open.open(std::move(done));
    calls_->parts.workers->post(
        [calls = calls_, context = CallContext{principal, reach}, request = std::move(request), reply] {
            std::visit([&](const auto& call) { calls->call(context, call, reply); }, request);
        });
}

Result<std::shared_ptr<EventSubscription>> Dispatcher::subscribe(const Principal& principal,
                                                                 protocol::EventFilter filter,
                                                                 std::function<void()> notify) {
    SIGNALBOX_CHECK(authorise(principal, "run:read", "events"));
    if (!filter.runId.empty() && !RunId::parse(filter.runId)) {
        return fail("request.invalid", fmt::format("\"{}\" is no run id", filter.runId), "/runId");
    }
    return calls_->parts.bus->subscribe(std::move(filter), std::move(notify));
}

}  // namespace signalbox::service
