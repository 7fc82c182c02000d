#include "engine/flow_graph.h"

#include <algorithm>
#include <numeric>

namespace signalbox::engine {
namespace {

constexpr std::uint32_t kUnseen = 0xffffffffU;

void pack(std::size_t nodes, std::span<const FlowGraph::Arc> arcs, bool forward, std::vector<std::uint32_t>& from,
          std::vector<std::uint32_t>& to) {
    from.assign(nodes + 1, 0);
    for (const auto& arc : arcs) ++from[(forward ? arc.from : arc.to) + 1];
    std::partial_sum(from.begin(), from.end(), from.begin());
    to.resize(arcs.size());
    std::vector<std::uint32_t> next(from.begin(), from.end() - 1);
    for (const auto& arc : arcs) to[next[forward ? arc.from : arc.to]++] = forward ? arc.to : arc.from;
}

/// Tarjan's depth-first search with its own stack.
class ComponentSearch {
public:
    explicit ComponentSearch(const FlowGraph& graph)
        : graph_(graph),
          index_(graph.nodeCount(), kUnseen),
          low_(graph.nodeCount(), 0),
          onStack_(graph.nodeCount(), false) {
        order_.position.assign(graph.nodeCount(), 0);
        nextPosition_ = static_cast<std::uint32_t>(graph.nodeCount());
    }

    FlowOrder run() {
        // Components complete in reverse topological order; starting from the last node keeps the document's own order
        // among nodes that do not depend on each other.
        for (auto node = static_cast<std::uint32_t>(graph_.nodeCount()); node-- > 0;) {
            if (index_[node] == kUnseen) searchFrom(node);
        }
        return std::move(order_);
    }

private:
    struct Frame {
        std::uint32_t node;
        std::uint32_t nextArc;
    };

    void enter(std::uint32_t node) {
        index_[node] = low_[node] = nextIndex_++;
        onStack_[node] = true;
        stack_.push_back(node);
        frames_.push_back({node, 0});
    }

    void searchFrom(std::uint32_t root) {
        enter(root);
        while (!frames_.empty()) {
            Frame& frame = frames_.back();
            const auto successors = graph_.successors(frame.node);
            if (frame.nextArc < successors.size()) {
                const std::uint32_t next = successors[frame.nextArc++];
                if (index_[next] == kUnseen) {
                    enter(next);
                } else if (onStack_[next]) {
                    low_[frame.node] = std::min(low_[frame.node], index_[next]);
                }
                continue;
            }
            const std::uint32_t done = frame.node;
            frames_.pop_back();
            if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[done]);
            if (low_[done] == index_[done]) completeComponent(done);
        }
    }

    void completeComponent(std::uint32_t root) {
        const auto first = std::find(stack_.rbegin(), stack_.rend(), root).base() - 1;
        std::vector<std::uint32_t> component(first, stack_.end());
        stack_.erase(first, stack_.end());
        for (const std::uint32_t node : component) {
            onStack_[node] = false;
            order_.position[node] = --nextPosition_;
        }
        const auto successors = graph_.successors(root);
        const bool selfArc = std::find(successors.begin(), successors.end(), root) != successors.end();
        if (component.size() > 1 || selfArc) {
            std::sort(component.begin(), component.end());
            order_.cycles.push_back(std::move(component));
        }
    }

    const FlowGraph& graph_;
    FlowOrder order_;
    std::vector<std::uint32_t> index_;
    std::vector<std::uint32_t> low_;
    std::vector<bool> onStack_;
    std::vector<std::uint32_t> stack_;
    std::vector<Frame> frames_;
    std::uint32_t nextIndex_ = 0;
    std::uint32_t nextPosition_ = 0;
};

/// Finds bodies one after another, looking only at nodes that stand between head and tail in topological order.
class BodySearch {
public:
    BodySearch(const FlowGraph& graph, const FlowOrder& order)
        : graph_(graph), order_(order), seen_(graph.nodeCount(), 0), inBody_(graph.nodeCount(), 0) {}

    [[nodiscard]] std::vector<std::uint32_t> bodyOf(LoopArc loop) {
        ++stamp_;
        walk({loop.head}, seen_, [&](std::uint32_t node, auto visit) {
            for (const std::uint32_t next : graph_.successors(node)) {
                if (order_.position[next] <= order_.position[loop.tail]) visit(next);
            }
        });
        if (seen_[loop.tail] != stamp_) return {};
        auto body = walk({loop.tail}, inBody_, [&](std::uint32_t node, auto visit) {
            for (const std::uint32_t before : graph_.predecessors(node)) {
                if (seen_[before] == stamp_) visit(before);
            }
        });
        std::sort(body.begin(), body.end());
        return body;
    }

    [[nodiscard]] std::size_t work() const { return work_; }

private:
    template <class Neighbours>
    std::vector<std::uint32_t> walk(std::vector<std::uint32_t> found, std::vector<std::uint32_t>& marks,
                                    Neighbours neighbours) {
        marks[found.front()] = stamp_;
        for (std::size_t i = 0; i < found.size(); ++i) {
            neighbours(found[i], [&](std::uint32_t next) {
                if (marks[next] == stamp_) return;
                marks[next] = stamp_;
                found.push_back(next);
            });
        }
        work_ += found.size();
        return found;
    }

    const FlowGraph& graph_;
    const FlowOrder& order_;
    std::vector<std::uint32_t> seen_;
    std::vector<std::uint32_t> inBody_;
    std::uint32_t stamp_ = 0;
    std::size_t work_ = 0;
};

/// Larger loops first: then all nodes of a loop must agree on the smallest loop around them so far.
void nest(LoopBodies& loops) {
    for (auto it = loops.bySize.rbegin(); it != loops.bySize.rend(); ++it) {
        const auto& body = loops.bodies[*it];
        const std::uint32_t parent = loops.innermost[body.front()];
        const auto stranger =
            std::find_if(body.begin(), body.end(), [&](std::uint32_t node) { return loops.innermost[node] != parent; });
        if (stranger != body.end()) {
            // Of two different loops around its nodes at most one can be kNoLoop; the smaller is the one in the way.
            const std::uint32_t other = loops.innermost[*stranger];
            const bool useParent =
                other == kNoLoop || (parent != kNoLoop && loops.bodies[parent].size() < loops.bodies[other].size());
            loops.overlaps.emplace_back(*it, useParent ? parent : other);
        } else if (parent != kNoLoop && loops.bodies[parent].size() == body.size()) {
            loops.overlaps.emplace_back(*it, parent);
        } else {
            loops.parent[*it] = parent;
            for (const std::uint32_t node : body) loops.innermost[node] = *it;
        }
    }
}

}  // namespace

FlowGraph::FlowGraph(std::size_t nodes, std::span<const Arc> arcs) {
    pack(nodes, arcs, true, successorsFrom_, successors_);
    pack(nodes, arcs, false, predecessorsFrom_, predecessors_);
}

FlowOrder orderOf(const FlowGraph& graph) { return ComponentSearch(graph).run(); }

std::vector<bool> reachableFrom(const FlowGraph& graph, const std::vector<std::uint32_t>& starts) {
    std::vector<bool> reached(graph.nodeCount(), false);
    std::vector<std::uint32_t> open = starts;
    for (const std::uint32_t start : starts) reached[start] = true;
    while (!open.empty()) {
        const std::uint32_t node = open.back();
        open.pop_back();
        for (const std::uint32_t next : graph.successors(node)) {
            if (reached[next]) continue;
            reached[next] = true;
            open.push_back(next);
        }
    }
    return reached;
}

LoopBodies analyseLoops(const FlowGraph& graph, const FlowOrder& order, std::span<const LoopArc> loops) {
    LoopBodies result;
    result.parent.assign(loops.size(), kNoLoop);
    result.innermost.assign(graph.nodeCount(), kNoLoop);
    BodySearch search(graph, order);
    for (const LoopArc& loop : loops) {
        result.bodies.push_back(search.bodyOf(loop));
        if (search.work() > kMaxLoopWork) {
            result.tooLarge = true;
            return result;
        }
    }
    for (std::uint32_t i = 0; i < loops.size(); ++i) {
        if (!result.bodies[i].empty()) result.bySize.push_back(i);
    }
    std::stable_sort(result.bySize.begin(), result.bySize.end(), [&](std::uint32_t a, std::uint32_t b) {
        return result.bodies[a].size() < result.bodies[b].size();
    });
    nest(result);
    return result;
}

}  // namespace signalbox::engine
