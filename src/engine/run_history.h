// What happened in a run, as bars of a timeline, made from its journal.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "engine/machine.h"
#include "engine/plan.h"
#include "engine/run_state.h"

namespace signalbox::engine {

/// An attempt, or a wait: of a node, or of one item of a MapNode.
struct HistoryBar {
    enum class Phase : std::uint8_t { Attempt, Waiting, Backoff };
    enum class Outcome : std::uint8_t { Open, Succeeded, Failed, Cancelled, Lost, Reused, Done };
    std::uint32_t node = 0;
    std::uint32_t item = kNoItem;
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    Phase phase = Phase::Attempt;
    Outcome outcome = Outcome::Open;
    Micros ready = 0;  ///< wall times
    /// Of an attempt that still goes on: when it was handed out. The journal tells only at its end how long it really
    /// took, and so how long it was queued.
    Micros started = 0;
    Micros ended = 0;           ///< 0: not yet
    std::uint64_t changed = 0;  ///< seq of the last record that changed the bar
};

/// Follows a journal record by record; holds the state that the records make beside the bars. Plain data without
/// threads: equal journals give equal histories.
class RunHistory {
public:
    explicit RunHistory(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}

    /// Errors "journal.gap", "journal.refused"; the history stays as it was.
    [[nodiscard]] Status add(const Record& record);

    [[nodiscard]] const Plan& plan() const { return *plan_; }
    [[nodiscard]] const std::shared_ptr<const Plan>& sharedPlan() const { return plan_; }
    [[nodiscard]] const RunState& state() const { return state_; }
    [[nodiscard]] const std::vector<HistoryBar>& bars() const { return bars_; }
    /// Of a failed attempt; undefined: none.
    [[nodiscard]] Value errorOf(std::size_t bar) const;
    [[nodiscard]] Micros begun() const { return begun_; }  ///< wall time of the first record

private:
    void follow(const Record& record, const Command& command);
    void nodeChanged(const Record& record, const Command& command);
    void itemRetries(const Record& record);
    void open(const Record& record, const Command& command, HistoryBar::Phase phase);
    void close(const Record& record, std::uint32_t node, std::uint32_t item, HistoryBar::Outcome outcome);
    void closeAll(const Record& record);

    std::shared_ptr<const Plan> plan_;
    RunState state_;
    Commands commands_;
    std::vector<HistoryBar> bars_;
    std::unordered_map<std::uint64_t, std::size_t> open_;  ///< (node, item) to its bar that goes on
    std::unordered_map<std::size_t, Value> errors_;
    Micros begun_ = 0;
};

}  // namespace signalbox::engine
