// What sub-workflows are given against what they declare, as far as a document tells without being run.
#include <algorithm>

#include "engine/params.h"
#include "engine/validate_context.h"

namespace signalbox::engine {
namespace {

/// The one wire that brings a node's inputs; null when there are none or several.
const Wire* onlyWire(const ValidationContext& context, std::size_t node) {
    const Wire* only = nullptr;
    for (const Wire& wire : context.wires) {
        if (wire.to != node || wire.kind == EdgeKind::LoopBack || wire.kind == EdgeKind::Compensation) continue;
        if (only != nullptr) return nullptr;
        only = &wire;
    }
    return only;
}

/// The value that a node gets on its only wire, when the document says it outright: that of a ConstantNode or of an
/// input's default does not count, because a run may be given another.
const Value* constantInput(const ValidationContext& context, std::size_t node) {
    const Wire* const wire = onlyWire(context, node);
    if (wire == nullptr || wire->from == kNone) return nullptr;
    const NodeDecl& source = context.document.nodes[wire->from];
    if (source.type != "ConstantNode" || !context.document.edges[wire->edge].when.empty()) return nullptr;
    const Value& value = source.params["value"];
    return value.isObject() && !isExpressionObject(value) ? &value : nullptr;
}

/// The inputs that a sub-workflow is given against those that it declares, as far as the document tells.
void checkInputsOf(ValidationContext& context, std::size_t node, const Document& child) {
    std::vector<std::string> names;
    std::string missing;
    const bool wired =
        std::any_of(context.wires.begin(), context.wires.end(), [node](const Wire& wire) { return wire.to == node; });
    const Value* const given = constantInput(context, node);
    if (wired && given == nullptr) return;
    for (const InputDecl& input : child.inputs) {
        names.push_back(input.name);
        const bool needed = input.required && input.defaultValue.isUndefined();
        if (!needed || (given != nullptr && given->find(input.name) != nullptr)) continue;
        missing += (missing.empty() ? "\"" : ", \"") + input.name + "\"";
    }
    if (!missing.empty()) {
        context.atNode(node, FindingCode::SubWorkflow, "/params/workflow",
                       "The sub-workflow \"" + child.id + "\" needs the input " + missing + ", which is not given",
                       "Wire an object with it to the port \"inputs\".");
    }
    if (given == nullptr) return;
    for (const auto& [name, value] : given->members()) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        context.atNode(node, FindingCode::SubWorkflow, "/params/workflow",
                       "The sub-workflow \"" + child.id + "\" has no input \"" + std::string(name) + "\"",
                       context.suggest(name, names));
    }
}

}  // namespace

void checkChildInputs(ValidationContext& context) {
    for (std::size_t node = 0; node < context.document.nodes.size(); ++node) {
        if (context.manifests[node] == nullptr || context.manifests[node]->behaviour != Behaviour::SubWorkflow)
            continue;
        const Value& params = context.document.nodes[node].params;
        const Value& version = params["version"];
        if (!params["workflow"].isString() || !version.isInteger() || version.asInteger() < 1) continue;
        if (version.asInteger() > 1'000'000'000) continue;
        const auto& child =
            context.subWorkflow(std::string(params["workflow"].asString()), static_cast<int>(version.asInteger()));
        if (child && *child != nullptr && (*child)->id != context.document.id) checkInputsOf(context, node, **child);
    }
}

}  // namespace signalbox::engine
