#include <filesystem>

#include <gtest/gtest.h>

#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

namespace fs = std::filesystem;

class FileNodes : public testing::Test {
protected:
    NodeHarness harness;
    const TemporaryFolder& workspace = harness.workspace();
    Value csv(std::string_view content, const char* more = "") {
        workspace.write("in.csv", content);
        return harness.output("CsvReaderNode", json(std::string(R"({"path": "in.csv")") + more + "}"));
    }
    Error csvError(std::string_view content, const char* more = "") {
        workspace.write("in.csv", content);
        return harness.error("CsvReaderNode", json(std::string(R"({"path": "in.csv")") + more + "}"));
    }
    Value inputOf(const Value& value) { return Value::object({{"input", value}}); }
};

TEST_F(FileNodes, CsvReadsQuotesLineBreaksAndTheMark) {
    EXPECT_EQ(csv("\xEF\xBB\xBFname,note\r\n\"Smith, J\",\"said \"\"hi\"\"\nand left\"\r\nplain,\r\n"),
              json(R"([{"name": "Smith, J", "note": "said \"hi\"\nand left"}, {"name": "plain", "note": null}])"));
}

TEST_F(FileNodes, CsvRecognisesTypesOnlyWhereTheWholeColumnAgrees) {
    EXPECT_EQ(csv("a,b,c,d,e\n1,1.5,true,007,1\n2,-2e3,false,12,x\n,,,,\n"),
              json(R"([{"a": 1, "b": 1.5, "c": true, "d": "007", "e": "1"},
                       {"a": 2, "b": -2000, "c": false, "d": "12", "e": "x"},
                       {"a": null, "b": null, "c": null, "d": null, "e": null}])"));
    EXPECT_EQ(csv("n\n99999999999999999999\n"), json(R"([{"n": "99999999999999999999"}])"));
    EXPECT_EQ(csv("a,b\n1,\n", R"(, "inferTypes": false)"), json(R"([{"a": "1", "b": ""}])"));
}

TEST_F(FileNodes, CsvTakesOtherDelimitersNamesAndNoHeader) {
    EXPECT_EQ(csv("1;'a;b'\n", R"(, "delimiter": ";", "quote": "'", "header": false, "columns": ["id"])"),
              json(R"([{"id": 1, "column2": "a;b"}])"));
    EXPECT_EQ(csv("a , b\n x ,\"y\" \n", R"(, "trim": true)"), json(R"([{"a": "x", "b": "y"}])"));
}

TEST_F(FileNodes, CsvNamesTheLineOfAnError) {
    const Error open = csvError("a,b\n1,2\n3,\"never closed\n5,6\n");
    EXPECT_EQ(open.code, "csv.syntax");
    EXPECT_NE(open.message.find("Line 3"), std::string::npos) << open.message;
    const Error after = csvError("a\n\"x\"y\n");
    EXPECT_EQ(after.code, "csv.syntax");
    const Error ragged = csvError("a,b\n\"multi\nline\",2\n1,2,3\n");
    EXPECT_EQ(ragged.code, "csv.ragged");
    EXPECT_TRUE(ragged.where.ends_with("in.csv:4")) << ragged.where;
    EXPECT_EQ(csvError("a,a\n1,2\n").code, "csv.header");
    EXPECT_EQ(csvError("a\n\xFF\n").code, "csv.encoding");
}

TEST_F(FileNodes, CsvPadsOrSkipsRaggedRowsWhenTold) {
    EXPECT_EQ(csv("a,b\n1\n1,2,3\n", R"(, "raggedRows": "pad")"), json(R"([{"a": 1, "b": null}, {"a": 1, "b": 2}])"));
    workspace.write("in.csv", "a,b\n1\n3,4\n");
    const auto result = harness.run("CsvReaderNode", json(R"({"path": "in.csv", "raggedRows": "skip"})"));
    ASSERT_TRUE(result);
    EXPECT_EQ((*result)["output"], json(R"([{"a": 3, "b": 4}])"));
    EXPECT_EQ((*result)["info"]["skipped"], Value(1));
    EXPECT_EQ((*result)["info"]["columns"], json(R"(["a", "b"])"));
}

TEST_F(FileNodes, CsvKeepsToItsLimits) {
    EXPECT_EQ(csv("a\n1\n2\n3\n", R"(, "maxRows": 2)").size(), 2U);
    EXPECT_EQ(csvError("a\n1\n2\n3\n", R"(, "maxBytes": 4)").code, "file.too-large");
    EXPECT_EQ(csv("n\nM\xFCller\n", R"(, "encoding": "latin-1")"), json(R"([{"n": "Müller"}])"));
    EXPECT_EQ(csv(""), json("[]"));
}

TEST_F(FileNodes, CsvIsReadBackAsItWasWritten) {
    const Value rows = json(R"([{"a": 1, "b": "x,\"y\"\nz", "c": null}, {"a": 2.5, "b": "", "d": {"k": [1]}}])");
    const Value written = harness.output("CsvWriterNode", json(R"({"path": "sub/out.csv"})"), inputOf(rows));
    EXPECT_EQ(written["rows"], Value(2));
    EXPECT_EQ(written["bytes"], Value(workspace.read("sub/out.csv").size()));
    EXPECT_EQ(workspace.read("sub/out.csv"), "a,b,c,d\n1,\"x,\"\"y\"\"\nz\",,\n2.5,\"\",,\"{\"\"k\"\":[1]}\"\n");
    EXPECT_EQ(
        harness.output("CsvReaderNode", json(R"({"path": "sub/out.csv"})")),
        json(
            R"([{"a": 1, "b": "x,\"y\"\nz", "c": null, "d": null}, {"a": 2.5, "b": "", "c": null, "d": "{\"k\":[1]}"}])"));
}

TEST_F(FileNodes, CsvWritesColumnsQuotesAndLineEndsAsAsked) {
    static_cast<void>(harness.output(
        "CsvWriterNode",
        json(R"({"path": "o.csv", "columns": ["b", "a"], "quoting": "all", "lineEnding": "crlf", "delimiter": ";"})"),
        inputOf(json(R"([{"a": 1, "b": true, "c": 9}])"))));
    EXPECT_EQ(workspace.read("o.csv"), "\"b\";\"a\"\r\n\"true\";\"1\"\r\n");
}

TEST_F(FileNodes, JsonReadsWholePartsAndLines) {
    workspace.write("a.json", R"({"items": [{"n": 1}, {"n": 2}]})");
    EXPECT_EQ(harness.output("JsonReaderNode", json(R"({"path": "a.json", "pointer": "/items/1"})")),
              json(R"({"n": 2})"));
    EXPECT_EQ(harness.error("JsonReaderNode", json(R"({"path": "a.json", "pointer": "/nothing"})")).code,
              "json.no-such-part");
    workspace.write("b.jsonl", "{\"n\": 1}\n\n[2]\r\n");
    EXPECT_EQ(harness.output("JsonReaderNode", json(R"({"path": "b.jsonl"})")), json(R"([{"n": 1}, [2]])"));
}

TEST_F(FileNodes, JsonNamesABadLineOrSkipsIt) {
    workspace.write("b.ndjson", "1\n{bad\n3\n");
    const Error error = harness.error("JsonReaderNode", json(R"({"path": "b.ndjson"})"));
    EXPECT_EQ(error.code, "json.syntax");
    EXPECT_TRUE(error.where.ends_with("b.ndjson:2")) << error.where;
    EXPECT_EQ(harness.output("JsonReaderNode", json(R"({"path": "b.ndjson", "onBadLine": "skip"})")), json("[1, 3]"));
    EXPECT_EQ(harness.logged().at(0).level, LogLevel::Warning);
    workspace.write("c.json", "{\"a\": }");
    EXPECT_EQ(harness.error("JsonReaderNode", json(R"({"path": "c.json"})")).code, "json.syntax");
}

TEST_F(FileNodes, JsonWritesStylesAndLines) {
    const Value value = json(R"([{"b": 1, "a": 2}, 3])");
    static_cast<void>(
        harness.output("JsonWriterNode", json(R"({"path": "o.jsonl", "style": "canonical"})"), inputOf(value)));
    EXPECT_EQ(workspace.read("o.jsonl"), "{\"a\":2,\"b\":1}\n3\n");
    static_cast<void>(
        harness.output("JsonWriterNode", json(R"({"path": "o.json", "style": "compact"})"), inputOf(value)));
    EXPECT_EQ(workspace.read("o.json"), "[{\"b\":1,\"a\":2},3]\n");
    EXPECT_EQ(harness.error("JsonWriterNode", json(R"({"path": "x.jsonl"})"), inputOf(7)).code, "json.not-an-array");
    EXPECT_FALSE(fs::exists(workspace.path() / "x.jsonl"));
}

TEST_F(FileNodes, TextReadsWholeLinesAndParagraphs) {
    workspace.write("t.txt", "one\r\ntwo\n\n\nthree\nfour\n");
    EXPECT_EQ(harness.output("TextReaderNode", json(R"({"path": "t.txt"})")), Value("one\r\ntwo\n\n\nthree\nfour\n"));
    EXPECT_EQ(harness.output("TextReaderNode", json(R"({"path": "t.txt", "mode": "lines", "skipEmpty": true})")),
              json(R"(["one", "two", "three", "four"])"));
    EXPECT_EQ(harness.output("TextReaderNode", json(R"({"path": "t.txt", "mode": "lines", "maxItems": 3})")),
              json(R"(["one", "two", ""])"));
    EXPECT_EQ(harness.output("TextReaderNode", json(R"({"path": "t.txt", "mode": "paragraphs"})")),
              json(R"(["one\ntwo", "three\nfour"])"));
}

TEST_F(FileNodes, TextReadsRecordsWithContinuationLines) {
    workspace.write("r.txt",
                    "# comment\nPackage: bash\nSize: 12\nDescription: a shell\n that\n .\n speaks\nTag: x\nTag: y\n\n\n"
                    "Package: dash\nSize: n/a\n");
    EXPECT_EQ(harness.output("TextReaderNode", json(R"({"path": "r.txt", "mode": "records", "inferTypes": true})")),
              json(R"([{"Package": "bash", "Size": 12, "Description": "a shell\nthat\n\nspeaks", "Tag": ["x", "y"]},
                       {"Package": "dash", "Size": "n/a"}])"));
    EXPECT_EQ(harness.output("TextReaderNode",
                             json(R"({"path": "r.txt", "mode": "records", "fields": ["Package"], "maxItems": 1})")),
              json(R"([{"Package": "bash"}])"));
    workspace.write("bad.txt", "A: 1\nno colon here\n");
    const Error error = harness.error("TextReaderNode", json(R"({"path": "bad.txt", "mode": "records"})"));
    EXPECT_EQ(error.code, "text.record");
    EXPECT_NE(error.message.find("Line 2"), std::string::npos);
    workspace.write("bad2.txt", " continues nothing\n");
    EXPECT_EQ(harness.error("TextReaderNode", json(R"({"path": "bad2.txt", "mode": "records"})")).code, "text.record");
}

TEST_F(FileNodes, TextReadsTheRealPackageList) {
    if (!fs::exists("/var/lib/dpkg/status")) GTEST_SKIP() << "no dpkg here";
    const Value records =
        harness.output("TextReaderNode",
                       json(R"({"path": "/var/lib/dpkg/status", "mode": "records", "fields": ["Package", "Status"]})"));
    EXPECT_GT(records.size(), 50U);
    for (const Value& record : records.items()) ASSERT_TRUE(record["Package"].isString()) << writeJson(record);
}

TEST_F(FileNodes, RefusesWhatIsNotARegularFile) {
    EXPECT_EQ(harness.error("TextReaderNode", json(R"({"path": "nothing.txt"})")).code, "file.not-found");
    EXPECT_EQ(harness.error("TextReaderNode", json(R"({"path": "/dev/zero"})")).code, "file.not-a-file");
    EXPECT_EQ(harness.error("TextReaderNode", json(R"({"path": "."})")).code, "file.not-a-file");
}

TEST_F(FileNodes, WritesStayInTheWorkspace) {
    const auto write = [&](const std::string& path) {
        return harness.error("JsonWriterNode", Value::object({{"path", path}}), inputOf(1)).code;
    };
    TemporaryFolder outside;
    EXPECT_EQ(write((outside.path() / "x.json").string()), "file.outside-workspace");
    EXPECT_EQ(write("../escape.json"), "file.outside-workspace");
    EXPECT_EQ(write("a/../../escape.json"), "file.outside-workspace");
    EXPECT_EQ(write("missing/../../escape.json"), "file.outside-workspace");
    fs::create_directory_symlink(outside.path(), workspace.path() / "link");
    EXPECT_EQ(write("link/x.json"), "file.outside-workspace");
    outside.write("target.json", "old");
    fs::create_symlink(outside.path() / "target.json", workspace.path() / "alias.json");
    EXPECT_EQ(write("alias.json"), "file.outside-workspace");
    EXPECT_EQ(outside.read("target.json"), "old");
    EXPECT_TRUE(fs::is_directory(outside.path()) && !fs::exists(outside.path() / "x.json"));
}

TEST_F(FileNodes, TheFilesOfTheProgramItselfAreShut) {
    workspace.write(".signalbox/identity.db", "users");
    workspace.write("a/.signalbox/state.db", "runs");
    fs::create_symlink(workspace.path() / ".signalbox/identity.db", workspace.path() / "alias.json");
    fs::create_directory_symlink(workspace.path() / ".signalbox", workspace.path() / "link");
    for (const char* path : {".signalbox/identity.db", "a/.signalbox/state.db", "alias.json", "link/identity.db"}) {
        EXPECT_EQ(harness.error("TextReaderNode", Value::object({{"path", path}})).code, "file.engine-state") << path;
        EXPECT_EQ(harness.error("JsonWriterNode", Value::object({{"path", path}}), inputOf(1)).code,
                  "file.engine-state")
            << path;
        EXPECT_EQ(harness.error("SqlQueryNode", Value::object({{"database", path}, {"sql", "SELECT 1"}})).code,
                  "file.engine-state")
            << path;
    }
    EXPECT_EQ(harness.error("JsonWriterNode", json(R"({"path": ".signalbox/new/x.json"})"), inputOf(1)).code,
              "file.engine-state");
    EXPECT_EQ(workspace.read(".signalbox/identity.db"), "users");
    EXPECT_FALSE(fs::exists(workspace.path() / ".signalbox/new"));
}

TEST(FileAccess, RootsAreHeld) {
    TemporaryFolder data;
    data.write("in.json", "1");
    NodeEnvironment environment;
    environment.files.writeRoots = {data.path().string()};
    environment.files.readRoots = std::vector{data.path().string()};
    NodeHarness harness(environment);
    const Value written = harness.output("JsonWriterNode", Value::object({{"path", (data.path() / "o.json").string()}}),
                                         json(R"({"input": 5})"));
    EXPECT_EQ(data.read("o.json"), "5\n");
    EXPECT_EQ(harness.output("JsonReaderNode", Value::object({{"path", (data.path() / "in.json").string()}})),
              Value(1));
    harness.workspace().write("w.json", "2");
    EXPECT_EQ(harness.output("JsonReaderNode", json(R"({"path": "w.json"})")), Value(2));
    EXPECT_EQ(harness.error("TextReaderNode", json(R"({"path": "/etc/passwd"})")).code, "file.outside-workspace");
}

TEST(FileAccess, WhatIsShutStaysSoInsideOfRoots) {
    const TemporaryFolder data;
    data.write("keys/one.json", "1");
    data.write("keys/two.json", "2");
    data.write("open.json", "3");
    fs::create_symlink(data.path() / "keys/one.json", data.path() / "current.json");
    NodeEnvironment environment;
    environment.files.readRoots = std::vector<std::string>{"/"};
    environment.files.writeRoots = {data.path().string()};
    environment.files.shut = {(data.path() / "current.json").string(), (data.path() / "not-there").string()};
    NodeHarness harness(environment);
    const auto read = [&](const char* name) {
        return harness.run("JsonReaderNode", Value::object({{"path", (data.path() / name).string()}}));
    };
    EXPECT_EQ(read("current.json").error().code, "file.engine-state");
    EXPECT_EQ(read("keys/one.json").error().code, "file.engine-state");
    EXPECT_TRUE(read("keys/two.json").has_value());
    EXPECT_TRUE(read("open.json").has_value());
    EXPECT_EQ(harness
                  .error("JsonWriterNode", Value::object({{"path", (data.path() / "keys/one.json").string()}}),
                         json(R"({"input": 5})"))
                  .code,
              "file.engine-state");
    fs::remove(data.path() / "current.json");
    fs::create_symlink(data.path() / "keys/two.json", data.path() / "current.json");
    EXPECT_EQ(read("keys/two.json").error().code, "file.engine-state") << "a renewed key is another file";
    EXPECT_TRUE(read("keys/one.json").has_value());
}

TEST(FileAccess, NoReadRootsLeaveTheWorkspaceAlone) {
    const TemporaryFolder data;
    data.write("in.json", "1");
    NodeEnvironment environment;
    environment.files.readRoots.emplace();
    NodeHarness harness(environment);
    harness.workspace().write("w.json", "2");
    const Value outside = Value::object({{"path", (data.path() / "in.json").string()}});
    EXPECT_EQ(harness.output("JsonReaderNode", json(R"({"path": "w.json"})")), Value(2));
    EXPECT_EQ(harness.error("JsonReaderNode", outside).code, "file.outside-workspace");
    EXPECT_EQ(
        harness.error("HttpRequestNode", json(R"({"url": "https://127.0.0.1:1/", "caFile": "/etc/passwd"})")).code,
        "file.outside-workspace");
}

TEST_F(FileNodes, AStoppedNodeDoesNotWrite) {
    harness.stop().request_stop();
    EXPECT_EQ(harness.error("JsonWriterNode", json(R"({"path": "o.json"})"), inputOf(1)).code, "node.stopped");
    EXPECT_FALSE(fs::exists(workspace.path() / "o.json"));
}

}  // namespace
}  // namespace signalbox::nodes
