#include "engine/registry.h"

#include <set>
#include <utility>

#include "base/json_schema.h"
#include "engine/document.h"

namespace signalbox::engine {
namespace {

constexpr std::string_view kSuffix = "Node";
constexpr std::size_t kMaxPorts = 1000;  // a plan counts ports in 16 bits

Status checkPorts(const NodeManifest& manifest, const std::vector<PortDecl>& ports, bool outputs) {
    std::set<std::string_view> names;
    if (ports.size() > kMaxPorts) return fail("registry.manifest", "Too many ports", manifest.type);
    for (const PortDecl& port : ports) {
        if (port.name.empty() || !names.insert(port.name).second) {
            return fail("registry.manifest", "Port name \"" + port.name + "\" is empty or used twice", manifest.type);
        }
        if (outputs && (port.name == kErrorPort || port.name == kCompensatePort)) {
            return fail("registry.manifest", "The output name \"" + port.name + "\" is reserved", manifest.type);
        }
        if (port.schema.isUndefined()) continue;
        if (auto schema = JsonSchema::compile(port.schema); !schema) {
            return fail("registry.manifest", "Port \"" + port.name + "\": " + schema.error().message, manifest.type);
        }
    }
    return {};
}

}  // namespace

Status Registry::add(std::unique_ptr<NodeType> type) {
    const NodeManifest& manifest = type->manifest();
    const std::string& name = manifest.type;
    if (name.size() <= kSuffix.size() || name.substr(name.size() - kSuffix.size()) != kSuffix) {
        return fail("registry.name", "The node type \"" + name + "\" does not end in \"Node\"", name);
    }
    SIGNALBOX_CHECK(checkPorts(manifest, manifest.inputs, false));
    SIGNALBOX_CHECK(checkPorts(manifest, manifest.outputs, true));
    if (!manifest.paramsSchema.isObject()) {
        return fail("registry.manifest", "The schema of the parameters is no object", name);
    }
    if (auto schema = JsonSchema::compile(manifest.paramsSchema); !schema) {
        return fail("registry.manifest", "The schema of the parameters is invalid: " + schema.error().message, name);
    }
    if (types_.count(name) > 0) return fail("registry.duplicate", "\"" + name + "\" is registered already", name);
    types_.emplace(name, std::move(type));
    return {};
}

const NodeType* Registry::find(std::string_view type) const {
    const auto found = types_.find(type);
    return found == types_.end() ? nullptr : found->second.get();
}

const NodeManifest* Registry::manifest(std::string_view type) const {
    const NodeType* const found = find(type);
    return found == nullptr ? nullptr : &found->manifest();
}

std::vector<std::string> Registry::typeNames() const {
    std::vector<std::string> names;
    names.reserve(types_.size());
    for (const auto& entry : types_) names.push_back(entry.first);
    return names;
}

}  // namespace signalbox::engine
