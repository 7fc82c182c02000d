#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>

#include "integration/ctl/ctl_documents.h"
#include "integration/ctl/ctl_process.h"

namespace signalbox::ctl::test {
namespace {

std::string lastRun(const Workspace& workspace) {
    return std::string(ctl(workspace, {"runs", "--json"}).json()["runs"].at(0)["runId"].asString());
}

std::string statusOf(const Workspace& workspace, const std::string& run) {
    return std::string(ctl(workspace, {"show", run, "--json"}).json()["summary"]["status"].asString());
}

TEST(CtlRun, PrintsOutputsAlone) {
    const Workspace workspace;
    workspace.write("doubling.workflow.json", doublingDocument());
    const auto run = ctl(workspace, {"run", "doubling.workflow.json", "--input", R"({"n": 4})"});
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_EQ(run.json(), Value::object({{"result", 8}})) << run.out;
    EXPECT_NE(run.err.find("✓ succeeded"), std::string::npos) << run.err;
    workspace.write("input.json", R"({"n": 5})");
    EXPECT_EQ(ctl(workspace, {"run", "doubling.workflow.json", "--input", "@input.json"}).json()["result"], Value(10));
    EXPECT_EQ(ctl(workspace, {"run", "doubling.workflow.json", "--input", "@-"}, R"({"n": 6})").json()["result"],
              Value(12));
    const auto json = ctl(workspace, {"run", "doubling.workflow.json", "--json"});
    EXPECT_EQ(json.json()["outputs"]["result"], Value(42)) << json.out;
    EXPECT_EQ(json.json()["status"].asString(), "succeeded");
    EXPECT_TRUE(std::filesystem::exists(workspace.path() / ".signalbox/state.db"));
}

TEST(CtlRun, WatchPrintsEveryStep) {
    const Workspace workspace;
    workspace.write("doubling.workflow.json", doublingDocument());
    const auto run = ctl(workspace, {"run", "doubling.workflow.json", "--watch"});
    EXPECT_EQ(run.code, 0);
    EXPECT_NE(run.err.find("✓ succeeded"), std::string::npos);
    EXPECT_NE(run.err.find("double"), std::string::npos) << run.err;
    const auto events = ctl(workspace, {"run", "doubling.workflow.json", "--watch", "--json"});
    EXPECT_NE(events.out.find("\"kind\":\"node\""), std::string::npos) << events.out;
    EXPECT_NE(events.out.find("\"outputs\":{\"result\":42}"), std::string::npos) << events.out;
}

TEST(CtlRun, ExitCodesSayWhatHappened) {
    const Workspace workspace;
    workspace.write("doubling.workflow.json", doublingDocument());
    workspace.write("reading.workflow.json", readingDocument());
    workspace.write("bad.workflow.json", R"({"format": 1, "id": "bad", "nodes": [{"id": "a", "type": "NoNode"}]})");
    const auto failed = ctl(workspace, {"run", "reading.workflow.json"});
    EXPECT_EQ(failed.code, 1);
    EXPECT_NE(failed.err.find("[file.not-found]"), std::string::npos) << failed.err;
    EXPECT_NE(failed.err.find("node read"), std::string::npos) << failed.err;
    EXPECT_EQ(ctl(workspace, {"run", "bad.workflow.json"}).code, 3);
    EXPECT_EQ(ctl(workspace, {"run", "missing.workflow.json"}).code, 4);
    EXPECT_EQ(ctl(workspace, {"run", "doubling.workflow.json", "--input", "{n: 1}"}).code, 2);
    EXPECT_EQ(ctl(workspace, {"run", "doubling.workflow.json", "--input", R"({"m": 1})"}).code, 2);
    EXPECT_EQ(ctl(workspace, {"run", "doubling.workflow.json", "--priority", "high"}).code, 2);
    EXPECT_EQ(ctl(workspace, {"run", "doubling.workflow.json", "--idempotency-key", ""}).code, 2);
}

TEST(CtlRun, TheSameKeyFindsTheSameRun) {
    const Workspace workspace;
    workspace.write("doubling.workflow.json", doublingDocument());
    const auto first = ctl(workspace, {"run", "doubling.workflow.json", "--json", "--idempotency-key", "k"});
    const auto second = ctl(workspace, {"run", "doubling.workflow.json", "--json", "--idempotency-key", "k"});
    EXPECT_EQ(first.json()["run"], second.json()["run"]);
    EXPECT_EQ(ctl(workspace, {"runs", "--json"}).json()["total"], Value(1));
}

TEST(CtlRuns, ListsFiltersAndShows) {
    const Workspace workspace;
    workspace.write("doubling.workflow.json", doublingDocument());
    workspace.write("reading.workflow.json", readingDocument());
    EXPECT_EQ(ctl(workspace, {"runs"}).code, 0);
    EXPECT_FALSE(std::filesystem::exists(workspace.path() / ".signalbox")) << "looking makes no store";
    EXPECT_EQ(ctl(workspace, {"show", "last"}).code, 4);
    std::ignore = ctl(workspace, {"run", "doubling.workflow.json"});
    std::ignore = ctl(workspace, {"run", "reading.workflow.json"});
    const auto all = ctl(workspace, {"runs"});
    EXPECT_EQ(all.out.find("Run "), 0U) << all.out;
    EXPECT_NE(all.out.find("✕ failed"), std::string::npos) << all.out;
    EXPECT_NE(all.out.find("✓ succeeded"), std::string::npos) << all.out;
    EXPECT_EQ(ctl(workspace, {"runs", "--failed", "--json"}).json()["runs"].size(), 1U);
    EXPECT_EQ(ctl(workspace, {"runs", "--workflow", "doubling", "--json"}).json()["runs"].size(), 1U);
    EXPECT_EQ(ctl(workspace, {"runs", "--limit", "1", "--json"}).json()["runs"].size(), 1U);
    const std::string run = lastRun(workspace);
    for (const std::string& name : {run, run.substr(run.size() - 8), std::string("last")}) {
        const auto shown = ctl(workspace, {"show", name, "--journal"});
        EXPECT_EQ(shown.code, 0) << name << shown.err;
        EXPECT_NE(shown.out.find(run), std::string::npos);
        EXPECT_NE(shown.out.find("run-finished"), std::string::npos) << shown.out;
    }
    EXPECT_EQ(ctl(workspace, {"show", run.substr(0, 6)}).code, 2) << "both runs begin alike";
    EXPECT_EQ(ctl(workspace, {"show", "zzz"}).code, 2);
    EXPECT_EQ(ctl(workspace, {"show", "00000000"}).code, 4);
}

TEST(CtlRerun, KeepsOrRepeats) {
    const Workspace workspace;
    workspace.write("reading.workflow.json", readingDocument());
    EXPECT_EQ(ctl(workspace, {"run", "reading.workflow.json"}).code, 1);
    workspace.write("data.json", "[1, 2]");
    const auto again = ctl(workspace, {"rerun", "last", "--failed"});
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(again.json()["data"].size(), 2U);
    EXPECT_EQ(ctl(workspace, {"rerun", "last", "--from", "read"}).code, 0);
    EXPECT_EQ(ctl(workspace, {"rerun", "last", "--from", "raed"}).code, 4);
    EXPECT_EQ(ctl(workspace, {"rerun", "last", "--from", "read", "--failed"}).code, 2);
}

TEST(CtlControl, GoesOnWithARunThatWasLeft) {
    const Workspace workspace;
    workspace.write("steps.workflow.json", twoStepsDocument());
    const auto left = ctl(workspace, {"run", "steps.workflow.json", "--detach"});
    EXPECT_EQ(left.code, 0) << left.err;
    EXPECT_NE(left.err.find("signalboxctl signal"), std::string::npos) << left.err;
    const auto sent = ctl(workspace, {"signal", "last", "one", "--value", "7"});
    EXPECT_EQ(sent.code, 0) << sent.err;
    EXPECT_NE(sent.err.find("signalboxctl approve"), std::string::npos) << sent.err;
    EXPECT_EQ(ctl(workspace, {"approve", "last", "first"}).code, 5);
    const auto approved = ctl(workspace, {"approve", "last", "ask", "--comment", "fine"});
    EXPECT_EQ(approved.code, 0) << approved.err;
    EXPECT_NE(approved.err.find("✓ succeeded"), std::string::npos) << approved.err;
    EXPECT_EQ(ctl(workspace, {"cancel", "last"}).code, 5) << "it has ended";
}

TEST(CtlControl, ReachesARunThatAnotherProgramHas) {
    const Workspace workspace;
    workspace.write("waiting.workflow.json", signalDocument());
    CtlProcess owner(workspace, {"run", "waiting.workflow.json"});
    ASSERT_TRUE(owner.waitForError("signalboxctl signal"));
    const std::string run = lastRun(workspace);
    EXPECT_EQ(statusOf(workspace, run), "waiting");
    const auto sent = ctl(workspace, {"signal", run, "go", "--value", R"({"x": 1})"});
    EXPECT_EQ(sent.code, 0) << sent.err;
    EXPECT_EQ(owner.wait(), 0) << owner.err();
    EXPECT_EQ(owner.json()["got"]["x"], Value(1)) << owner.out();
}

TEST(CtlControl, TakesOverFromAProgramThatWasKilled) {
    const Workspace workspace;
    workspace.write("waiting.workflow.json", signalDocument());
    CtlProcess owner(workspace, {"run", "waiting.workflow.json"});
    ASSERT_TRUE(owner.waitForError("signalboxctl signal"));
    owner.signal(SIGKILL);
    EXPECT_EQ(owner.wait(), -SIGKILL);
    const auto sent = ctl(workspace, {"signal", "last", "go"});
    EXPECT_EQ(sent.code, 0) << sent.err;
    EXPECT_EQ(sent.err.find("waiting up to"), std::string::npos) << "that it is gone is seen: " << sent.err;
    EXPECT_NE(sent.err.find("✓ succeeded"), std::string::npos) << sent.err;
}

TEST(CtlControl, CtrlCCancelsOnceAndLeavesTheSecondTime) {
    const Workspace workspace;
    workspace.write("waiting.workflow.json", signalDocument());
    CtlProcess run(workspace, {"run", "waiting.workflow.json"});
    ASSERT_TRUE(run.waitForError("signalboxctl signal"));
    run.signal(SIGINT);
    EXPECT_EQ(run.wait(), 1);
    EXPECT_NE(run.err().find("✕ cancelled"), std::string::npos) << run.err();
    EXPECT_EQ(statusOf(workspace, "last"), "cancelled");
}

TEST(CtlControl, ADemoThatWasEditedStaysAsItIs) {
    const Workspace workspace;
    const auto made = ctl(workspace, {"demo", "demo", "--json"});
    if (made.json()["error"]["code"] == Value("demo.missing")) GTEST_SKIP() << "this build has no demo";
    ASSERT_EQ(made.code, 0) << made.out;
    ASSERT_GT(made.json()["written"].asInteger(), 0);
    const auto again = ctl(workspace, {"demo", "demo", "--json"});
    EXPECT_EQ(again.json()["written"], Value(0));
    EXPECT_EQ(again.json()["unchanged"], made.json()["written"]);
    for (const auto& entry : std::filesystem::directory_iterator(workspace.path() / "demo")) {
        if (!entry.is_regular_file()) continue;
        const auto name = "demo/" + entry.path().filename().string();
        workspace.write(name, "edited");
        EXPECT_EQ(ctl(workspace, {"demo", "demo", "--json"}).json()["edited"], Value(1)) << name;
        std::filesystem::remove(workspace.path() / name);
        EXPECT_EQ(ctl(workspace, {"demo", "demo", "--json"}).json()["written"], Value(1)) << name;
        return;
    }
}

TEST(CtlControl, CancelsFromAnotherTerminal) {
    const Workspace workspace;
    workspace.write("waiting.workflow.json", signalDocument());
    CtlProcess owner(workspace, {"run", "waiting.workflow.json", "--json"});
    while (ctl(workspace, {"runs", "--status", "waiting", "--json"}).json()["runs"].empty()) {
    }
    EXPECT_EQ(ctl(workspace, {"cancel", "last", "--reason", "enough"}).code, 0);
    EXPECT_EQ(owner.wait(), 1);
    EXPECT_EQ(owner.json()["status"].asString(), "cancelled") << owner.out();
}

TEST(CtlControl, SaysWhenThereIsNoSuchRun) {
    const Workspace workspace;
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"cancel", "01890a5d-ac96-774b-bcce-b302099a8057"},
          {"signal", "01890a5d-ac96-774b-bcce-b302099a8057", "go"},
          {"approve", "01890a5d-ac96-774b-bcce-b302099a8057", "ask"}}) {
        EXPECT_EQ(ctl(workspace, command).code, 4) << command[0];
    }
}

}  // namespace
}  // namespace signalbox::ctl::test
