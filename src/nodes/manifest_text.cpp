#include "nodes/manifest_text.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/json.h"

namespace signalbox::nodes {
namespace {

using engine::Behaviour;
using engine::Cost;
using engine::Effect;
using engine::NodeManifest;
using engine::PortDecl;
using engine::PortType;

template <class T>
using Names = std::initializer_list<std::pair<std::string_view, T>>;

/// The enumerator that a member names; the first one when the member is missing.
template <class T>
Result<T> enumerator(const Value& manifest, std::string_view member, Names<T> names) {
    const Value* given = manifest.find(member);
    if (given == nullptr) return names.begin()->second;
    for (const auto& [name, value] : names) {
        if (given->asString() == name) return value;
    }
    return fail("manifest.invalid", fmt::format("'{}' is no {}", given->asString(), member),
                std::string(manifest["type"].asString()));
}

std::string joinLines(const Value& text) {
    if (!text.isArray()) return std::string(text.asString());
    std::string joined;
    for (const Value& line : text.items()) {
        joined += line.asString();
        joined += '\n';
    }
    return joined;
}

Result<std::vector<PortDecl>> readPorts(const Value& list) {
    std::vector<PortDecl> ports;
    for (const Value& item : list.items()) {
        SIGNALBOX_TRY(PortType type, PortType::parse(item["type"].asString()));
        ports.push_back({.name = std::string(item["name"].asString()),
                         .type = std::move(type),
                         .required = item["required"].asBoolean(),
                         .many = item["many"].asBoolean(),
                         .help = std::string(item["help"].asString()),
                         .schema = item["schema"]});
    }
    return ports;
}

Result<NodeManifest> readManifest(const Value& text) {
    NodeManifest manifest;
    manifest.type = text["type"].asString();
    if (const Value* version = text.find("version")) manifest.version = static_cast<int>(version->asInteger());
    manifest.title = text["title"].asString();
    manifest.summary = text["summary"].asString();
    manifest.help = joinLines(text["help"]);
    manifest.category = text["category"].asString();
    manifest.icon = text["icon"].asString();
    manifest.colourRole = text["colourRole"].asString();
    for (const std::string* required : {&manifest.type, &manifest.title, &manifest.summary, &manifest.category,
                                        &manifest.icon, &manifest.colourRole, &manifest.help}) {
        if (required->empty()) return fail("manifest.invalid", "A text of the manifest is missing", manifest.type);
    }
    SIGNALBOX_TRY(manifest.effect, enumerator<Effect>(text, "effect",
                                                      {{"pure", Effect::Pure},
                                                       {"read-only", Effect::ReadOnly},
                                                       {"idempotent", Effect::Idempotent},
                                                       {"effectful", Effect::Effectful}}));
    SIGNALBOX_TRY(manifest.cost,
                  enumerator<Cost>(text, "cost", {{"inline", Cost::Inline}, {"cpu", Cost::Cpu}, {"io", Cost::Io}}));
    SIGNALBOX_TRY(manifest.behaviour, enumerator<Behaviour>(text, "behaviour",
                                                            {{"task", Behaviour::Task},
                                                             {"merge", Behaviour::Merge},
                                                             {"map", Behaviour::Map},
                                                             {"subWorkflow", Behaviour::SubWorkflow},
                                                             {"delay", Behaviour::Delay},
                                                             {"waitForSignal", Behaviour::WaitForSignal},
                                                             {"approval", Behaviour::Approval}}));
    SIGNALBOX_TRY(manifest.inputs, readPorts(text["inputs"]));
    SIGNALBOX_TRY(manifest.outputs, readPorts(text["outputs"]));
    ObjectBuilder schema;
    schema.set("type", "object");
    schema.set("additionalProperties", false);
    schema.set("properties", Value::object());
    for (const auto& [key, value] : text["paramsSchema"].members()) schema.set(key, value);
    manifest.paramsSchema = std::move(schema).build();
    for (const Value& code : text["errorCodes"].items()) manifest.errorCodes.emplace_back(code.asString());
    return manifest;
}

}  // namespace

Result<std::vector<NodeManifest>> parseManifests(std::string_view json) {
    SIGNALBOX_TRY(const Value list, parseJson(json));
    if (!list.isArray()) return fail("manifest.invalid", "Manifests must be an array");
    std::vector<NodeManifest> manifests;
    for (const Value& item : list.items()) {
        SIGNALBOX_TRY(NodeManifest manifest, readManifest(item));
        manifests.push_back(std::move(manifest));
    }
    return manifests;
}

}  // namespace signalbox::nodes
