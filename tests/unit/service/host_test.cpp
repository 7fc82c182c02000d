#include "service/host.h"

#include <filesystem>
#include <future>

#include <gtest/gtest.h>

#include "service/peers.h"
#include "unit/service/service_fixture.h"

namespace signalbox::service {
namespace {

using namespace test;

std::string startText(Host& host, std::string text) {
    protocol::StartRun request;
    request.text = std::move(text);
    auto run = call(host.dispatcher(), std::move(request));
    EXPECT_TRUE(run) << (run ? "" : run.error().message);
    return run ? run->runId : std::string();
}

TEST(Host, LookingAtDocumentsWritesNothing) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    const auto host = openHost(folder, HostMode::Documents);
    EXPECT_EQ(call(host->dispatcher(), protocol::ListWorkflows{})->workflows.size(), 1U);
    EXPECT_TRUE(call(host->dispatcher(), protocol::ListRuns{})->runs.empty());
    EXPECT_EQ(call(host->dispatcher(), protocol::StartRun{"doubling", "", Value::object(), {}, 0}).error().code,
              "gateway.no-engine");
    EXPECT_FALSE(std::filesystem::exists(folder.path() / ".signalbox"));
}

TEST(Host, TheNextOneGoesOnWithWhatOneLeaves) {
    const Folder folder;
    std::string run;
    {
        const auto first = openHost(folder);
        run = startText(*first, approvalDocument());
        waitForStatus(first->dispatcher(), run, "waiting");
    }
    const auto second = openHost(folder);
    ASSERT_TRUE(call(second->dispatcher(), protocol::DecideApproval{run, "ask", true, "fine"}));
    waitForStatus(second->dispatcher(), run, "succeeded");
}

TEST(Host, OwnRunsTakesOverOnlyTheRunItIsAskedAbout) {
    const Folder folder;
    std::string asked;
    std::string other;
    {
        const auto first = openHost(folder);
        asked = startText(*first, signalDocument("a"));
        other = startText(*first, signalDocument("b"));
        waitForStatus(first->dispatcher(), asked, "waiting");
        waitForStatus(first->dispatcher(), other, "waiting");
    }
    {
        const auto tool = openHost(folder, HostMode::OwnRuns);
        EXPECT_EQ(call(tool->dispatcher(), protocol::GetEngineStats{})->activeRuns, 0U);
        ASSERT_TRUE(call(tool->dispatcher(), protocol::SignalRun{asked, "go", Value(1)}));
        waitForStatus(tool->dispatcher(), asked, "succeeded");
        EXPECT_EQ(call(tool->dispatcher(), protocol::GetEngineStats{})->runsRecovered, 1U);
    }
    const auto last = openHost(folder);
    ASSERT_TRUE(call(last->dispatcher(), protocol::SignalRun{other, "go", Value(2)}));
    waitForStatus(last->dispatcher(), other, "succeeded");
}

TEST(Host, OwnRunsMakesNoFileOfTriggers) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    const auto tool = openHost(folder, HostMode::OwnRuns);
    EXPECT_EQ(tool->triggers(), nullptr);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / ".signalbox" / "state.db"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / ".signalbox" / "triggers.db"));
    EXPECT_TRUE(call(tool->dispatcher(), protocol::ListSchedules{})->schedules.empty());
    protocol::SaveSchedule save;
    save.schedule.name = "nightly";
    save.schedule.workflowId = "doubling";
    save.schedule.cron = "@daily";
    EXPECT_EQ(call(tool->dispatcher(), save).error().code, "gateway.no-engine");
}

TEST(Host, ReachesARunThatAnotherOneHas) {
    const Folder folder;
    const auto owner = openHost(folder);
    const auto other = openHost(folder, HostMode::OwnRuns);
    const std::string run = startText(*owner, signalDocument());
    waitForStatus(owner->dispatcher(), run, "waiting");
    const auto sent = call(other->dispatcher(), protocol::SignalRun{run, "go", Value(7)});
    ASSERT_TRUE(sent) << sent.error().message;
    EXPECT_EQ(waitForStatus(owner->dispatcher(), run, "succeeded").outputs["got"], Value(7));
    EXPECT_EQ(call(other->dispatcher(), protocol::CancelRun{run, ""}).error().code, "run.finished");
}

TEST(Host, StopsWithCallsUnderWay) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    auto host = openHost(folder);
    std::vector<std::future<bool>> answered;
    for (int i = 0; i < 50; ++i) {
        auto promise = std::make_shared<std::promise<bool>>();
        answered.push_back(promise->get_future());
        host->dispatcher().dispatch(localAdministrator(), protocol::StartRun{"doubling", "", Value::object(), {}, 0},
                                    [promise](const Result<protocol::Reply>&) { promise->set_value(true); });
    }
    host.reset();
    for (auto& answer : answered) {
        ASSERT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::ready) << "every call is answered";
    }
}

TEST(Peers, RemoveSocketsThatNobodyListensOn) {
    const Folder folder;
    const auto path = folder.path() / "peers";
    {
        auto server = PeerServer::listen(path, "gone", [](protocol::Request, PeerServer::Answer) {});
        ASSERT_TRUE(server) << server.error().message;
        std::filesystem::create_hard_link(path / "gone.sock", path / "stale.sock");
    }
    EXPECT_TRUE(std::filesystem::exists(path / "stale.sock"));
    EXPECT_FALSE(askPeers(path, "me", protocol::GetEngineStats{}));
    EXPECT_FALSE(std::filesystem::exists(path / "stale.sock"));
}

TEST(Peers, AreReachedThroughAnyPath) {
    const Folder folder;
    const auto path = folder.path() / std::string(200, 'd') / "peers";
    std::filesystem::create_directories(path);
    auto server = PeerServer::listen(path, "other", [](protocol::Request request, const PeerServer::Answer& answer) {
        answer(fail("test.answer", request.as<protocol::GetRun>().runId));
    });
    ASSERT_TRUE(server) << server.error().message;
    const auto outcome = askPeers(path, "me", protocol::GetRun{"abc"});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->error().code, "test.answer");
    EXPECT_EQ(outcome->error().message, "abc");
    EXPECT_FALSE(askPeers(path, "other", protocol::GetRun{"abc"})) << "one does not ask oneself";
}

}  // namespace
}  // namespace signalbox::service
