#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/json.h"
#include "base/json_schema.h"
#include "engine/document_io.h"
#include "engine/document_members.h"
#include "engine/text_places.h"

namespace signalbox::engine {
namespace {

// One of everything, in canonical form.
constexpr const char* kCanonical = R"({
  "format": 1,
  "id": "demo.everything",
  "name": "Everything",
  "version": 3,
  "description": "One of each",
  "extends": "demo.base",
  "tags": ["a", "b"],
  "maxParallelRuns": 2,
  "inputs": [
    {"help": "Where to look", "name": "path", "required": true, "type": "string"},
    {"default": null, "name": "limit"}
  ],
  "nodes": [
    {"id": "read", "memo": {"ttl": "1h"}, "params": {"a": [1, 2.5, {"x": null}], "z": "\u0001\"ü"}, "type": "PassNode"},
    {"id": "work", "note": "n", "onError": "route", "retry": {"backoff": "250ms", "jitter": 0.5, "maxAttempts": 4, "maxBackoff": "10s", "multiplier": 1.5, "retryOn": ["http.*"]}, "timeout": {"attempt": "5s", "total": "1m"}, "title": "Work", "type": "PassNode"},
    {"id": "once", "onError": "fail", "retry": {"maxAttempts": 1}, "type": "PassNode"},
    {"id": "on", "onError": "continue", "type": "PassNode"}
  ],
  "edges": [
    {"from": "$inputs.path", "to": "read.input"},
    {"from": "read.output", "to": "work.input", "when": "x > 1"},
    {"from": "work.error", "to": "once.input"},
    {"from": "on.output", "loop": {"atLimit": "continue", "convergeWhen": "$ < 1", "maxIterations": 5}, "to": "work.input"}
  ],
  "outputs": [
    {"from": "work.output", "name": "result"}
  ],
  "errors": [
    {"code": "http.*", "do": "return", "status": "succeeded", "value": {"ok": false}},
    {"code": "sql.*", "do": "retryThenFail", "retry": {"maxAttempts": 2}},
    {"code": "*", "do": "route", "to": "once.input"}
  ],
  "future": {"a": 1, "b": [2]},
  "layout": {
    "comments": [
      {"id": "c1", "position": [1, 2.5], "size": [100, 50], "text": "Look\nhere"}
    ],
    "groups": [
      {"colourRole": "series2", "id": "g1", "nodes": ["read", "work"], "title": "Main"}
    ],
    "positions": {
      "read": [0, 0],
      "work": [-120.5, 80]
    }
  }
}
)";

ParsedDocument parsed(const std::string& text) {
    auto result = parseDocument(text);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? *result : ParsedDocument();
}

std::vector<std::string> codes(const std::vector<Finding>& findings) {
    std::vector<std::string> list;
    for (const Finding& finding : findings) list.push_back(finding.code + " " + finding.pointer);
    return list;
}

TEST(Document, CanonicalTextIsByteStable) {
    const ParsedDocument first = parsed(kCanonical);
    EXPECT_EQ(writeDocument(first.document), kCanonical);
    EXPECT_EQ(codes(first.findings), std::vector<std::string>{"document.unknown-member /future"});
    EXPECT_EQ(first.findings.front().severity, Severity::Warning);
}

TEST(Document, ReadsEveryMember) {
    const Document document = parsed(kCanonical).document;
    EXPECT_EQ(document.maxParallelRuns, 2);
    EXPECT_TRUE(document.inputs[0].required);
    EXPECT_TRUE(document.inputs[0].defaultValue.isUndefined());
    EXPECT_TRUE(document.inputs[1].defaultValue.isNull());
    const NodeDecl& work = document.nodes.at(1);
    EXPECT_EQ(document.nodes[0].memoTtl, Micros{3'600'000'000});
    EXPECT_EQ(work.retry->backoff, 250'000);
    EXPECT_EQ(work.retry->maxBackoff, 10'000'000);
    EXPECT_EQ(work.retry->retryOn, std::vector<std::string>{"http.*"});
    EXPECT_EQ(work.attemptTimeout, Micros{5'000'000});
    EXPECT_EQ(work.totalTimeout, Micros{60'000'000});
    EXPECT_EQ(work.onError, OnError::Route);
    EXPECT_FALSE(document.nodes[3].retry.has_value());
    EXPECT_EQ(document.edges[3].loop->maxIterations, 5);
    EXPECT_FALSE(document.edges[3].loop->failAtLimit);
    EXPECT_EQ(document.edges[0].from, (PortRef{"$inputs", "path"}));
    EXPECT_TRUE(document.errors[0].returnSucceeded);
    EXPECT_EQ(document.errors[2].to, (PortRef{"once", "input"}));
    EXPECT_EQ(document.layout.positions.at("work"), (Position{-120.5, 80}));
    EXPECT_EQ(document.layout.comments[0].width, 100);
}

TEST(Document, AnyFormattingGivesTheSameDocument) {
    const Value value = parseJson(kCanonical).value();
    for (const JsonStyle style : {JsonStyle::Compact, JsonStyle::Canonical, JsonStyle::Pretty}) {
        const ParsedDocument other = parsed(writeJson(value, style));
        EXPECT_EQ(other.document, parsed(kCanonical).document);
        EXPECT_EQ(writeDocument(other.document), kCanonical);
    }
}

TEST(Document, DefaultsAreNotWritten) {
    Document document;
    document.id = "d";
    NodeDecl node;
    node.id = "a";
    node.type = "PassNode";
    document.nodes.push_back(node);
    EXPECT_EQ(writeDocument(document),
              "{\n  \"format\": 1,\n  \"id\": \"d\",\n  \"version\": 1,\n  \"nodes\": [\n"
              "    {\"id\": \"a\", \"type\": \"PassNode\"}\n  ]\n}\n");
}

TEST(Document, MovingANodeChangesOneLineOfTheLayoutOnly) {
    Document document = parsed(kCanonical).document;
    const std::string logic = writeLogic(document);
    document.layout.positions["work"].x = 7;
    EXPECT_EQ(writeLogic(document), logic);
    const std::string moved = writeDocument(document);
    std::string expected = kCanonical;
    expected.replace(expected.find("-120.5"), 6, "7");
    EXPECT_EQ(moved, expected);
}

TEST(Document, LogicIsReadableAndFreeOfVersionAndLayout) {
    Document document = parsed(kCanonical).document;
    Document logic = parsed(writeLogic(document)).document;
    document.layout = Layout();
    document.version = logic.version = 1;
    EXPECT_EQ(logic, document);
}

TEST(Document, WhatDoesNotFitIsKeptAndReported) {
    const std::string text =
        R"({"format": 1, "id": 5, "nodes": [7, {"id": "a", "type": "T", "title": [1], "retry": {"maxAttempts": "x", "y": 1},
        "timeout": 3, "onError": "explode", "tpye": 1}], "edges": [{"from": "nodot", "to": "a.b", "loop": {"maxIterations": 1.5}}],
        "layout": {"positions": {"a": [1]}, "zoom": 2}, "version": "one"})";
    const ParsedDocument read = parsed(text);
    const std::vector<std::string> expected{
        "document.member-type /id",
        "document.member-type /version",
        "document.member-type /nodes/0",
        "document.member-type /nodes/1/title",
        "document.member-type /nodes/1/retry/maxAttempts",
        "document.unknown-member /nodes/1/retry/y",
        "document.member-type /nodes/1/timeout",
        "document.member-type /nodes/1/onError",
        "document.unknown-member /nodes/1/tpye",
        "document.member-type /edges/0/from",
        "document.member-type /edges/0/loop/maxIterations",
        "document.member-type /layout/positions/a",
        "document.unknown-member /layout/zoom",
    };
    EXPECT_EQ(codes(read.findings), expected);
    // Nothing is lost by saving: the same JSON comes back, and the same findings with it.
    EXPECT_EQ(parseJson(writeDocument(read.document)).value(), parseJson(text).value());
    EXPECT_EQ(codes(parsed(writeDocument(read.document)).findings), expected);
}

TEST(Document, UnknownMembersComeWithASuggestionAndAPlace) {
    const ParsedDocument read = parsed(
        "{\"format\": 1, \"id\": \"d\",\n \"nodes\": [\n  {\"id\": \"a\", \"ü\": 0,"
        " \"parms\": {}}\n]}");
    const auto found = std::find_if(read.findings.begin(), read.findings.end(),
                                    [](const Finding& finding) { return finding.pointer == "/nodes/0/parms"; });
    ASSERT_NE(found, read.findings.end());
    EXPECT_EQ(found->hint, "Did you mean \"params\"?");
    EXPECT_EQ(found->node, "a");
    EXPECT_EQ(found->place, (LineColumn{3, 32}));  // columns count code points, not bytes
}

TEST(Document, TextThatIsNoObjectIsAnError) {
    for (const char* const text : {"", "[]", "{", "3", "{\"a\":1,\"a\":2}", "\xff"}) {
        const auto result = parseDocument(text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error().code, "document.syntax");
    }
    EXPECT_EQ(parseDocument("{\n \"id\": }").error().where.substr(0, 6), "line 2");
}

TEST(Document, UnknownFormatsAreReported) {
    EXPECT_EQ(codes(parsed(R"({"format": 2, "id": "d"})").findings),
              std::vector<std::string>{"document.format-unknown /format"});
    EXPECT_EQ(codes(parsed(R"({"id": "d"})").findings), std::vector<std::string>{"document.format-unknown /format"});
    EXPECT_EQ(writeDocument(parsed(R"({"id": "d", "format": 2})").document),
              "{\n  \"format\": 2,\n  \"id\": \"d\",\n  \"version\": 1\n}\n");
}

TEST(TextPlaces, EveryValueHasItsPlace) {
    const auto places = scanPlaces("{\n  \"a\": [1, {\"b/c\": \"x\\\"y\", \"d~\\u00e9\": 2}],\n\t\"e\": {}\n}\n");
    EXPECT_EQ(places.at(""), (LineColumn{1, 1}));
    EXPECT_EQ(places.at("/a"), (LineColumn{2, 8}));
    EXPECT_EQ(places.at("/a/0"), (LineColumn{2, 9}));
    EXPECT_EQ(places.at("/a/1"), (LineColumn{2, 12}));
    EXPECT_EQ(places.at("/a/1/b~1c"), (LineColumn{2, 20}));
    EXPECT_EQ(places.at("/a/1/d~0\xc3\xa9"), (LineColumn{2, 40}));
    EXPECT_EQ(places.at("/e"), (LineColumn{3, 7}));
    EXPECT_EQ(places.size(), 7U);
    EXPECT_EQ(placeOf(places, "/a/1/zzz/9"), (LineColumn{2, 12}));
    EXPECT_EQ(placeOf({}, "/a"), (LineColumn{0, 0}));
}

std::string fileText(const std::string& path) {
    const auto text = readFile(std::string(SIGNALBOX_SOURCE_DIR) + "/" + path);
    EXPECT_TRUE(text) << (text ? "" : text.error().message);
    return text.value_or("");
}

TEST(DocumentSchema, IsPublishedAsItIs) {
    EXPECT_EQ(fileText("resources/schemas/workflow-1.schema.json"),
              writeJson(documentSchema(), JsonStyle::Pretty) + "\n");
}

TEST(Document, TheManualsExampleIsCanonical) {
    const std::string page = fileText("resources/docs/workflow-format.md");
    const std::string fence = "```json\n";
    const auto start = page.find(fence) + fence.size();
    const std::string example = page.substr(start, page.find("```", start) - start);
    const ParsedDocument read = parsed(example);
    EXPECT_TRUE(read.findings.empty());
    EXPECT_EQ(writeDocument(read.document), example);
}

TEST(DocumentSchema, AcceptsGoodDocumentsAndRefusesBadOnes) {
    const auto schema = JsonSchema::compile(documentSchema());
    ASSERT_TRUE(schema) << schema.error().message;
    EXPECT_TRUE(schema->validate(parseJson(kCanonical).value()).empty());
    const auto violations = [&](const char* text) {
        std::set<std::string> pointers;
        for (const auto& violation : schema->validate(parseJson(text).value())) pointers.insert(violation.pointer);
        return pointers;
    };
    EXPECT_EQ(violations(R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "Thing"}]})"),
              std::set<std::string>{"/nodes/0/type"});
    EXPECT_EQ(violations(R"({"format": 1, "id": "d", "edges": [{"from": "nodot", "to": "a.b"}]})"),
              std::set<std::string>{"/edges/0/from"});
    EXPECT_EQ(violations(R"({"format": 9, "id": "d"})"), std::set<std::string>{"/format"});
    EXPECT_FALSE(violations(R"({"format": 1})").empty());
    EXPECT_FALSE(violations(R"({"format": 1, "id": "d", "layout": {"positions": {"a": [1]}}})").empty());
}

// The schema and the reader must speak of the same members.
TEST(DocumentSchema, NamesEveryMemberOfTheFormat) {
    const Value schema = documentSchema();
    const auto names = [](const Value& properties) {
        std::set<std::string> list;
        for (const auto& member : properties.members()) list.insert(member.first);
        return list;
    };
    const auto expected = [](DocumentPart part) {
        std::set<std::string> list;
        for (const PartMember& member : partMembers(part)) list.insert(std::string(member.name));
        return list;
    };
    const Value& root = schema["properties"];
    EXPECT_EQ(names(root), expected(DocumentPart::Document));
    EXPECT_EQ(names(root["nodes"]["items"]["properties"]), expected(DocumentPart::Node));
    EXPECT_EQ(names(root["edges"]["items"]["properties"]), expected(DocumentPart::Edge));
    EXPECT_EQ(names(root["edges"]["items"]["properties"]["loop"]["properties"]), expected(DocumentPart::Loop));
    EXPECT_EQ(names(root["inputs"]["items"]["properties"]), expected(DocumentPart::Input));
    EXPECT_EQ(names(root["outputs"]["items"]["properties"]), expected(DocumentPart::Output));
    EXPECT_EQ(names(root["errors"]["items"]["properties"]), expected(DocumentPart::ErrorRule));
    EXPECT_EQ(names(root["layout"]["properties"]), expected(DocumentPart::Layout));
    EXPECT_EQ(names(root["layout"]["properties"]["groups"]["items"]["properties"]), expected(DocumentPart::Group));
    EXPECT_EQ(names(root["layout"]["properties"]["comments"]["items"]["properties"]), expected(DocumentPart::Comment));
    EXPECT_EQ(names(schema["definitions"]["retry"]["properties"]), expected(DocumentPart::Retry));
}

Result<Document> resolveFrom(const std::map<std::string, std::string>& texts, const std::string& id) {
    const auto found = texts.find(id);
    if (found == texts.end()) return fail("workflow.not-found", "There is no workflow \"" + id + "\"", id);
    return parseDocument(found->second)->document;
}

TEST(Flatten, OwnEntriesReplaceInheritedOnes) {
    const std::map<std::string, std::string> texts{
        {"grand",
         R"({"format":1,"id":"grand","nodes":[{"id":"z","type":"ZNode"}],"errors":[{"code":"*","do":"return"}]})"},
        {"base", R"({"format":1,"id":"base","extends":"grand","maxParallelRuns":4,
            "nodes":[{"id":"a","type":"ANode"},{"id":"b","type":"BNode"}],
            "edges":[{"from":"a.output","to":"b.input","when":"x"}],"outputs":[{"name":"o","from":"a.output"}],
            "layout":{"positions":{"a":[1,1],"b":[2,2]}}})"}};
    const Document own = parsed(R"({"format":1,"id":"own","version":7,"extends":"base",
        "nodes":[{"id":"c","type":"CNode"},{"id":"a","type":"OtherNode"}],
        "edges":[{"from":"a.output","to":"b.input"},{"from":"b.output","to":"c.input"}],
        "outputs":[{"name":"o","from":"c.output"}],"errors":[{"code":"x.*","do":"return"}],
        "layout":{"positions":{"a":[9,9]}}})")
                             .document;
    const auto flat = flattenDocument(own, [&](const std::string& id, int) { return resolveFrom(texts, id); });
    ASSERT_TRUE(flat) << flat.error().message;
    std::vector<std::string> nodes;
    for (const NodeDecl& node : flat->nodes) nodes.push_back(node.id + ":" + node.type);
    EXPECT_EQ(nodes, (std::vector<std::string>{"z:ZNode", "a:OtherNode", "b:BNode", "c:CNode"}));
    ASSERT_EQ(flat->edges.size(), 2U);
    EXPECT_EQ(flat->edges[0].when, "");
    ASSERT_EQ(flat->outputs.size(), 1U);
    EXPECT_EQ(flat->outputs[0].from.node, "c");
    ASSERT_EQ(flat->errors.size(), 2U);
    EXPECT_EQ(flat->errors[0].code, "x.*");  // tried before what is inherited
    EXPECT_EQ(flat->id, "own");
    EXPECT_EQ(flat->version, 7);
    EXPECT_EQ(flat->maxParallelRuns, 4);
    EXPECT_TRUE(flat->extends.empty());
    EXPECT_EQ(flat->layout.positions.at("a"), (Position{9, 9}));
}

TEST(Flatten, CyclesAndMissingWorkflowsAreErrors) {
    const std::map<std::string, std::string> texts{{"a", R"({"format":1,"id":"a","extends":"b"})"},
                                                   {"b", R"({"format":1,"id":"b","extends":"a"})"},
                                                   {"c", R"({"format":1,"id":"c","extends":"nowhere"})"}};
    const auto resolve = [&](const std::string& id, int) { return resolveFrom(texts, id); };
    const auto cycle = flattenDocument(parsed(texts.at("a")).document, resolve);
    ASSERT_FALSE(cycle);
    EXPECT_EQ(cycle.error().code, "document.extends-cycle");
    EXPECT_NE(cycle.error().message.find("a -> b -> a"), std::string::npos);
    EXPECT_EQ(flattenDocument(parsed(texts.at("c")).document, resolve).error().code, "workflow.not-found");
    EXPECT_EQ(flattenDocument(parsed(texts.at("c")).document, {}).error().code, "workflow.not-found");
}

}  // namespace
}  // namespace signalbox::engine
