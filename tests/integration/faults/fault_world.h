// The world of the fault sweeps: a store on disk, workflows of every kind of record, effects written down outside.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "engine/engine.h"
#include "store/sqlite_store.h"

namespace signalbox::test {

/// Files of one scenario.
struct FaultFolder {
    std::filesystem::path folder;
    [[nodiscard]] std::filesystem::path database() const { return folder / "state.db"; }
    [[nodiscard]] std::filesystem::path effects() const { return folder / "effects.log"; }
    [[nodiscard]] std::filesystem::path acknowledged() const { return folder / "acknowledged.log"; }
    [[nodiscard]] std::filesystem::path executed() const { return folder / "executed.log"; }
};

/// A clock that jumps: wall time moves by an offset that may be changed at any time.
class JumpingClock final : public Clock {
public:
    [[nodiscard]] Micros wallNow() const override { return system_.wallNow() + offset_.load(); }
    [[nodiscard]] Micros monotonicNow() const override { return system_.monotonicNow(); }
    void jump(Micros by) { offset_ += by; }

private:
    SystemClock system_;
    std::atomic<Micros> offset_{0};
};

/// One process's engine on the folder's store.
class FaultEngine {
public:
    /// `computing` is called whenever a CpuNode begins.
    FaultEngine(FaultFolder folder, store::StoreOptions options, std::function<void()> computing = {});
    ~FaultEngine();

    /// Stores the workflows' versions; startAll() does it where it was not done.
    void prepare();
    /// Starts the scenario's runs and sends them what they wait for. Each start that is acknowledged is written down,
    /// by an append that reaches the file before anything else happens.
    void startAll();
    /// Starts runs that compute, some with an effect in between, as for callers who wait for their ends; gives how many
    /// were answered. Each end that is answered is written down as startAll() does.
    [[nodiscard]] std::size_t executeAll();
    static constexpr std::size_t kExecuted = 6;
    /// Waits until every run in the store has ended; signals and approvals are given as they are asked for.
    [[nodiscard]] bool finishAll();

    [[nodiscard]] JumpingClock& clock() { return clock_; }
    [[nodiscard]] store::SqliteStore& store() { return *store_; }
    [[nodiscard]] engine::Registry& registry() { return registry_; }

private:
    [[nodiscard]] std::shared_ptr<const engine::Plan> compile(const char* text);
    void startOne(std::size_t number);
    /// Whether there was nothing to start again.
    [[nodiscard]] bool startRefused();
    void serveWaiting(const engine::RunSummary& run);

    FaultFolder folder_;
    std::mutex refusedMutex_;
    std::vector<std::size_t> refused_;
    JumpingClock clock_;
    SystemRandom random_;
    engine::Registry registry_;
    std::unique_ptr<store::SqliteStore> store_;
    std::unique_ptr<engine::Engine> engine_;
    std::vector<std::shared_ptr<const engine::Plan>> plans_;
};

/// What was found wrong; empty when every promise held: no acknowledged run lost, no step journalled twice, each effect
/// had once and once more for each time that the journal says it was in flight at a kill.
[[nodiscard]] std::vector<std::string> checkPromises(const FaultFolder& folder, FaultEngine& engine);

/// What was found wrong with the runs of executeAll() after a crash: an answered one that is lost or is not as it was
/// answered, one that did not end well, an effect of a run that is not there; and
/// when each was asked for again, another number of runs than of keys.
[[nodiscard]] std::vector<std::string> checkExecuted(const FaultFolder& folder, FaultEngine& engine, bool askedAgain);

/// Every step with an effect, by its key, and how often it had it.
[[nodiscard]] std::map<std::string, int> countEffects(const FaultFolder& folder);

}  // namespace signalbox::test
