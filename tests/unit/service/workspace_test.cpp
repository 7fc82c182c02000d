#include "service/workspace.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "unit/service/service_fixture.h"

namespace signalbox::service {
namespace {

using test::doublingDocument;
using test::Folder;

std::unique_ptr<Workspace> openWorkspace(const Folder& folder) { return std::move(*Workspace::open(folder.path())); }

TEST(Workspace, RefusesWhatIsNoFolder) {
    const Folder folder;
    folder.write("file", "text");
    EXPECT_EQ(Workspace::open(folder.path() / "none").error().code, "workspace.not-found");
    EXPECT_EQ(Workspace::open(folder.path() / "file").error().code, "workspace.not-a-folder");
}

TEST(Workspace, FindsDocumentsInFoldersBelow) {
    const Folder folder;
    folder.write("b.workflow.json", doublingDocument("b"));
    folder.write("sub/a.workflow.json", doublingDocument("a"));
    folder.write(".hidden/c.workflow.json", doublingDocument("c"));
    folder.write("notes.json", "{}");
    const auto workspace = openWorkspace(folder);
    const auto scan = workspace->scan();
    ASSERT_TRUE(scan);
    ASSERT_EQ(scan->files.size(), 2U);
    EXPECT_EQ(scan->files[0]->file, "b.workflow.json");
    EXPECT_EQ(scan->files[1]->file, "sub/a.workflow.json");
    EXPECT_EQ(scan->files[1]->id, "a");
    EXPECT_EQ(scan->files[1]->etag, sha256Hex(scan->files[1]->text));
}

TEST(Workspace, SeesWhatOthersChange) {
    const Folder folder;
    folder.write("a.workflow.json", doublingDocument("a"));
    const auto workspace = openWorkspace(folder);
    const auto first = workspace->find("a");
    ASSERT_TRUE(first);
    const auto before = workspace->scan()->generation;
    EXPECT_EQ(*workspace->find("a"), *first) << "unchanged files are not read again";
    folder.write("a.workflow.json", doublingDocument("renamed"));
    EXPECT_FALSE(workspace->find("a"));
    EXPECT_TRUE(workspace->find("renamed"));
    EXPECT_NE(workspace->scan()->generation, before);
    std::filesystem::remove(folder.path() / "a.workflow.json");
    const auto gone = workspace->find("renamed");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, "workflow.not-found");
}

TEST(Workspace, FollowsADocumentToAnotherFile) {
    const Folder folder;
    folder.write("a.workflow.json", doublingDocument("doubling"));
    const auto workspace = openWorkspace(folder);
    ASSERT_TRUE(workspace->findAgain("doubling"));
    std::filesystem::rename(folder.path() / "a.workflow.json", folder.path() / "c.workflow.json");
    ASSERT_TRUE(workspace->findAgain("doubling"));
    EXPECT_EQ((*workspace->findAgain("doubling"))->file, "c.workflow.json");
    folder.write("b.workflow.json", doublingDocument("doubling"));
    EXPECT_EQ((*workspace->findAgain("doubling"))->file, "c.workflow.json") << "it was not looked for";
    EXPECT_EQ((*workspace->find("doubling"))->file, "b.workflow.json") << "of several the first";
    EXPECT_EQ((*workspace->findAgain("doubling"))->file, "b.workflow.json");
    std::filesystem::remove(folder.path() / "b.workflow.json");
    EXPECT_EQ((*workspace->findAgain("doubling"))->file, "c.workflow.json");
}

TEST(Workspace, SuggestsTheNearestId) {
    const Folder folder;
    folder.write("a.workflow.json", doublingDocument("packages"));
    EXPECT_EQ(openWorkspace(folder)->find("pakages").error().hint, "Did you mean \"packages\"?");
}

TEST(Workspace, KeepsWhatIsNoJson) {
    const Folder folder;
    folder.write("broken.workflow.json", "{ not json");
    const auto file = openWorkspace(folder)->find("broken");
    ASSERT_TRUE(file);
    EXPECT_FALSE((*file)->parsed);
}

TEST(WorkspaceSave, MakesANewFileInCanonicalForm) {
    const Folder folder;
    const auto workspace = openWorkspace(folder);
    const auto saved = workspace->save(doublingDocument("orders/../eu"), "");
    ASSERT_TRUE(saved) << saved.error().message;
    EXPECT_EQ((*saved)->file, "orders-..-eu.workflow.json");
    EXPECT_EQ(folder.read((*saved)->file), (*saved)->text);
    const auto again = workspace->save((*saved)->text, (*saved)->etag);
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->text, (*saved)->text) << "canonical text stays as it is";
}

TEST(WorkspaceSave, RefusesToOverwriteWhatIsUnknown) {
    const Folder folder;
    const auto workspace = openWorkspace(folder);
    const auto saved = workspace->save(doublingDocument("a"), "");
    ASSERT_TRUE(saved);
    EXPECT_EQ(workspace->save(doublingDocument("a"), "").error().code, "workflow.conflict");
    folder.write("a.workflow.json", test::signalDocument("a"));
    const auto stale = workspace->save(doublingDocument("a"), (*saved)->etag);
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code, "workflow.conflict");
    EXPECT_NE(folder.read("a.workflow.json").find("WaitForSignalNode"), std::string::npos);
    std::filesystem::remove(folder.path() / "a.workflow.json");
    EXPECT_EQ(workspace->save(doublingDocument("a"), (*saved)->etag).error().code, "workflow.conflict");
}

TEST(WorkspaceSave, KeepsIdsWithEqualFileNamesApart) {
    const Folder folder;
    const auto workspace = openWorkspace(folder);
    ASSERT_TRUE(workspace->save(doublingDocument("a b"), ""));
    const auto other = workspace->save(doublingDocument("a/b"), "");
    ASSERT_TRUE(other);
    EXPECT_EQ((*other)->file, "a-b-2.workflow.json");
    EXPECT_TRUE(workspace->find("a b"));
}

TEST(WorkspaceSave, NeedsAnId) {
    const Folder folder;
    const auto workspace = openWorkspace(folder);
    EXPECT_EQ(workspace->save("{}", "").error().code, "workflow.no-id");
    EXPECT_EQ(workspace->save("[", "").error().code, "document.syntax");
}

TEST(SafeFileName, NeverLeavesTheFolder) {
    EXPECT_EQ(safeFileName("../../etc/passwd"), "-.-..-etc-passwd");
    EXPECT_EQ(safeFileName(".."), "-.");
    EXPECT_EQ(safeFileName(""), "workflow");
    EXPECT_EQ(safeFileName("größe"), "gr----e");
    EXPECT_EQ(safeFileName(std::string(500, 'a')).size(), 100U);
}

TEST(WorkspaceOf, IsTheNearestFolderWithState) {
    const Folder folder;
    folder.write("sub/deep/a.workflow.json", "{}");
    const auto file = folder.path() / "sub/deep/a.workflow.json";
    EXPECT_EQ(workspaceOf(file), folder.path() / "sub/deep");
    std::filesystem::create_directory(folder.path() / ".signalbox");
    EXPECT_EQ(workspaceOf(file), folder.path());
}

}  // namespace
}  // namespace signalbox::service
