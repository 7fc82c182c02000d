#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "engine/params.h"
#include "engine/plan_builder.h"

namespace signalbox::engine {
namespace {

using CompiledParams = std::vector<std::pair<std::string, expr::Expression>>;

Error refused(const std::string& node, const Error& cause) {
    Error error = cause;
    error.code = "plan.invalid";
    error.message = "Node \"" + node + "\": " + cause.message;
    error.where = cause.where.empty() ? node : node + ": " + cause.where;
    return error;
}

Status compileParams(const Value& params, CompiledParams& out) {
    std::vector<ParamExpression> found;
    collectParamExpressions(params, "", found);
    for (ParamExpression& each : found) {
        SIGNALBOX_TRY(expr::Expression compiled, expr::Expression::compile(each.text));
        out.emplace_back(std::move(each.pointer), std::move(compiled));
    }
    return {};
}

MergeMode mergeModeOf(const Value& params) {
    const std::string_view mode = params["mode"].asString();
    if (mode == "waitAny") return MergeMode::WaitAny;
    return mode == "first" ? MergeMode::First : MergeMode::WaitAll;
}

ItemErrorPolicy itemPolicyOf(const Value& params) {
    const std::string_view policy = params["onItemError"].asString();
    if (policy == "null") return ItemErrorPolicy::Null;
    if (policy == "skip") return ItemErrorPolicy::Skip;
    return policy == "collect" ? ItemErrorPolicy::Collect : ItemErrorPolicy::Fail;
}

void applyDecl(const NodeDecl& decl, PlanNode& node) {
    node.id = decl.id;
    node.hasOwnRetry = decl.retry.has_value();
    if (decl.retry) node.retry = *decl.retry;
    node.attemptTimeout = decl.attemptTimeout.value_or(0);
    node.totalTimeout = decl.totalTimeout.value_or(0);
    node.onError = decl.onError;
    node.memoTtl = decl.memoTtl.value_or(0);
}

}  // namespace

PlanBuilder::PlanBuilder(Document document, const Registry& registry)
    : registry_(registry), plan_(std::make_shared<Plan>()) {
    plan_->workflowId = document.id;
    plan_->version = document.version;
    plan_->logicHash = sha256Hex(writeLogic(document));
    plan_->document = std::move(document);
}

Result<std::shared_ptr<const Plan>> PlanBuilder::build() {
    SIGNALBOX_CHECK(addNodes());
    SIGNALBOX_CHECK(addEdges());
    buildGraph();
    SIGNALBOX_CHECK(addLoops());
    SIGNALBOX_CHECK(addInferredEdges());
    markLoopExits();
    SIGNALBOX_CHECK(findRaceLosers());
    return std::shared_ptr<const Plan>(std::move(plan_));
}

Status PlanBuilder::addNodes() {
    const auto& decls = plan_->document.nodes;
    plan_->nodes.resize(decls.size());
    plan_->byId.reserve(decls.size());
    for (std::size_t i = 0; i < decls.size(); ++i) {
        const NodeType* const type = registry_.find(decls[i].type);
        if (type == nullptr) return fail("plan.invalid", "Unknown node type \"" + decls[i].type + "\"", decls[i].id);
        plan_->byId.emplace_back(decls[i].id, static_cast<NodeIndex>(i));
        applyDecl(decls[i], plan_->nodes[i]);
        SIGNALBOX_CHECK(prepareNode(decls[i], plan_->nodes[i], *type));
    }
    std::sort(plan_->byId.begin(), plan_->byId.end());
    return {};
}

Status PlanBuilder::prepareNode(const NodeDecl& decl, PlanNode& node, const NodeType& type) const {
    node.manifest = &type.manifest();
    node.params = withDefaults(node.manifest->paramsSchema, decl.params);
    for (std::size_t port = 0; port < node.manifest->inputs.size(); ++port) {
        if (node.manifest->inputs[port].schema.isUndefined()) continue;
        auto schema = JsonSchema::compile(node.manifest->inputs[port].schema);
        if (!schema) return fail(refused(node.id, schema.error()));
        node.inputSchemas.emplace_back(static_cast<std::uint16_t>(port), std::move(*schema));
    }
    switch (node.manifest->behaviour) {
        case Behaviour::Map:
            return prepareMap(node);
        case Behaviour::Merge:
            node.mergeMode = mergeModeOf(node.params);
            break;
        case Behaviour::SubWorkflow:
            node.childWorkflow = node.params["workflow"].asString();
            node.childVersion = static_cast<int>(node.params["version"].asInteger());
            break;
        case Behaviour::Task: {
            auto prepared = type.prepare(node.params);
            if (!prepared) return fail(refused(node.id, prepared.error()));
            node.behaviour = std::move(*prepared);
            break;
        }
        case Behaviour::Delay:
        case Behaviour::WaitForSignal:
        case Behaviour::Approval:
            break;
    }
    if (auto compiled = compileParams(node.params, node.paramExpressions); !compiled) {
        return fail(refused(node.id, compiled.error()));
    }
    node.dynamicParams = !node.paramExpressions.empty();
    return {};
}

Status PlanBuilder::prepareMap(PlanNode& node) const {
    MapPlan& map = node.map.emplace();
    if (const Value& concurrency = node.params["concurrency"]; concurrency.isInteger()) {
        map.concurrency = static_cast<std::uint32_t>(std::clamp<std::int64_t>(concurrency.asInteger(), 1, 1'000'000));
    }
    map.onItemError = itemPolicyOf(node.params);
    if (const Value& item = node.params["node"]; item.isObject()) {
        const NodeType* const type = registry_.find(item["type"].asString());
        if (type == nullptr) return fail("plan.invalid", "The node type of the items is unknown", node.id);
        map.itemManifest = &type->manifest();
        const Value& given = item["params"];
        map.itemParams = withDefaults(map.itemManifest->paramsSchema, given.isObject() ? given : Value::object());
        auto prepared = type->prepare(map.itemParams);
        if (!prepared) return fail(refused(node.id, prepared.error()));
        map.itemBehaviour = std::move(*prepared);
        if (auto compiled = compileParams(map.itemParams, map.itemParamExpressions); !compiled) {
            return fail(refused(node.id, compiled.error()));
        }
    } else {
        node.childWorkflow = node.params["workflow"].asString();
        node.childVersion = static_cast<int>(node.params["version"].asInteger());
    }
    // What belongs to the items is computed for each of them, the rest for the node.
    if (auto compiled = compileParams(node.params.without("node"), node.paramExpressions); !compiled) {
        return fail(refused(node.id, compiled.error()));
    }
    node.dynamicParams = !node.paramExpressions.empty();
    return {};
}

}  // namespace signalbox::engine
