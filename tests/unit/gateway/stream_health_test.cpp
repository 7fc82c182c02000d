// /health, /ready, and the metrics that a gateway shows, as promtool sees them.
#include <future>

#include <gtest/gtest.h>

#include "base/json.h"
#include "gateway/engine_metrics.h"
#include "gateway/health.h"
#include "gateway/http_metrics.h"
#include "service/worker_threads.h"
#include "telemetry/process_metrics.h"
#include "unit/service/service_fixture.h"
#include "unit/telemetry/promtool.h"

namespace signalbox::gateway {
namespace {

using service::test::Folder;
using service::test::openHost;

Value bodyOf(const HttpResponse& response) { return parseJson(response.body).value_or(Value()); }

HttpResponse askReady(Health& health) {
    std::promise<HttpResponse> answer;
    health.ready([&](HttpResponse response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
}

const Value& checkOf(const Value& body, std::string_view name) {
    static const Value kNone;
    for (const Value& check : body["checks"].items()) {
        if (check["name"].asString() == name) return check;
    }
    return kNone;
}

TEST(Health, IsReadyWithAWorkingStore) {
    const Folder folder;
    const auto host = openHost(folder);
    ManualClock clock;
    Health health(host->dispatcher(), clock, clock.wallNow());
    clock.advance(5'500'000);
    EXPECT_EQ(health.health().status, 200U);
    EXPECT_EQ(bodyOf(health.health())["uptimeSeconds"].asInteger(), 5);
    const auto ready = askReady(health);
    EXPECT_EQ(ready.status, 200U) << ready.body;
    const Value body = bodyOf(ready);
    EXPECT_EQ(body["status"].asString(), "ready");
    for (const char* const name : {"store", "recovery", "disk"}) {
        EXPECT_TRUE(checkOf(body, name)["passed"].asBoolean()) << name;
    }
    health.drain();
    const auto draining = askReady(health);
    EXPECT_EQ(draining.status, 503U);
    EXPECT_EQ(bodyOf(draining)["checks"].at(0)["reason"].asString(), "The gateway is being stopped");
}

TEST(Health, IsNotReadyWhereNothingRuns) {
    const Folder folder;
    const auto host = openHost(folder, service::HostMode::Documents);
    ManualClock clock;
    Health health(host->dispatcher(), clock, 0);
    const auto ready = askReady(health);
    EXPECT_EQ(ready.status, 503U);
    EXPECT_EQ(bodyOf(ready)["status"].asString(), "not ready");
    EXPECT_FALSE(checkOf(bodyOf(ready), "store")["reason"].asString().empty());
}

/// A dispatcher whose only worker is busy until it is told.
class BusyHealth : public ::testing::Test {
protected:
    BusyHealth() {
        service::DispatcherParts parts;
        parts.workers = &workers;
        dispatcher.emplace(std::move(parts));
        workers.post([wait = release.get_future().share()] { wait.wait(); });
    }
    std::promise<void> release;
    service::WorkerThreads workers{1};
    std::optional<service::Dispatcher> dispatcher;
    ManualClock clock;
};

TEST_F(BusyHealth, SaysSoWhenTheStoreDoesNotAnswer) {
    Health health(*dispatcher, clock, 0);
    std::atomic<int> answered{0};
    std::promise<void> all;
    const auto count = [&](const HttpResponse& response) {
        EXPECT_EQ(response.status, 503U);
        if (++answered == 3) all.set_value();
    };
    health.ready(count);
    health.ready(count);
    EXPECT_EQ(answered, 0);
    clock.advance(5'000'000);
    health.ready(count);
    EXPECT_EQ(answered, 3) << "those who have waited are told as well";
    release.set_value();
    workers.stop();
}

TEST(GatewayMetrics, ArePleasingToPromtool) {
    telemetry::Metrics metrics;
    telemetry::addProcessMetrics(metrics);
    HttpMetrics http(metrics);
    EngineMetrics engine(metrics);
    const Folder folder;
    const auto host = openHost(folder);
    host->dispatcher().observe([&](const service::DispatchReport& report) { http.dispatched(report); });
    const auto stats = service::test::call(host->dispatcher(), protocol::GetEngineStats{});
    ASSERT_TRUE(stats);
    auto later = *stats;
    later.triggers.counts.missedDown = 3;
    later.triggers.counts.droppedBuffer = 2;
    later.triggers.counts.started = 5;
    later.triggers.deliveriesRefused = 7;
    engine.update(later);
    const auto route = http.addRoute("/api/v1/runs/{id}");
    http.started();
    http.finished(route, "GET", 200, 1234);
    http.started();
    http.finished(9999, "BREW", 418, 1);
    http.authenticationFailed("identity.credentials");
    http.rateLimited("address");
    const auto text = metrics.expose().text;
    EXPECT_NE(text.find(R"(signalbox_http_requests_total{code="200",method="GET",route="/api/v1/runs/{id}"} 1)"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find(R"(signalbox_http_requests_total{code="other",method="other",route="none"} 1)"),
              std::string::npos);
    EXPECT_NE(text.find(R"(signalbox_dispatch_total{call="engine.stats",way="pool"} 1)"), std::string::npos);
    EXPECT_NE(text.find("signalbox_http_in_flight 0\n"), std::string::npos);
    EXPECT_NE(text.find("signalbox_pool_threads 2\n"), std::string::npos);
    EXPECT_NE(text.find("signalbox_schedule_missed_total{reason=\"down\"} 3\n"), std::string::npos) << text;
    EXPECT_NE(text.find("signalbox_schedule_missed_total{reason=\"clock\"} 0\n"), std::string::npos)
        << "so that a rate can be made of the first one";
    EXPECT_NE(text.find("signalbox_schedule_skipped_total{reason=\"buffer\"} 2\n"), std::string::npos);
    EXPECT_NE(text.find("signalbox_schedule_started_total 5\n"), std::string::npos);
    EXPECT_NE(text.find("signalbox_webhook_deliveries_total{outcome=\"refused\"} 7\n"), std::string::npos);
    const auto complaints = telemetry::test::promtoolComplaints(text);
    if (!complaints) GTEST_SKIP() << "promtool is not installed (Debian package prometheus)";
    EXPECT_EQ(*complaints, "");
}

}  // namespace
}  // namespace signalbox::gateway
