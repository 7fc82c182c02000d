#include "app/gateway/config_file.h"

#include <algorithm>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace signalbox::gatewayd {

namespace {

std::string_view nameOf(toml::node_type type) {
    switch (type) {
        case toml::node_type::date:
            return "a date";
        case toml::node_type::time:
            return "a time";
        case toml::node_type::date_time:
            return "a date and time";
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "a list of something else";
        default:
            return "something else";
    }
}

WrittenValue listOf(const toml::array& array) {
    std::vector<std::string> texts;
    for (const toml::node& item : array) {
        const auto* text = item.as_string();
        if (text == nullptr) return OtherValue{nameOf(toml::node_type::array)};
        texts.push_back(text->get());
    }
    return texts;
}

WrittenValue valueOf(const toml::node& node) {
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* number = node.as_integer()) return number->get();
    if (const auto* fraction = node.as_floating_point()) return fraction->get();
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* array = node.as_array()) return listOf(*array);
    return OtherValue{nameOf(node.type())};
}

/// The table is a tree, and no deeper than the parser allows.
void collect(const toml::table& table, const std::string& prefix, std::vector<FileEntry>& into) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        if (const auto* inner = node.as_table(); inner != nullptr && !inner->empty()) {
            collect(*inner, name + ".", into);
            continue;
        }
        const auto place = key.source().begin;
        into.push_back({name, valueOf(node), place.line, place.column});
    }
}

}  // namespace

ConfigText parseConfigText(std::string_view text) {
    ConfigText result;
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        result.error = std::string(parsed.error().description());
        result.line = parsed.error().source().begin.line;
        result.column = parsed.error().source().begin.column;
        return result;
    }
    collect(parsed.table(), {}, result.entries);
    std::stable_sort(result.entries.begin(), result.entries.end(), [](const FileEntry& a, const FileEntry& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    return result;
}

}  // namespace signalbox::gatewayd
