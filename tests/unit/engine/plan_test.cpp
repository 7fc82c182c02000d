#include "engine/plan.h"

#include <ctime>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "support/test_nodes.h"

namespace signalbox::engine {
namespace {

class PlanTest : public ::testing::Test {
protected:
    [[nodiscard]] std::shared_ptr<const Plan> compile(const std::string& text) const {
        const auto parsed = parseDocument(text);
        EXPECT_TRUE(parsed);
        auto plan = compilePlan(parsed->document, *registry_);
        EXPECT_TRUE(plan) << (plan ? "" : plan.error().message + " at " + plan.error().where);
        return plan ? *plan : nullptr;
    }
    static std::vector<std::string> ids(const Plan& plan, const std::vector<NodeIndex>& nodes) {
        std::vector<std::string> names;
        for (const NodeIndex node : nodes) names.push_back(plan.nodes[node].id);
        return names;
    }

    std::unique_ptr<Registry> registry_ = test::makeTestRegistry();
};

TEST_F(PlanTest, EdgesAreSortedByKind) {
    const auto plan = compile(R"({"format":1,"id":"d","version":4,"inputs":[{"name":"x"}],
        "nodes":[{"id":"z","type":"CollectNode"},{"id":"a","type":"EffectNode"},{"id":"u","type":"EffectNode"},
                 {"id":"h","type":"CollectNode"}],
        "edges":[{"from":"$inputs.x","to":"z.input"},{"from":"z.output","to":"a.input","when":"$count($) > 0"},
                 {"from":"a.error","to":"h.input"},{"from":"a.compensate","to":"u.input"},
                 {"from":"a.output","to":"z.input","loop":{"maxIterations":3,"convergeWhen":"$ = 1","atLimit":"continue"}}]})");
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(plan->version, 4);
    EXPECT_EQ(plan->workflowId, "d");
    EXPECT_EQ(plan->logicHash, sha256Hex(writeLogic(plan->document)));
    const NodeIndex z = plan->indexOf("z");
    const NodeIndex a = plan->indexOf("a");
    EXPECT_EQ(z, 0U);  // nodes keep the document's order
    EXPECT_EQ(plan->indexOf("nope"), kNone);
    const std::vector<EdgeKind> kinds{EdgeKind::FromInput, EdgeKind::Data, EdgeKind::Error, EdgeKind::Compensation,
                                      EdgeKind::LoopBack};
    for (std::size_t i = 0; i < kinds.size(); ++i) EXPECT_EQ(plan->edges[i].kind, kinds[i]) << i;
    EXPECT_EQ(plan->nodes[z].inputIn, std::vector<EdgeIndex>{0});
    EXPECT_EQ(plan->nodes[z].loopIn, std::vector<EdgeIndex>{4});
    EXPECT_EQ(plan->nodes[a].in, std::vector<EdgeIndex>{1});
    EXPECT_EQ(plan->nodes[a].out, std::vector<EdgeIndex>{2});
    EXPECT_EQ(plan->nodes[a].loopOut, 4U);
    EXPECT_TRUE(plan->nodes[a].hasErrorEdge);
    EXPECT_EQ(plan->nodes[a].compensatedBy, plan->indexOf("u"));
    EXPECT_TRUE(plan->nodes[plan->indexOf("u")].isCompensation);
    EXPECT_TRUE(plan->edges[1].when.has_value());
    ASSERT_EQ(plan->loops.size(), 1U);
    EXPECT_EQ(plan->loops[0].body, (std::vector<NodeIndex>{z, a}));
    EXPECT_FALSE(plan->loops[0].failAtLimit);
    EXPECT_TRUE(plan->loops[0].convergeWhen.has_value());
    EXPECT_EQ(plan->edges[2].exitsLoop, 0U);
}

TEST_F(PlanTest, ParametersAreFilledInAndExpressionsCompiled) {
    const auto plan = compile(R"({"format":1,"id":"d","inputs":[{"name":"t","type":"string"}],
        "nodes":[{"id":"a","type":"TypedNode","params":{"limit":{"$expr":"1 + 1"},"options":{"name":"n"},
                  "columns":[{"name":{"$expr":"'c'"},"value":"not.computed"}]},
                  "retry":{"maxAttempts":3},"timeout":{"attempt":"1s","total":"2s"}},
                 {"id":"s","type":"SourceNode"},{"id":"p","type":"PassNode","memo":{"ttl":"1m"},"onError":"continue"}],
        "edges":[{"from":"$inputs.t","to":"a.text"},{"from":"s.output","to":"p.input"}]})");
    ASSERT_NE(plan, nullptr);
    const PlanNode& a = plan->nodes[0];
    EXPECT_EQ(a.params["mode"], Value("safe"));
    EXPECT_EQ(a.params["options"], Value::object({{"name", "n"}, {"depth", 3}}));
    EXPECT_TRUE(a.dynamicParams);
    ASSERT_EQ(a.paramExpressions.size(), 2U);
    EXPECT_EQ(a.paramExpressions[0].first, "/limit");
    EXPECT_EQ(a.paramExpressions[0].second.evaluate(Value()).value(), Value(2));
    EXPECT_EQ(a.paramExpressions[1].first, "/columns/0/name");
    EXPECT_TRUE(a.hasOwnRetry);
    EXPECT_EQ(a.retry.maxAttempts, 3);
    EXPECT_EQ(a.attemptTimeout, 1'000'000);
    EXPECT_EQ(a.totalTimeout, 2'000'000);
    EXPECT_NE(a.behaviour, nullptr);
    EXPECT_EQ(plan->nodes[1].params["value"], Value(1));
    EXPECT_FALSE(plan->nodes[1].dynamicParams);
    EXPECT_FALSE(plan->nodes[1].hasOwnRetry);
    EXPECT_EQ(plan->nodes[2].memoTtl, 60'000'000);
    EXPECT_EQ(plan->nodes[2].onError, OnError::Continue);
}

TEST_F(PlanTest, MapsAndSubWorkflows) {
    const auto plan = compile(R"({"format":1,"id":"d",
        "nodes":[{"id":"s","type":"SourceNode"},
                 {"id":"m","type":"MapNode","params":{"concurrency":2,"onItemError":"collect",
                    "node":{"type":"TypedNode","params":{"limit":{"$expr":"item"}}}}},
                 {"id":"w","type":"MapNode","params":{"workflow":"child","version":3}},
                 {"id":"sub","type":"SubWorkflowNode","params":{"workflow":"child","version":2}}],
        "edges":[{"from":"s.output","to":"m.input"},{"from":"s.output","to":"w.input"},{"from":"s.output","to":"sub.input"}]})");
    ASSERT_NE(plan, nullptr);
    const PlanNode& node = plan->nodes[1];
    ASSERT_TRUE(node.map.has_value());
    EXPECT_EQ(node.map->concurrency, 2U);
    EXPECT_EQ(node.map->onItemError, ItemErrorPolicy::Collect);
    EXPECT_EQ(node.map->itemManifest, registry_->manifest("TypedNode"));
    EXPECT_NE(node.map->itemBehaviour, nullptr);
    EXPECT_EQ(node.map->itemParams["mode"], Value("safe"));
    ASSERT_EQ(node.map->itemParamExpressions.size(), 1U);
    EXPECT_EQ(node.map->itemParamExpressions[0].first, "/limit");
    EXPECT_FALSE(node.dynamicParams);  // the item's expressions are not the map's
    EXPECT_EQ(plan->nodes[2].childWorkflow, "child");
    EXPECT_EQ(plan->nodes[2].childVersion, 3);
    EXPECT_EQ(plan->nodes[2].map->concurrency, 8U);
    EXPECT_EQ(plan->nodes[2].map->itemBehaviour, nullptr);
    EXPECT_EQ(plan->nodes[3].childVersion, 2);
    EXPECT_EQ(plan->nodes[3].behaviour, nullptr);
}

TEST_F(PlanTest, ErrorTableRoutesAreInferred) {
    const auto plan = compile(R"({"format":1,"id":"d",
        "nodes":[{"id":"a","type":"SourceNode"},{"id":"b","type":"PassNode"},{"id":"own","type":"PassNode"},
                 {"id":"stern","type":"PassNode","onError":"fail"},{"id":"rescue","type":"PassNode"},
                 {"id":"after","type":"PassNode"},{"id":"mine","type":"PassNode"}],
        "edges":[{"from":"a.output","to":"b.input"},{"from":"b.output","to":"own.input"},{"from":"own.error","to":"mine.input"},
                 {"from":"own.output","to":"stern.input"},{"from":"rescue.output","to":"after.input"}],
        "errors":[{"code":"x.*","do":"route","to":"rescue.input"},{"code":"y.*","do":"retryThenFail","retry":{"maxAttempts":2}},
                  {"code":"*","do":"route","to":"rescue.input"}]})");
    ASSERT_NE(plan, nullptr);
    const NodeIndex rescue = plan->indexOf("rescue");
    std::vector<NodeIndex> sources;
    for (const PlanEdge& edge : plan->edges) {
        if (!edge.inferred) continue;
        EXPECT_EQ(edge.kind, EdgeKind::Error);
        EXPECT_EQ(edge.to, rescue);
        EXPECT_EQ(edge.fromPort, "error");
        sources.push_back(edge.from);
    }
    // Once for two rows to the same place; not from what comes after it, nor from nodes that decide for themselves.
    EXPECT_EQ(ids(*plan, sources), (std::vector<std::string>{"a", "b", "mine"}));
    EXPECT_EQ(plan->nodes[rescue].in.size(), 3U);
    EXPECT_FALSE(plan->nodes[0].hasErrorEdge);
    EXPECT_TRUE(plan->nodes[2].hasErrorEdge);
}

TEST_F(PlanTest, RaceLosersLeadOnlyIntoTheMerge) {
    const auto plan = compile(R"({"format":1,"id":"d",
        "nodes":[{"id":"s","type":"SourceNode"},{"id":"a","type":"PassNode"},{"id":"b","type":"PassNode"},
                 {"id":"c","type":"PassNode"},{"id":"seen","type":"PassNode"},{"id":"log","type":"CollectNode"},
                 {"id":"looped","type":"CollectNode"},{"id":"tail","type":"PassNode"},
                 {"id":"m","type":"MergeNode","params":{"mode":"first"}},
                 {"id":"w","type":"MergeNode","params":{"mode":"waitAny"}}],
        "edges":[{"from":"s.output","to":"a.input"},{"from":"a.output","to":"b.input"},{"from":"b.output","to":"m.input"},
                 {"from":"s.output","to":"c.input"},{"from":"c.output","to":"m.input"},{"from":"c.output","to":"log.input"},
                 {"from":"s.output","to":"seen.input"},{"from":"seen.output","to":"m.input"},
                 {"from":"s.output","to":"looped.input"},{"from":"looped.output","to":"log.input","when":"false"},
                 {"from":"looped.output","to":"tail.input"},{"from":"tail.output","to":"m.input"},
                 {"from":"tail.output","to":"looped.input","loop":{"maxIterations":2}},{"from":"m.output","to":"w.input"}],
        "outputs":[{"name":"o","from":"seen.output"}]})");
    ASSERT_NE(plan, nullptr);
    // Not c and looped (they feed the log), not seen (an output), not tail (it feeds looped again), not s.
    EXPECT_EQ(ids(*plan, plan->nodes[plan->indexOf("m")].raceLosers), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(plan->nodes[plan->indexOf("m")].mergeMode, MergeMode::First);
    EXPECT_TRUE(plan->nodes[plan->indexOf("w")].raceLosers.empty());
    EXPECT_EQ(plan->nodes[plan->indexOf("w")].mergeMode, MergeMode::WaitAny);
}

TEST_F(PlanTest, InvalidDocumentsAreRefusedWithTheFirstFinding) {
    const auto parsed =
        parseDocument(R"({"format":1,"id":"d","nodes":[{"id":"a","type":"PasNode"},{"id":"a","type":"PassNode"}]})");
    const auto plan = compilePlan(parsed->document, *registry_);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, "plan.invalid");
    EXPECT_NE(plan.error().message.find("document.unknown-node-type"), std::string::npos);
    EXPECT_NE(plan.error().message.find("1 more"), std::string::npos);
    EXPECT_EQ(plan.error().where, "d/nodes/0/type");
    EXPECT_EQ(plan.error().hint, "Did you mean \"PassNode\"?");

    const auto picky = compilePlan(
        parseDocument(R"({"format":1,"id":"d","nodes":[{"id":"p","type":"PickyNode","params":{"bad":1}}]})")->document,
        *registry_);
    ASSERT_FALSE(picky);
    EXPECT_EQ(picky.error().code, "plan.invalid");
    EXPECT_NE(picky.error().message.find("\"p\""), std::string::npos);
}

TEST_F(PlanTest, ExtendedWorkflowsAreMergedIn) {
    const auto resolve = [](const std::string&, int) -> Result<Document> {
        return parseDocument(R"({"format":1,"id":"base","nodes":[{"id":"a","type":"SourceNode"}]})")->document;
    };
    const auto own = parseDocument(R"({"format":1,"id":"d","extends":"base","nodes":[{"id":"b","type":"PassNode"}],
        "edges":[{"from":"a.output","to":"b.input"}]})");
    const auto plan = compilePlan(own->document, *registry_, resolve);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ((*plan)->nodes.size(), 2U);
    EXPECT_TRUE((*plan)->document.extends.empty());
    EXPECT_EQ(compilePlan(own->document, *registry_).error().code, "workflow.not-found");
}

/// Rows of nodes, each wired to two of the row before, with parameters and a loop here and there.
Document largeDocument(int rows, int columns) {
    Document document;
    document.id = "large";
    const auto id = [](int row, int column) { return "n" + std::to_string(row) + "_" + std::to_string(column); };
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            NodeDecl& node = document.nodes.emplace_back();
            node.id = id(row, column);
            node.type = row == 0 ? "SourceNode" : "CollectNode";
            if (row == 0) continue;
            for (const int other : {column, (column + row) % columns}) {
                EdgeDecl& edge = document.edges.emplace_back();
                edge.from = {id(row - 1, other), "output"};
                edge.to = {node.id, "input"};
            }
        }
    }
    for (int row = 2; row + 10 < rows; row += 100) {
        EdgeDecl& edge = document.edges.emplace_back();
        edge.from = {id(row + 3, 0), "output"};
        edge.to = {id(row, 0), "input"};
        edge.loop = LoopDecl{2, "", true};
    }
    return document;
}

double cpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

TEST_F(PlanTest, CompileTimeGrowsLinearly) {
    const auto timed = [&](int rows) {
        const Document document = largeDocument(rows, 10);
        const double start = cpuSeconds();
        const auto plan = compilePlan(document, *registry_);
        EXPECT_TRUE(plan) << (plan ? "" : plan.error().message);
        return cpuSeconds() - start;
    };
    const double small = timed(1'000);
    const double large = timed(10'000);  // 100,000 nodes, 200,000 wires, 100 loops
    RecordProperty("milliseconds_100k", static_cast<int>(large * 1000));
    // Ten times the nodes; a quadratic step would take a hundred times as long.
    EXPECT_LT(large, 35 * small + 0.5) << small << " s for 10,000 nodes, " << large << " s for 100,000";
}

TEST_F(PlanTest, LongChainsNeedNoDeepStack) {
    const auto plan = compilePlan(largeDocument(100'000, 1), *registry_);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ((*plan)->nodes.size(), 100'000U);
}

}  // namespace
}  // namespace signalbox::engine
