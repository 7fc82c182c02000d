#include "ui/samples.h"

#include <algorithm>

#include "base/json.h"

namespace signalbox::test {

using namespace protocol;

namespace {

GraphNode node(const std::string& id, const std::string& title, const std::string& type, const std::string& subtitle,
               const std::string& icon, const std::string& role) {
    GraphNode made;
    made.id = id;
    made.title = title;
    made.type = type;
    made.subtitle = subtitle;
    made.icon = icon;
    made.colourRole = role;
    made.effect = "pure";
    made.inputs = {{"input", "any", false, false}};
    made.outputs = {{"output", "any", false, false}};
    made.params = Value::object({{"expression", Value(subtitle)}});
    return made;
}

GraphEdge edge(const std::string& from, const std::string& to, const std::string& fromPort = "output",
               const std::string& toPort = "input", const std::string& kind = "data", const std::string& when = {}) {
    return {from, fromPort, to, toPort, kind, when};
}

/// The document that would give this graph.
std::string textOf(const WorkflowDetail& detail) {
    ArrayBuilder nodes;
    for (const auto& node : detail.graph.nodes) {
        nodes.push(
            Value::object({{"id", node.id}, {"type", node.type}, {"title", node.title}, {"params", node.params}}));
    }
    ArrayBuilder edges;
    for (const auto& edge : detail.graph.edges) {
        auto wire = Value::object({{"from", edge.from + '.' + edge.fromPort}, {"to", edge.to + '.' + edge.toPort}});
        edges.push(edge.when.empty() ? wire : wire.with("when", edge.when));
    }
    return writeJson(Value::object({{"format", 1},
                                    {"id", detail.summary.id},
                                    {"name", detail.summary.name},
                                    {"version", detail.summary.version},
                                    {"nodes", std::move(nodes).build()},
                                    {"edges", std::move(edges).build()}}),
                     JsonStyle::Pretty);
}

WorkflowDetail detailOf(const std::string& id, const std::string& name, int version, Graph graph) {
    WorkflowDetail detail;
    detail.summary.id = id;
    detail.summary.name = name;
    detail.summary.version = version;
    detail.summary.file = id + ".workflow.json";
    detail.summary.nodeCount = static_cast<std::uint32_t>(graph.nodes.size());
    detail.graph = std::move(graph);
    detail.text = textOf(detail);
    detail.etag = "1";
    return detail;
}

}  // namespace

WorkflowDetail releaseWorkflow() {
    Graph graph;
    graph.nodes = {
        node("status", "Package status", "TextReaderNode", "/var/lib/dpkg/status", "text", "series3"),
        node("hosts", "Hosts to check", "ConstantNode", "14 hosts", "constant", "series1"),
        node("parse", "Parse records", "TransformNode", "$split(\"\\n\\n\").$parse()", "transform", "series1"),
        node("installed", "Installed only", "FilterNode", "status = \"install ok installed\"", "filter", "series1"),
        node("bySection", "Size by section", "AggregateNode", "sum(size) by section", "aggregate", "series1"),
        node("check", "Check hosts", "MapNode", "HttpRequestNode, 4 at a time", "map", "series2"),
        node("decide", "All healthy", "SwitchNode", "failed = 0", "switch", "series2"),
        node("report", "Write report", "CsvWriterNode", "report.csv", "csv", "series3"),
        node("store", "Store totals", "SqlQueryNode", "insert into totals", "sql", "series3"),
        node("approve", "Approve release", "ApprovalNode", "release managers", "approval", "series7"),
        node("publish", "Publish", "HttpRequestNode", "POST https://deploy.example/releases", "http", "series8"),
        node("alert", "Alert the shift", "HttpRequestNode", "POST https://pager.example/alerts", "http", "series8"),
    };
    const auto at = [&](const std::string& id) -> GraphNode& {
        return *std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const auto& n) { return n.id == id; });
    };
    at("decide").outputs = {{"healthy", "any", false, false}, {"degraded", "any", false, false}};
    at("approve").params = Value::object({{"message", "Release 42 is ready. Publish it?"}, {"expiresAfter", "4h"}});
    at("parse").outputs = {{"output", "array<object>", false, false}};
    at("installed").inputs = {{"input", "array<object>", true, false}};
    at("installed").outputs = {{"output", "array<object>", false, false}, {"rejected", "array<object>", false, false}};
    at("publish").effect = "effectful";
    at("publish").params = Value::object({{"method", "POST"},
                                          {"url", "https://deploy.example/releases"},
                                          {"timeoutSeconds", 30},
                                          {"headers", Value::object({{"Idempotency-Key", "{{stepKey}}"}})}});
    graph.edges = {
        edge("status", "parse"),
        edge("parse", "installed"),
        edge("installed", "bySection"),
        edge("bySection", "report"),
        edge("bySection", "store"),
        edge("hosts", "check"),
        edge("check", "decide"),
        edge("decide", "approve", "healthy"),
        edge("decide", "alert", "degraded"),
        edge("store", "approve", "output", "context"),
        edge("approve", "publish"),
        edge("publish", "alert", "error", "input", "error"),
    };
    graph.groups = {{"g1", "Inventory", "series1", {"status", "parse", "installed", "bySection"}}};
    return detailOf("release", "Nightly release check", 7, std::move(graph));
}

WorkflowDetail workflowWithInputs() {
    Graph graph;
    graph.nodes = {node("echo", "Echo", "TransformNode", "$inputs", "transform", "series1")};
    graph.edges = {edge("$inputs", "echo", "name", "input", "input")};
    auto detail = detailOf("greeting", "Greeting", 1, std::move(graph));
    detail.inputs = {{"name", "string", true, Value(nullptr), "Who is greeted."},
                     {"count", "integer", false, Value(3), "How often."},
                     {"loud", "boolean", false, Value(true), "In capital letters"},
                     {"extra", "object", false, Value(nullptr), "Anything else, as JSON."}};
    return detail;
}

WorkflowDetail brokenWorkflow() {
    Graph graph;
    graph.nodes = {node("read", "Read orders", "CsvReaderNode", "orders.csv", "csv", "series3"),
                   node("sum", "Sum", "AggregateNode", "sum(total)", "aggregate", "series1")};
    graph.edges = {edge("read", "sum")};
    auto detail = detailOf("orders", "Order totals (draft)", 2, std::move(graph));
    detail.summary.errors = 2;
    detail.summary.warnings = 1;
    detail.findings = {{"graph.unreachable", "warning", "Node \"sum\" reaches no output", "Wire it to an output.",
                        "sum", "", "", "", 9, 5},
                       {"param.unknown", "error", "CsvReaderNode has no parameter \"delimeter\"",
                        "Did you mean \"delimiter\"?", "read", "", "", "/nodes/0/params/delimeter", 6, 48},
                       {"expression.syntax", "error", "The expression does not parse", "A closing bracket is missing.",
                        "sum", "", "", "", 7, 33}};
    return detail;
}

WorkflowDetail smallWorkflow() {
    Graph graph;
    graph.nodes = {node("read", "Read", "TextReaderNode", "/etc/os-release", "text", "series3"),
                   node("count", "Count lines", "TransformNode", "$count(lines)", "transform", "series1"),
                   node("write", "Write", "JsonWriterNode", "lines.json", "json", "series3")};
    graph.edges = {edge("read", "count"), edge("count", "write")};
    graph.comments = {
        {"c1", "Counts what is in os-release. The result is small, so it is kept in one file.", 0, 120, 320, 64}};
    return detailOf("lines", "Count lines", 3, std::move(graph));
}

RunDetail freshRun(const WorkflowDetail& workflow, const std::string& runId, std::int64_t now) {
    RunDetail run;
    run.summary.runId = runId;
    run.summary.workflowId = workflow.summary.id;
    run.summary.workflowName = workflow.summary.name;
    run.summary.version = workflow.summary.version;
    run.summary.status = "running";
    run.summary.startedBy = "local";
    run.summary.created = now;
    run.summary.started = now;
    run.summary.nodesTotal = static_cast<std::uint32_t>(workflow.graph.nodes.size());
    run.graph = workflow.graph;
    run.inputs = Value::object();
    run.outputs = Value::undefined();
    for (const auto& each : workflow.graph.nodes) {
        NodeStateDto state;
        state.nodeId = each.id;
        state.status = "pending";
        run.nodes.push_back(state);
    }
    return run;
}

Graph gridGraph(int nodes, int rows) {
    Graph graph;
    for (int i = 0; i < nodes; ++i) {
        auto made = node("n" + std::to_string(i), "Step " + std::to_string(i), "TransformNode", "price * quantity",
                         "transform", "series1");
        made.placed = true;
        made.x = i / rows * 264.0;
        made.y = i % rows * 88.0;
        graph.nodes.push_back(std::move(made));
        if (i >= rows) graph.edges.push_back(edge("n" + std::to_string(i - rows), "n" + std::to_string(i)));
        if (i >= rows && i % 3 == 0) {
            graph.edges.push_back(
                edge("n" + std::to_string(i - rows + (i % rows == 0 ? 1 : -1)), "n" + std::to_string(i)));
        }
    }
    return graph;
}

}  // namespace signalbox::test
