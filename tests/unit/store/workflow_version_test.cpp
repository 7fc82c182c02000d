// Versions of workflows: equal logic is one version, whatever its layout; a stored one never changes.
#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

engine::Document document(const std::string& id = "orders") {
    engine::Document made;
    made.id = id;
    made.name = "Orders";
    engine::NodeDecl node;
    node.id = "read";
    node.type = "TextReaderNode";
    node.params = Value::object({{"path", Value("a.txt")}});
    made.nodes.push_back(node);
    made.outputs.push_back({"text", {"read", "text"}});
    return made;
}

class WorkflowVersionTest : public testing::Test {
protected:
    WorkflowVersionTest() { bench_.open(); }
    store::SqliteStore& store() { return bench_.store(); }
    StoreBench bench_;
};

TEST_F(WorkflowVersionTest, EqualLogicIsOneVersion) {
    EXPECT_EQ(store().putVersion(document()).value(), 1);
    auto moved = document();
    moved.layout.positions["read"] = {10, 20};
    EXPECT_EQ(store().putVersion(moved).value(), 1);
    auto changed = document();
    changed.nodes[0].params = Value::object({{"path", Value("b.txt")}});
    EXPECT_EQ(store().putVersion(changed).value(), 2);
    EXPECT_EQ(store().putVersion(document()).value(), 1);
    EXPECT_EQ(store().putVersion(document("returns")).value(), 1);
}

TEST_F(WorkflowVersionTest, AVersionComesBackAsItWasPut) {
    auto second = document();
    second.nodes[0].params = Value::object({{"path", Value("b.txt")}});
    ASSERT_EQ(store().putVersion(document()).value(), 1);
    ASSERT_EQ(store().putVersion(second).value(), 2);
    bench_.open();
    const auto first = store().getVersion("orders", 1);
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, document());
    const auto newest = store().getVersion("orders", 0);
    ASSERT_TRUE(newest);
    second.version = 2;
    EXPECT_EQ(*newest, second);
}

TEST_F(WorkflowVersionTest, ADocumentGivenWithAStartIsInNoHistory) {
    ASSERT_EQ(store().putVersion(document()).value(), 1);
    EXPECT_EQ(store().putGiven(document()).value(), 1) << "what the history has is not kept twice";
    auto given = document();
    given.nodes[0].params = Value::object({{"path", Value("evil.txt")}});
    const int number = store().putGiven(given).value();
    EXPECT_EQ(store().putGiven(given).value(), number);
    EXPECT_EQ(store().versions("orders", nullptr).value().size(), 1U);
    EXPECT_EQ(*store().getVersion("orders", 0), document()) << "never the newest";
    bench_.open();
    const auto again = store().getVersion("orders", number);
    ASSERT_TRUE(again) << "a rerun finds it";
    EXPECT_EQ(again->nodes, given.nodes);
    EXPECT_EQ(store().putVersion(given).value(), 2) << "saved later, it is a version as any other";
    EXPECT_EQ(store().getVersion("orders", 0)->nodes, given.nodes);
    EXPECT_EQ(store().getVersion("orders", number)->nodes, given.nodes);
}

TEST_F(WorkflowVersionTest, TheDocumentsOwnNumberIsTakenWhenItIsNew) {
    auto wanted = document();
    wanted.version = 7;
    EXPECT_EQ(store().putVersion(wanted).value(), 7);
    auto next = document();
    next.description = "edited";
    next.version = 7;
    EXPECT_EQ(store().putVersion(next).value(), 8);
}

TEST_F(WorkflowVersionTest, AnUnknownOneIsNotFound) {
    EXPECT_EQ(store().getVersion("nothing", 0).error().code, "workflow.not-found");
    ASSERT_TRUE(store().putVersion(document()));
    EXPECT_EQ(store().getVersion("orders", 2).error().code, "workflow.not-found");
}

TEST_F(WorkflowVersionTest, ADamagedOneIsFound) {
    ASSERT_TRUE(store().putVersion(document()));
    executeOutside(bench_.path(), "UPDATE workflow_versions SET logic = replace(logic, 'a.txt', 'b.txt')");
    EXPECT_EQ(store().getVersion("orders", 1).error().code, "store.corrupt");
}

}  // namespace
}  // namespace signalbox::test
