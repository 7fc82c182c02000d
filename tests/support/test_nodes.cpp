#include "support/test_nodes.h"

#include <stdexcept>
#include <utility>

#include "base/json.h"

namespace signalbox::test {
namespace {

using engine::Behaviour;
using engine::Effect;
using engine::NodeCall;
using engine::NodeManifest;
using engine::NodeResult;

class FunctionBehaviour final : public engine::SyncNode {
public:
    explicit FunctionBehaviour(NodeFunction run) : run_(std::move(run)) {}
    [[nodiscard]] NodeResult run(const NodeCall& call) const override { return run_(call); }

private:
    NodeFunction run_;
};

class FunctionNodeType final : public engine::NodeType {
public:
    FunctionNodeType(NodeManifest manifest, NodeFunction run)
        : manifest_(std::move(manifest)), behaviour_(std::make_shared<FunctionBehaviour>(std::move(run))) {}
    [[nodiscard]] const NodeManifest& manifest() const override { return manifest_; }
    [[nodiscard]] Result<std::shared_ptr<const engine::NodeBehaviour>> prepare(const Value& params) const override {
        if (params.find("bad") != nullptr) {
            return fail("node.bad-parameter", "The parameter \"bad\" is refused", "bad", "Leave it out.");
        }
        return behaviour_;
    }

private:
    NodeManifest manifest_;
    std::shared_ptr<const engine::NodeBehaviour> behaviour_;
};

/// Literals of this file; a mistake in one of them is a broken test.
Value json(const char* text) {
    auto value = parseJson(text);
    if (!value) throw std::logic_error("test_nodes.cpp: " + value.error().message);
    return *value;
}

NodeResult passInput(const NodeCall& call) { return engine::onOutput(call.input("input")); }

NodeManifest flowManifest(const char* type, Behaviour behaviour, const char* paramsSchema) {
    NodeManifest manifest = makeManifest(type);
    manifest.behaviour = behaviour;
    manifest.category = "flow";
    manifest.paramsSchema = json(paramsSchema);
    return manifest;
}

NodeManifest typedManifest() {
    NodeManifest manifest = makeManifest("TypedNode");
    manifest.inputs = {makePort("text", "string", true), makePort("count", "integer"),
                       makePort("list", "array<string>")};
    manifest.outputs = {makePort("text", "string"),          makePort("count", "integer"),
                        makePort("ratio", "number"),         makePort("list", "array<string>"),
                        makePort("flags", "array<boolean>"), makePort("thing", "object")};
    manifest.paramsSchema = json(R"({
        "type": "object", "additionalProperties": false, "required": ["limit"],
        "properties": {
            "limit": {"type": "integer", "minimum": 1, "title": "Limit"},
            "mode": {"type": "string", "enum": ["fast", "safe"], "default": "safe"},
            "expression": {"type": "string", "x-expression": true},
            "options": {"type": "object", "properties": {"depth": {"type": "integer", "default": 3},
                                                          "name": {"type": "string"}}},
            "columns": {"type": "array", "items": {"type": "object", "properties": {
                "name": {"type": "string"}, "value": {"type": "string", "x-expression": true}}}}
        }})");
    return manifest;
}

NodeResult runTyped(const NodeCall& call) {
    return Value::object({{"text", call.input("text")}, {"count", call.input("count")}, {"list", call.input("list")}});
}

void addFlowNodes(engine::Registry& registry) {
    NodeManifest merge = flowManifest("MergeNode", Behaviour::Merge, R"({"type": "object", "properties": {
        "mode": {"type": "string", "enum": ["waitAll", "waitAny", "first"], "default": "waitAll"}}})");
    merge.inputs = {makePort("input", "any", false, true)};
    NodeManifest map = flowManifest("MapNode", Behaviour::Map, R"({"type": "object", "properties": {
        "concurrency": {"type": "integer", "minimum": 1, "default": 8},
        "onItemError": {"type": "string", "enum": ["fail", "null", "skip", "collect"], "default": "fail"},
        "node": {"type": "object", "required": ["type"], "properties": {
            "type": {"type": "string"}, "params": {"type": "object"}}},
        "workflow": {"type": "string"}, "version": {"type": "integer"}}})");
    map.inputs = {makePort("input", "array<any>", true)};
    map.outputs = {makePort("output", "array<any>")};
    const NodeManifest sub = flowManifest("SubWorkflowNode", Behaviour::SubWorkflow, R"({"type": "object",
        "required": ["workflow", "version"],
        "properties": {"workflow": {"type": "string"}, "version": {"type": "integer"}}})");
    const NodeManifest delay = flowManifest("DelayNode", Behaviour::Delay, R"({"type": "object",
        "required": ["duration"], "properties": {"duration": {"type": "string"}}})");
    const NodeManifest signal = flowManifest("WaitForSignalNode", Behaviour::WaitForSignal, R"({"type": "object",
        "required": ["name"], "properties": {"name": {"type": "string"}, "timeout": {"type": "string"}}})");
    const NodeManifest approval = flowManifest("ApprovalNode", Behaviour::Approval, R"({"type": "object",
        "properties": {"message": {"type": "string"}, "expiry": {"type": "string"}}})");
    for (const NodeManifest& manifest : {merge, map, sub, delay, signal, approval}) {
        if (!registry.add(makeNodeType(manifest, passInput))) throw std::logic_error(manifest.type);
    }
}

}  // namespace

std::unique_ptr<engine::NodeType> makeNodeType(NodeManifest manifest, NodeFunction run) {
    return std::make_unique<FunctionNodeType>(std::move(manifest), std::move(run));
}

engine::PortDecl makePort(const char* name, const char* type, bool required, bool many) {
    engine::PortDecl port;
    port.name = name;
    port.type = engine::PortType::parse(type).value();
    port.required = required;
    port.many = many;
    return port;
}

NodeManifest makeManifest(const char* type) {
    NodeManifest manifest;
    manifest.type = type;
    manifest.title = type;
    manifest.category = "data";
    manifest.inputs = {makePort("input")};
    manifest.outputs = {makePort("output")};
    return manifest;
}

void addTestNodes(engine::Registry& registry) {
    const auto add = [&registry](NodeManifest manifest, NodeFunction run) {
        const std::string name = manifest.type;
        if (!registry.add(makeNodeType(std::move(manifest), std::move(run)))) throw std::logic_error(name);
    };
    add(makeManifest("PassNode"), passInput);
    NodeManifest source = makeManifest("SourceNode");
    source.inputs.clear();
    source.paramsSchema = json(R"({"type": "object", "properties": {"value": {"default": 1}}})");
    add(source, [](const NodeCall& call) { return engine::onOutput(call.param("value")); });
    add(typedManifest(), runTyped);
    NodeManifest collect = makeManifest("CollectNode");
    collect.inputs = {makePort("input", "any", false, true)};
    collect.outputs = {makePort("output", "array<any>")};
    add(collect, passInput);
    NodeManifest effect = makeManifest("EffectNode");
    effect.effect = Effect::Effectful;
    add(effect, passInput);
    NodeManifest read = makeManifest("ReadNode");
    read.effect = Effect::ReadOnly;
    add(read, passInput);
    NodeManifest picky = makeManifest("PickyNode");
    picky.paramsSchema = json(R"({"type": "object", "properties": {"bad": {}, "good": {"type": "integer"}}})");
    add(picky, passInput);
    addFlowNodes(registry);
}

std::unique_ptr<engine::Registry> makeTestRegistry() {
    auto registry = std::make_unique<engine::Registry>();
    addTestNodes(*registry);
    return registry;
}

}  // namespace signalbox::test
