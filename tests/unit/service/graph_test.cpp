#include "service/graph.h"

#include <gtest/gtest.h>

#include "engine/document_io.h"

namespace signalbox::service {
namespace {

TEST(Subtitle, TakesTheMostTellingParameter) {
    EXPECT_EQ(subtitleOf(Value::object({{"timeout", "5s"}, {"url", "https://example.org/"}}), nullptr),
              "https://example.org/");
    EXPECT_EQ(subtitleOf(Value::object({{"path", Value::object({{"$expr", "input.file"}})}}), nullptr), "= input.file");
    EXPECT_EQ(subtitleOf(Value::object({{"expression", "  $sum(x)\n  + 1"}}), nullptr), "$sum(x)");
    EXPECT_EQ(subtitleOf(Value::object({{"count", 3}, {"strict", true}}), nullptr), "3");
    EXPECT_EQ(subtitleOf(Value::object(), nullptr), "");
}

TEST(Subtitle, IsShortAndNeverShowsSecrets) {
    const std::string cut = subtitleOf(Value::object({{"sql", std::string(100, 'x')}}), nullptr);
    EXPECT_EQ(cut, std::string(39, 'x').append("…"));
    EXPECT_EQ(subtitleOf(Value::object({{"sql", std::string(40, 'x')}}), nullptr), std::string(40, 'x'));
    engine::NodeManifest manifest;
    manifest.paramsSchema = Value::object(
        {{"properties", Value::object({{"key", Value::object({{"x-secret", true}})}, {"mode", Value::object()}})}});
    EXPECT_EQ(subtitleOf(Value::object({{"key", "hunter2"}, {"mode", "fast"}}), &manifest), "fast");
}

TEST(Graph, GivesUnknownNodesThePortsThatWiresName) {
    const auto parsed = engine::parseDocument(R"({"format": 1, "id": "d",
        "nodes": [{"id": "a", "type": "MysteryNode"}, {"id": "b", "type": "MysteryNode"}],
        "edges": [{"from": "a.left", "to": "b.in"}, {"from": "a.error", "to": "b.in"},
                  {"from": "$inputs.x", "to": "a.in"}]})");
    ASSERT_TRUE(parsed);
    const engine::Registry registry;
    const auto graph = graphOf(parsed->document, registry);
    ASSERT_EQ(graph.nodes.size(), 2U);
    ASSERT_EQ(graph.nodes[0].outputs.size(), 1U) << "every node has an error port; it is not listed";
    EXPECT_EQ(graph.nodes[0].outputs[0].name, "left");
    ASSERT_EQ(graph.nodes[1].inputs.size(), 1U);
    EXPECT_EQ(graph.edges[0].kind, "data");
    EXPECT_EQ(graph.edges[1].kind, "error");
    EXPECT_EQ(graph.edges[2].kind, "input");
    EXPECT_FALSE(graph.nodes[0].placed);
}

TEST(Graph, TakesMissingPlacesFromAnotherLayout) {
    protocol::Graph graph;
    graph.nodes.resize(2);
    graph.nodes[0].id = "a";
    graph.nodes[0].placed = true;
    graph.nodes[1].id = "b";
    engine::Layout layout;
    layout.positions["a"] = {1, 2};
    layout.positions["b"] = {3, 4};
    layout.comments.push_back({"c", "note", {5, 6}, 7, 8, {}});
    placeLike(graph, layout);
    EXPECT_EQ(graph.nodes[0].x, 0);
    EXPECT_EQ(graph.nodes[1].x, 3);
    EXPECT_TRUE(graph.nodes[1].placed);
    ASSERT_EQ(graph.comments.size(), 1U);
    EXPECT_EQ(graph.comments[0].width, 7);
}

}  // namespace
}  // namespace signalbox::service
