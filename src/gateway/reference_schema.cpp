#include "gateway/reference_schema.h"

#include <fmt/format.h>

#include "base/json.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kReference = "#/components/schemas/";

std::string rangeText(const Value& schema) {
    const Value* const least = schema.find("minimum");
    const Value* const most = schema.find("maximum");
    // The bounds of a type of C++ tell nobody anything.
    if (most == nullptr || most->asInteger() > 1'000'000) {
        return least != nullptr && least->asInteger() == 0 ? "at least 0" : "";
    }
    return fmt::format("{} to {}", least != nullptr ? least->asInteger() : 0, most->asInteger());
}

std::string notesOf(const Value& schema) {
    std::string notes(escaped(schema["description"].asString()));
    const auto add = [&](const std::string& note) {
        if (note.empty()) return;
        if (!notes.empty()) notes += "; ";
        notes += note;
    };
    add(rangeText(schema));
    if (const Value* const standard = schema.find("default")) add(fmt::format("{} unless given", writeJson(*standard)));
    return notes;
}

}  // namespace

std::string typeHtml(const Value& schema) {
    if (const std::string_view target = schema["$ref"].asString(); !target.empty()) {
        const std::string name = escaped(target.substr(kReference.size()));
        return fmt::format(R"(<a href="#type-{0}">{0}</a>)", name);
    }
    if (const Value* const choices = schema.find("anyOf")) return typeHtml(choices->at(0)) + " or null";
    const std::string_view type = schema["type"].asString();
    if (type == "array") return typeHtml(schema["items"]) + "[]";
    return type.empty() ? "any JSON" : escaped(type);
}

std::string schemaHtml(const Value& schema) {
    const Value& properties = schema["properties"];
    if (properties.empty()) return fmt::format("<p>{}</p>", typeHtml(schema));
    std::string html =
        "<table><tr><th scope=\"col\">Member</th><th scope=\"col\">Type</th><th scope=\"col\"></th></tr>";
    for (const auto& [name, member] : properties.members()) {
        html += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td class=\"quiet\">{}</td></tr>", escaped(name),
                            typeHtml(member), notesOf(member));
    }
    return html + "</table>";
}

}  // namespace signalbox::gateway
