#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "base/json.h"
#include "engine/document_io.h"
#include "engine/plan.h"
#include "engine/validate.h"
#include "random_document.h"
#include "support/test_nodes.h"

namespace signalbox::engine {
namespace {

constexpr std::uint64_t kSeed = 77'000;

TEST(DocumentProperty, WritingAndReadingGivesTheSame) {
    for (std::uint64_t round = 0; round < 2'000; ++round) {
        SCOPED_TRACE("seed " + std::to_string(kSeed + round));
        SeededRandom random(kSeed + round);
        const Document document = test::randomDocument(random);
        const std::string text = writeDocument(document);
        const auto read = parseDocument(text);
        ASSERT_TRUE(read) << read.error().message;
        ASSERT_EQ(read->document, document) << text;
        ASSERT_EQ(writeDocument(read->document), text);
        const auto compact = parseDocument(writeJson(parseJson(text).value(), JsonStyle::Compact));
        ASSERT_TRUE(compact);
        ASSERT_EQ(compact->document, document);
    }
}

/// Replaces one value somewhere inside by another, or adds a member.
Value damaged(Random& random, const Value& value) {
    if (value.empty() || (!value.isObject() && !value.isArray()) || random.below(4) == 0) {
        return test::randomValue(random, 2);
    }
    const std::size_t at = random.below(value.size());
    if (value.isArray()) {
        std::vector<Value> items(value.items().begin(), value.items().end());
        items[at] = damaged(random, items[at]);
        return Value::array(std::move(items));
    }
    const Member& member = value.members()[at];
    if (random.below(8) == 0) return value.with("extra" + member.first, member.second);
    return value.with(member.first, damaged(random, member.second));
}

std::multiset<std::string> summary(const std::vector<Finding>& findings) {
    std::multiset<std::string> list;
    for (const Finding& finding : findings) list.insert(finding.code + " " + finding.pointer);
    return list;
}

// Drafts with errors are saved too: whatever is wrong with one, saving it loses neither the rest nor the finding.
TEST(DocumentProperty, DamagedDocumentsSurviveSaving) {
    const auto registry = test::makeTestRegistry();
    for (std::uint64_t round = 0; round < 2'000; ++round) {
        SCOPED_TRACE("seed " + std::to_string(kSeed + round));
        SeededRandom random(kSeed + round);
        Value json = parseJson(writeDocument(test::randomDocument(random))).value();
        for (std::uint64_t i = 1 + random.below(5); i > 0; --i) json = damaged(random, json);
        const auto first = parseAndValidate(writeJson(json), *registry);
        if (!json.isObject()) {
            ASSERT_FALSE(first);
            continue;
        }
        ASSERT_TRUE(first) << first.error().message;
        const std::string saved = writeDocument(first->document);
        const auto second = parseAndValidate(saved, *registry);
        ASSERT_TRUE(second);
        ASSERT_EQ(second->document, first->document) << writeJson(json) << "\n" << saved;
        ASSERT_EQ(summary(second->findings), summary(first->findings)) << writeJson(json) << "\n" << saved;
        ASSERT_EQ(writeDocument(second->document), saved);
    }
}

void checkLists(const Plan& plan) {
    for (EdgeIndex i = 0; i < plan.edges.size(); ++i) {
        const PlanEdge& edge = plan.edges[i];
        const auto holds = [i](const std::vector<EdgeIndex>& list) {
            return std::count(list.begin(), list.end(), i) == 1;
        };
        const PlanNode& to = plan.nodes.at(edge.to);
        ASSERT_LT(edge.toPort, to.manifest->inputs.size());
        const bool flows = edge.kind == EdgeKind::Data || edge.kind == EdgeKind::Error;
        EXPECT_EQ(holds(to.in), flows);
        EXPECT_EQ(holds(to.loopIn), edge.kind == EdgeKind::LoopBack);
        EXPECT_EQ(holds(to.inputIn), edge.kind == EdgeKind::FromInput);
        if (edge.kind == EdgeKind::FromInput) continue;
        EXPECT_EQ(holds(plan.nodes.at(edge.from).out), flows);
        if (edge.kind == EdgeKind::LoopBack) {
            EXPECT_EQ(plan.nodes[edge.from].loopOut, i);
        } else if (edge.kind == EdgeKind::Compensation) {
            EXPECT_EQ(plan.nodes[edge.from].compensatedBy, edge.to);
        }
    }
}

bool inBody(const PlanLoop& loop, NodeIndex node) {
    return std::binary_search(loop.body.begin(), loop.body.end(), node);
}

void checkLoops(const Plan& plan) {
    for (LoopIndex i = 0; i < plan.loops.size(); ++i) {
        const PlanLoop& loop = plan.loops[i];
        EXPECT_TRUE(std::is_sorted(loop.body.begin(), loop.body.end()));
        EXPECT_TRUE(inBody(loop, loop.head) && inBody(loop, loop.tail));
        EXPECT_EQ(plan.edges.at(loop.edge).loop, i);
        if (loop.parent == kNone) continue;
        ASSERT_GT(loop.parent, i);  // inner before outer
        const PlanLoop& parent = plan.loops.at(loop.parent);
        EXPECT_LT(loop.body.size(), parent.body.size());
        EXPECT_TRUE(std::includes(parent.body.begin(), parent.body.end(), loop.body.begin(), loop.body.end()));
    }
    for (const PlanEdge& edge : plan.edges) {
        if (edge.kind != EdgeKind::Data && edge.kind != EdgeKind::Error) continue;
        std::size_t largest = 0;
        LoopIndex expected = kNone;
        for (LoopIndex i = 0; i < plan.loops.size(); ++i) {
            if (!inBody(plan.loops[i], edge.from) || inBody(plan.loops[i], edge.to)) continue;
            if (plan.loops[i].body.size() < largest) continue;
            largest = plan.loops[i].body.size();
            expected = i;
        }
        EXPECT_EQ(edge.exitsLoop, expected);
    }
}

/// Forward wires lead to nodes that no forward wire leads back from, and races hold nodes that only lead into the race.
void checkFlow(const Plan& plan) {
    std::vector<std::size_t> left(plan.nodes.size());
    std::vector<NodeIndex> open;
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        left[i] = plan.nodes[i].in.size();
        if (left[i] == 0) open.push_back(i);
    }
    std::size_t done = 0;
    for (; done < open.size(); ++done) {
        for (const EdgeIndex e : plan.nodes[open[done]].out) {
            if (--left[plan.edges[e].to] == 0) open.push_back(plan.edges[e].to);
        }
    }
    EXPECT_EQ(done, plan.nodes.size()) << "inferred wires must not close a circle either";
    for (NodeIndex merge = 0; merge < plan.nodes.size(); ++merge) {
        const auto& losers = plan.nodes[merge].raceLosers;
        for (const NodeIndex loser : losers) {
            EXPECT_NE(loser, merge);
            for (const EdgeIndex e : plan.nodes[loser].out) {
                const NodeIndex next = plan.edges[e].to;
                EXPECT_TRUE(next == merge || std::binary_search(losers.begin(), losers.end(), next));
            }
        }
    }
}

TEST(PlanProperty, RandomWorkflowsAreRefusedOrSound) {
    const auto registry = test::makeTestRegistry();
    int sound = 0;
    int withLoops = 0;
    std::set<std::string> codes;
    for (std::uint64_t round = 0; round < 4'000; ++round) {
        SCOPED_TRACE("seed " + std::to_string(kSeed + round));
        SeededRandom random(kSeed + round);
        const Document document = test::randomWorkflow(random, 14);
        const auto findings = validate(document, *registry);
        for (const Finding& finding : findings) codes.insert(finding.code);
        const auto plan = compilePlan(document, *registry);
        ASSERT_EQ(plan.has_value(), !hasErrors(findings))
            << (plan ? "" : plan.error().message) << writeDocument(document);
        if (!plan) continue;
        ++sound;
        withLoops += (*plan)->loops.empty() ? 0 : 1;
        checkLists(**plan);
        checkLoops(**plan);
        checkFlow(**plan);
        if (::testing::Test::HasFailure()) FAIL() << writeDocument(document);
    }
    // The generator must reach both sides.
    EXPECT_GT(sound, 400);
    EXPECT_GT(withLoops, 20);
    for (const char* const code : {"document.unmarked-cycle", "document.loop-overlap", "document.loop-not-cycle",
                                   "document.unknown-port", "document.condition-syntax", "document.compensation"}) {
        EXPECT_EQ(codes.count(code), 1U) << code;
    }
}

}  // namespace
}  // namespace signalbox::engine
