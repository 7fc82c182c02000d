// A RunStore, MemoStore and WorkflowStore in memory, for tests and benchmarks of the engine alone.
#pragma once

#include <map>
#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "engine/ports.h"

namespace signalbox::test {

/// Commits at once, in the caller's thread. Keeps the rules of the port: fencing, keys, leases, order. Thread-safe.
class MemoryStore final : public engine::RunStore, public engine::MemoStore, public engine::WorkflowStore {
public:
    explicit MemoryStore(const Clock& clock) : clock_(clock) {}

    void append(engine::Append batch, std::function<void(Status)> durable) override;
    Result<std::vector<engine::Record>> readJournal(RunId run) override;
    Result<std::optional<engine::RunSummary>> summary(RunId run) override;
    Result<engine::RunPage> list(const engine::RunFilter& filter) override;
    Result<std::optional<RunId>> findByIdempotencyKey(const std::string& workflowId, const std::string& key) override;
    Result<std::vector<engine::ClaimedRun>> claimExpired(const std::string& owner, Micros leaseTtl,
                                                         std::size_t limit) override;
    Status renewLeases(const std::string& owner, Micros leaseTtl) override;
    Status releaseLeases(const std::string& owner) override;
    Status quarantine(RunId run, const std::string& reason) override;
    Status intakeAllowed() override;

    std::optional<Value> lookUp(const std::string& key, Micros wallNow) override;
    void remember(const std::string& key, const Value& outputs, Micros expiresWall) override;

    Result<int> putVersion(const engine::Document& document) override;
    Result<engine::Document> getVersion(const std::string& id, int version) override;

    /// The next appends fail with this error, that many times.
    void failNextAppends(Error error, int times);
    /// Keeps no records: for measuring the engine without a journal.
    void dropRecords(bool drop) { drop_ = drop; }
    [[nodiscard]] std::size_t recordCount() const;
    void setIntake(Status allowed);

private:
    struct Run {
        engine::RunSummary summary;
        std::vector<engine::Record> journal;
        std::uint64_t token = 1;
        std::string owner;
        Micros leaseEnds = 0;
    };
    [[nodiscard]] Status commit(engine::Append& batch);

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::map<RunId, Run> runs_;
    std::map<std::pair<std::string, std::string>, RunId> keys_;
    std::unordered_map<std::string, std::pair<Value, Micros>> memos_;
    std::map<std::string, std::vector<engine::Document>> workflows_;
    std::optional<Error> nextError_;
    int nextErrors_ = 0;
    bool drop_ = false;
    Status intake_;
};

}  // namespace signalbox::test
