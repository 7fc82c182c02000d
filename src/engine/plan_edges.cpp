#include <algorithm>
#include <unordered_map>
#include <utility>

#include "engine/plan_builder.h"

namespace signalbox::engine {
namespace {

constexpr std::size_t kMaxRaceLosers = 10'000'000;  // over all merges of a plan

/// The drawn wires that order nodes: what a loop brings back and what only runs when undoing stand outside.
bool isForward(EdgeKind kind) { return kind == EdgeKind::Data || kind == EdgeKind::Error; }

tl::unexpected<Error> badEdge(const EdgeDecl& decl) {
    return fail("plan.invalid", "The wire " + decl.from.toString() + " -> " + decl.to.toString() + " leads nowhere",
                decl.to.node);
}

Result<std::optional<expr::Expression>> compileOptional(const std::string& text) {
    if (text.empty()) return std::optional<expr::Expression>();
    SIGNALBOX_TRY(expr::Expression compiled, expr::Expression::compile(text));
    return std::optional<expr::Expression>(std::move(compiled));
}

std::optional<std::uint16_t> inputIndex(const NodeManifest& manifest, const std::string& port) {
    for (std::size_t i = 0; i < manifest.inputs.size(); ++i) {
        if (manifest.inputs[i].name == port) return static_cast<std::uint16_t>(i);
    }
    return std::nullopt;
}

}  // namespace

EdgeKind edgeKindOf(const EdgeDecl& edge) {
    if (edge.from.node == kInputsNode) return EdgeKind::FromInput;
    if (edge.loop) return EdgeKind::LoopBack;
    if (edge.from.port == kCompensatePort) return EdgeKind::Compensation;
    return edge.from.port == kErrorPort ? EdgeKind::Error : EdgeKind::Data;
}

Status PlanBuilder::addEdges() {
    plan_->edges.reserve(plan_->document.edges.size());
    for (const EdgeDecl& decl : plan_->document.edges) SIGNALBOX_CHECK(addEdge(decl));
    return {};
}

Status PlanBuilder::addEdge(const EdgeDecl& decl) {
    PlanEdge edge;
    edge.kind = edgeKindOf(decl);
    edge.fromPort = decl.from.port;
    edge.to = plan_->indexOf(decl.to.node);
    if (edge.kind != EdgeKind::FromInput) {
        edge.from = plan_->indexOf(decl.from.node);
        if (edge.from == kNone) return badEdge(decl);
    }
    if (edge.to == kNone) return badEdge(decl);
    const auto port = inputIndex(*plan_->nodes[edge.to].manifest, decl.to.port);
    if (!port) return badEdge(decl);
    edge.toPort = *port;
    SIGNALBOX_TRY(edge.when, compileOptional(decl.when));
    plan_->edges.push_back(std::move(edge));
    connect(static_cast<EdgeIndex>(plan_->edges.size() - 1));
    return {};
}

void PlanBuilder::connect(EdgeIndex index) {
    const PlanEdge& edge = plan_->edges[index];
    PlanNode& to = plan_->nodes[edge.to];
    switch (edge.kind) {
        case EdgeKind::FromInput:
            to.inputIn.push_back(index);
            return;
        case EdgeKind::LoopBack:
            to.loopIn.push_back(index);
            plan_->nodes[edge.from].loopOut = index;
            loopEdges_.push_back(index);
            return;
        case EdgeKind::Compensation:
            to.isCompensation = true;
            plan_->nodes[edge.from].compensatedBy = edge.to;
            return;
        case EdgeKind::Error:
            if (!edge.inferred) plan_->nodes[edge.from].hasErrorEdge = true;
            break;
        case EdgeKind::Data:
            break;
    }
    to.in.push_back(index);
    plan_->nodes[edge.from].out.push_back(index);
}

void PlanBuilder::buildGraph() {
    std::vector<FlowGraph::Arc> arcs;
    arcs.reserve(plan_->edges.size());
    for (const PlanEdge& edge : plan_->edges) {
        if (isForward(edge.kind)) arcs.push_back({edge.from, edge.to});
    }
    graph_ = std::make_unique<FlowGraph>(plan_->nodes.size(), arcs);
}

Status PlanBuilder::addInferredEdges() {
    std::vector<PortRef> done;
    for (const ErrorRule& rule : plan_->document.errors) {
        if (rule.action != ErrorRule::Action::Route) continue;
        if (std::find(done.begin(), done.end(), rule.to) != done.end()) continue;
        done.push_back(rule.to);
        SIGNALBOX_CHECK(addRoute(rule));
    }
    return {};
}

Status PlanBuilder::addRoute(const ErrorRule& rule) {
    const NodeIndex target = plan_->indexOf(rule.to.node);
    const auto port = target == kNone ? std::nullopt : inputIndex(*plan_->nodes[target].manifest, rule.to.port);
    if (!port) return fail("plan.invalid", "An error is routed to " + rule.to.toString() + ", which is not there");
    // What comes after the target cannot lead back to it: its errors stay outside the row.
    const std::vector<bool> after = reachableFrom(*graph_, {target});
    for (NodeIndex i = 0; i < plan_->nodes.size(); ++i) {
        const PlanNode& node = plan_->nodes[i];
        if (after[i] || node.hasErrorEdge || node.isCompensation || node.onError != OnError::Default) continue;
        PlanEdge edge;
        edge.from = i;
        edge.to = target;
        edge.fromPort = kErrorPort;
        edge.toPort = *port;
        edge.kind = EdgeKind::Error;
        edge.inferred = true;
        plan_->edges.push_back(std::move(edge));
        connect(static_cast<EdgeIndex>(plan_->edges.size() - 1));
    }
    return {};
}

Status PlanBuilder::addLoops() {
    if (loopEdges_.empty()) return {};
    std::vector<LoopArc> arcs;
    for (const EdgeIndex index : loopEdges_) arcs.push_back({plan_->edges[index].to, plan_->edges[index].from});
    LoopBodies found = analyseLoops(*graph_, orderOf(*graph_), arcs);
    if (found.tooLarge || !found.overlaps.empty() || found.bySize.size() != arcs.size()) {
        return fail("plan.invalid", "The loops of the workflow are not sound");
    }
    std::vector<LoopIndex> placeOfLoop(arcs.size());
    for (LoopIndex i = 0; i < found.bySize.size(); ++i) placeOfLoop[found.bySize[i]] = i;
    for (const std::uint32_t which : found.bySize) {
        const EdgeIndex edgeIndex = loopEdges_[which];
        const LoopDecl& decl = *plan_->document.edges[edgeIndex].loop;
        PlanLoop loop;
        loop.edge = edgeIndex;
        loop.head = arcs[which].head;
        loop.tail = arcs[which].tail;
        loop.parent = found.parent[which] == kNoLoop ? kNone : placeOfLoop[found.parent[which]];
        loop.maxIterations = decl.maxIterations;
        loop.failAtLimit = decl.failAtLimit;
        SIGNALBOX_TRY(loop.convergeWhen, compileOptional(decl.convergeWhen));
        loop.body = std::move(found.bodies[which]);
        plan_->edges[edgeIndex].loop = static_cast<LoopIndex>(plan_->loops.size());
        plan_->loops.push_back(std::move(loop));
    }
    for (NodeIndex i = 0; i < plan_->nodes.size(); ++i) {
        if (found.innermost[i] != kNoLoop) plan_->nodes[i].innermostLoop = placeOfLoop[found.innermost[i]];
    }
    return {};
}

void PlanBuilder::markLoopExits() {
    if (plan_->loops.empty()) return;
    const auto holds = [this](LoopIndex loop, NodeIndex node) {
        for (LoopIndex l = plan_->nodes[node].innermostLoop; l != kNone; l = plan_->loops[l].parent) {
            if (l == loop) return true;
        }
        return false;
    };
    for (EdgeIndex i = 0; i < plan_->edges.size(); ++i) {
        PlanEdge& edge = plan_->edges[i];
        if (!isForward(edge.kind)) continue;
        LoopIndex loop = plan_->nodes[edge.from].innermostLoop;
        for (; loop != kNone && !holds(loop, edge.to); loop = plan_->loops[loop].parent) edge.exitsLoop = loop;
        if (edge.exitsLoop != kNone) plan_->loops[edge.exitsLoop].exitEdges.push_back(i);
    }
}

Status PlanBuilder::findRaceLosers() {
    std::vector<bool> isOutput(plan_->nodes.size(), false);
    for (const OutputDecl& output : plan_->document.outputs) {
        if (const NodeIndex node = plan_->indexOf(output.from.node); node != kNone) isOutput[node] = true;
    }
    std::size_t total = 0;
    for (NodeIndex i = 0; i < plan_->nodes.size(); ++i) {
        PlanNode& node = plan_->nodes[i];
        if (node.manifest->behaviour != Behaviour::Merge || node.mergeMode != MergeMode::First) continue;
        node.raceLosers = losersOf(i, isOutput);
        total += node.raceLosers.size();
        if (total > kMaxRaceLosers)
            return fail("plan.invalid", "Too many merges of the mode \"first\" in a row", node.id);
    }
    return {};
}

std::vector<NodeIndex> PlanBuilder::losersOf(NodeIndex merge, const std::vector<bool>& isOutput) const {
    // Backwards from the merge: a node belongs to the race once every wire out of it leads into the race.
    std::unordered_map<NodeIndex, std::size_t> wiresIntoRace;
    std::unordered_set<NodeIndex> race{merge};
    std::vector<NodeIndex> open{merge};
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        for (const EdgeIndex e : plan_->nodes[node].in) {
            const NodeIndex source = plan_->edges[e].from;
            if (++wiresIntoRace[source] < plan_->nodes[source].out.size() || isOutput[source]) continue;
            if (race.insert(source).second) open.push_back(source);
        }
    }
    dropOpenLoops(merge, race);
    race.erase(merge);
    std::vector<NodeIndex> losers(race.begin(), race.end());
    std::sort(losers.begin(), losers.end());
    return losers;
}

void PlanBuilder::dropOpenLoops(NodeIndex merge, std::unordered_set<NodeIndex>& race) const {
    // A way back out of the race feeds nodes that still matter, and so does everything that leads to it.
    std::vector<NodeIndex> open;
    for (const NodeIndex node : race) {
        const EdgeIndex back = plan_->nodes[node].loopOut;
        if (node != merge && back != kNone && race.count(plan_->edges[back].to) == 0) open.push_back(node);
    }
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        if (race.erase(node) == 0) continue;
        const auto drop = [&](EdgeIndex e) { open.push_back(plan_->edges[e].from); };
        std::for_each(plan_->nodes[node].in.begin(), plan_->nodes[node].in.end(), drop);
        std::for_each(plan_->nodes[node].loopIn.begin(), plan_->nodes[node].loopIn.end(), drop);
    }
}

}  // namespace signalbox::engine
