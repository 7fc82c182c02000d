#include "sim_world.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace signalbox::test {

using namespace signalbox::engine;

namespace {

class NeverRun final : public SyncNode {
public:
    NodeResult run(const NodeCall&) const override { return fail("sim.not-run", "The simulation runs no code"); }
};

class SimType final : public NodeType {
public:
    SimType(std::string type, Effect effect) {
        manifest_.type = std::move(type);
        manifest_.title = manifest_.type;
        manifest_.summary = "A step of the simulation.";
        manifest_.effect = effect;
        manifest_.inputs = {{.name = "input", .type = PortType{}, .required = false, .many = true, .help = {}}};
        manifest_.outputs = {{.name = "output", .type = PortType{}, .help = {}},
                             {.name = "alt", .type = PortType{}, .help = {}}};
        manifest_.paramsSchema = Value::object({{"type", Value("object")}});
    }
    const NodeManifest& manifest() const override { return manifest_; }
    Result<std::shared_ptr<const NodeBehaviour>> prepare(const Value&) const override {
        return std::make_shared<NeverRun>();
    }

private:
    NodeManifest manifest_;
};

std::string nodeId(int index) { return "n" + std::to_string(index); }

struct Range {
    int first = 0;
    int last = 0;
};

/// Disjoint ranges of the node numbers, some with a smaller one strictly inside.
std::vector<Range> randomLoops(SeededRandom& random, int count) {
    std::vector<Range> loops;
    int at = 1;
    while (at < count) {
        if (random.below(4) != 0) {
            ++at;
            continue;
        }
        const int length = 1 + static_cast<int>(random.below(5));
        const int last = std::min(at + length - 1, count - 1);
        loops.push_back({at, last});
        if (last - at >= 2 && random.below(2) == 0) {
            const int from = at + 1;
            const int to = from + static_cast<int>(random.below(static_cast<std::uint64_t>(last - from)));
            if (to < last) loops.push_back({from, to});
        }
        at = last + 2;
    }
    return loops;
}

NodeDecl randomNode(SeededRandom& random, int index) {
    NodeDecl node;
    node.id = nodeId(index);
    node.type = random.below(4) == 0 ? "EffectSimNode" : "PureSimNode";
    if (random.below(3) == 0) {
        RetryPolicy retry;
        retry.maxAttempts = 2 + static_cast<int>(random.below(3));
        retry.backoff = 1'000 * static_cast<Micros>(1 + random.below(1000));
        retry.jitter = random.below(2) == 0 ? 0.0 : 0.5;
        retry.retryOn = {"sim.*"};
        node.retry = retry;
    }
    const auto onError = random.below(10);
    if (onError == 0) node.onError = OnError::Continue;
    if (onError == 1) node.onError = OnError::Fail;
    return node;
}

EdgeDecl wire(SeededRandom& random, int from, int to) {
    EdgeDecl edge;
    edge.from = {nodeId(from), random.below(5) == 0 ? "alt" : "output"};
    edge.to = {nodeId(to), "input"};
    if (random.below(5) == 0)
        edge.when =
            random.below(2) == 0 ? "$type($) = 'number' ? $ % 2 = 0 : false" : "$type($) = 'number' ? $ > 30 : false";
    return edge;
}

EdgeDecl loopEdge(SeededRandom& random, const Range& range) {
    EdgeDecl edge;
    edge.from = {nodeId(range.last), "output"};
    edge.to = {nodeId(range.first), "input"};
    LoopDecl loop;
    loop.maxIterations = 1 + static_cast<int>(random.below(4));
    if (random.below(2) == 0)
        loop.convergeWhen = random.below(2) == 0 ? "$iteration >= 2" : "$type($) = 'number' ? $ % 3 = 0 : false";
    loop.failAtLimit = random.below(3) == 0;
    edge.loop = loop;
    return edge;
}

std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
    return SeededRandom(seed ^ (value * 0x9e3779b97f4a7c15ULL)).next();
}

std::uint64_t hashText(const std::string& text) {
    std::uint64_t hash = 1469598103934665603ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

}  // namespace

Registry& simRegistry() {
    static Registry* registry = [] {
        auto* made = new Registry;
        EXPECT_TRUE(made->add(std::make_unique<SimType>("PureSimNode", Effect::Pure)));
        EXPECT_TRUE(made->add(std::make_unique<SimType>("EffectSimNode", Effect::Effectful)));
        return made;
    }();
    return *registry;
}

Document randomWorkflow(SeededRandom& random, int maxNodes) {
    Document document;
    document.id = "sim";
    document.name = "Simulated";
    const int count = 2 + static_cast<int>(random.below(static_cast<std::uint64_t>(maxNodes - 1)));
    const auto loops = randomLoops(random, count);
    std::vector<bool> chained(static_cast<std::size_t>(count), false);
    for (const Range& loop : loops) {
        for (int i = loop.first + 1; i <= loop.last; ++i) chained[static_cast<std::size_t>(i)] = true;
    }
    for (int i = 0; i < count; ++i) document.nodes.push_back(randomNode(random, i));
    for (int i = 1; i < count; ++i) {
        if (chained[static_cast<std::size_t>(i)]) {
            EdgeDecl edge = wire(random, i - 1, i);
            edge.from.port = "output";
            document.edges.push_back(edge);
            continue;
        }
        std::set<int> sources;
        for (auto n = random.below(4); n > 0; --n)
            sources.insert(static_cast<int>(random.below(static_cast<std::uint64_t>(i))));
        for (const int source : sources) {
            EdgeDecl edge = wire(random, source, i);
            NodeDecl& from = document.nodes[static_cast<std::size_t>(source)];
            if (random.below(12) == 0 && from.onError == OnError::Default) {
                edge.from.port = "error";
                edge.when.clear();
            }
            document.edges.push_back(edge);
        }
    }
    for (const Range& loop : loops) document.edges.push_back(loopEdge(random, loop));
    document.outputs.push_back({"last", {nodeId(count - 1), "output"}});
    return document;
}

SimOutcome simOutcome(std::uint64_t seed, const std::string& node, std::uint32_t generation, std::uint32_t used,
                      const Value& inputs) {
    SeededRandom random(mix(mix(seed, hashText(node)), generation));
    static constexpr std::uint32_t kFailures[] = {0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 99};
    const std::uint32_t failures = kFailures[random.below(std::size(kFailures))];
    if (used <= failures) {
        return {false, Value::object({{"code", Value("sim.failure")},
                                      {"message", Value("As the oracle wants")},
                                      {"where", Value(node)},
                                      {"retryable", Value(true)}})};
    }
    std::int64_t sum = static_cast<std::int64_t>(random.below(100));
    for (const Value& item : inputs["input"].items()) sum += item.isInteger() ? item.asInteger() : 7;
    const Value value(sum % 100);
    const auto shape = random.below(8);
    if (shape == 0) return {true, Value::object({{"alt", value}})};
    if (shape == 1) return {true, Value::object({{"output", value}, {"alt", value}})};
    return {true, Value::object({{"output", value}})};
}

}  // namespace signalbox::test
