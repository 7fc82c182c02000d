// Spans of a real signalboxd, sent to a stand-in for a collector.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "integration/gatewayd/workspace.h"
#include "support/certificate.h"
#include "support/span_receiver.h"

namespace signalbox::gatewayd::test {
namespace {

using signalbox::test::attributeOf;
using signalbox::test::SpanReceiver;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSampled = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr const char* kUnsampled = "traceparent: 00-11111111111111111111111111111111-b7ad6b7169203331-00";

Value resourceOf(const SpanReceiver& receiver) {
    return resolvePointer(receiver.requests().at(0).body, "/resourceSpans/0/resource");
}

TEST(Tracing, ASampledRequestGivesASpanBelowItsCallers) {
    SpanReceiver receiver;
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--tracing-endpoint", receiver.url(), "--tracing-sample-ratio", "0"}));
    HttpClient http(gateway.waitForAddress());
    http.setToken(setUpAdministrator(gateway, http));
    EXPECT_THAT(gateway.log(), HasSubstr("Spans of requests are sent"));
    EXPECT_THAT(gateway.log(), HasSubstr(receiver.url() + "/v1/traces"));
    auto unsampled = http.get("/api/v1/runs?limit=5", {kUnsampled});
    EXPECT_EQ(unsampled.status, 200);
    EXPECT_THAT(unsampled.headers["traceparent"], testing::EndsWith("-00"));
    auto sampled = http.get("/api/v1/runs?limit=5", {kSampled});
    EXPECT_EQ(sampled.status, 200);
    // What is left is sent before it ends.
    gateway.signal(SIGTERM);
    EXPECT_EQ(gateway.wait(), 0) << gateway.log();

    const auto spans = receiver.spans();
    ASSERT_EQ(spans.size(), 1U) << "neither the unsampled one nor those without a trace";
    const Value& span = spans[0];
    EXPECT_EQ(span["traceId"].asString(), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(span["parentSpanId"].asString(), "b7ad6b7169203331");
    EXPECT_EQ(sampled.headers["traceparent"],
              "00-0af7651916cd43dd8448eb211c80319c-" + std::string(span["spanId"].asString()) + "-01");
    EXPECT_EQ(span["name"].asString(), "GET /api/v1/runs");
    EXPECT_EQ(attributeOf(span, "signalbox.dispatch.way").asString(), "pool");
    EXPECT_GT(attributeOf(span, "signalbox.dispatch.wait_ms").asNumber(), 0);
    EXPECT_EQ(attributeOf(span, "signalbox.call").asString(), "runs.list");
    EXPECT_EQ(attributeOf(span, "http.response.status_code").asString(), "200");
    EXPECT_EQ(attributeOf(span, "signalbox.request.id").asString(), sampled.headers["x-request-id"]);
    EXPECT_EQ(attributeOf(resourceOf(receiver), "service.name").asString(), "signalboxd");
    EXPECT_EQ(attributeOf(resourceOf(receiver), "service.instance.id").asString().size(), 36U);
    EXPECT_EQ(receiver.requests()[0].header("content-encoding"), "gzip");
    EXPECT_THAT(receiver.requests()[0].text, Not(HasSubstr("limit=5")));
}

TEST(Tracing, ASecretHeaderGoesToTheCollectorOverVerifiedTlsAndNowhereElse) {
    const WorkspaceFolder workspace;
    ASSERT_TRUE(signalbox::test::writeCertificate("collector", workspace.path() / "certificate.pem",
                                                  workspace.path() / "key.pem"));
    SpanReceiver receiver(gateway::TlsFiles{workspace.path() / "certificate.pem", workspace.path() / "key.pem", {}});
    workspace.write("signalboxd.toml", "workspace = \".\"\nport = 0\n[tracing]\nendpoint = \"" + receiver.url() +
                                           "/mine\"\nca = \"certificate.pem\"\nheaders_file = \"headers\"\n" +
                                           "compression = \"none\"\nservice_name = \"orders\"\n");
    workspace.write("headers", "Authorization: Bearer hush\n");
    GatewayProcess gateway({"--config", (workspace.path() / "signalboxd.toml").string()});
    HttpClient http(gateway.waitForAddress());
    EXPECT_EQ(http.get("/health").status, 200);
    EXPECT_TRUE(receiver.waitForSpans(1)) << "by itself, in a moment: " << gateway.log();
    EXPECT_EQ(receiver.requests()[0].path, "/mine");
    EXPECT_EQ(receiver.requests()[0].header("authorization"), "Bearer hush");
    EXPECT_EQ(receiver.requests()[0].header("content-encoding"), "");
    EXPECT_EQ(attributeOf(resourceOf(receiver), "service.name").asString(), "orders");
    gateway.signal(SIGTERM);
    EXPECT_EQ(gateway.wait(), 0);
    EXPECT_THAT(gateway.log(), Not(HasSubstr("hush")));
    EXPECT_THAT(gateway.out(), Not(HasSubstr("hush")));
}

TEST(Tracing, AReloadChangesTheShareOfNewTraces) {
    SpanReceiver receiver;
    const WorkspaceFolder workspace;
    const std::string settings =
        "workspace = \".\"\nport = 0\n[tracing]\nendpoint = \"" + receiver.url() + "\"\nsample_ratio = ";
    workspace.write("signalboxd.toml", settings + "0.0\n");
    GatewayProcess gateway({"--config", (workspace.path() / "signalboxd.toml").string()});
    HttpClient http(gateway.waitForAddress());
    EXPECT_EQ(http.get("/health").status, 200);
    workspace.write("signalboxd.toml", settings + "1\n");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(gateway.waitForLog("The settings were read again"));
    EXPECT_EQ(http.get("/ready").status, 200);
    gateway.signal(SIGTERM);
    EXPECT_EQ(gateway.wait(), 0);
    ASSERT_EQ(receiver.spans().size(), 1U);
    EXPECT_EQ(receiver.spans()[0]["name"].asString(), "GET /ready");
    EXPECT_EQ(receiver.spans()[0].find("parentSpanId"), nullptr);
}

TEST(Tracing, NothingWaitsForACollectorThatHangs) {
    SpanReceiver receiver;
    receiver.fallSilent();
    const WorkspaceFolder workspace;
    GatewayProcess gateway(
        workspace.arguments({"--tracing-endpoint", receiver.url(), "--metrics-open", "--tracing-timeout", "300s"}));
    HttpClient http(gateway.waitForAddress());
    EXPECT_EQ(http.get("/health").status, 200);
    EXPECT_TRUE(receiver.waitForRequests(1));
    EXPECT_EQ(http.get("/health").status, 200);
    EXPECT_THAT(http.get("/metrics").body, HasSubstr("signalbox_spans_exported_total 0\n"));
    gateway.signal(SIGTERM);
    EXPECT_EQ(gateway.wait(), 0) << "its end is bounded too";
}

}  // namespace
}  // namespace signalbox::gatewayd::test
