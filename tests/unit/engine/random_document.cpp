#include "random_document.h"

#include <array>
#include <limits>

namespace signalbox::test {
namespace {

using namespace engine;

bool chance(Random& random, std::uint64_t oneIn) { return random.below(oneIn) == 0; }

std::string randomText(Random& random) {
    static const std::array<const char*, 10> pieces{"a",  "node",   " ",  "\"",   "\\",
                                                    "\n", "\u00fc", "/~", "\x01", "\U0001f680"};
    std::string text;
    for (std::uint64_t i = random.below(5); i > 0; --i) text += pieces.at(random.below(pieces.size()));
    return text;
}

std::string randomName(Random& random) { return "n" + std::to_string(random.below(1000)); }
PortRef randomPort(Random& random) { return {randomName(random), chance(random, 5) ? "error" : "output"}; }
Micros randomSpan(Random& random) {
    return 1 + static_cast<Micros>(random.below(std::uint64_t{1} << (1 + random.below(40))));
}

Value randomExtra(Random& random) {
    if (!chance(random, 6)) return Value::object();
    return Value::object({{"x-" + randomName(random), randomValue(random)}, {"x-" + randomText(random), Value(1)}});
}

RetryPolicy randomRetry(Random& random) {
    RetryPolicy retry;
    retry.maxAttempts = 1 + static_cast<int>(random.below(9));
    if (chance(random, 2)) retry.backoff = randomSpan(random);
    if (chance(random, 2)) retry.multiplier = 1 + random.unit() * 3;
    if (chance(random, 2)) retry.jitter = random.unit();
    if (chance(random, 2)) retry.maxBackoff = randomSpan(random);
    if (chance(random, 2)) retry.retryOn = {"http.*", randomName(random)};
    return retry;
}

NodeDecl randomNode(Random& random) {
    NodeDecl node;
    node.id = randomName(random);
    node.type = randomName(random) + "Node";
    node.title = randomText(random);
    node.note = randomText(random);
    if (chance(random, 2))
        node.params = Value::object({{randomText(random), randomValue(random)}, {"p", randomValue(random)}});
    if (chance(random, 3)) node.retry = randomRetry(random);
    if (chance(random, 4)) node.attemptTimeout = randomSpan(random);
    if (chance(random, 4)) node.totalTimeout = randomSpan(random);
    if (chance(random, 4)) node.memoTtl = randomSpan(random);
    node.onError = static_cast<OnError>(random.below(4));
    node.extra = randomExtra(random);
    return node;
}

EdgeDecl randomEdge(Random& random) {
    EdgeDecl edge;
    edge.from = randomPort(random);
    edge.to = randomPort(random);
    if (chance(random, 3)) edge.when = randomText(random);
    if (chance(random, 4))
        edge.loop = LoopDecl{static_cast<int>(random.below(10)), randomText(random), chance(random, 2)};
    edge.extra = randomExtra(random);
    return edge;
}

void addInterface(Random& random, Document& document) {
    for (std::uint64_t i = random.below(4); i > 0; --i) {
        InputDecl& input = document.inputs.emplace_back();
        input.name = randomName(random);
        if (chance(random, 2)) input.type = "array<number>";
        input.required = chance(random, 2);
        if (chance(random, 2)) input.defaultValue = randomValue(random);
        input.help = randomText(random);
        input.extra = randomExtra(random);
    }
    for (std::uint64_t i = random.below(4); i > 0; --i) {
        document.outputs.push_back({randomName(random), randomPort(random), randomExtra(random)});
    }
    for (std::uint64_t i = random.below(4); i > 0; --i) {
        ErrorRule& rule = document.errors.emplace_back();
        rule.code = randomName(random) + ".*";
        rule.action = static_cast<ErrorRule::Action>(random.below(3));
        rule.returnSucceeded = chance(random, 2);
        if (chance(random, 2)) rule.returnValue = randomValue(random);
        if (chance(random, 2)) rule.retry = randomRetry(random);
        if (chance(random, 2)) rule.to = randomPort(random);
        rule.extra = randomExtra(random);
    }
}

void addLayout(Random& random, Layout& layout) {
    const auto coordinate = [&random] {
        return chance(random, 2) ? static_cast<double>(random.below(2000)) - 1000 : random.unit() * 1e6;
    };
    for (std::uint64_t i = random.below(5); i > 0; --i) {
        layout.positions[chance(random, 5) ? randomText(random) : randomName(random)] = {coordinate(), coordinate()};
    }
    for (std::uint64_t i = random.below(3); i > 0; --i) {
        layout.groups.push_back(
            {randomName(random), randomText(random), "series1", {randomName(random)}, randomExtra(random)});
    }
    for (std::uint64_t i = random.below(3); i > 0; --i) {
        layout.comments.push_back({randomName(random),
                                   randomText(random),
                                   {coordinate(), coordinate()},
                                   coordinate(),
                                   coordinate(),
                                   randomExtra(random)});
    }
    layout.extra = randomExtra(random);
}

/// A wire between two nodes of a workflow; forward in most cases.
EdgeDecl workflowEdge(Random& random, const std::vector<NodeDecl>& nodes) {
    const std::size_t a = random.below(nodes.size());
    const std::size_t b = random.below(nodes.size());
    EdgeDecl edge;
    edge.from = {nodes[std::min(a, b)].id, "output"};
    edge.to = {nodes[std::max(a, b)].id, "input"};
    if (chance(random, 12)) edge.from.port = "error";
    if (chance(random, 15)) edge.when = chance(random, 20) ? "$ >" : "$exists($)";
    if (chance(random, 10)) {
        std::swap(edge.from.node, edge.to.node);
        if (!chance(random, 8)) edge.loop = LoopDecl{1 + static_cast<int>(random.below(4)), "", true};
    }
    if (chance(random, 60)) edge.from.port = "outptu";
    if (chance(random, 80)) edge.to.node = "nowhere";
    return edge;
}

}  // namespace

Value randomValue(Random& random, int depth) {
    switch (random.below(depth > 0 ? 8 : 6)) {
        case 0:
            return Value();
        case 1:
            return Value(chance(random, 2));
        case 2:
            return Value(static_cast<long>(random.next()));
        case 3:
            return Value(random.unit() * 1e300);
        case 4:
            return Value(std::numeric_limits<double>::denorm_min());
        case 5:
            return Value(randomText(random));
        case 6: {
            std::vector<Value> items;
            for (std::uint64_t i = random.below(4); i > 0; --i) items.push_back(randomValue(random, depth - 1));
            return Value::array(std::move(items));
        }
        default: {
            std::vector<Member> members;
            for (std::uint64_t i = random.below(4); i > 0; --i) {
                members.emplace_back(randomText(random), randomValue(random, depth - 1));
            }
            return Value::object(std::move(members));
        }
    }
}

Document randomDocument(Random& random) {
    Document document;
    document.id = randomName(random);
    document.name = randomText(random);
    document.description = randomText(random);
    document.version = 1 + static_cast<int>(random.below(50));
    if (chance(random, 4)) document.extends = randomName(random);
    document.maxParallelRuns = static_cast<int>(random.below(3));
    for (std::uint64_t i = random.below(3); i > 0; --i) document.tags.push_back(randomText(random));
    for (std::uint64_t i = random.below(6); i > 0; --i) document.nodes.push_back(randomNode(random));
    for (std::uint64_t i = random.below(8); i > 0; --i) document.edges.push_back(randomEdge(random));
    addInterface(random, document);
    addLayout(random, document.layout);
    document.extra = randomExtra(random);
    return document;
}

Document randomWorkflow(Random& random, int maxNodes) {
    static const std::array<const char*, 5> types{"CollectNode", "CollectNode", "MergeNode", "EffectNode",
                                                  "SourceNode"};
    Document document;
    document.id = "random";
    const auto count = 1 + random.below(static_cast<std::uint64_t>(maxNodes));
    for (std::uint64_t i = 0; i < count; ++i) {
        NodeDecl& node = document.nodes.emplace_back();
        node.id = "n" + std::to_string(i);
        node.type = i == 0 ? "SourceNode" : types.at(random.below(types.size() - 1));
        if (node.type == "MergeNode" && chance(random, 2)) {
            node.params = Value::object({{"mode", chance(random, 2) ? "first" : "waitAny"}});
        }
        if (chance(random, 40)) node.type = "NoSuchNode";
    }
    for (std::uint64_t i = random.below(2 * count); i > 0; --i)
        document.edges.push_back(workflowEdge(random, document.nodes));
    if (chance(random, 4)) {
        const std::string undone = document.nodes[random.below(count)].id;
        NodeDecl& undo = document.nodes.emplace_back();
        undo.id = "undo";
        undo.type = "EffectNode";
        document.edges.emplace_back().from = {undone, "compensate"};
        document.edges.back().to = {"undo", "input"};
    }
    if (chance(random, 3)) {
        ErrorRule& rule = document.errors.emplace_back();
        rule.code = "*";
        rule.action = ErrorRule::Action::Route;
        rule.to = {document.nodes[random.below(document.nodes.size())].id, "input"};
    }
    return document;
}

}  // namespace signalbox::test
