// Continuous recovery: leases are renewed, orphans taken over, damaged runs set aside.
#include <utility>

#include <fmt/format.h>

#include "engine/engine_core.h"
#include "engine/run_actor.h"

namespace signalbox::engine {

namespace {

constexpr std::size_t kClaimBatch = 256;

}  // namespace

std::size_t EngineCore::recover() {
    const std::lock_guard once(recoveryMutex_);
    if (stopping) return 0;
    if (auto renewed = ports.runs->renewLeases(options.owner, options.leaseTtl); !renewed) {
        ports.log.warning(
            "The leases of this engine's runs could not be renewed",
            Value::object({{"code", Value(renewed.error().code)}, {"message", Value(renewed.error().message)}}));
    }
    std::size_t taken = 0;
    bool complete = true;
    while (!stopping) {
        auto claimed = ports.runs->claimExpired(options.owner, options.leaseTtl, kClaimBatch);
        if (!claimed) {
            ports.log.warning(
                "Runs without an owner could not be looked for",
                Value::object({{"code", Value(claimed.error().code)}, {"message", Value(claimed.error().message)}}));
            complete = false;
            break;
        }
        for (const ClaimedRun& run : *claimed) {
            if (takeOver(run)) ++taken;
        }
        if (claimed->size() < kClaimBatch) break;
    }
    recovered = complete;
    checkForeignEnds();
    return taken;
}

bool EngineCore::takeOver(const ClaimedRun& claimed) {
    const auto setAside = [&](const Error& error) {
        runsQuarantined.fetch_add(1, std::memory_order_relaxed);
        ports.log.error("A run cannot be continued and was set aside",
                        Value::object({{"run", Value(claimed.run.toString())},
                                       {"code", Value(error.code)},
                                       {"message", Value(error.message)}}));
        std::ignore = ports.runs->quarantine(claimed.run, error.code + ": " + error.message);
        return false;
    };
    auto summary = ports.runs->summary(claimed.run);
    if (!summary || !*summary) return false;
    auto journal = ports.runs->readJournal(claimed.run);
    if (!journal) {
        if (journal.error().retryable) return false;
        return setAside(journal.error());
    }
    auto plan = planOf((*summary)->workflowId, (*summary)->version);
    if (!plan) return setAside(plan.error());
    auto state = replay(**plan, *journal);
    if (!state) return setAside(state.error());
    auto actor = std::make_shared<RunActor>(shared_from_this(), claimed.run, *plan, **summary, claimed.token);
    if (journal->empty())
        return setAside({"journal.empty", "The run has no records", claimed.run.toString(), {}, false});
    if (state->phase == RunPhase::Ended) return false;
    actor->resumeFrom(std::move(*state));
    add(actor);
    enqueue(std::move(actor));
    return true;
}

void EngineCore::scheduleRecovery() {
    if (stopping) return;
    timers.arm(options.recoveryInterval, [weak = weak_from_this()] {
        auto self = weak.lock();
        if (!self || self->stopping) return;
        self->pool.submit([self] {
            self->recover();
            self->scheduleRecovery();
        });
    });
}

}  // namespace signalbox::engine
