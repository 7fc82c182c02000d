// The manifests as the validation of documents sees them.
#include <gtest/gtest.h>

#include "engine/plan.h"
#include "engine/validate.h"
#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

constexpr const char* kDocument = R"doc({
  "format": 1, "id": "packages", "name": "Packages by section", "version": 1,
  "inputs": [{"name": "minimum", "type": "integer", "default": 100}],
  "nodes": [
    {"id": "read", "type": "TextReaderNode", "params": {"mode": "records", "path": "/var/lib/dpkg/status"}},
    {"id": "large", "type": "FilterNode", "params": {"condition": "$number(`Installed-Size`) >= $inputs.minimum"}},
    {"id": "group", "type": "AggregateNode", "params": {
      "groupBy": [{"name": "section", "key": "Section"}], "aggregates": [{"name": "count", "op": "count"}]}},
    {"id": "order", "type": "SortNode", "params": {"by": [{"key": "count", "order": "descending"}]}},
    {"id": "csv", "type": "CsvWriterNode", "params": {"path": "sections.csv"}},
    {"id": "store", "type": "SqlExecuteNode", "params": {
      "database": {"$expr": "'packages.db'"}, "mode": "executeMany",
      "sql": "INSERT INTO sections (name, count) VALUES (:section, :count)"
}
},
    {"id": "checks", "type": "MapNode", "params": {
      "concurrency": 4, "onItemError": "collect",
      "node": {"type": "HttpRequestNode", "params": {"url": "http://127.0.0.1/"}}}},
    {"id": "code", "type": "PythonCodeNode", "params": {"code": "result = inputs['input']", "timeout": "5s"}},
    {"id": "ask", "type": "ApprovalNode", "params": {"prompt": "Go on?", "expiry": "2d"}},
    {"id": "wait", "type": "DelayNode", "params": {"duration": "10ms"}},
    {"id": "way", "type": "SwitchNode", "params": {"cases": [{"when": "count > 5", "port": "case1"}]}},
    {"id": "join", "type": "MergeNode", "params": {"mode": "waitAny"}}
  ],
  "edges": [
    {"from": "read.output", "to": "large.input"},
    {"from": "large.output", "to": "group.input"},
    {"from": "group.output", "to": "order.input"},
    {"from": "order.output", "to": "csv.input"},
    {"from": "order.output", "to": "store.input"},
    {"from": "order.output", "to": "checks.items"},
    {"from": "checks.output", "to": "code.input"},
    {"from": "code.output", "to": "ask.input"},
    {"from": "ask.approved", "to": "way.input"},
    {"from": "ask.rejected", "to": "wait.input"},
    {"from": "way.default", "to": "join.input"},
    {"from": "wait.output", "to": "join.input"}
  ],
  "outputs": [{"name": "result", "from": "join.output"}]
})doc";

std::string findingsOf(const std::string& text, const engine::Registry& registry) {
    const auto parsed = engine::parseAndValidate(text, registry);
    if (!parsed) return parsed.error().code + ": " + parsed.error().message;
    std::string all;
    for (const engine::Finding& finding : parsed->findings) all += finding.code + " " + finding.message + "\n";
    return all;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

TEST(Workflow, OfBuiltinNodesIsValidAndCompiles) {
    NodeHarness harness;
    EXPECT_EQ(findingsOf(kDocument, harness.registry()), "");
    const auto parsed = engine::parseAndValidate(kDocument, harness.registry());
    ASSERT_TRUE(parsed);
    const auto plan = engine::compilePlan(parsed->document, harness.registry());
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ((*plan)->nodes.size(), 12U);
}

TEST(Workflow, MistakesInParametersAreFound) {
    NodeHarness harness;
    const auto broken = [&](const char* what, const char* by) {
        return findingsOf(replaced(kDocument, what, by), harness.registry());
    };
    EXPECT_NE(broken("\"timeout\": \"5s\"", "\"timeuot\": \"5s\""), "");
    EXPECT_NE(broken("\"onItemError\": \"collect\"", "\"onItemError\": \"ignore\""), "");
    EXPECT_NE(broken("\"count > 5\"", "\"count > \""), "");
    EXPECT_NE(broken("\"duration\": \"10ms\"", "\"duration\": 10"), "");
    EXPECT_NE(broken("\"to\": \"csv.input\"", "\"to\": \"csv.rows\""), "");
}

}  // namespace
}  // namespace signalbox::nodes
