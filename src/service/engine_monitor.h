// How the engine has been doing: a sample a second of the last quarter of an hour, so that a plot has a past.
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "engine/engine.h"
#include "protocol/engine_dto.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

/// Thread-safe. Owns a thread that takes the samples, if it is started.
class EngineMonitor {
public:
    static constexpr std::size_t kSamplesKept = 900;

    /// What is given must outlive it.
    EngineMonitor(engine::Engine& engine, store::SqliteStore& store, const Clock& clock)
        : engine_(engine), store_(store), clock_(clock) {}
    EngineMonitor(const EngineMonitor&) = delete;
    EngineMonitor& operator=(const EngineMonitor&) = delete;
    ~EngineMonitor();

    /// Takes a sample every second from now on.
    void start();
    /// Events of kind "metrics", made of each sample while `isWanted`. Both are called from the thread that takes the
    /// sample. Before start().
    void publishTo(std::function<bool()> isWanted, std::function<void(protocol::EventDto)> publish);
    void takeSample();
    /// As it is now.
    [[nodiscard]] Result<protocol::EngineStatsDto> stats();
    [[nodiscard]] protocol::EngineHistory history(Micros after) const;

private:
    struct Series {
        const char* name;
        const char* unit;
    };
    static const std::array<Series, 12> kSeries;
    struct Sample {
        Micros wall = 0;
        std::array<double, 12> values{};
    };
    void run(const std::stop_token& stop);
    [[nodiscard]] static protocol::EventDto eventOf(const Sample& sample);

    engine::Engine& engine_;
    store::SqliteStore& store_;
    const Clock& clock_;
    mutable std::mutex mutex_;  ///< guards the samples
    std::deque<Sample> samples_;
    std::mutex sampling_;  ///< guards the three below
    Micros lastMonotonic_ = 0;
    std::uint64_t lastRecords_ = 0;
    std::uint64_t lastCommits_ = 0;
    std::function<bool()> isWanted_;
    std::function<void(protocol::EventDto)> publish_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace signalbox::service
