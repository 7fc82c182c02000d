// The graph of forward wires between nodes: order, cycles and loop bodies. Knows nothing of documents or plans.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace signalbox::engine {

/// A directed graph over the nodes 0 ... n-1, stored as two packed adjacency lists. Immutable.
class FlowGraph {
public:
    struct Arc {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
    };
    FlowGraph(std::size_t nodes, std::span<const Arc> arcs);

    [[nodiscard]] std::size_t nodeCount() const { return successorsFrom_.size() - 1; }
    [[nodiscard]] std::span<const std::uint32_t> successors(std::uint32_t node) const {
        return {successors_.data() + successorsFrom_[node], successors_.data() + successorsFrom_[node + 1]};
    }
    [[nodiscard]] std::span<const std::uint32_t> predecessors(std::uint32_t node) const {
        return {predecessors_.data() + predecessorsFrom_[node], predecessors_.data() + predecessorsFrom_[node + 1]};
    }

private:
    std::vector<std::uint32_t> successorsFrom_;
    std::vector<std::uint32_t> successors_;
    std::vector<std::uint32_t> predecessorsFrom_;
    std::vector<std::uint32_t> predecessors_;
};

struct FlowOrder {
    /// A topological position for each node: along every arc between different components it grows.
    std::vector<std::uint32_t> position;
    /// Every strongly connected component that holds a cycle, nodes ascending.
    std::vector<std::vector<std::uint32_t>> cycles;
};

/// Tarjan's algorithm (1972) without recursion; linear.
[[nodiscard]] FlowOrder orderOf(const FlowGraph& graph);

/// Every node on a path from one of the starts, the starts included.
[[nodiscard]] std::vector<bool> reachableFrom(const FlowGraph& graph, const std::vector<std::uint32_t>& starts);

struct LoopArc {
    std::uint32_t head = 0;  ///< where the way back leads
    std::uint32_t tail = 0;  ///< where it comes from
};

inline constexpr std::uint32_t kNoLoop = 0xffffffffU;

struct LoopBodies {
    std::vector<std::vector<std::uint32_t>> bodies;  ///< for each loop: nodes ascending; empty when it is no cycle
    std::vector<std::uint32_t> parent;               ///< for each loop: the next larger one around it, or kNoLoop
    std::vector<std::uint32_t> innermost;            ///< for each node: the smallest loop around it, or kNoLoop
    std::vector<std::uint32_t> bySize;               ///< the loops that are cycles, smallest body first
    /// Pairs of loops that share nodes while neither lies strictly inside the other.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> overlaps;
    bool tooLarge = false;  ///< given up: the bodies together hold more than kMaxLoopWork nodes
};

inline constexpr std::size_t kMaxLoopWork = 50'000'000;

/// Bodies and nesting of loops over an acyclic graph. The body of a loop is what lies on a path from head to tail.
[[nodiscard]] LoopBodies analyseLoops(const FlowGraph& graph, const FlowOrder& order, std::span<const LoopArc> loops);

}  // namespace signalbox::engine
