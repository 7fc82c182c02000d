// Runs looked at closely: what each view of the console asks, made from journals and kept while it is looked at.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "protocol/requests.h"
#include "service/history_cache.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

/// Thread-safe. Blocks on the store. Errors of every function: "run.not-found", "store.corrupt", and as said.
class RunViews {
public:
    /// What is given must outlive it.
    RunViews(engine::Engine& engine, store::SqliteStore& store)
        : engine_(engine), store_(store), histories_(engine, store) {}

    /// Without graph and eventSeq, which are not the run's own.
    [[nodiscard]] Result<engine::RunSnapshot> snapshot(RunId run);
    /// Besides: "run.node-not-found".
    [[nodiscard]] Result<protocol::NodeData> node(RunId run, const std::string& nodeId);
    /// Besides: "run.node-not-found".
    [[nodiscard]] Result<protocol::RunItemPage> items(const protocol::GetRunItems& request);
    [[nodiscard]] Result<protocol::RunTimeline> timeline(const protocol::GetRunTimeline& request);
    [[nodiscard]] Result<protocol::JournalPage> journal(const protocol::GetRunJournal& request);
    [[nodiscard]] Result<protocol::RunLogPage> logs(const protocol::GetRunLogs& request);
    [[nodiscard]] Result<protocol::RunGrid> grid(const protocol::GetRunGrid& request);
    [[nodiscard]] Result<protocol::PendingList> pending(const protocol::ListPending& request);

    /// Runs with so many nodes are worth to be prepared.
    static constexpr std::size_t kManyNodes = 500;
    /// Makes an ended run's part of the grid now and keeps it in the store, so that no grid has to wait for it.
    void prepare(RunId run);

private:
    /// The states of one ended run's nodes, as compact as the grid shows them.
    struct GridColumn {
        std::shared_ptr<const engine::Plan> plan;
        std::string statuses;
        std::vector<protocol::Duration> took;
    };
    using GridColumnPtr = std::shared_ptr<const GridColumn>;
    [[nodiscard]] Result<GridColumnPtr> column(const engine::RunSummary& run);
    [[nodiscard]] Result<std::vector<GridColumnPtr>> columns(std::span<const engine::RunSummary> runs);
    [[nodiscard]] GridColumnPtr knownColumn(RunId run);
    void keepColumn(RunId run, const GridColumnPtr& column);
    /// Of the runs that this engine does not have. False: there are more than can be looked at.
    [[nodiscard]] Result<bool> addPendingElsewhere(const std::string& workflowId,
                                                   std::vector<engine::PendingNode>& found);
    /// kNoNode: the text is empty. Error "run.node-not-found".
    [[nodiscard]] static Result<std::uint32_t> indexOf(const engine::Plan& plan, const std::string& nodeId,
                                                       const std::string& runId);

    static constexpr std::size_t kNodesKept = 2'000'000;  ///< over all columns of the grid: some 20 MB

    engine::Engine& engine_;
    store::SqliteStore& store_;
    HistoryCache histories_;
    std::mutex mutex_;                                    ///< guards the two below
    std::list<std::pair<RunId, GridColumnPtr>> columns_;  ///< last used first
    std::size_t nodesKept_ = 0;
};

}  // namespace signalbox::service
