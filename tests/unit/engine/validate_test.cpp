#include "engine/validate.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/text.h"
#include "engine/finding_codes.h"
#include "engine/plan.h"
#include "support/test_nodes.h"
#include "validate_cases.h"

namespace signalbox::engine {
namespace {

/// Knows "known", "needy" (which must be given "n"), "d" and "extends-d".
Result<Document> resolveKnown(const std::string& id, int) {
    if (id == "known") return parseDocument(R"({"format": 1, "id": "known"})")->document;
    if (id == "extends-d") return parseDocument(R"({"format": 1, "id": "extends-d", "extends": "d"})")->document;
    if (id == "d") return parseDocument(R"({"format": 1, "id": "d"})")->document;
    if (id == "needy") {
        return parseDocument(R"({"format": 1, "id": "needy", "inputs": [{"name": "n", "required": true},
            {"name": "m", "required": true, "default": 1}]})")
            ->document;
    }
    return fail("workflow.not-found", "There is no workflow \"" + id + "\"", id);
}

std::string describe(const std::vector<Finding>& findings) {
    std::ostringstream out;
    for (const Finding& finding : findings) {
        out << "  " << severityName(finding.severity) << ' ' << finding.code << " at " << finding.place.line << ':'
            << finding.place.column << " (" << finding.pointer << "): " << finding.message << " | " << finding.hint
            << '\n';
    }
    return out.str();
}

class ValidateTest : public ::testing::Test {
protected:
    [[nodiscard]] std::vector<Finding> findingsOf(std::string_view text) const {
        const auto parsed = parseAndValidate(text, *registry_, resolveKnown);
        EXPECT_TRUE(parsed) << text;
        return parsed ? parsed->findings : std::vector<Finding>();
    }

    /// The case's finding is there, where it should be, and it is the only error.
    void check(const ValidateCase& each) const {
        SCOPED_TRACE(each.text);
        const std::string text = withoutMark(each.text);
        const LineColumn expected = lineColumnAt(each.text, each.text.find('@'));
        const std::vector<Finding> findings = findingsOf(text);
        const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
            return finding.code == each.code && finding.place == expected;
        });
        ASSERT_NE(found, findings.end()) << each.code << " expected at " << expected.line << ':' << expected.column
                                         << ", found:\n"
                                         << describe(findings);
        EXPECT_EQ(found->severity, each.onlyWarning ? Severity::Warning : Severity::Error);
        EXPECT_NE(found->hint.find(each.hint), std::string::npos) << found->hint;
        EXPECT_FALSE(found->message.empty());
        for (const Finding& finding : findings) {
            EXPECT_TRUE(finding.severity != Severity::Error || finding.code == each.code) << describe(findings);
        }
        // What validation calls an error can never run, however it was read.
        const auto plan = compilePlan(parseDocument(text)->document, *registry_, resolveKnown);
        EXPECT_EQ(plan.has_value(), each.onlyWarning) << (plan ? "" : plan.error().message);
    }

    std::unique_ptr<Registry> registry_ = test::makeTestRegistry();
};

TEST_F(ValidateTest, Form) {
    for (const ValidateCase& each : formCases()) check(each);
}
TEST_F(ValidateTest, Nodes) {
    for (const ValidateCase& each : nodeCases()) check(each);
}
TEST_F(ValidateTest, Policies) {
    for (const ValidateCase& each : policyCases()) check(each);
}
TEST_F(ValidateTest, Edges) {
    for (const ValidateCase& each : edgeCases()) check(each);
}
TEST_F(ValidateTest, Graph) {
    for (const ValidateCase& each : graphCases()) check(each);
}

TEST_F(ValidateTest, Failures) {
    for (const ValidateCase& each : failureCases()) check(each);
}

TEST_F(ValidateTest, EveryCodeHasACase) {
    // Said by parseDocument itself, and by a document too large for a table.
    std::set<std::string_view> covered{"document.syntax", "document.too-large"};
    for (const auto* const cases :
         {&formCases(), &nodeCases(), &policyCases(), &edgeCases(), &graphCases(), &failureCases()}) {
        for (const ValidateCase& each : *cases) covered.insert(each.code);
    }
    for (const FindingCodeInfo& info : findingCodes()) EXPECT_EQ(covered.count(info.code), 1U) << info.code;
}

TEST_F(ValidateTest, TheManualListsEveryCodeAndNoOther) {
    const std::string page =
        readFile(std::string(SIGNALBOX_SOURCE_DIR) + "/resources/docs/workflow-format.md").value_or("");
    std::map<std::string, std::string> rows;  // "| `code` | severity | meaning |"
    for (const std::string_view line : split(page, '\n')) {
        const auto cells = split(line, '|');
        if (cells.size() != 5 || cells[1].substr(0, 11) != " `document.") continue;
        rows[std::string(cells[1].substr(2, cells[1].size() - 4))] = cells[2].substr(1, cells[2].size() - 2);
    }
    EXPECT_EQ(rows.size(), findingCodes().size());
    for (const FindingCodeInfo& info : findingCodes()) {
        EXPECT_EQ(rows[std::string(info.code)], severityName(info.severity)) << info.code;
        EXPECT_NE(page.find(info.meaning), std::string::npos) << info.code << ": " << info.meaning;
    }
}

TEST_F(ValidateTest, ASoundDocumentHasNoFindings) {
    const auto findings = findingsOf(R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
        "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": {"$expr": "1 + 1"}, "expression": "$.x",
                       "columns": [{"name": {"$expr": "'n'"}, "value": "y"}]}},
                  {"id": "b", "type": "PassNode", "onError": "route"}, {"id": "c", "type": "CollectNode"},
                  {"id": "m", "type": "MapNode", "params": {"node": {"type": "PickyNode", "params": {"good": {"$expr": "2"}}}}},
                  {"id": "sub", "type": "SubWorkflowNode", "params": {"workflow": "known", "version": 1}},
                  {"id": "undo", "type": "EffectNode"}, {"id": "rescue", "type": "PassNode"}],
        "edges": [{"from": "$inputs.t", "to": "a.text"}, {"from": "a.count", "to": "a.count", "loop": {"maxIterations": 3}},
                  {"from": "a.text", "to": "b.input"}, {"from": "b.output", "to": "c.input"},
                  {"from": "b.error", "to": "c.input"}, {"from": "$inputs.t", "to": "c.input"},
                  {"from": "c.output", "to": "m.input"}, {"from": "c.output", "to": "sub.input", "when": "$count($) > 1"},
                  {"from": "m.compensate", "to": "undo.input"}],
        "outputs": [{"name": "o", "from": "m.output"}, {"name": "e", "from": "rescue.error"}],
        "errors": [{"code": "*", "do": "route", "to": "rescue.input"}]})");
    EXPECT_EQ(describe(findings), "");
}

TEST_F(ValidateTest, SubWorkflowsAreGivenWhatTheyNeedAsFarAsTheDocumentTells) {
    const auto describeWith = [this](const std::string& nodes, const std::string& edges) {
        return describe(findingsOf(R"({"format": 1, "id": "w", "inputs": [{"name": "o", "type": "object"}], "nodes": [
            {"id": "sub", "type": "SubWorkflowNode", "params": {"workflow": "needy", "version": 1}})" +
                                   nodes + R"(], "edges": [)" + edges + "]}"));
    };
    EXPECT_NE(describeWith("", "").find("needs the input \"n\", which is not given"), std::string::npos);
    EXPECT_EQ(describeWith("", R"({"from": "$inputs.o", "to": "sub.input"})"), "") << "what comes is not known";
    // An older version of a workflow may be started by it: it is another one.
    EXPECT_EQ(describe(findingsOf(R"({"format": 1, "id": "known", "version": 2, "nodes": [
        {"id": "sub", "type": "SubWorkflowNode", "params": {"workflow": "known", "version": 1}}]})")),
              "");
}

TEST_F(ValidateTest, ComputedParametersMayStandAnywhereButMustBeOfTheExactShape) {
    const auto errors = [this](const std::string& limit) {
        return hasErrors(findingsOf(R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": )" +
                                    limit + R"(}}],
            "edges": [{"from": "$inputs.t", "to": "a.text"}]})"));
    };
    EXPECT_FALSE(errors(R"({"$expr": "5"})"));
    EXPECT_TRUE(errors(R"({"$expr": 5})"));
    EXPECT_TRUE(errors(R"({"$expr": "5", "x": 1})"));
}

TEST_F(ValidateTest, FindingsNameTheirSubjectAndFollowTheDocument) {
    const auto findings = findingsOf(R"({"format": 1, "id": "d", "outputs": [{"name": "o", "from": "x.y"}],
        "edges": [{"from": "a.output", "to": "b.inpt"}],
        "nodes": [{"id": "a", "type": "SourceNode", "params": {"q": 1}}, {"id": "b", "type": "PassNode"}]})");
    ASSERT_EQ(findings.size(), 3U) << describe(findings);
    EXPECT_EQ(findings[0].node, "a");
    EXPECT_EQ(findings[0].pointer, "/nodes/0/params/q");
    EXPECT_EQ(findings[1].edge, "a.output -> b.inpt");
    EXPECT_EQ(findings[1].port, "inpt");
    EXPECT_EQ(findings[2].code, "document.output-unknown");
}

TEST_F(ValidateTest, InheritedEntriesPointToExtends) {
    const auto resolve = [](const std::string&, int) -> Result<Document> {
        return parseDocument(R"({"format": 1, "id": "base", "nodes": [{"id": "a", "type": "SourceNode"},
            {"id": "b", "type": "PassNode", "params": {"x": 1}}], "edges": [{"from": "a.output", "to": "b.input"}]})")
            ->document;
    };
    const std::string own = R"({"format": 1, "id": "d", "extends": "base", "nodes": [{"id": "c", "type": "PassNode"}],
        "edges": [{"from": "b.output", "to": "c.input"}, {"from": "b.nope", "to": "c.input"}]})";
    const auto parsed = parseAndValidate(own, *registry_, resolve);
    ASSERT_TRUE(parsed);
    std::vector<std::string> places;
    for (const Finding& finding : parsed->findings) places.push_back(finding.code + " " + finding.pointer);
    EXPECT_EQ(places,
              (std::vector<std::string>{"document.unknown-parameter /extends", "document.unknown-port /edges/1/from",
                                        "document.port-taken /edges/1/to"}));
    // Without anybody to ask, what may be inherited is not called unknown.
    EXPECT_FALSE(hasErrors(validate(parseDocument(R"({"format": 1, "id": "d", "extends": "base",
        "edges": [{"from": "b.output", "to": "c.input"}], "outputs": [{"name": "o", "from": "b.output"}]})")
                                        ->document,
                                    *registry_)));
}

TEST_F(ValidateTest, NodesBehindACircleAreUnreachable) {
    const auto findings = findingsOf(R"({"format": 1, "id": "d",
        "nodes": [{"id": "a", "type": "PassNode"}, {"id": "b", "type": "PassNode"}, {"id": "c", "type": "PassNode"}],
        "edges": [{"from": "a.output", "to": "b.input"}, {"from": "b.output", "to": "a.input"},
                  {"from": "b.output", "to": "c.input"}]})");
    std::set<std::string> unreachable;
    for (const Finding& finding : findings) {
        if (finding.code == "document.unreachable-node") unreachable.insert(finding.node);
        const bool isCycle = finding.code == "document.unmarked-cycle";
        EXPECT_TRUE(!isCycle || finding.message.find("a -> b -> a") != std::string::npos) << finding.message;
    }
    EXPECT_EQ(unreachable, (std::set<std::string>{"a", "b", "c"}));
}

TEST_F(ValidateTest, LoopsBeyondAllMeasureAreRefusedNotSearched) {
    // A chain where every node but the first two closes a loop to the start: bodies grow without end.
    Document document;
    document.id = "d";
    for (int i = 0; i < 12'000; ++i) {
        NodeDecl& node = document.nodes.emplace_back();
        node.id = "n" + std::to_string(i);
        node.type = "CollectNode";
        if (i == 0) continue;
        document.edges.emplace_back().from = {"n" + std::to_string(i - 1), "output"};
        document.edges.back().to = {node.id, "input"};
        EdgeDecl& back = document.edges.emplace_back();
        back.from = {node.id, "output"};
        back.to = {"n0", "input"};
        back.loop = LoopDecl{2, "", true};
    }
    const auto findings = validate(document, *registry_);
    ASSERT_EQ(findings.size(), 1U) << describe(findings).substr(0, 500);
    EXPECT_EQ(findings[0].code, "document.too-large");
}

}  // namespace
}  // namespace signalbox::engine
