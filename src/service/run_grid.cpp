// Views over many runs: the grid of runs and nodes, and what waits for people.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "service/dto_mapping.h"
#include "service/pages.h"
#include "service/run_views.h"

namespace signalbox::service {

namespace {

constexpr std::uint32_t kRunsAPage = 1000;
/// Open runs that are listed to find those that others have, and how many of these are looked into.
constexpr std::size_t kMostListed = 20'000;
constexpr std::size_t kMostElsewhere = 1000;

char statusLetter(engine::NodeStatus status) {
    static constexpr const char* kLetters = ".qrbwsf-cu";  // in the order of NodeStatus
    return kLetters[static_cast<std::size_t>(status)];
}

protocol::Duration tookOf(Micros started, Micros finished) {
    return started == 0 || finished == 0 ? 0 : std::max<Micros>(finished - started, 0);
}

/// A letter for each node, then eight bytes for each duration, as this computer orders them.
std::string packStates(const std::string& statuses, const std::vector<protocol::Duration>& took) {
    std::string packed = statuses;
    packed.resize(statuses.size() + took.size() * sizeof(protocol::Duration));
    std::memcpy(packed.data() + statuses.size(), took.data(), took.size() * sizeof(protocol::Duration));
    return packed;
}

bool unpackStates(const std::string& packed, std::size_t nodes, std::string& statuses,
                  std::vector<protocol::Duration>& took) {
    if (packed.size() != nodes * (1 + sizeof(protocol::Duration))) return false;
    statuses = packed.substr(0, nodes);
    took.resize(nodes);
    std::memcpy(took.data(), packed.data() + nodes, nodes * sizeof(protocol::Duration));
    return true;
}

protocol::PendingItem toDto(const engine::PendingNode& node) {
    protocol::PendingItem item;
    item.kind = node.isApproval ? "approval" : "signal";
    item.runId = node.run.toString();
    item.workflowId = node.workflowId;
    item.workflowName = node.workflowName;
    item.nodeId = node.node;
    item.title = node.title;
    item.name = node.signal;
    item.message = node.message;
    item.since = node.sinceWall;
    item.expires = node.expiresWall;
    return item;
}

/// The grid's nodes: those of the newest run in its order, then what only older ones have.
class GridNodes {
public:
    void add(const engine::Plan& plan) {
        if (&plan == last_) return;
        last_ = &plan;
        for (const auto& node : plan.nodes) {
            if (index_.emplace(node.id, names_.size()).second) names_.push_back(node.id);
        }
    }
    [[nodiscard]] std::size_t at(const std::string& id) const { return index_.at(id); }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

private:
    const engine::Plan* last_ = nullptr;
    std::unordered_map<std::string, std::size_t> index_;
    std::vector<std::string> names_;
};

}  // namespace

RunViews::GridColumnPtr RunViews::knownColumn(RunId run) {
    const std::lock_guard lock(mutex_);
    const auto known =
        std::find_if(columns_.begin(), columns_.end(), [run](const auto& entry) { return entry.first == run; });
    if (known == columns_.end()) return nullptr;
    columns_.splice(columns_.begin(), columns_, known);
    return known->second;
}

void RunViews::keepColumn(RunId run, const GridColumnPtr& column) {
    const std::lock_guard lock(mutex_);
    columns_.emplace_front(run, column);
    nodesKept_ += column->statuses.size();
    while (nodesKept_ > kNodesKept && columns_.size() > 1) {
        nodesKept_ -= columns_.back().second->statuses.size();
        columns_.pop_back();
    }
}

Result<RunViews::GridColumnPtr> RunViews::column(const engine::RunSummary& run) {
    const bool ended = engine::isTerminal(run.status) && run.status != engine::RunStatus::Quarantined;
    if (ended) {
        if (auto known = knownColumn(run.run)) return known;
    }
    auto column = std::make_shared<GridColumn>();
    const auto add = [&column](engine::NodeStatus status, Micros started, Micros finished) {
        column->statuses.push_back(statusLetter(status));
        column->took.push_back(tookOf(started, finished));
    };
    if (!ended && engine_.has(run.run)) {
        SIGNALBOX_TRY(const auto snapshot, engine_.snapshot(run.run));
        column->plan = snapshot.plan;
        for (const auto& node : snapshot.nodes) add(node.status, node.startedWall, node.finishedWall);
        return column;
    }
    SIGNALBOX_TRY(column->plan, engine_.planOf(run.run));
    const std::size_t nodes = column->plan->nodes.size();
    const bool large = ended && nodes >= kManyNodes;
    std::optional<std::string> kept;
    if (large) {
        SIGNALBOX_TRY(kept, store_.nodeStates(run.run));
    }
    if (!kept || !unpackStates(*kept, nodes, column->statuses, column->took)) {
        SIGNALBOX_TRY(const auto state, histories_.replay(run.run, *column->plan));
        for (const auto& node : state.nodes) add(node.status, node.startedWall, node.finishedWall);
        if (large) store_.keepNodeStates(run.run, packStates(column->statuses, column->took));
    }
    if (ended) keepColumn(run.run, column);
    return column;
}

void RunViews::prepare(RunId run) {
    const auto summary = store_.summary(run);
    if (summary && *summary) std::ignore = column(**summary);
}

Result<std::vector<RunViews::GridColumnPtr>> RunViews::columns(std::span<const engine::RunSummary> runs) {
    std::vector<GridColumnPtr> made(runs.size());
    std::vector<Status> failed(runs.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < runs.size(); i = next++) {
            auto column = this->column(runs[i]);
            if (column) {
                made[i] = std::move(*column);
            } else {
                failed[i] = fail(std::move(column).error());
            }
        }
    };
    {
        // Replaying is the work; what is known already is not worth a thread.
        const bool many = std::count_if(runs.begin(), runs.end(),
                                        [this](const auto& run) { return knownColumn(run.run) == nullptr; }) > 4;
        std::jthread helper;
        if (many) helper = std::jthread(work);
        work();
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        // A run that went meanwhile, or is damaged, has no states to show.
        if (made[i] == nullptr && failed[i].error().code == "store.busy") return fail(failed[i].error());
    }
    return made;
}

Result<protocol::RunGrid> RunViews::grid(const protocol::GetRunGrid& request) {
    engine::RunFilter filter;
    filter.workflowId = request.workflowId;
    filter.limit = request.limit;
    filter.cursor = request.cursor;
    SIGNALBOX_TRY(const auto page, store_.list(filter));
    SIGNALBOX_TRY(const auto made, columns(page.runs));
    GridNodes nodes;
    for (const auto& column : made) {
        if (column) nodes.add(*column->plan);
    }
    protocol::RunGrid grid;
    grid.nodes = nodes.names();
    grid.nextCursor = page.nextCursor;
    for (std::size_t i = 0; i < made.size(); ++i) {
        protocol::RunGridRow row;
        row.run = toDto(page.runs[i]);
        row.statuses.assign(grid.nodes.size(), ' ');
        row.took.assign(grid.nodes.size(), 0);
        for (std::size_t n = 0; made[i] && n < made[i]->statuses.size(); ++n) {
            const std::string& id = made[i]->plan->nodes[n].id;
            // Runs of one version have their nodes in the grid's order.
            const std::size_t at = grid.nodes[n] == id ? n : nodes.at(id);
            row.statuses[at] = made[i]->statuses[n];
            row.took[at] = made[i]->took[n];
        }
        grid.rows.push_back(std::move(row));
    }
    return grid;
}

Result<bool> RunViews::addPendingElsewhere(const std::string& workflowId, std::vector<engine::PendingNode>& found) {
    engine::RunFilter filter;
    filter.statuses = {engine::RunStatus::Waiting, engine::RunStatus::Running, engine::RunStatus::Paused};
    filter.workflowId = workflowId;
    filter.limit = kRunsAPage;
    std::size_t listed = 0;
    std::size_t opened = 0;
    do {
        SIGNALBOX_TRY(const auto page, store_.list(filter));
        for (const auto& run : page.runs) {
            if (engine_.has(run.run)) continue;
            if (++opened > kMostElsewhere) return false;
            // Another program has it, or nobody at the moment: its journal tells as well. Damaged ones wait for nobody.
            if (const auto history = histories_.open(run.run)) {
                engine::collectPending(run.run, (*history)->plan(), (*history)->state(), found);
            }
        }
        listed += page.runs.size();
        filter.cursor = page.nextCursor;
    } while (!filter.cursor.empty() && listed < kMostListed);
    return filter.cursor.empty();
}

Result<protocol::PendingList> RunViews::pending(const protocol::ListPending& request) {
    std::vector<engine::PendingNode> found = engine_.pending();
    SIGNALBOX_TRY(const bool isAll, addPendingElsewhere(request.workflowId, found));
    protocol::PendingList list;
    list.truncated = !isAll;
    for (const auto& node : found) {
        if (request.workflowId.empty() || node.workflowId == request.workflowId) list.items.push_back(toDto(node));
    }
    return pageOf(request, std::move(list), &protocol::PendingList::items, [](const auto& item) {
        return PageKey{item.since, item.runId, fmt::format("{} {}", item.nodeId, item.name)};
    });
}

}  // namespace signalbox::service
