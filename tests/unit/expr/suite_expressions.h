// The expressions and inputs of the official suite where it is present, for tests over many real expressions.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/json.h"

namespace signalbox::expr {

struct SuiteCase {
    std::string id;
    std::string text;
    Value input;
    std::vector<std::pair<std::string, Value>> bindings;
};

/// Empty when the suite is not here.
inline std::vector<SuiteCase> suiteCases() {
    const char* given = std::getenv("SIGNALBOX_CONFORMANCE_DIR");
    std::filesystem::path root = given ? std::filesystem::path(given)
                                       : std::filesystem::path(SIGNALBOX_SOURCE_DIR) / ".." / "shared" / "conformance";
    root /= "jsonata";
    std::vector<SuiteCase> all;
    const auto file = readFile(root / "cases.jsonl");
    if (!file) return all;
    std::map<std::string, Value> datasets;
    std::istringstream lines(*file);
    for (std::string line; std::getline(lines, line);) {
        const auto test = parseJson(line);
        if (!test || !(*test)["expr"].isString()) continue;
        SuiteCase made{
            std::string((*test)["id"].asString()), std::string((*test)["expr"].asString()), (*test)["data"], {}};
        if ((*test)["dataset"].isString()) {
            const std::string name((*test)["dataset"].asString());
            if (datasets.count(name) == 0)
                datasets[name] =
                    parseJson(readFile(root / "datasets" / (name + ".json")).value_or("null")).value_or(Value());
            made.input = datasets[name];
        }
        for (const auto& [name, value] : (*test)["bindings"].members()) made.bindings.emplace_back(name, value);
        all.push_back(std::move(made));
    }
    return all;
}

}  // namespace signalbox::expr
