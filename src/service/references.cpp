#include "service/references.h"

#include <algorithm>

#include "service/workspace.h"

namespace signalbox::service {

namespace {

void sortOut(std::vector<std::string>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

std::vector<std::string> referencesOf(const engine::Document& document) {
    std::vector<std::string> ids;
    if (!document.extends.empty()) ids.push_back(document.extends);
    for (const auto& node : document.nodes) {
        if (node.type != "SubWorkflowNode" && node.type != "MapNode") continue;
        const Value& workflow = node.params["workflow"];
        if (workflow.isString() && !workflow.asString().empty()) ids.emplace_back(workflow.asString());
    }
    sortOut(ids);
    return ids;
}

std::vector<std::string> usersOf(const WorkspaceScan& scan, const std::string& id) {
    const auto users = scan.usedBy.find(id);
    if (users == scan.usedBy.end()) return {};
    std::vector<std::string> ids = users->second;
    sortOut(ids);
    return ids;
}

std::vector<protocol::WorkflowInput> inputsOf(const engine::Document& document) {
    std::vector<protocol::WorkflowInput> inputs;
    for (const auto& input : document.inputs) {
        inputs.push_back({input.name, input.type, input.required, input.defaultValue, input.help});
    }
    return inputs;
}

}  // namespace signalbox::service
