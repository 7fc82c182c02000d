#include <utility>

#include "service/calls.h"
#include "service/dto_mapping.h"
#include "service/engine_monitor.h"
#include "store/sqlite_store.h"
#include "triggers/triggers.h"

namespace signalbox::service {

void EngineCalls::call(const CallContext&, const protocol::GetGatewayHealth&, const ReplyOnce& reply) const {
    Readiness readiness = examineReadiness(parts_);
    protocol::GatewayHealth health;
    health.ready = readiness.isReady();
    for (ReadinessCheck& check : readiness.checks) {
        health.checks.push_back({std::move(check.name), check.passed, std::move(check.reason)});
    }
    reply(protocol::Reply(std::move(health)));
}

void EngineCalls::call(const CallContext&, const protocol::GetEngineStats&, const ReplyOnce& reply) const {
    if (parts_.monitor == nullptr) return reply(protocol::Reply(protocol::EngineStatsDto{}));
    auto stats = parts_.monitor->stats();
    if (stats) stats->storage.file = parts_.stateFile;
    if (stats && parts_.triggers != nullptr) stats->triggers = parts_.triggers->stats();
    reply.with(std::move(stats));
}

void EngineCalls::call(const CallContext&, const protocol::GetEngineHistory& request, const ReplyOnce& reply) const {
    if (parts_.monitor == nullptr) return reply(protocol::Reply(protocol::EngineHistory{}));
    reply(protocol::Reply(parts_.monitor->history(request.after)));
}

void EngineCalls::call(const CallContext&, const protocol::SetRetention& request, const ReplyOnce& reply) const {
    if (parts_.store == nullptr) return reply(fail("gateway.no-engine", "This gateway keeps no runs"));
    store::Retention wanted;
    wanted.maxAge = request.retention.maxAge;
    wanted.maxRuns = request.retention.maxRuns;
    wanted.maxBytes = request.retention.maxBytes;
    if (auto set = parts_.store->setRetention(wanted); !set) return reply(fail(std::move(set).error()));
    reply(protocol::Reply(toDto(parts_.store->retention())));
}

}  // namespace signalbox::service
