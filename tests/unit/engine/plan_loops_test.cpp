#include <algorithm>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "base/random.h"
#include "engine/flow_graph.h"
#include "engine/plan.h"
#include "support/test_nodes.h"

namespace signalbox::engine {
namespace {

TEST(PlanLoops, NestingAndExits) {
    const auto registry = test::makeTestRegistry();
    // a -> b -> c -> d -> e, with c -> b inside d -> a, and side exits from both bodies.
    const auto parsed = parseDocument(R"({"format":1,"id":"d",
        "nodes":[{"id":"a","type":"CollectNode"},{"id":"b","type":"CollectNode"},{"id":"c","type":"PassNode"},
                 {"id":"d","type":"PassNode"},{"id":"e","type":"CollectNode"},{"id":"f","type":"CollectNode"}],
        "edges":[{"from":"a.output","to":"b.input"},{"from":"b.output","to":"c.input"},{"from":"c.output","to":"d.input"},
                 {"from":"d.output","to":"e.input"},{"from":"b.output","to":"e.input"},{"from":"a.error","to":"f.input"},
                 {"from":"d.output","to":"a.input","loop":{"maxIterations":2}},
                 {"from":"c.output","to":"b.input","loop":{"maxIterations":3}}]})");
    ASSERT_TRUE(parsed);
    const auto compiled = compilePlan(parsed->document, *registry);
    ASSERT_TRUE(compiled) << compiled.error().message;
    const Plan& plan = **compiled;
    ASSERT_EQ(plan.loops.size(), 2U);
    const PlanLoop& inner = plan.loops[0];
    const PlanLoop& outer = plan.loops[1];
    EXPECT_EQ(inner.body, (std::vector<NodeIndex>{1, 2}));
    EXPECT_EQ(outer.body, (std::vector<NodeIndex>{0, 1, 2, 3}));
    EXPECT_EQ(inner.parent, 1U);
    EXPECT_EQ(outer.parent, kNone);
    EXPECT_EQ(plan.nodes[inner.head].id, "b");
    EXPECT_EQ(plan.nodes[inner.tail].id, "c");
    EXPECT_EQ(inner.maxIterations, 3);
    EXPECT_EQ(plan.nodes[1].innermostLoop, 0U);
    EXPECT_EQ(plan.nodes[0].innermostLoop, 1U);
    EXPECT_EQ(plan.nodes[4].innermostLoop, kNone);
    const std::vector<LoopIndex> exits{kNone, kNone, 0, 1, 1, 1};  // b -> e leaves both: the outer counts
    for (EdgeIndex i = 0; i < exits.size(); ++i) EXPECT_EQ(plan.edges[i].exitsLoop, exits[i]) << i;
    EXPECT_EQ(inner.exitEdges, std::vector<EdgeIndex>{2});
    EXPECT_EQ(outer.exitEdges, (std::vector<EdgeIndex>{3, 4, 5}));
    EXPECT_EQ(plan.edges[inner.edge].loop, 0U);
    EXPECT_EQ(plan.edges[outer.edge].loop, 1U);
}

TEST(FlowGraph, FindsCyclesAndOrder) {
    const std::vector<FlowGraph::Arc> arcs{{0, 1}, {1, 2}, {2, 1}, {2, 3}, {4, 4}, {3, 5}};
    const FlowOrder order = orderOf(FlowGraph(6, arcs));
    std::set<std::vector<std::uint32_t>> cycles(order.cycles.begin(), order.cycles.end());
    EXPECT_EQ(cycles, (std::set<std::vector<std::uint32_t>>{{1, 2}, {4}}));
    EXPECT_LT(order.position[0], order.position[1]);
    EXPECT_LT(order.position[2], order.position[3]);
    EXPECT_LT(order.position[3], order.position[5]);
}

/// All nodes that can be reached from a node over at least zero arcs, the slow way.
std::set<std::uint32_t> closure(std::size_t nodes, const std::vector<FlowGraph::Arc>& arcs, std::uint32_t start,
                                bool forward) {
    std::set<std::uint32_t> found{start};
    for (std::size_t round = 0; round < nodes; ++round) {
        for (const auto& arc : arcs) {
            if (forward && found.count(arc.from) > 0) found.insert(arc.to);
            if (!forward && found.count(arc.to) > 0) found.insert(arc.from);
        }
    }
    return found;
}

std::set<std::uint32_t> naiveBody(std::size_t nodes, const std::vector<FlowGraph::Arc>& arcs, LoopArc loop) {
    const auto after = closure(nodes, arcs, loop.head, true);
    const auto before = closure(nodes, arcs, loop.tail, false);
    std::set<std::uint32_t> body;
    if (after.count(loop.tail) == 0) return body;
    std::set_intersection(after.begin(), after.end(), before.begin(), before.end(), std::inserter(body, body.end()));
    return body;
}

// Bodies, nesting and overlaps against their definition, on small random acyclic graphs.
TEST(FlowGraph, LoopBodiesAgreeWithTheirDefinition) {
    constexpr std::uint64_t kSeed = 20'260'301;
    for (std::uint64_t round = 0; round < 500; ++round) {
        SCOPED_TRACE("seed " + std::to_string(kSeed + round));
        SeededRandom random(kSeed + round);
        const std::size_t nodes = 3 + random.below(10);
        std::vector<FlowGraph::Arc> arcs;
        for (std::uint32_t to = 1; to < nodes; ++to) {
            for (std::uint64_t i = random.below(3); i > 0; --i) {
                arcs.push_back({static_cast<std::uint32_t>(random.below(to)), to});
            }
        }
        std::vector<LoopArc> loops;
        for (int i = 0; i < 3; ++i) {
            loops.push_back(
                {static_cast<std::uint32_t>(random.below(nodes)), static_cast<std::uint32_t>(random.below(nodes))});
        }
        const FlowGraph graph(nodes, arcs);
        const FlowOrder order = orderOf(graph);
        EXPECT_TRUE(order.cycles.empty());
        for (const auto& arc : arcs) EXPECT_LT(order.position[arc.from], order.position[arc.to]);
        const LoopBodies found = analyseLoops(graph, order, loops);
        std::vector<std::set<std::uint32_t>> bodies;
        for (std::size_t i = 0; i < loops.size(); ++i) {
            bodies.push_back(naiveBody(nodes, arcs, loops[i]));
            EXPECT_EQ(std::set<std::uint32_t>(found.bodies[i].begin(), found.bodies[i].end()), bodies[i]);
        }
        bool sound = true;
        for (std::size_t i = 0; i < loops.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const auto& a = bodies[i];
                const auto& b = bodies[j];
                const bool apart = std::none_of(a.begin(), a.end(), [&](std::uint32_t n) { return b.count(n) > 0; });
                const bool nested = a.size() != b.size() && (std::includes(a.begin(), a.end(), b.begin(), b.end()) ||
                                                             std::includes(b.begin(), b.end(), a.begin(), a.end()));
                sound = sound && (apart || nested);
            }
        }
        EXPECT_EQ(found.overlaps.empty(), sound);
    }
}

}  // namespace
}  // namespace signalbox::engine
