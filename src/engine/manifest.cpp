#include "engine/manifest.h"

#include <algorithm>
#include <utility>

#include "engine/document.h"

namespace signalbox::engine {
namespace {

const PortDecl* findPort(const std::vector<PortDecl>& ports, std::string_view name) {
    const auto found =
        std::find_if(ports.begin(), ports.end(), [name](const PortDecl& port) { return port.name == name; });
    return found == ports.end() ? nullptr : &*found;
}

PortDecl reservedPort(const char* name, PortType type, const char* help) {
    PortDecl port;
    port.name = name;
    port.type = std::move(type);
    port.help = help;
    return port;
}

std::string_view costName(Cost cost) {
    switch (cost) {
        case Cost::Inline:
            return "inline";
        case Cost::Cpu:
            return "cpu";
        case Cost::Io:
            return "io";
    }
    return "inline";
}

std::string_view behaviourName(Behaviour behaviour) {
    switch (behaviour) {
        case Behaviour::Task:
            return "task";
        case Behaviour::Merge:
            return "merge";
        case Behaviour::Map:
            return "map";
        case Behaviour::SubWorkflow:
            return "subWorkflow";
        case Behaviour::Delay:
            return "delay";
        case Behaviour::WaitForSignal:
            return "waitForSignal";
        case Behaviour::Approval:
            return "approval";
    }
    return "task";
}

Value portsToValue(const std::vector<PortDecl>& ports) {
    ArrayBuilder list;
    list.reserve(ports.size());
    for (const PortDecl& port : ports) {
        list.push(Value::object({{"name", port.name},
                                 {"type", port.type.toString()},
                                 {"required", port.required},
                                 {"many", port.many},
                                 {"help", port.help},
                                 {"schema", port.schema}}));
    }
    return std::move(list).build();
}

}  // namespace

const PortDecl* NodeManifest::input(std::string_view name) const { return findPort(inputs, name); }

const PortDecl* NodeManifest::output(std::string_view name) const {
    static const PortDecl error =
        reservedPort(kErrorPort, PortType(PortType::Kind::Object), "The error object of this node when it failed");
    static const PortDecl compensate =
        reservedPort(kCompensatePort, PortType(), "Leads to the node that undoes this one when the run fails later");
    if (name == kErrorPort) return &error;
    if (name == kCompensatePort) return &compensate;
    return findPort(outputs, name);
}

std::string_view effectName(Effect effect) noexcept {
    switch (effect) {
        case Effect::Pure:
            return "pure";
        case Effect::ReadOnly:
            return "read-only";
        case Effect::Idempotent:
            return "idempotent";
        case Effect::Effectful:
            return "effectful";
    }
    return "pure";
}

Value manifestToValue(const NodeManifest& manifest) {
    ArrayBuilder codes;
    for (const std::string& code : manifest.errorCodes) codes.push(code);
    return Value::object({{"type", manifest.type},
                          {"version", manifest.version},
                          {"title", manifest.title},
                          {"summary", manifest.summary},
                          {"help", manifest.help},
                          {"category", manifest.category},
                          {"icon", manifest.icon},
                          {"colourRole", manifest.colourRole},
                          {"effect", effectName(manifest.effect)},
                          {"cost", costName(manifest.cost)},
                          {"behaviour", behaviourName(manifest.behaviour)},
                          {"inputs", portsToValue(manifest.inputs)},
                          {"outputs", portsToValue(manifest.outputs)},
                          {"paramsSchema", manifest.paramsSchema},
                          {"errorCodes", std::move(codes).build()}});
}

}  // namespace signalbox::engine
