#include <algorithm>
#include <utility>

#include "engine/document_members.h"
#include "engine/params.h"
#include "engine/validate_context.h"
#include "expr/expression.h"

namespace signalbox::engine {
namespace {

/// The parameters of one node, or of the items of one map.
class ParamCheck {
public:
    ParamCheck(ValidationContext& context, std::size_t node, const NodeType& type, const Value& params,
               const std::string& suffix)
        : context_(context),
          node_(node),
          type_(type),
          schema_(type.manifest().paramsSchema),
          params_(params),
          suffix_(suffix),
          before_(context.findings.size()) {}

    void run() {
        if (!params_.empty()) {
            checkNames();
            collectParamExpressions(params_, "", expressions_);
            checkAgainstSchema();
            checkExpressions();
        }
        checkMissing();
        if (context_.prepare && type_.manifest().behaviour == Behaviour::Task && context_.findings.size() == before_) {
            checkPrepare();
        }
    }

private:
    void report(FindingCode code, const std::string& pointer, std::string message, std::string hint = {}) {
        context_.atNode(node_, code, suffix_ + pointer, std::move(message), std::move(hint));
    }

    void checkNames() {
        const Value& others = schema_["additionalProperties"];
        if (others.isObject() || others.asBoolean() || schema_["patternProperties"].isObject()) return;
        const Value& properties = schema_["properties"];
        for (const auto& [name, value] : params_.members()) {
            if (properties.find(name) != nullptr) continue;
            std::vector<std::string> names;
            for (const auto& property : properties.members()) names.push_back(property.first);
            report(FindingCode::UnknownParameter, childPointer("", name),
                   type_.manifest().type + " has no parameter \"" + name + "\"",
                   context_.suggest(name, names, names.empty() ? "It has no parameters." : ""));
        }
    }

    void checkMissing() {
        const Value& properties = schema_["properties"];
        for (const Value& each : schema_["required"].items()) {
            const std::string name(each.asString());
            if (params_.find(name) != nullptr || properties[name]["default"].isDefined()) continue;
            report(FindingCode::MissingParameter, "", type_.manifest().type + " needs the parameter \"" + name + "\"");
        }
    }

    /// Whether a place is one that is computed later, or lies inside one.
    [[nodiscard]] bool isComputed(const std::string& pointer) const {
        return std::any_of(expressions_.begin(), expressions_.end(), [&](const ParamExpression& each) {
            return pointer.compare(0, each.pointer.size(), each.pointer) == 0 &&
                   (pointer.size() == each.pointer.size() || pointer[each.pointer.size()] == '/');
        });
    }

    void checkAgainstSchema() {
        const JsonSchema* const compiled = context_.paramsSchema(type_.manifest());
        if (compiled == nullptr) return;
        for (const SchemaViolation& violation : compiled->validate(params_)) {
            if (isComputed(violation.pointer)) continue;
            const auto slash = violation.pointer.rfind('/');
            const std::string name =
                slash == std::string::npos ? "The parameters" : "\"" + violation.pointer.substr(slash + 1) + "\"";
            report(FindingCode::ParameterType, violation.pointer, name + " " + violation.message);
        }
    }

    void checkExpressions() {
        std::vector<ParamExpression> texts;
        std::vector<std::string> misplaced;
        collectExpressionTexts(schema_, params_, "", texts, misplaced);
        for (const std::string& pointer : misplaced) {
            report(FindingCode::ParameterType, pointer, "This parameter is an expression itself and cannot be computed",
                   "Write the expression as text.");
        }
        for (const ParamExpression& each : expressions_) {
            if (std::find(misplaced.begin(), misplaced.end(), each.pointer) != misplaced.end()) continue;
            checkSyntax(each.text, each.pointer + "/$expr");
        }
        for (const ParamExpression& each : texts) checkSyntax(each.text, each.pointer);
    }

    void checkSyntax(const std::string& text, const std::string& pointer) {
        const auto compiled = expr::Expression::compile(text);
        if (compiled) return;
        report(FindingCode::ExpressionSyntax, pointer,
               "The expression does not parse: " + compiled.error().message + " (" + compiled.error().where + ")",
               compiled.error().hint);
    }

    void checkPrepare() {
        const auto prepared = type_.prepare(withDefaults(schema_, params_));
        if (prepared) return;
        const std::string& where = prepared.error().where;
        const bool named = params_.find(where) != nullptr;
        report(FindingCode::ParameterInvalid, named ? childPointer("", where) : "", prepared.error().message,
               prepared.error().hint);
    }

    ValidationContext& context_;
    std::size_t node_;
    const NodeType& type_;
    const Value& schema_;
    const Value& params_;
    const std::string& suffix_;
    std::size_t before_;
    std::vector<ParamExpression> expressions_;
};

/// A member that shapes the plan itself and so cannot be computed when the node starts.
void checkStatic(ValidationContext& context, std::size_t node, const char* name) {
    const Value& value = context.document.nodes[node].params[name];
    if (!isExpressionObject(value)) return;
    context.atNode(node, FindingCode::ParameterType, std::string("/params/") + name,
                   std::string("\"") + name + "\" must be known before the run and cannot be computed",
                   "Write the value itself.");
}

bool isRequired(const Value& schema, std::string_view name) {
    const auto names = schema["required"].items();
    return std::any_of(names.begin(), names.end(), [name](const Value& each) { return each.asString() == name; });
}

void checkPinned(ValidationContext& context, std::size_t node) {
    const Value& params = context.document.nodes[node].params;
    const Value& workflow = params["workflow"];
    const Value& version = params["version"];
    // Said already: computed, or missing where the schema demands it.
    if (isExpressionObject(version)) return;
    if (version.isUndefined() && isRequired(context.manifests[node]->paramsSchema, "version")) return;
    const std::string id(workflow.asString());
    if (workflow.isString() && id.empty()) {
        context.atNode(node, FindingCode::SubWorkflow, "/params/workflow", "The sub-workflow has no id");
        return;
    }
    if (!version.isInteger() || version.asInteger() < 1 || version.asInteger() > 1'000'000'000) {
        context.atNode(node, FindingCode::SubWorkflow, version.isUndefined() ? "/params" : "/params/version",
                       "The version of the sub-workflow \"" + id + "\" is not pinned",
                       "Give a \"version\" of at least 1, so that later changes to it do not change this workflow.");
        return;
    }
    if (!workflow.isString()) return;
    const auto& found = context.subWorkflow(id, static_cast<int>(version.asInteger()));
    if (found) {
        // An older version of the same workflow is another one.
        const bool same = version.asInteger() == context.document.version ||
                          (*found != nullptr && (*found)->nodes == context.document.nodes);
        if (id == context.document.id && same) {
            context.atNode(node, FindingCode::SubWorkflow, "/params/workflow",
                           "The workflow \"" + id + "\" starts itself and would never end",
                           "Start another workflow, or use a loop.");
        }
        return;
    }
    context.atNode(node, FindingCode::SubWorkflow, "/params/workflow",
                   "The sub-workflow \"" + id + "\" version " + std::to_string(version.asInteger()) +
                       " cannot be used: " + found.error().message,
                   found.error().hint);
}

void checkMapItem(ValidationContext& context, std::size_t node, const Value& item) {
    const std::string name(item["type"].asString());
    const NodeType* const type = context.registry.find(name);
    if (type == nullptr) {
        context.atNode(node, FindingCode::UnknownNodeType, "/params/node/type",
                       "There is no node type \"" + name + "\" for the items",
                       context.suggest(name, context.registry.typeNames()));
        return;
    }
    if (type->manifest().behaviour != Behaviour::Task || type->manifest().inputs.empty()) {
        context.atNode(node, FindingCode::ParameterType, "/params/node/type", name + " cannot work on items one by one",
                       "Choose a node type that computes and has an input, or a sub-workflow.");
        return;
    }
    const Value& params = item["params"];
    if (params.isDefined() && !params.isObject()) return;  // its schema says so
    checkParams(context, node, *type, params.isObject() ? params : Value::object(), "/params/node/params");
}

void checkMap(ValidationContext& context, std::size_t node) {
    const Value& params = context.document.nodes[node].params;
    for (const char* const name : {"concurrency", "onItemError", "node", "workflow", "version"}) {
        checkStatic(context, node, name);
    }
    const Value& item = params["node"];
    const bool hasWorkflow = params["workflow"].isDefined();
    if (item.isDefined() && hasWorkflow) {
        context.atNode(node, FindingCode::ParameterType, "/params", "A map has a \"node\" or a \"workflow\", not both",
                       "Remove one of them.");
    } else if (hasWorkflow) {
        checkPinned(context, node);
    } else if (!item.isDefined()) {
        context.atNode(node, FindingCode::MissingParameter, "/params", "A map needs a \"node\" or a \"workflow\"");
    } else if (item.isObject() && !isExpressionObject(item)) {
        checkMapItem(context, node, item);
    }
}

}  // namespace

void checkParams(ValidationContext& context, std::size_t node, const NodeType& type, const Value& params,
                 const std::string& suffix) {
    ParamCheck(context, node, type, params, suffix).run();
}

void checkFlowParams(ValidationContext& context, std::size_t node, const NodeManifest& manifest) {
    switch (manifest.behaviour) {
        case Behaviour::Merge:
            checkStatic(context, node, "mode");
            break;
        case Behaviour::Map:
            checkMap(context, node);
            break;
        case Behaviour::SubWorkflow:
            checkStatic(context, node, "workflow");
            checkStatic(context, node, "version");
            if (context.document.nodes[node].params["workflow"].isString()) checkPinned(context, node);
            break;
        case Behaviour::Task:
        case Behaviour::Delay:
        case Behaviour::WaitForSignal:
        case Behaviour::Approval:
            break;
    }
}

}  // namespace signalbox::engine
