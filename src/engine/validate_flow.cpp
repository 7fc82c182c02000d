#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/finding_places.h"
#include "engine/flow_graph.h"
#include "engine/validate_context.h"

namespace signalbox::engine {
namespace {

constexpr std::size_t kMaxNamed = 12;  // nodes of a circle named in a message

bool isForward(const Wire& wire) { return wire.kind == EdgeKind::Data || wire.kind == EdgeKind::Error; }

FlowGraph forwardGraph(const ValidationContext& context) {
    std::vector<FlowGraph::Arc> arcs;
    arcs.reserve(context.wires.size());
    for (const Wire& wire : context.wires) {
        if (isForward(wire)) arcs.push_back({wire.from, wire.to});
    }
    return FlowGraph(context.document.nodes.size(), arcs);
}

/// A shortest circle through the first node of a component, as nodes in order.
std::vector<std::uint32_t> circleThrough(const FlowGraph& graph, const std::vector<std::uint32_t>& component) {
    const std::uint32_t start = component.front();
    std::unordered_map<std::uint32_t, std::uint32_t> cameFrom;
    std::vector<std::uint32_t> open{start};
    for (std::size_t i = 0; i < open.size(); ++i) {
        for (const std::uint32_t next : graph.successors(open[i])) {
            if (next == start) {
                std::vector<std::uint32_t> circle;
                for (std::uint32_t node = open[i]; node != start; node = cameFrom.at(node)) circle.push_back(node);
                circle.push_back(start);
                std::reverse(circle.begin(), circle.end());
                return circle;
            }
            if (std::binary_search(component.begin(), component.end(), next) &&
                cameFrom.emplace(next, open[i]).second) {
                open.push_back(next);
            }
        }
    }
    return component;
}

std::string circleText(const Document& document, const std::vector<std::uint32_t>& circle) {
    std::string text;
    for (std::size_t i = 0; i < circle.size() && i < kMaxNamed; ++i) text += document.nodes[circle[i]].id + " -> ";
    if (circle.size() > kMaxNamed) text += "... -> ";
    return text + document.nodes[circle.front()].id;
}

void reportCycles(ValidationContext& context, const FlowGraph& graph, const FlowOrder& order) {
    if (order.cycles.empty()) return;
    const auto key = [](std::uint32_t from, std::uint32_t to) { return (std::uint64_t{from} << 32U) | to; };
    std::unordered_map<std::uint64_t, std::size_t> edges;
    for (const Wire& wire : context.wires) {
        if (isForward(wire)) edges.emplace(key(wire.from, wire.to), wire.edge);
    }
    for (const auto& component : order.cycles) {
        const auto circle = circleThrough(graph, component);
        const auto closing = edges.find(key(circle.back(), circle.front()));
        if (closing == edges.end()) continue;
        context.atEdge(closing->second, FindingCode::UnmarkedCycle, "",
                       "These wires form a circle: " + circleText(context.document, circle),
                       "Mark the wire that leads back with \"loop\": {\"maxIterations\": ...}, or remove it.");
    }
}

void checkLoops(ValidationContext& context, const FlowGraph& graph, const FlowOrder& order) {
    std::vector<LoopArc> arcs;
    std::vector<std::size_t> edges;
    std::unordered_map<std::uint32_t, std::size_t> tails;
    for (const Wire& wire : context.wires) {
        if (wire.kind != EdgeKind::LoopBack) continue;
        if (const auto [first, isFree] = tails.emplace(wire.from, wire.edge); !isFree) {
            context.atEdge(wire.edge, FindingCode::LoopOverlap, "/loop",
                           "The node \"" + context.document.nodes[wire.from].id +
                               "\" ends another loop already: " + edgeLabel(context.document.edges[first->second]),
                           "Let the outer loop end at a node of its own.");
        }
        arcs.push_back({wire.to, wire.from});
        edges.push_back(wire.edge);
    }
    if (arcs.empty()) return;
    const LoopBodies loops = analyseLoops(graph, order, arcs);
    if (loops.tooLarge) {
        context.at(FindingCode::TooLarge, "/edges", "There are too many loops around too many nodes");
        return;
    }
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (!loops.bodies[i].empty()) continue;
        const auto& nodes = context.document.nodes;
        context.atEdge(edges[i], FindingCode::LoopNotCycle, "/loop",
                       "No path leads from \"" + nodes[arcs[i].head].id + "\" to \"" + nodes[arcs[i].tail].id +
                           "\", so this wire closes no loop",
                       "Remove \"loop\", or connect the body.");
    }
    for (const auto& [one, two] : loops.overlaps) {
        const std::uint32_t loop = std::max(one, two);
        const std::uint32_t other = std::min(one, two);
        context.atEdge(edges[loop], FindingCode::LoopOverlap, "/loop",
                       "This loop shares nodes with the loop of " + edgeLabel(context.document.edges[edges[other]]) +
                           ", and neither lies inside the other",
                       "Let one loop hold the other completely, or none of its nodes.");
    }
}

/// Nodes that something outside the forward wires starts or needs.
std::vector<bool> anchoredNodes(const ValidationContext& context) {
    std::vector<bool> anchored(context.document.nodes.size(), false);
    for (const Wire& wire : context.wires) {
        anchored[wire.to] = true;
        if (wire.from != kNone) anchored[wire.from] = true;
    }
    for (const OutputDecl& output : context.document.outputs) {
        if (const auto node = context.nodeIndex(output.from.node); node != kNone) anchored[node] = true;
    }
    for (const ErrorRule& rule : context.document.errors) {
        if (const auto node = context.nodeIndex(rule.to.node); node != kNone) anchored[node] = true;
    }
    return anchored;
}

void reportUnreachable(ValidationContext& context, const FlowGraph& graph, const FlowOrder& order) {
    const auto& nodes = context.document.nodes;
    if (nodes.size() > 1) {
        const std::vector<bool> anchored = anchoredNodes(context);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            // A node that takes no input and changes the world may well stand alone.
            const NodeManifest* const manifest = context.manifests[i];
            if (anchored[i] || manifest == nullptr) continue;
            if (manifest->inputs.empty() && manifest->effect != Effect::Pure) continue;
            context.atNode(i, FindingCode::UnreachableNode, "", "No wire leads to or from \"" + nodes[i].id + "\"",
                           "Connect it, or remove it.");
        }
    }
    if (order.cycles.empty()) return;
    std::vector<std::uint32_t> starts;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        if (graph.predecessors(i).empty()) starts.push_back(i);
    }
    const std::vector<bool> reached = reachableFrom(graph, starts);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (reached[i]) continue;
        context.atNode(i, FindingCode::UnreachableNode, "",
                       "\"" + nodes[i].id + "\" can never start: it waits for a circle of wires",
                       "Give the circle a way in, and mark the wire that leads back as a loop.");
    }
}

}  // namespace

void checkErrorRules(ValidationContext& context) {
    for (std::size_t i = 0; i < context.document.errors.size(); ++i) {
        const ErrorRule& rule = context.document.errors[i];
        context.reportEntryExtra(rule.extra, DocumentPart::ErrorRule, i);
        const bool hasExtra = !rule.extra.isObject();
        if (rule.code.empty() && !hasExtra && rule.extra.find("code") == nullptr) {
            context.atErrorRule(i, FindingCode::MissingMember, "", "The rule has no \"code\"",
                                "\"*\" stands for every error.");
        }
        if (rule.action == ErrorRule::Action::RetryThenFail) {
            checkRetry(context, rule.retry, context.entryPointer(DocumentPart::ErrorRule, i), "");
        }
        if (rule.action != ErrorRule::Action::Route || (!hasExtra && rule.extra.find("to") != nullptr)) continue;
        const std::uint32_t node = context.nodeIndex(rule.to.node);
        if (node == kNone) {
            if (context.partial) continue;
            context.atErrorRule(
                i, FindingCode::ErrorRoute, rule.to.node.empty() ? "" : "/to",
                rule.to.node.empty() ? "The rule does not say where to route the error"
                                     : "There is no node \"" + rule.to.node + "\"",
                rule.to.node.empty() ? "Give \"to\": \"node.port\"." : context.suggestNode(rule.to.node));
            continue;
        }
        const NodeManifest* const manifest = context.manifests[node];
        if (manifest == nullptr) continue;
        const PortDecl* const port = manifest->input(rule.to.port);
        if (port == nullptr) {
            context.atErrorRule(i, FindingCode::ErrorRoute, "/to",
                                "The node \"" + rule.to.node + "\" has no input \"" + rule.to.port + "\"");
        } else if (compatibility(PortType(PortType::Kind::Object), port->type) == Compatibility::Never) {
            context.atErrorRule(i, FindingCode::IncompatibleTypes, "/to",
                                "An error is an object, but " + rule.to.toString() + " takes " + port->type.toString());
        }
    }
}

void checkRequiredInputs(ValidationContext& context) {
    std::unordered_set<std::uint64_t> entered;
    std::unordered_set<std::uint64_t> looped;
    const auto key = [](std::uint32_t node, std::size_t port) { return (std::uint64_t{node} << 16U) | port; };
    std::unordered_set<std::uint32_t> doubtful;  // a wire to it has an unknown port: one mistake, one finding
    for (const Wire& wire : context.wires) {
        if (wire.input == nullptr) {
            doubtful.insert(wire.to);
        } else {
            (wire.kind == EdgeKind::LoopBack ? looped : entered).insert(key(wire.to, wire.toPort));
        }
    }
    for (const ErrorRule& rule : context.document.errors) {
        const std::uint32_t node = context.nodeIndex(rule.to.node);
        if (rule.action != ErrorRule::Action::Route || node == kNone || context.manifests[node] == nullptr) continue;
        const auto& inputs = context.manifests[node]->inputs;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i].name == rule.to.port) entered.insert(key(node, i));
        }
    }
    for (std::uint32_t node = 0; node < context.manifests.size(); ++node) {
        if (context.manifests[node] == nullptr || doubtful.count(node) > 0) continue;
        const auto& inputs = context.manifests[node]->inputs;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (!inputs[i].required || entered.count(key(node, i)) > 0) continue;
            const std::string& id = context.document.nodes[node].id;
            const bool onlyLoop = looped.count(key(node, i)) > 0;
            context
                .atNode(node, FindingCode::RequiredInput, "",
                        onlyLoop
                            ? "The input \"" + inputs[i].name + "\" of \"" + id + "\" has no value in the first pass"
                            : "The input \"" + inputs[i].name + "\" of \"" + id + "\" has no wire",
                        "Draw a wire of type " + inputs[i].type.toString() + " to it.")
                .port = inputs[i].name;
        }
    }
}

void checkErrorHandling(ValidationContext& context) {
    std::unordered_map<std::uint32_t, std::size_t> errorEdges;
    for (const Wire& wire : context.wires) {
        if (wire.kind == EdgeKind::Error) errorEdges.emplace(wire.from, wire.edge);
    }
    for (std::uint32_t i = 0; i < context.document.nodes.size(); ++i) {
        const NodeDecl& node = context.document.nodes[i];
        const auto edge = errorEdges.find(i);
        if (node.onError == OnError::Route && edge == errorEdges.end()) {
            context.atNode(i, FindingCode::ErrorRoute, "/onError",
                           "\"" + node.id + "\" routes its errors, but no wire leaves its port \"error\"",
                           "Draw a wire from \"" + node.id + ".error\", or change \"onError\".");
        } else if ((node.onError == OnError::Fail || node.onError == OnError::Continue) && edge != errorEdges.end()) {
            context
                .atEdge(edge->second, FindingCode::ErrorRoute, "",
                        "This wire never carries an error: \"" + node.id + "\" has \"onError\": \"" +
                            (node.onError == OnError::Fail ? "fail" : "continue") + "\"",
                        "Remove the wire, or \"onError\".")
                .severity = Severity::Warning;
        }
    }
}

void checkCompensation(ValidationContext& context) {
    std::unordered_map<std::uint32_t, std::size_t> targets;
    std::unordered_map<std::uint32_t, std::size_t> sources;
    for (const Wire& wire : context.wires) {
        if (wire.kind != EdgeKind::Compensation) continue;
        const auto& nodes = context.document.nodes;
        if (wire.from == wire.to) {
            context.atEdge(wire.edge, FindingCode::Compensation, "", "A node cannot undo itself");
        } else if (!targets.emplace(wire.to, wire.edge).second) {
            context.atEdge(wire.edge, FindingCode::Compensation, "",
                           "\"" + nodes[wire.to].id + "\" undoes another node already",
                           "Give each node a compensating node of its own.");
        }
        if (!sources.emplace(wire.from, wire.edge).second) {
            context.atEdge(wire.edge, FindingCode::Compensation, "",
                           "\"" + nodes[wire.from].id + "\" is undone by another node already");
        }
    }
    if (targets.empty()) return;
    const char* const hint = "A compensating node runs only when the run is undone; let no other wire touch it.";
    for (const Wire& wire : context.wires) {
        const bool intoTarget = wire.kind != EdgeKind::Compensation && targets.count(wire.to) > 0;
        if (!intoTarget && (wire.from == kNone || targets.count(wire.from) == 0)) continue;
        const std::string& id = context.document.nodes[intoTarget ? wire.to : wire.from].id;
        context.atEdge(wire.edge, FindingCode::Compensation, "", "\"" + id + "\" undoes a node and has other wires",
                       hint);
    }
    for (std::size_t i = 0; i < context.document.outputs.size(); ++i) {
        const std::uint32_t node = context.nodeIndex(context.document.outputs[i].from.node);
        if (node == kNone || targets.count(node) == 0) continue;
        context.atOutput(i, FindingCode::Compensation, "/from", "The output comes from a compensating node", hint);
    }
    for (std::size_t i = 0; i < context.document.errors.size(); ++i) {
        const ErrorRule& rule = context.document.errors[i];
        const std::uint32_t node = context.nodeIndex(rule.to.node);
        if (rule.action != ErrorRule::Action::Route || node == kNone || targets.count(node) == 0) continue;
        context.atErrorRule(i, FindingCode::Compensation, "/to", "Errors are routed to a compensating node", hint);
    }
}

void checkFlow(ValidationContext& context) {
    const FlowGraph graph = forwardGraph(context);
    const FlowOrder order = orderOf(graph);
    reportCycles(context, graph, order);
    if (order.cycles.empty()) checkLoops(context, graph, order);
    reportUnreachable(context, graph, order);
}

}  // namespace signalbox::engine
