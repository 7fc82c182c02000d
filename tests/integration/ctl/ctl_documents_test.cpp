#include "integration/ctl/ctl_documents.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "integration/ctl/ctl_process.h"

namespace signalbox::ctl::test {
namespace {

TEST(CtlUsage, ExplainsItself) {
    const Workspace workspace;
    const auto help = ctl(workspace, {"--help"});
    EXPECT_EQ(help.code, 0);
    for (const char* command : {"validate", "run", "workflows", "runs", "show", "signal", "approve", "cancel", "pause",
                                "resume", "rerun", "nodes", "eval", "demo"}) {
        EXPECT_NE(help.out.find(std::string("  ") + command), std::string::npos) << command;
        const auto own = ctl(workspace, {command, "--help"});
        EXPECT_EQ(own.code, 0);
        EXPECT_EQ(own.out.find(std::string("Usage: signalboxctl ") + command), 0U) << own.out;
        EXPECT_NE(own.out.find("--json"), std::string::npos);
    }
    EXPECT_EQ(ctl(workspace, {"--version"}).out.find("signalboxctl "), 0U);
}

TEST(CtlUsage, SuggestsAndExitsWith2) {
    const Workspace workspace;
    const auto command = ctl(workspace, {"wrokflows"});
    EXPECT_EQ(command.code, 2);
    EXPECT_NE(command.err.find("Did you mean \"workflows\"?"), std::string::npos) << command.err;
    EXPECT_TRUE(command.out.empty());
    EXPECT_EQ(ctl(workspace, {"runs", "--faild"}).code, 2);
    EXPECT_EQ(ctl(workspace, {}).code, 2);
    const auto json = ctl(workspace, {"runs", "--faild", "--json"});
    EXPECT_EQ(json.code, 2);
    EXPECT_EQ(json.json()["error"]["code"].asString(), "usage.option");
}

TEST(CtlValidate, PrintsFindingsLikeACompiler) {
    const Workspace workspace;
    workspace.write("good.workflow.json", doublingDocument());
    workspace.write("bad.workflow.json", R"({
  "format": 1, "id": "bad",
  "nodes": [{"id": "a", "type": "TransfromNode"}]
})");
    const auto good = ctl(workspace, {"validate", "good.workflow.json"});
    EXPECT_EQ(good.code, 0) << good.out << good.err;
    EXPECT_NE(good.out.find("good.workflow.json: valid"), std::string::npos);
    const auto bad = ctl(workspace, {"validate", "good.workflow.json", "bad.workflow.json"});
    EXPECT_EQ(bad.code, 3);
    EXPECT_NE(bad.out.find("bad.workflow.json:3:"), std::string::npos) << bad.out;
    EXPECT_NE(bad.out.find(": error: "), std::string::npos) << bad.out;
    EXPECT_NE(bad.out.find("hint: "), std::string::npos) << bad.out;
    EXPECT_EQ(bad.out.find('\x1b'), std::string::npos) << "no colours in a file";
    EXPECT_FALSE(std::filesystem::exists(workspace.path() / ".signalbox")) << "checking leaves nothing behind";
    const auto json = ctl(workspace, {"validate", "--json", "bad.workflow.json"});
    EXPECT_EQ(json.code, 3);
    EXPECT_EQ(json.json().at(0)["findings"].at(0)["line"], Value(3));
    EXPECT_EQ(ctl(workspace, {"validate", "missing.workflow.json"}).code, 4);
    EXPECT_EQ(ctl(workspace, {"validate", "-"}, "{").code, 3);
}

TEST(CtlWorkflows, ListsTheWorkspace) {
    const Workspace workspace;
    EXPECT_NE(ctl(workspace, {"workflows"}).err.find("No workflows"), std::string::npos);
    workspace.write("sub/doubling.workflow.json", doublingDocument());
    const auto list = ctl(workspace, {"workflows"});
    EXPECT_EQ(list.code, 0);
    EXPECT_EQ(list.out.find("Id "), 0U) << list.out;
    EXPECT_NE(list.out.find("sub/doubling.workflow.json"), std::string::npos);
    EXPECT_EQ(ctl(workspace, {"workflows", "--json"}).json()["workflows"].at(0)["id"].asString(), "doubling");
    EXPECT_EQ(ctl(workspace, {"workflows", "--workspace", "/no/such/folder"}).code, 4);
}

TEST(CtlNodes, ListsAndExplainsTypes) {
    const Workspace workspace;
    const auto list = ctl(workspace, {"nodes"});
    EXPECT_EQ(list.code, 0);
    EXPECT_NE(list.out.find("TransformNode"), std::string::npos);
    const auto one = ctl(workspace, {"nodes", "TransformNode"});
    EXPECT_EQ(one.code, 0);
    EXPECT_NE(one.out.find("expression"), std::string::npos);
    EXPECT_NE(one.out.find("required"), std::string::npos);
    const auto typo = ctl(workspace, {"nodes", "TransfromNode"});
    EXPECT_EQ(typo.code, 4);
    EXPECT_NE(typo.err.find("Did you mean \"TransformNode\"?"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::ctl::test
