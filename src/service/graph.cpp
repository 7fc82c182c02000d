#include "service/graph.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"

namespace signalbox::service {

namespace {

constexpr std::size_t kLongestSubtitle = 40;
/// Names of parameters by how much they tell; others follow in the order of the schema.
constexpr std::array<std::string_view, 24> kTelling = {
    "url",  "path",   "file",     "sql",     "query",    "expression", "condition", "predicate",
    "code", "by",     "key",      "keys",    "mode",     "duration",   "until",     "signal",
    "name", "prompt", "question", "message", "workflow", "node",       "field",     "value"};

std::string shortened(std::string_view text) {
    text = text.substr(0, text.find('\n'));
    std::string line(text);
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    line.erase(0, first);
    line.erase(line.find_last_not_of(" \t\r") + 1);
    std::size_t offset = 0;
    for (std::size_t count = 0; offset < line.size(); ++count) {
        if (count == kLongestSubtitle - 1 && offset + utf8SequenceLength(line, offset) < line.size()) {
            return line.substr(0, offset) + "…";
        }
        offset += std::max<std::size_t>(1, utf8SequenceLength(line, offset));
    }
    return line;
}

std::string shown(const Value& value) {
    if (value.isString()) return shortened(value.asString());
    if (const Value* expression = value.find("$expr")) return shortened(fmt::format("= {}", expression->asString()));
    if (value.isNull() || value.isUndefined() || value.isBoolean()) return {};
    if (value.isNumber()) return writeJson(value);
    if (value.empty()) return {};
    return shortened(writeJson(value));
}

bool isSecret(const engine::NodeManifest* manifest, std::string_view name) {
    return manifest != nullptr && manifest->paramsSchema["properties"][name]["x-secret"].asBoolean();
}

std::vector<protocol::GraphPort> portsOf(const std::vector<engine::PortDecl>& declared) {
    std::vector<protocol::GraphPort> ports;
    ports.reserve(declared.size());
    for (const auto& port : declared) ports.push_back({port.name, port.type.toString(), port.required, port.many});
    return ports;
}

void addPort(std::vector<protocol::GraphPort>& ports, const std::string& name) {
    const auto same = [&](const auto& port) { return port.name == name; };
    if (!name.empty() && std::none_of(ports.begin(), ports.end(), same)) ports.push_back({name, "any", false, false});
}

const char* kindOf(const engine::EdgeDecl& edge) {
    if (edge.loop) return "loop";
    if (edge.from.node == engine::kInputsNode) return "input";
    if (edge.from.port == engine::kErrorPort) return "error";
    if (edge.from.port == engine::kCompensatePort) return "compensation";
    return "data";
}

protocol::GraphNode nodeOf(const engine::NodeDecl& decl, const engine::Layout& layout,
                           const engine::NodeManifest* manifest) {
    protocol::GraphNode node;
    node.id = decl.id;
    node.title = decl.title.empty() ? decl.id : decl.title;
    node.type = decl.type;
    node.note = decl.note;
    node.params = decl.params;
    node.subtitle = subtitleOf(decl.params, manifest);
    if (manifest != nullptr) {
        node.icon = manifest->icon;
        node.colourRole = manifest->colourRole;
        node.effect = engine::effectName(manifest->effect);
        node.inputs = portsOf(manifest->inputs);
        node.outputs = portsOf(manifest->outputs);
    }
    if (const auto place = layout.positions.find(decl.id); place != layout.positions.end()) {
        node.placed = true;
        node.x = place->second.x;
        node.y = place->second.y;
    }
    return node;
}

void addLayout(protocol::Graph& graph, const engine::Layout& layout) {
    for (const auto& group : layout.groups) {
        graph.groups.push_back({group.id, group.title, group.colourRole, group.nodes});
    }
    for (const auto& comment : layout.comments) {
        graph.comments.push_back(
            {comment.id, comment.text, comment.position.x, comment.position.y, comment.width, comment.height});
    }
}

}  // namespace

std::string subtitleOf(const Value& params, const engine::NodeManifest* manifest) {
    for (const std::string_view name : kTelling) {
        if (isSecret(manifest, name)) continue;
        if (std::string text = shown(params[name]); !text.empty()) return text;
    }
    for (const auto& [name, value] : params.members()) {
        if (isSecret(manifest, name)) continue;
        if (std::string text = shown(value); !text.empty()) return text;
    }
    return {};
}

protocol::Graph graphOf(const engine::Document& document, const engine::Registry& registry) {
    protocol::Graph graph;
    std::unordered_map<std::string_view, std::size_t> unknown;
    graph.nodes.reserve(document.nodes.size());
    for (const auto& decl : document.nodes) {
        const auto* manifest = registry.manifest(decl.type);
        if (manifest == nullptr) unknown.emplace(decl.id, graph.nodes.size());
        graph.nodes.push_back(nodeOf(decl, document.layout, manifest));
    }
    graph.edges.reserve(document.edges.size());
    for (const auto& edge : document.edges) {
        const char* kind = kindOf(edge);
        graph.edges.push_back({edge.from.node, edge.from.port, edge.to.node, edge.to.port, kind, edge.when});
        const bool reserved = edge.from.port == engine::kErrorPort || edge.from.port == engine::kCompensatePort;
        if (const auto from = unknown.find(edge.from.node); from != unknown.end() && !reserved) {
            addPort(graph.nodes[from->second].outputs, edge.from.port);
        }
        if (const auto to = unknown.find(edge.to.node); to != unknown.end()) {
            addPort(graph.nodes[to->second].inputs, edge.to.port);
        }
    }
    addLayout(graph, document.layout);
    return graph;
}

void placeLike(protocol::Graph& graph, const engine::Layout& layout) {
    for (auto& node : graph.nodes) {
        const auto place = layout.positions.find(node.id);
        if (node.placed || place == layout.positions.end()) continue;
        node.placed = true;
        node.x = place->second.x;
        node.y = place->second.y;
    }
    if (graph.groups.empty() && graph.comments.empty()) addLayout(graph, layout);
}

}  // namespace signalbox::service
