// Trash, renaming, references and the watch on a workspace's files.
#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "base/random.h"
#include "service/references.h"
#include "service/workspace_watch.h"
#include "unit/service/service_fixture.h"

namespace signalbox::service::test {
namespace {

class WorkflowEditTest : public testing::Test {
protected:
    WorkflowEditTest() { workspace_ = Workspace::open(folder_.path()).value(); }
    std::string etagOf(const std::string& id) { return workspace_->find(id).value()->etag; }
    Folder folder_;
    std::unique_ptr<Workspace> workspace_;
    SystemRandom random_;
};

TEST_F(WorkflowEditTest, DeletingAndRestoringKeepsEveryByte) {
    const std::string text = doublingDocument() + "\n \n";
    folder_.write("deep/down/doubling.workflow.json", text);
    const auto gone = workspace_->remove("doubling", etagOf("doubling"), 7, random_);
    ASSERT_TRUE(gone) << gone.error().message;
    EXPECT_EQ(gone->file, "deep/down/doubling.workflow.json");
    EXPECT_FALSE(workspace_->find("doubling"));
    std::filesystem::remove_all(folder_.path() / "deep");
    const auto back = workspace_->restore(gone->trashId);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ((*back)->text, text);
    EXPECT_EQ(folder_.read("deep/down/doubling.workflow.json"), text);
    EXPECT_TRUE(workspace_->trashed().empty());
}

TEST_F(WorkflowEditTest, RestoringNeverOverwrites) {
    folder_.write("a.workflow.json", doublingDocument());
    const auto gone = workspace_->remove("doubling", etagOf("doubling"), 7, random_).value();
    folder_.write("a.workflow.json", signalDocument());
    EXPECT_EQ(workspace_->restore(gone.trashId).error().code, "workflow.conflict") << "its place is taken";
    EXPECT_EQ(folder_.read("a.workflow.json"), signalDocument());
    std::filesystem::remove(folder_.path() / "a.workflow.json");
    folder_.write("b.workflow.json", doublingDocument());
    EXPECT_EQ(workspace_->restore(gone.trashId).error().code, "workflow.conflict") << "its id is taken";
    ASSERT_EQ(workspace_->trashed().size(), 1U);
    std::filesystem::remove(folder_.path() / "b.workflow.json");
    EXPECT_TRUE(workspace_->restore(gone.trashId));
}

TEST_F(WorkflowEditTest, TheTrashTakesNoOtherNames) {
    folder_.write("a.workflow.json", doublingDocument());
    for (const char* id : {"", "..", "../..", "x"}) {
        EXPECT_EQ(workspace_->restore(id).error().code, "workflow.not-found") << id;
    }
    const auto gone = workspace_->remove("doubling", etagOf("doubling"), 7, random_).value();
    folder_.write(".signalbox/trash/" + gone.trashId + "/what.json",
                  R"({"workflowId": "doubling", "file": "../../escaped.workflow.json"})");
    EXPECT_EQ(workspace_->restore(gone.trashId).error().code, "workflow.not-found");
}

TEST_F(WorkflowEditTest, TheTrashIsBounded) {
    for (std::size_t i = 0; i < Trash::kKept + 3; ++i) {
        folder_.write("a.workflow.json", doublingDocument());
        ASSERT_TRUE(workspace_->remove("doubling", etagOf("doubling"), static_cast<Micros>(i + 1), random_));
    }
    const auto left = workspace_->trashed();
    EXPECT_EQ(left.size(), Trash::kKept);
    EXPECT_EQ(left.front().deleted, static_cast<Micros>(Trash::kKept + 3));
    EXPECT_EQ(left.back().deleted, 4);
}

TEST_F(WorkflowEditTest, AnotherIdMovesTheFileBesideItself) {
    folder_.write("sub/doubling.workflow.json", doublingDocument());
    const auto renamed = workspace_->rename("doubling", "tripling", "", etagOf("doubling"));
    ASSERT_TRUE(renamed) << renamed.error().message;
    EXPECT_EQ((*renamed)->file, "sub/tripling.workflow.json");
    EXPECT_EQ((*renamed)->id, "tripling");
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "sub/doubling.workflow.json"));
    folder_.write("other.workflow.json", signalDocument());
    EXPECT_EQ(workspace_->rename("tripling", "waiting", "", (*renamed)->etag).error().code, "workflow.conflict");
}

TEST_F(WorkflowEditTest, KnowsWhatStartsWhat) {
    folder_.write("child.workflow.json", doublingDocument("child"));
    folder_.write("parent.workflow.json", R"({"format": 1, "id": "parent", "nodes": [
{"id": "a", "type": "SubWorkflowNode", "params": {"workflow": "child", "version": 1}},
{"id": "b", "type": "MapNode", "params": {"workflow": "child", "version": 2}},
{"id": "c", "type": "SubWorkflowNode", "params": {"workflow": {"$expr": "x"}}}]})");
    folder_.write("heir.workflow.json", R"({"format": 1, "id": "heir", "extends": "child", "nodes": []})");
    const auto scan = workspace_->scan().value();
    EXPECT_EQ(usersOf(scan, "child"), (std::vector<std::string>{"heir", "parent"}));
    EXPECT_EQ(scan.find("parent")->uses, std::vector<std::string>{"child"});
    EXPECT_TRUE(usersOf(scan, "parent").empty());
}

TEST_F(WorkflowEditTest, TheWatchTellsOfEveryKindOfChangeOnce) {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<WorkflowChange> seen;
    folder_.write("a.workflow.json", doublingDocument());
    WorkspaceWatch watch(*workspace_, [&](const std::vector<WorkflowChange>& changes) {
        const std::lock_guard lock(mutex);
        seen.insert(seen.end(), changes.begin(), changes.end());
        changed.notify_all();
    });
    const auto wait = [&](std::size_t count) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, kDeadline, [&] { return seen.size() >= count; });
    };
    folder_.write("new/folder/b.workflow.json", signalDocument());
    ASSERT_TRUE(wait(1)) << "in folders that were not there before";
    EXPECT_EQ(seen[0].kind, WorkflowChange::Kind::Created);
    EXPECT_EQ(seen[0].workflowId, "waiting");
    EXPECT_EQ(seen[0].file, "new/folder/b.workflow.json");
    folder_.write("a.workflow.json", doublingDocument() + " ");
    ASSERT_TRUE(wait(2));
    EXPECT_EQ(seen[1].kind, WorkflowChange::Kind::Changed);
    EXPECT_EQ(seen[1].workflowId, "doubling");
    folder_.write("a.workflow.json", doublingDocument() + " ");  // the same again is no change
    std::filesystem::remove(folder_.path() / "new/folder/b.workflow.json");
    ASSERT_TRUE(wait(3));
    EXPECT_EQ(seen[2].kind, WorkflowChange::Kind::Deleted);
    EXPECT_EQ(seen[2].workflowId, "waiting");
    EXPECT_EQ(seen.size(), 3U);
}

}  // namespace
}  // namespace signalbox::service::test
