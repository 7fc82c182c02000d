#include "nodes/node_reference.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json.h"

namespace signalbox::nodes {
namespace {

using engine::Effect;
using engine::NodeManifest;
using engine::PortDecl;

/// Safe in a cell of a table.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

const char* effectText(Effect effect) {
    switch (effect) {
        case Effect::Pure:
            return "none: the result depends on inputs and parameters only, so it may be computed again or remembered";
        case Effect::ReadOnly:
            return "reads from outside the run, changes nothing; may be repeated after a crash";
        case Effect::Idempotent:
            return "changes something outside the run; doing it again with the same input changes nothing more";
        case Effect::Effectful:
            return "may change something outside the run each time; after a crash in the middle it may have happened "
                   "without the engine knowing";
    }
    return "";
}

void appendPorts(std::string& page, const char* title, const std::vector<PortDecl>& ports) {
    if (ports.empty()) return;
    page += fmt::format("\n## {}\n\n| Port | Type | |\n|---|---|---|\n", title);
    for (const PortDecl& port : ports) {
        std::string help = cell(port.help);
        if (port.required) help += " Must be wired.";
        if (port.many) help += " Takes several wires.";
        page += fmt::format("| `{}` | `{}` | {} |\n", port.name, port.type.toString(), help);
    }
}

std::string typeOf(const Value& schema) {
    const Value& type = schema["type"];
    if (type.isString()) {
        if (type.asString() == "array" && schema["items"]["type"].isString()) {
            return fmt::format("array of {}", schema["items"]["type"].asString());
        }
        return std::string(type.asString());
    }
    std::string joined;
    for (const Value& one : type.items()) {
        if (!joined.empty()) joined += " or ";
        joined += one.asString();
    }
    return joined.empty() ? "any" : joined;
}

std::string choicesOf(const Value& schema) {
    std::string text;
    const Value& titles = schema["x-enumTitles"];
    for (std::size_t i = 0; i < schema["enum"].size(); ++i) {
        const auto value = schema["enum"].at(i).asString();
        text += fmt::format("{}`{}`", text.empty() ? " One of " : ", ", value);
        if (titles.at(i).isString()) text += fmt::format(" ({})", titles.at(i).asString());
    }
    return text.empty() ? text : text + ".";
}

std::string rangeOf(const Value& schema) {
    const Value& least = schema["minimum"];
    const Value& most = schema["maximum"];
    if (least.isDefined() && most.isDefined()) return fmt::format(" {} to {}.", writeJson(least), writeJson(most));
    if (least.isDefined()) return fmt::format(" At least {}.", writeJson(least));
    if (most.isDefined()) return fmt::format(" At most {}.", writeJson(most));
    return {};
}

void appendParameters(std::string& page, const Value& schema, const std::string& prefix) {
    const auto isRequired = [&schema](const std::string& name) {
        return std::ranges::any_of(schema["required"].items(),
                                   [&](const Value& one) { return one.asString() == name; });
    };
    for (const auto& [name, property] : schema["properties"].members()) {
        std::string type = typeOf(property);
        if (property["x-expression"].asBoolean()) type = "JSONata";
        if (property["x-unit"].isString()) type += fmt::format(", {}", property["x-unit"].asString());
        std::string help =
            fmt::format("{}{}{}", property["description"].asString(), choicesOf(property), rangeOf(property));
        for (std::size_t i = 0; i < property["examples"].size(); ++i) {
            help += fmt::format("{}`{}`", i == 0 ? " Such as " : ", ", writeJson(property["examples"].at(i)));
        }
        if (!property["examples"].empty()) help += '.';
        const Value& fallback = property["default"];
        const std::string ifMissing = isRequired(name)       ? "required"
                                      : fallback.isDefined() ? fmt::format("`{}`", writeJson(fallback))
                                                             : "";
        page += fmt::format("| `{}{}` | {} | {} | {} | {} |\n", prefix, name, cell(property["title"].asString()),
                            cell(type), cell(ifMissing), cell(help));
        appendParameters(page, property, prefix + name + ".");
        appendParameters(page, property["items"], prefix + name + "[].");
    }
}

}  // namespace

std::string nodeReferencePage(const NodeManifest& manifest) {
    std::string page = fmt::format("# {}\n\n`{}`, version {}. {}\n\n", manifest.title, manifest.type, manifest.version,
                                   manifest.summary);
    page += manifest.help;
    if (!page.ends_with('\n')) page += '\n';
    page += fmt::format("\nEffect ({}): {}.\n", engine::effectName(manifest.effect), effectText(manifest.effect));
    appendPorts(page, "Inputs", manifest.inputs);
    appendPorts(page, "Outputs", manifest.outputs);
    if (!manifest.paramsSchema["properties"].empty()) {
        page += "\n## Parameters\n\n| Parameter | Title | Type | If missing | |\n|---|---|---|---|---|\n";
        appendParameters(page, manifest.paramsSchema, "");
    }
    if (!manifest.errorCodes.empty()) {
        page += "\n## Errors\n\n";
        for (const std::string& code : manifest.errorCodes) page += fmt::format("- `{}`\n", code);
    }
    return page;
}

}  // namespace signalbox::nodes
