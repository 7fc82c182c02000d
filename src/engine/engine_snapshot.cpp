// Runs as they stand, and runs made from what earlier ones had reached.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/engine_impl.h"
#include "engine/run_actor.h"

namespace signalbox::engine {

namespace {

RunSnapshot snapshotOf(const std::shared_ptr<const Plan>& plan, const RunState& state, RunSummary summary,
                       bool withInputs) {
    RunSnapshot snapshot;
    snapshot.summary = std::move(summary);
    snapshot.plan = plan;
    snapshot.inputs = state.inputs;
    snapshot.outputs = state.outputs;
    snapshot.error = state.error;
    snapshot.nodes.reserve(state.nodes.size());
    for (NodeIndex i = 0; i < state.nodes.size(); ++i) {
        snapshot.nodes.push_back(snapshotOfNode(*plan, state, i, withInputs));
    }
    return snapshot;
}

/// Marks everything that depends on a marked node; a loop that is touched is marked whole.
void spread(const Plan& plan, std::vector<bool>& marked) {
    std::vector<NodeIndex> work;
    for (NodeIndex i = 0; i < marked.size(); ++i) {
        if (marked[i]) work.push_back(i);
    }
    const auto mark = [&](NodeIndex node) {
        if (marked[node]) return;
        marked[node] = true;
        work.push_back(node);
    };
    while (!work.empty()) {
        const NodeIndex node = work.back();
        work.pop_back();
        for (const EdgeIndex edge : plan.nodes[node].out) mark(plan.edges[edge].to);
        for (LoopIndex loop = plan.nodes[node].innermostLoop; loop != kNone; loop = plan.loops[loop].parent) {
            for (const NodeIndex body : plan.loops[loop].body) mark(body);
        }
    }
}

std::vector<std::string> incoming(const Document& document, const std::string& node) {
    std::vector<std::string> edges;
    for (const EdgeDecl& edge : document.edges) {
        if (edge.to.node != node) continue;
        edges.push_back(edge.from.toString() + " " + edge.to.port + (edge.loop ? " loop " : " ") + edge.when);
    }
    return edges;
}

/// Whether a node does the same with the same inputs in both documents, and gets them from the same places.
bool sameNode(const Document& a, const Document& b, const std::string& id) {
    const auto find = [&id](const Document& document) {
        return std::find_if(document.nodes.begin(), document.nodes.end(), [&](const auto& n) { return n.id == id; });
    };
    const auto left = find(a);
    const auto right = find(b);
    if (left == a.nodes.end() || right == b.nodes.end()) return left == a.nodes.end() && right == b.nodes.end();
    return left->type == right->type && left->params == right->params && incoming(a, id) == incoming(b, id);
}

/// States of a run in the order of another version's nodes; pending where it has another node.
std::vector<NodeSnapshot> alignedWith(const Plan& plan, RunSnapshot& run) {
    std::vector<NodeSnapshot> nodes(plan.nodes.size());
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const NodeIndex before = run.plan->indexOf(plan.nodes[i].id);
        nodes[i].id = plan.nodes[i].id;
        if (before == kNone || !sameNode(run.plan->document, plan.document, nodes[i].id)) continue;
        nodes[i] = std::move(run.nodes[before]);
    }
    return nodes;
}

}  // namespace

NodeSnapshot snapshotOfNode(const Plan& plan, const RunState& state, NodeIndex index, bool withInputs) {
    const NodeState& node = state.nodes[index];
    NodeSnapshot snapshot;
    snapshot.id = plan.nodes[index].id;
    snapshot.status = node.status;
    snapshot.generation = node.generation;
    snapshot.attempt = node.attempt;
    snapshot.startedWall = node.startedWall;
    snapshot.finishedWall = node.finishedWall;
    snapshot.outputs = node.outputs;
    if (node.error.isObject()) snapshot.error = node.error;
    if (withInputs && node.status != NodeStatus::Pending && node.status != NodeStatus::Skipped) {
        if (auto inputs = gatherInputs(plan, state, index)) snapshot.inputs = std::move(*inputs);
    }
    if (node.map) {
        snapshot.itemsTotal = static_cast<std::uint32_t>(node.map->states.size());
        snapshot.itemsDone = node.map->done;
    }
    return snapshot;
}

RunSnapshot RunActor::snapshot(bool withInputs) {
    const std::lock_guard lock(turnMutex_);
    turnWall_ = core_->ports.clock->wallNow();
    refreshSummary();
    RunSummary summary = summary_;
    if (isTerminal(summary.status) && !concluded_) {
        // A run has ended when its last record is on disk, not before.
        summary.status = RunStatus::Running;
        summary.finishedWall = 0;
    }
    if (state_.phase != RunPhase::NotStarted) return snapshotOf(plan_, state_, std::move(summary), withInputs);
    // Still in the queue: everything is pending.
    RunState fresh;
    fresh.nodes.resize(plan_->nodes.size());
    fresh.edges.assign(plan_->edges.size(), EdgeState::Unresolved);
    fresh.loops.resize(plan_->loops.size());
    if (startRecord_) fresh.inputs = startRecord_->payload["inputs"];
    return snapshotOf(plan_, fresh, std::move(summary), withInputs);
}

Result<NodeSnapshot> RunActor::node(NodeIndex index) {
    const std::lock_guard lock(turnMutex_);
    if (state_.phase != RunPhase::NotStarted) return snapshotOfNode(*plan_, state_, index, true);
    NodeSnapshot pending;
    pending.id = plan_->nodes[index].id;
    return pending;
}

void RunActor::collectPending(std::vector<PendingNode>& pending) {
    const std::lock_guard lock(turnMutex_);
    if (!created_ || abandoned_ || state_.phase != RunPhase::Running) return;
    engine::collectPending(run_, *plan_, state_, pending);
}

Result<RunSnapshot> Engine::snapshot(RunId run, SnapshotParts parts) {
    EngineCore& core = *impl_->core;
    SIGNALBOX_TRY(auto summary, core.ports.runs->summary(run));
    if (auto actor = core.find(run)) {
        RunSnapshot snapshot = actor->snapshot(parts.inputs);
        if (!parts.journal) return snapshot;
        if (auto journal = core.ports.runs->readJournal(run)) snapshot.journal = std::move(*journal);
        return snapshot;
    }
    if (!summary) return fail("run.not-found", "There is no such run", run.toString());
    SIGNALBOX_TRY(auto journal, core.ports.runs->readJournal(run));
    SIGNALBOX_TRY(auto plan, core.planOf(summary->workflowId, summary->version));
    SIGNALBOX_TRY(auto state, replay(*plan, journal));
    if (state.nodes.empty()) state.nodes.resize(plan->nodes.size());
    RunSnapshot snapshot = snapshotOf(plan, state, std::move(*summary), parts.inputs);
    if (parts.journal) snapshot.journal = std::move(journal);
    return snapshot;
}

Result<NodeSnapshot> Engine::node(RunId run, const std::string& id) {
    EngineCore& core = *impl_->core;
    SIGNALBOX_TRY(const auto plan, planOf(run));
    const NodeIndex index = plan->indexOf(id);
    if (index == kNone) {
        return fail("run.node-not-found", fmt::format("The run has no node '{}'", id), run.toString());
    }
    if (auto actor = core.find(run)) return actor->node(index);
    SIGNALBOX_TRY(const auto journal, core.ports.runs->readJournal(run));
    SIGNALBOX_TRY(auto state, replay(*plan, journal));
    if (state.nodes.empty()) state.nodes.resize(plan->nodes.size());
    return snapshotOfNode(*plan, state, index, true);
}

Result<std::shared_ptr<const Plan>> Engine::planOf(RunId run) {
    EngineCore& core = *impl_->core;
    if (auto actor = core.find(run)) return actor->plan();
    SIGNALBOX_TRY(const auto summary, core.ports.runs->summary(run));
    if (!summary) return fail("run.not-found", "There is no such run", run.toString());
    return core.planOf(summary->workflowId, summary->version);
}

bool Engine::has(RunId run) const { return impl_->core->find(run) != nullptr; }

std::vector<PendingNode> Engine::pending() const {
    std::vector<PendingNode> pending;
    for (const auto& actor : impl_->core->all()) actor->collectPending(pending);
    return pending;
}

void Engine::rerun(RerunRequest request, std::function<void(Result<RunId>)> started) {
    EngineCore& core = *impl_->core;
    auto snapshot = this->snapshot(request.run);
    if (!snapshot) return started(fail(snapshot.error()));
    if (!isTerminal(snapshot->summary.status)) {
        return started(fail("run.not-finished", "The run has not ended yet", request.run.toString(),
                            "Cancel it or wait for its end"));
    }
    if (request.plan) {
        snapshot->nodes = alignedWith(*request.plan, *snapshot);
        snapshot->plan = std::move(request.plan);
    }
    const Plan& plan = *snapshot->plan;
    std::vector<bool> again(plan.nodes.size(), request.mode == RerunRequest::Mode::All);
    if (request.mode == RerunRequest::Mode::FromNode) {
        const NodeIndex from = plan.indexOf(request.node);
        if (from == kNone)
            return started(fail("run.node-not-found", fmt::format("The run has no node '{}'", request.node),
                                request.run.toString()));
        again[from] = true;
    }
    const auto keeps = [&](NodeIndex i) {
        const NodeStatus status = snapshot->nodes[i].status;
        return status == NodeStatus::Succeeded || status == NodeStatus::Reused;
    };
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const NodeStatus status = snapshot->nodes[i].status;
        const bool raced = status == NodeStatus::Cancelled && snapshot->summary.status == RunStatus::Succeeded;
        if (!keeps(i) && !raced && status != NodeStatus::Skipped) again[i] = true;
    }
    // Other inputs may change any node that reads them.
    if (request.inputs && *request.inputs != snapshot->inputs) {
        for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
            if (!plan.nodes[i].inputIn.empty() || plan.nodes[i].dynamicParams) again[i] = true;
        }
    }
    spread(plan, again);
    std::vector<Record> reused;
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        if (again[i] || plan.nodes[i].isCompensation || snapshot->nodes[i].status == NodeStatus::Skipped) continue;
        Record record;
        record.kind = RecordKind::NodeReused;
        record.node = i;
        record.payload = keeps(i) ? snapshot->nodes[i].outputs : Value::object();
        reused.push_back(std::move(record));
    }
    static constexpr const char* kModes[] = {"all", "from", "failed"};
    Value origin = Value::object(
        {{"run", Value(request.run.toString())}, {"mode", Value(kModes[static_cast<int>(request.mode)])}});
    if (!request.node.empty()) origin = origin.with("node", Value(request.node));
    StartRequest start;
    start.plan = snapshot->plan;
    start.inputs = request.inputs.value_or(snapshot->inputs);
    start.startedBy = request.startedBy;
    start.idempotencyKey = std::move(request.idempotencyKey);
    start.priority = snapshot->summary.priority;
    start.patience = request.patience;
    core.start(std::move(start), std::move(origin), RunId{}, std::move(reused), std::move(started));
}

}  // namespace signalbox::engine
