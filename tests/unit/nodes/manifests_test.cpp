// What must hold for every built-in type: complete manifests, working defaults, a current page in the reference.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/json_schema.h"
#include "nodes/manifest_text.h"
#include "nodes/node_reference.h"
#include "nodes/settings.h"
#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

const std::filesystem::path kSource = SIGNALBOX_SOURCE_DIR;

TEST(Manifests, EveryTypeThatIsPromisedIsThere) {
    NodeHarness harness;
    for (const char* type :
         {"ConstantNode",      "TransformNode",   "FilterNode",     "AggregateNode",   "SortNode",
          "SwitchNode",        "MergeNode",       "MapNode",        "SubWorkflowNode", "DelayNode",
          "WaitForSignalNode", "ApprovalNode",    "ValidationNode", "LogNode",         "CsvReaderNode",
          "CsvWriterNode",     "JsonReaderNode",  "JsonWriterNode", "TextReaderNode",  "SqlQueryNode",
          "SqlExecuteNode",    "HttpRequestNode", "PythonCodeNode"}) {
        EXPECT_NE(harness.registry().find(type), nullptr) << type;
    }
    EXPECT_EQ(harness.registry().typeNames().size(), 23U);
}

void expectDescribed(const std::string& place, const Value& schema) {
    for (const auto& [name, property] : schema["properties"].members()) {
        const std::string here = place + "." + name;
        EXPECT_FALSE(property["title"].asString().empty()) << here << " has no title";
        EXPECT_FALSE(property["description"].asString().empty()) << here << " has no description";
        const Value& titles = property["x-enumTitles"];
        if (titles.isDefined()) {
            EXPECT_EQ(titles.size(), property["enum"].size()) << here;
        }
        if (const Value* fallback = property.find("default")) {
            const auto compiled = JsonSchema::compile(property);
            ASSERT_TRUE(compiled) << here;
            EXPECT_TRUE(compiled->validate(*fallback).empty()) << here << ": the default breaks the schema";
        }
        expectDescribed(here, property);
        expectDescribed(here + "[]", property["items"]);
    }
}

TEST(Manifests, SayAllThatAFormAndACanvasNeed) {
    NodeHarness harness;
    for (const std::string& type : harness.registry().typeNames()) {
        const engine::NodeManifest& manifest = *harness.registry().manifest(type);
        expectDescribed(type, manifest.paramsSchema);
        EXPECT_TRUE(std::filesystem::exists(kSource / "resources/icons" / (manifest.icon + ".svg"))) << manifest.icon;
        EXPECT_TRUE(manifest.colourRole.starts_with("series")) << type;
        for (const auto* ports : {&manifest.inputs, &manifest.outputs}) {
            for (const engine::PortDecl& port : *ports) EXPECT_FALSE(port.help.empty()) << type << "." << port.name;
        }
        EXPECT_FALSE(manifest.outputs.empty()) << type;
    }
}

TEST(Manifests, UnknownParametersAreRefusedByEveryTask) {
    NodeHarness harness;
    for (const std::string& type : harness.registry().typeNames()) {
        if (harness.registry().manifest(type)->behaviour != engine::Behaviour::Task) continue;
        const auto prepared = harness.registry().find(type)->prepare(json(R"({"nonsense": 1})"));
        ASSERT_FALSE(prepared) << type;
        EXPECT_EQ(prepared.error().code, "params.invalid") << type;
    }
}

TEST(Manifests, TheReferenceIsWhatTheManifestsSay) {
    NodeHarness harness;
    const bool update = std::getenv("SIGNALBOX_UPDATE_DOCS") != nullptr;
    for (const std::string& type : harness.registry().typeNames()) {
        const auto path = kSource / "resources/docs/nodes" / (type + ".md");
        const std::string page = nodeReferencePage(*harness.registry().manifest(type));
        if (update) {
            std::filesystem::create_directories(path.parent_path());
            ASSERT_TRUE(writeFileAtomically(path, page));
        }
        const auto checkedIn = readFile(path);
        ASSERT_TRUE(checkedIn) << path << ": run this test with SIGNALBOX_UPDATE_DOCS=1";
        EXPECT_EQ(*checkedIn, page) << path << ": run this test with SIGNALBOX_UPDATE_DOCS=1";
    }
}

TEST(Manifests, APageHasPortsParametersAndErrors) {
    NodeHarness harness;
    const std::string page = nodeReferencePage(*harness.registry().manifest("SortNode"));
    for (const char* part : {"# Sort\n", "`SortNode`, version 1", "## Inputs", "| `input` | `array<any>` |",
                             "`by[].order`", "`descending` (Descending)", "- `sort.key`"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
    }
}

TEST(ManifestText, RefusesWhatIsIncompleteOrUnknown) {
    const auto code = [](std::string_view text) {
        const auto parsed = parseManifests(text);
        return parsed ? std::string("none") : parsed.error().code;
    };
    EXPECT_EQ(code("{}"), "manifest.invalid");
    EXPECT_EQ(code(R"([{"type": "XNode"}])"), "manifest.invalid");
    const std::string good =
        R"("type": "XNode", "title": "X", "summary": "s", "category": "c", "icon": "i", "colourRole": "r", "help": ["h"])";
    EXPECT_EQ(code("[{" + good + "}]"), "none");
    EXPECT_EQ(code("[{" + good + R"(, "effect": "magic"}])"), "manifest.invalid");
    EXPECT_EQ(code("[{" + good + R"(, "inputs": [{"name": "a", "type": "strange"}]}])"), "port.type-syntax");
}

TEST(Settings, AreReadOnceWhenStaticAndForEachCallWhenNot) {
    EXPECT_FALSE(isDynamic(json(R"({"a": [1, {"b": "$expr"}]})")));
    EXPECT_TRUE(isDynamic(json(R"({"a": [1, {"b": {"$expr": "x"}}]})")));
    NodeHarness harness;
    const engine::NodeType* const type = harness.registry().find("TextReaderNode");
    EXPECT_TRUE(type->prepare(json(R"({"path": {"$expr": "input.input"}})")));
}

}  // namespace
}  // namespace signalbox::nodes
