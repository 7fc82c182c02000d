// A store whose appends can be counted, looked at and held back.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "support/memory/memory_store.h"

namespace signalbox::test {

/// Passes everything on to a MemoryStore, which must outlive it. Thread-safe.
class GatedStore final : public engine::RunStore {
public:
    explicit GatedStore(MemoryStore& store) : store_(store) {}

    /// From now on appends wait as if for the disk, until release().
    void hold();
    void release();
    /// Waits until so many appends have been handed over, held ones too; false after 20 seconds.
    [[nodiscard]] bool waitForAppends(std::size_t count);
    /// What was handed over, in order.
    [[nodiscard]] std::vector<engine::Append> appends() const;

    void append(engine::Append batch, std::function<void(Status)> durable) override;
    Result<std::vector<engine::Record>> readJournal(RunId run) override { return store_.readJournal(run); }
    Result<std::optional<engine::RunSummary>> summary(RunId run) override { return store_.summary(run); }
    Result<engine::RunPage> list(const engine::RunFilter& filter) override { return store_.list(filter); }
    Result<std::optional<RunId>> findByIdempotencyKey(const std::string& workflowId, const std::string& key) override {
        return store_.findByIdempotencyKey(workflowId, key);
    }
    Result<std::vector<engine::ClaimedRun>> claimExpired(const std::string& owner, Micros leaseTtl,
                                                         std::size_t limit) override {
        return store_.claimExpired(owner, leaseTtl, limit);
    }
    Status renewLeases(const std::string& owner, Micros leaseTtl) override {
        return store_.renewLeases(owner, leaseTtl);
    }
    Status releaseLeases(const std::string& owner) override { return store_.releaseLeases(owner); }
    Status quarantine(RunId run, const std::string& reason) override { return store_.quarantine(run, reason); }
    Status intakeAllowed() override { return store_.intakeAllowed(); }

private:
    struct Held {
        engine::Append batch;
        std::function<void(Status)> durable;
    };

    MemoryStore& store_;
    mutable std::mutex mutex_;  ///< guards the rest
    std::condition_variable changed_;
    std::vector<engine::Append> appends_;
    std::deque<Held> held_;
    bool holding_ = false;
};

}  // namespace signalbox::test
