// Whom the dispatcher lets in, which thread does the work, and what it tells of it.
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "service/worker_threads.h"
#include "unit/service/service_fixture.h"

namespace signalbox::service {
namespace {

using namespace test;

Principal someone(std::vector<std::string> permissions, const std::string& tenant = "default") {
    Principal principal;
    principal.id = "u1";
    principal.name = "Una";
    principal.permissions = std::move(permissions);
    principal.tenant = tenant;
    return principal;
}

class DispatchRules : public ::testing::Test {
protected:
    DispatchRules() {
        DispatcherParts parts;
        parts.bus = &bus;
        parts.workers = &workers;
        parts.clock = &clock;
        parts.tenant = "default";
        parts.info.workspace = "/somewhere";
        dispatcher.emplace(std::move(parts));
        dispatcher->observe([this](const DispatchReport& report) {
            const std::lock_guard lock(mutex);
            reports.push_back(report);
        });
    }
    ~DispatchRules() override { workers.stop(); }
    std::string errorOf(protocol::Request request, const Principal& principal) {
        const auto outcome = dispatch(*dispatcher, std::move(request), principal);
        return outcome ? std::string() : outcome.error().code;
    }

    ManualClock clock;
    EventBus bus{clock};
    WorkerThreads workers{1};
    std::mutex mutex;
    std::vector<DispatchReport> reports;
    std::optional<Dispatcher> dispatcher;
};

TEST_F(DispatchRules, RefusesAnotherTenantEverythingButItsAccount) {
    const auto foreigner = someone({"*"}, "other");
    EXPECT_EQ(errorOf(protocol::GetGatewayInfo{}, foreigner), "auth.tenant");
    EXPECT_EQ(errorOf(protocol::ListRuns{}, foreigner), "auth.tenant");
    EXPECT_EQ(errorOf(protocol::ListRoles{}, foreigner), "auth.tenant");
    EXPECT_NE(errorOf(protocol::GetAccount{}, foreigner), "auth.tenant");
    EXPECT_EQ(dispatcher->subscribe(foreigner, {}, [] {}).error().code, "auth.tenant");
    EXPECT_FALSE(dispatcher->eventRights(foreigner).any());
    EXPECT_EQ(dispatcher->admits(foreigner).error().code, "auth.tenant");
    EXPECT_EQ(errorOf(protocol::GetGatewayInfo{}, someone({"gateway:read"})), "");
    EXPECT_EQ(errorOf(protocol::GetGatewayInfo{}, someone({"gateway:read"}, "")), "") << "part of the gateway itself";
}

/// Every call there is, but those about one's own account.
TEST_F(DispatchRules, KnowsNoCallThatAnotherTenantMayMake) {
    const auto foreigner = someone({"*"}, "other");
    const auto tryAll = [&]<class... Calls>(std::type_identity<boost::mp11::mp_list<Calls...>>) {
        const auto tryOne = [&](protocol::Request request, std::string_view name) {
            if (name.starts_with("account.")) return;
            EXPECT_EQ(errorOf(std::move(request), foreigner), "auth.tenant") << name;
        };
        (tryOne(protocol::Request(Calls{}), Calls::kName), ...);
    };
    tryAll(std::type_identity<protocol::Request::Types>{});
}

/// Otherwise whoever may start runs may run any code.
TEST_F(DispatchRules, StartsADocumentThatIsGivenForThoseWhoMayWriteThem) {
    protocol::StartRun given;
    given.text = "{}";
    const auto refused = dispatch(*dispatcher, given, someone({"run:*", "workflow:read", "schedule:trigger"}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "auth.forbidden");
    EXPECT_NE(refused.error().hint.find("workflow:write"), std::string::npos) << refused.error().hint;
    EXPECT_EQ(errorOf(given, someone({"workflow:*"})), "auth.forbidden");
    EXPECT_EQ(errorOf(given, someone({"run:start", "workflow:write"})), "gateway.no-engine");
    EXPECT_EQ(errorOf(given, localAdministrator()), "gateway.no-engine");
    protocol::StartRun known;
    known.workflowId = "doubling";
    EXPECT_EQ(errorOf(known, someone({"run:start"})), "gateway.no-engine");
}

TEST_F(DispatchRules, RunsFastCallsOnTheCallersThreadWhenItMay) {
    const auto viewer = someone({"gateway:read"});
    std::promise<void> release;
    workers.post([wait = release.get_future().share()] { wait.wait(); });
    bool answered = false;
    DispatchOptions here;
    here.mayRunHere = true;
    here.report = std::make_shared<DispatchReport>();
    const auto report = here.report;
    dispatcher->dispatch(
        viewer, protocol::GetGatewayInfo{},
        [&](const Result<protocol::Reply>& outcome) { answered = outcome.has_value(); }, here);
    EXPECT_TRUE(answered) << "although the workers are busy";
    EXPECT_EQ(report->way, DispatchWay::Direct);
    EXPECT_EQ(report->call, "gateway.info");
    std::promise<std::thread::id> other;
    dispatcher->dispatch(
        viewer, protocol::GetEngineStats{},
        [&](const Result<protocol::Reply>&) { other.set_value(std::this_thread::get_id()); }, here);
    auto slow = other.get_future();
    EXPECT_EQ(slow.wait_for(std::chrono::seconds(0)), std::future_status::timeout) << "not a fast one";
    release.set_value();
    EXPECT_NE(slow.get(), std::this_thread::get_id());
}

TEST_F(DispatchRules, RunsNothingOnACallersThreadUnasked) {
    std::promise<std::thread::id> where;
    dispatcher->dispatch(someone({"gateway:read"}), protocol::GetGatewayInfo{},
                         [&](const Result<protocol::Reply>&) { where.set_value(std::this_thread::get_id()); });
    EXPECT_NE(where.get_future().get(), std::this_thread::get_id());
}

TEST_F(DispatchRules, TellsWhichWayACallTookAndHowLongItWaited) {
    std::promise<void> release;
    workers.post([wait = release.get_future().share()] { wait.wait(); });
    std::promise<void> done;
    dispatcher->dispatch(someone({"gateway:write"}), protocol::SetRetention{},
                         [&](const Result<protocol::Reply>&) { done.set_value(); });
    clock.advance(2500);
    release.set_value();
    done.get_future().wait();
    EXPECT_EQ(errorOf(protocol::GetRun{"7"}, someone({"run:read"})), "request.invalid");
    const std::lock_guard lock(mutex);
    ASSERT_EQ(reports.size(), 1U) << "what was refused at the door is no call";
    EXPECT_EQ(reports[0].call, "engine.set-retention");
    EXPECT_EQ(reports[0].kind, protocol::Request(protocol::SetRetention{}).index());
    EXPECT_EQ(reports[0].way, DispatchWay::Pool);
    EXPECT_EQ(reports[0].waited, 2500);
    EXPECT_EQ(reports[0].took, 0);
    EXPECT_TRUE(reports[0].failed) << "nothing runs here";
}

TEST_F(DispatchRules, TellsNobodyWhoHasStoppedListening) {
    dispatcher->observe({});
    EXPECT_EQ(errorOf(protocol::GetGatewayInfo{}, someone({"gateway:read"})), "");
    const std::lock_guard lock(mutex);
    EXPECT_TRUE(reports.empty());
}

TEST_F(DispatchRules, GivesEventRightsByPermission) {
    const auto rights = [&](std::vector<std::string> permissions) {
        return dispatcher->eventRights(someone(std::move(permissions)));
    };
    EXPECT_TRUE(rights({"*"}).metrics);
    EXPECT_TRUE(rights({"run:read"}).runs);
    EXPECT_FALSE(rights({"run:read"}).workflows);
    EXPECT_FALSE(rights({"run:read"}).metrics);
    EXPECT_TRUE(rights({"run:read", "workflow:read"}).workflows);
    EXPECT_TRUE(rights({"run:read", "schedule:read"}).schedules);
    EXPECT_FALSE(rights({"run:read", "schedule:read"}).webhooks);
    EXPECT_TRUE(rights({"run:read", "webhook:read"}).webhooks);
    EXPECT_FALSE(rights({"run:read", "webhook:read"}).watches);
    EXPECT_TRUE(rights({"run:read", "watch:read"}).watches);
    EXPECT_FALSE(rights({"run:read", "watch:read"}).schedules);
    EXPECT_TRUE(rights({"gateway:read"}).metrics) << "each by its own permission only";
    EXPECT_FALSE(rights({"gateway:read"}).runs);
    EXPECT_FALSE(rights({"run:start", "account:read"}).any());
    EXPECT_FALSE(dispatcher->eventRights(Principal{}).any());
}

TEST_F(DispatchRules, RefusesEventsThatMayNotBeSeenAndFiltersThatMakeNoSense) {
    const auto refusal = [&](const protocol::EventFilter& filter, std::vector<std::string> permissions) {
        const auto made = dispatcher->subscribe(someone(std::move(permissions)), filter, [] {});
        return made ? Error{} : made.error();
    };
    protocol::EventFilter filter;
    EXPECT_EQ(refusal(filter, {"run:read", "workflow:read"}).code, "");
    EXPECT_EQ(refusal(filter, {"run:read"}).hint, "Ask with false for workflows");
    EXPECT_EQ(refusal(filter, {"workflow:read"}).hint, "Ask with false for runs, nodes, logs");
    filter.runId = "01890a5d-ac96-774b-bcce-b302099a8057";
    EXPECT_EQ(refusal(filter, {"run:read"}).code, "") << "of one run there are no events of workflows' files";
    filter.runs = filter.nodes = filter.logs = false;
    EXPECT_EQ(refusal(filter, {"*"}).code, "request.invalid") << "nothing is asked for";
    filter = {};
    filter.level = "loud";
    EXPECT_EQ(refusal(filter, {"*"}).where, "/level");
    filter.level = "error";
    filter.statuses = {"failed", "lost"};
    EXPECT_EQ(refusal(filter, {"*"}).where, "/statuses");
}

TEST_F(DispatchRules, ShowsTheWorkspaceToThoseWhoMayReadTheGateway) {
    EXPECT_EQ(dispatcher->info(someone({"gateway:read"})).workspace, "/somewhere");
    EXPECT_EQ(dispatcher->info(someone({"run:read"})).workspace, "");
    EXPECT_EQ(dispatcher->info(someone({})).principal, "Una");
}

TEST(HostEvents, BringTheEnginesNumbersToThoseWhoAsk) {
    const Folder folder;
    const auto host = openHost(folder);
    protocol::EventFilter filter;
    filter.metrics = true;
    std::mutex mutex;
    std::condition_variable_any wake;
    bool notified = false;
    const auto reader = host->dispatcher().subscribe(localAdministrator(), filter, [&] {
        const std::lock_guard lock(mutex);
        notified = true;
        wake.notify_all();
    });
    ASSERT_TRUE(reader);
    std::vector<protocol::EventDto> events;
    while (events.empty()) {
        events = (*reader)->take(10);
        std::unique_lock lock(mutex);
        const bool waits = events.empty();
        ASSERT_TRUE(!waits || wake.wait_for(lock, kDeadline, [&] { return std::exchange(notified, false); }));
    }
    EXPECT_EQ(events[0].kind, "metrics");
    EXPECT_TRUE(events[0].data["runs.active"].isNumber());
    EXPECT_GT(events[0].data["memory.bytes"].asNumber(), 1e6);
    EXPECT_GT(events[0].wall, 0);
}

TEST(HostReadiness, LooksAtTheStoreAndTheDisk) {
    const Folder folder;
    const auto host = openHost(folder);
    std::promise<Readiness> answer;
    host->dispatcher().checkReadiness([&](Readiness readiness) { answer.set_value(std::move(readiness)); });
    const auto readiness = answer.get_future().get();
    EXPECT_TRUE(readiness.isReady());
    EXPECT_EQ(readiness.checks.size(), 3U);
}

}  // namespace
}  // namespace signalbox::service
