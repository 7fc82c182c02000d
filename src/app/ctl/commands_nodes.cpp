#include <algorithm>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/session.h"
#include "app/ctl/table.h"
#include "base/json.h"
#include "base/text.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

namespace {

std::string textOf(const Value& value) { return onOneLine(value.asString()); }

void printList(const std::vector<Value>& manifests, Output& output) {
    Table table({{"Type"}, {"Effect"}, {"Category"}, {"Summary"}});
    for (const Value& manifest : manifests) {
        table.add({{textOf(manifest["type"]), Tone::Strong},
                   {textOf(manifest["effect"])},
                   {textOf(manifest["category"])},
                   {textOf(manifest["summary"])}});
    }
    table.print(output.out);
}

void printPorts(const char* head, const Value& ports, Output& output) {
    if (ports.empty()) return;
    output.out.line();
    Table table({{head}, {"Type"}, {""}, {"Help"}});
    for (const Value& port : ports.items()) {
        std::string how = port["required"].asBoolean() ? "required" : "";
        if (port["many"].asBoolean()) how += how.empty() ? "many wires" : ", many wires";
        table.add({{textOf(port["name"]), Tone::Strong}, {textOf(port["type"])}, {how}, {textOf(port["help"])}});
    }
    table.print(output.out);
}

void printParameters(const Value& schema, Output& output) {
    if (schema["properties"].empty()) return;
    const auto required = schema["required"].items();
    output.out.line();
    Table table({{"Parameter"}, {"Type"}, {"Default"}, {"Help"}});
    for (const auto& [name, parameter] : schema["properties"].members()) {
        std::string type = parameter["type"].isString() ? textOf(parameter["type"]) : std::string("any");
        if (const auto choices = parameter["enum"].items(); !choices.empty()) {
            type.clear();
            for (const Value& choice : choices) type += (type.empty() ? "" : "|") + textOf(choice);
        }
        const bool isRequired = std::find(required.begin(), required.end(), Value(name)) != required.end();
        const Value& otherwise = parameter["default"];
        table.add({{name, Tone::Strong},
                   {type},
                   {isRequired              ? std::string("required")
                    : otherwise.isDefined() ? cutTo(onOneLine(writeJson(otherwise)), 24)
                                            : std::string("-")},
                   {textOf(parameter["description"])}});
    }
    table.print(output.out);
}

void printOne(const Value& manifest, Output& output) {
    Terminal& out = output.out;
    out.line(fmt::format("{}  {}", out.paint(Tone::Strong, textOf(manifest["type"])), textOf(manifest["title"])));
    out.line(textOf(manifest["summary"]));
    out.line(out.paint(
        Tone::Muted, fmt::format("effect {}, category {}", textOf(manifest["effect"]), textOf(manifest["category"]))));
    if (!manifest["help"].empty()) {
        std::string help(manifest["help"].asString());
        help.erase(help.find_last_not_of('\n') + 1);
        out.line();
        out.line(help);
    }
    printPorts("Input", manifest["inputs"], output);
    printPorts("Output", manifest["outputs"], output);
    printParameters(manifest["paramsSchema"], output);
    if (!manifest["errorCodes"].empty()) {
        std::string codes;
        for (const Value& code : manifest["errorCodes"].items()) codes += (codes.empty() ? "" : ", ") + textOf(code);
        out.line();
        out.line(fmt::format("Fails with: {}", codes));
    }
}

Error unknownType(const std::string& wanted, const std::vector<Value>& manifests) {
    std::vector<std::string> names;
    for (const Value& manifest : manifests) names.emplace_back(manifest["type"].asString());
    const auto meant = didYouMean(wanted, names);
    return {"node.not-found",
            fmt::format("There is no node type \"{}\"", wanted),
            {},
            meant ? fmt::format("Did you mean \"{}\"?", *meant) : "\"signalboxctl nodes\" lists them",
            false};
}

}  // namespace

int nodesCommand(const Arguments& arguments, Output& output) {
    auto session = Session::open(arguments, Session::Mode::Documents, output);
    if (!session) return output.error(session.error());
    auto list = Session::await((*session)->client().nodes().list());
    if (!list) return output.error(list.error());
    if (arguments.operands.empty()) {
        if (output.json)
            output.value(protocol::toValue(*list));
        else
            printList(list->manifests, output);
        return kOk;
    }
    const std::string& wanted = arguments.operands.front();
    const auto found = std::find_if(list->manifests.begin(), list->manifests.end(),
                                    [&](const Value& manifest) { return manifest["type"].asString() == wanted; });
    if (found == list->manifests.end()) return output.error(unknownType(wanted, list->manifests));
    if (output.json)
        output.value(*found);
    else
        printOne(*found, output);
    return kOk;
}

}  // namespace signalbox::ctl
