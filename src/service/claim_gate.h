// Decides which orphaned runs an engine takes over: a tool that looks at one run must not start to run the others.
#pragma once

#include <mutex>
#include <set>

#include "engine/ports.h"

namespace signalbox::service {

/// Passes everything to the store but claims. Closed, it lets only runs through that were asked for. Thread-safe; the
/// store must outlive it.
///
/// The port claims every orphan at once. Those that are not wanted stay leased to this engine, untouched, until it ends
/// and gives up its leases: they are kept from others for that long.
class ClaimGate final : public engine::RunStore {
public:
    ClaimGate(engine::RunStore& store, bool open) : store_(store), open_(open) {}

    /// The next claim may take this run, if its owner is gone.
    void want(RunId run);

    void append(engine::Append batch, std::function<void(Status)> durable) override {
        store_.append(std::move(batch), std::move(durable));
    }
    [[nodiscard]] Result<std::vector<engine::Record>> readJournal(RunId run) override {
        return store_.readJournal(run);
    }
    [[nodiscard]] Result<std::optional<engine::RunSummary>> summary(RunId run) override { return store_.summary(run); }
    [[nodiscard]] Result<engine::RunPage> list(const engine::RunFilter& filter) override { return store_.list(filter); }
    [[nodiscard]] Result<std::optional<RunId>> findByIdempotencyKey(const std::string& workflowId,
                                                                    const std::string& key) override {
        return store_.findByIdempotencyKey(workflowId, key);
    }
    [[nodiscard]] Result<std::vector<engine::ClaimedRun>> claimExpired(const std::string& owner, Micros leaseTtl,
                                                                       std::size_t limit) override;
    [[nodiscard]] Status renewLeases(const std::string& owner, Micros leaseTtl) override {
        return store_.renewLeases(owner, leaseTtl);
    }
    [[nodiscard]] Status releaseLeases(const std::string& owner) override { return store_.releaseLeases(owner); }
    [[nodiscard]] Status quarantine(RunId run, const std::string& reason) override {
        return store_.quarantine(run, reason);
    }
    [[nodiscard]] Status intakeAllowed() override { return store_.intakeAllowed(); }

private:
    engine::RunStore& store_;
    const bool open_;
    std::mutex mutex_;
    std::set<RunId> wanted_;
};

}  // namespace signalbox::service
