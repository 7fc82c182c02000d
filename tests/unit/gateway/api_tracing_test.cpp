// The span of each HTTP request: whose trace it is in, what it tells, and what it never tells.
#include "telemetry/otlp_json.h"
#include "telemetry/span_sampler.h"
#include "unit/gateway/api_fixture.h"
#include "unit/gateway/kept_spans.h"

namespace signalbox::gateway {
namespace {

using namespace test;
using telemetry::Span;
using telemetry::SpanStatus;

constexpr const char* kTrace = "0af7651916cd43dd8448eb211c80319c";
constexpr const char* kSampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr const char* kUnsampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

class ApiTracingTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        kept_ = std::make_unique<KeptSpans>();
        sampler_ = std::make_unique<telemetry::SpanSampler>(0);
        ApiOptions options;
        options.tracing = {kept_.get(), sampler_.get(), "gate.example", 7450};
        world_ = std::make_unique<ApiWorld>(std::move(options));
    }
    static void TearDownTestSuite() {
        world_.reset();
        sampler_.reset();
        kept_.reset();
    }
    void SetUp() override {
        sampler_->setShare(0);
        static_cast<void>(kept_->take());
    }
    static Answer ask(std::string method, std::string target, Headers headers, std::string body = {}) {
        return world_->send({std::move(method), std::move(target), world_->token("administrator"), std::move(body),
                             std::move(headers)});
    }
    /// The one span of that request.
    static Span spanOf(const std::string& method, const std::string& target, Headers headers = {},
                       const std::string& body = {}) {
        headers.emplace_back("traceparent", kSampled);
        static_cast<void>(ask(method, target, std::move(headers), body));
        auto spans = kept_->take();
        EXPECT_EQ(spans.size(), 1U) << method << " " << target;
        return spans.empty() ? Span() : std::move(spans.front());
    }

    static std::unique_ptr<KeptSpans> kept_;
    static std::unique_ptr<telemetry::SpanSampler> sampler_;
    static std::unique_ptr<ApiWorld> world_;
};

std::unique_ptr<KeptSpans> ApiTracingTest::kept_;
std::unique_ptr<telemetry::SpanSampler> ApiTracingTest::sampler_;
std::unique_ptr<ApiWorld> ApiTracingTest::world_;

TEST_F(ApiTracingTest, IsBelowTheCallersAndIsWhatIsAnswered) {
    const Answer answer = ask("GET", "/api/v1/workflows", {{"traceparent", kSampled}});
    const auto spans = kept_->take();
    ASSERT_EQ(spans.size(), 1U);
    const Span& span = spans[0];
    EXPECT_EQ(hexOf(span.traceId), kTrace);
    EXPECT_EQ(hexOf(span.parentId), "b7ad6b7169203331");
    EXPECT_TRUE(span.parentIsRemote);
    EXPECT_EQ(answer.header("traceparent"), "00-" + hexOf(span.traceId) + "-" + hexOf(span.spanId) + "-01");
    EXPECT_EQ(span.kind, telemetry::SpanKind::Server);
    EXPECT_EQ(span.name, "GET /api/v1/workflows");
    EXPECT_EQ(span.status, SpanStatus::Unset);
    EXPECT_GT(span.start, 1'600'000'000'000'000);
    EXPECT_GE(span.duration, 0);
    EXPECT_EQ(textOf(span, "http.request.method"), "GET");
    EXPECT_EQ(textOf(span, "http.route"), "/api/v1/workflows");
    EXPECT_EQ(textOf(span, "url.path"), "") << "the route says it";
    EXPECT_EQ(textOf(span, "url.scheme"), "http");
    EXPECT_EQ(textOf(span, "http.response.status_code"), "200");
    EXPECT_EQ(textOf(span, "server.address"), "gate.example");
    EXPECT_EQ(textOf(span, "server.port"), "7450");
    EXPECT_EQ(textOf(span, "client.address"), "127.0.0.1");
    EXPECT_EQ(textOf(span, "network.peer.address"), "127.0.0.1");
    EXPECT_EQ(textOf(span, "error.type"), "");
    EXPECT_EQ(textOf(span, "signalbox.request.id"), answer.header("x-request-id"));
    EXPECT_EQ(textOf(span, "enduser.id").size(), 36U);
}

TEST_F(ApiTracingTest, TellsWhichWayTheCallTookAndHowLongItWaited) {
    const Span pool = spanOf("GET", "/api/v1/workflows");
    EXPECT_EQ(textOf(pool, "signalbox.call"), "workflows.list");
    EXPECT_EQ(textOf(pool, "signalbox.dispatch.way"), "pool");
    EXPECT_GT(std::stod(textOf(pool, "signalbox.dispatch.wait_ms")), 0);
    const Span direct = spanOf("GET", "/api/v1/account");
    EXPECT_EQ(textOf(direct, "signalbox.dispatch.way"), "direct");
    EXPECT_EQ(std::stod(textOf(direct, "signalbox.dispatch.wait_ms")), 0);
    const Span run = spanOf("POST", "/api/v1/workflows/doubling/execute?wait=30", {}, R"({"n": 4})");
    EXPECT_EQ(textOf(run, "http.response.status_code"), "200");
    EXPECT_EQ(textOf(run, "signalbox.call"), "runs.start") << "not the wait for its end";
    const Span none = spanOf("GET", "/health");
    EXPECT_EQ(textOf(none, "signalbox.dispatch.way"), "") << "nothing was dispatched";
    EXPECT_EQ(textOf(none, "signalbox.call"), "");
}

TEST_F(ApiTracingTest, DoesAsTheCallerDoes) {
    sampler_->setShare(1);
    const Answer answer = ask("GET", "/api/v1/workflows", {{"traceparent", kUnsampled}});
    EXPECT_TRUE(kept_->take().empty()) << "the share is for new traces only";
    EXPECT_TRUE(answer.header("traceparent").ends_with("-00"));
    EXPECT_TRUE(answer.header("traceparent").starts_with(std::string("00-") + kTrace));
}

TEST_F(ApiTracingTest, BeginsTracesByItsShare) {
    const Answer unwanted = ask("GET", "/api/v1/workflows", {});
    EXPECT_TRUE(kept_->take().empty());
    EXPECT_TRUE(unwanted.header("traceparent").ends_with("-00"));
    sampler_->setShare(1);
    const Answer wanted = ask("GET", "/api/v1/workflows", {{"traceparent", "00-nonsense"}});
    const auto spans = kept_->take();
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_TRUE(wanted.header("traceparent").ends_with("-01"));
    EXPECT_EQ(spans[0].parentId, telemetry::SpanId{});
    EXPECT_FALSE(spans[0].parentIsRemote);
}

TEST_F(ApiTracingTest, TellsErrors) {
    const Span missing = spanOf("GET", "/api/v1/workflows/nowhere");
    EXPECT_EQ(textOf(missing, "http.response.status_code"), "404");
    EXPECT_NE(textOf(missing, "error.type"), "");
    EXPECT_EQ(missing.status, SpanStatus::Unset) << "the gateway did what it should";
    const Span unrouted = spanOf("BREW", "/nowhere/" + std::string(300, 'x'));
    EXPECT_EQ(unrouted.name, "HTTP");
    EXPECT_EQ(textOf(unrouted, "http.request.method"), "_OTHER");
    EXPECT_EQ(textOf(unrouted, "http.request.method_original"), "BREW");
    EXPECT_EQ(textOf(unrouted, "http.route"), "");
    EXPECT_EQ(textOf(unrouted, "url.path").size(), 200U);
    EXPECT_EQ(textOf(unrouted, "signalbox.dispatch.way"), "");
}

TEST_F(ApiTracingTest, TellsAClientFromItsProxy) {
    static_cast<void>(world_->send(
        {.target = "/health", .headers = {{"traceparent", kSampled}}, .address = "198.51.100.1", .peer = "10.0.0.1"}));
    const auto spans = kept_->take();
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(textOf(spans[0], "client.address"), "198.51.100.1");
    EXPECT_EQ(textOf(spans[0], "network.peer.address"), "10.0.0.1");
    const LogLine& line = world_->logged.back();
    EXPECT_EQ(line.fields["address"].asString(), "198.51.100.1");
    EXPECT_EQ(line.fields["proxy"].asString(), "10.0.0.1");
    static_cast<void>(world_->send({.target = "/health"}));
    EXPECT_EQ(world_->logged.back().fields.find("proxy"), nullptr);
}

TEST_F(ApiTracingTest, PassesOnTheStateOfATrace) {
    const Headers carried{{"traceparent", kSampled}, {"tracestate", "rojo=1"}, {"tracestate", "congo=2"}};
    const Answer answer = ask("GET", "/api/v1/workflows", carried);
    EXPECT_EQ(answer.header("tracestate"), "rojo=1,congo=2");
    const auto spans = kept_->take();
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].traceState, "rojo=1,congo=2");
    const Answer unsampled = ask("GET", "/api/v1/workflows", {{"traceparent", kUnsampled}, {"tracestate", "rojo=1"}});
    EXPECT_EQ(unsampled.header("tracestate"), "rojo=1");
    for (const Headers& worthless :
         {Headers{{"tracestate", "rojo=1"}}, Headers{{"traceparent", "00-nonsense"}, {"tracestate", "rojo=1"}},
          Headers{{"traceparent", kSampled}, {"tracestate", "rojo=1,NO"}}}) {
        EXPECT_EQ(ask("GET", "/api/v1/workflows", worthless).header("tracestate"), "");
    }
}

TEST_F(ApiTracingTest, TellsOfCallersWhoWentAway) {
    const auto request = std::make_shared<HttpRequest>();
    request->method = "GET";
    request->path = request->target = "/health";
    request->headers = {{"traceparent", kSampled}};
    world_->api->handle(request, false, [](const Outcome&) {});
    world_->api->finished(*request, 0, 0);
    const auto spans = kept_->take();
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(textOf(spans[0], "error.type"), "caller.gone");
    EXPECT_EQ(textOf(spans[0], "http.response.status_code"), "");
    EXPECT_EQ(spans[0].status, SpanStatus::Unset);
}

TEST_F(ApiTracingTest, NeverTellsSecrets) {
    const std::string token = world_->token("administrator");
    std::vector<Span> spans;
    const auto collect = [&](const Answer&) {
        for (Span& span : kept_->take()) spans.push_back(std::move(span));
    };
    const Headers sampled{{"traceparent", kSampled}, {"cookie", "hush=hush"}, {"x-secret", "hush"}};
    collect(ask("GET", "/api/v1/runs?workflowId=hush", sampled));
    collect(ask("GET", "/nowhere?token=hush", sampled));
    collect(ask("POST", "/api/v1/workflows/doubling/start", sampled, R"({"inputs":{"n":1,"password":"hush"}})"));
    collect(ask("POST", "/api/v1/auth/login", sampled, R"({"login":"administrator","password":"hush"})"));
    EXPECT_EQ(spans.size(), 4U);
    const std::string text = telemetry::otlpJson({}, spans);
    EXPECT_EQ(text.find("hush"), std::string::npos) << text;
    EXPECT_EQ(text.find(token), std::string::npos);
    EXPECT_EQ(text.find('?'), std::string::npos);
}

TEST(ApiTracingOff, CallsNothingSampled) {
    ApiWorld world;
    const Answer answer = world.send({"GET", "/health", {}, {}, {{"traceparent", kSampled}}});
    EXPECT_TRUE(answer.header("traceparent").starts_with(std::string("00-") + kTrace));
    EXPECT_TRUE(answer.header("traceparent").ends_with("-00")) << "no span of that id goes anywhere";
}

}  // namespace
}  // namespace signalbox::gateway
