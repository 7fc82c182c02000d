// The sequential model of a workflow's meaning.
#include <algorithm>

#include "expr/expression.h"
#include "sim_world.h"

namespace signalbox::test {

using namespace signalbox::engine;

namespace {

struct ModelLoop {
    const EdgeDecl* edge = nullptr;
    int head = 0;
    int tail = 0;
    int passes = 0;
    Value carried = Value::undefined();
};

int indexOf(const PortRef& ref) { return std::stoi(ref.node.substr(1)); }

bool holds(const std::string& condition, const Value& value, int iteration) {
    if (condition.empty()) return true;
    expr::Environment environment;
    environment.variables = {{"iteration", Value(iteration)}};
    auto result = expr::Expression::compile(condition).value().evaluate(value, environment);
    return expr::truthy(result.value());
}

class Model {
public:
    Model(const Document& document, std::uint64_t seed)
        : document_(document), seed_(seed), nodes_(document.nodes.size()) {
        for (const EdgeDecl& edge : document.edges) {
            if (edge.loop) loops_.push_back({&edge, indexOf(edge.to), indexOf(edge.from)});
        }
    }

    ModelResult run() {
        int at = 0;
        while (at < static_cast<int>(nodes_.size())) {
            step(at);
            const int back = endOfPass(at);
            at = back >= 0 ? back : at + 1;
        }
        return {std::move(nodes_), std::move(fatal_)};
    }

private:
    bool delivered(const EdgeDecl& edge) const {
        const ModelNode& from = nodes_[static_cast<std::size_t>(indexOf(edge.from))];
        if (edge.from.port == "error") return from.status == NodeStatus::Failed && from.routed;
        const Value& value = from.outputs[edge.from.port];
        return value.isDefined() && holds(edge.when, value, 0);
    }

    void step(int index) {
        ModelNode& node = nodes_[static_cast<std::size_t>(index)];
        const NodeDecl& decl = document_.nodes[static_cast<std::size_t>(index)];
        std::vector<Value> values;
        bool wired = false;
        for (const EdgeDecl& edge : document_.edges) {
            if (edge.loop || indexOf(edge.to) != index) continue;
            wired = true;
            if (!delivered(edge)) continue;
            const ModelNode& from = nodes_[static_cast<std::size_t>(indexOf(edge.from))];
            values.push_back(edge.from.port == "error" ? from.error : from.outputs[edge.from.port]);
        }
        for (const ModelLoop& loop : loops_) {
            if (loop.head == index && loop.carried.isDefined()) values.push_back(loop.carried);
        }
        if (wired && values.empty()) {
            node.status = NodeStatus::Skipped;
            return;
        }
        const Value inputs = values.empty() ? Value::object() : Value::object({{"input", Value::array(values)}});
        const std::uint32_t attempts = decl.retry ? static_cast<std::uint32_t>(decl.retry->maxAttempts) : 1;
        for (std::uint32_t attempt = 1; attempt <= attempts; ++attempt) {
            const SimOutcome outcome = simOutcome(seed_, decl.id, node.generation, attempt, inputs);
            if (outcome.succeeded) {
                node.status = NodeStatus::Succeeded;
                node.outputs = outcome.payload;
                return;
            }
            node.error = outcome.payload;
        }
        fail(node, decl);
    }

    void fail(ModelNode& node, const NodeDecl& decl) {
        node.status = NodeStatus::Failed;
        const bool drawn = std::any_of(document_.edges.begin(), document_.edges.end(), [&](const EdgeDecl& edge) {
            return edge.from.node == decl.id && edge.from.port == "error";
        });
        if (decl.onError == OnError::Continue)
            node.outputs = Value::object({{"output", Value()}, {"alt", Value()}});
        else if (decl.onError == OnError::Default && drawn)
            node.routed = true;
        else
            fatal_.insert(decl.id);
    }

    /// Where to go on when `tail` closes a loop that goes round again; -1 otherwise.
    int endOfPass(int tail) {
        for (ModelLoop& loop : loops_) {
            if (loop.tail != tail) continue;
            const ModelNode& node = nodes_[static_cast<std::size_t>(tail)];
            const Value value = node.outputs["output"];
            ++loop.passes;
            bool again = value.isDefined();
            const LoopDecl& decl = *loop.edge->loop;
            if (again && !decl.convergeWhen.empty()) again = !holds(decl.convergeWhen, value, loop.passes);
            if (again && loop.passes >= decl.maxIterations) {
                if (!decl.convergeWhen.empty() && decl.failAtLimit)
                    fatal_.insert(document_.nodes[static_cast<std::size_t>(tail)].id);
                again = false;
            }
            if (!again) return -1;
            loop.carried = value;
            for (int i = loop.head; i <= loop.tail; ++i) {
                const std::uint32_t generation = nodes_[static_cast<std::size_t>(i)].generation + 1;
                nodes_[static_cast<std::size_t>(i)] = ModelNode{};
                nodes_[static_cast<std::size_t>(i)].generation = generation;
            }
            for (ModelLoop& inner : loops_) {
                if (inner.edge == loop.edge || inner.head < loop.head || inner.tail > loop.tail) continue;
                inner.passes = 0;
                inner.carried = Value::undefined();
            }
            return loop.head;
        }
        return -1;
    }

    const Document& document_;
    std::uint64_t seed_;
    std::vector<ModelNode> nodes_;
    std::vector<ModelLoop> loops_;
    std::set<std::string> fatal_;
};

}  // namespace

ModelResult runModel(const Document& document, std::uint64_t seed) { return Model(document, seed).run(); }

}  // namespace signalbox::test
