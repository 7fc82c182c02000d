// Spans over a real connection: to a stand-in for a collector, by HTTP and by TLS.
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/certificate.h"
#include "support/span_receiver.h"
#include "telemetry/span_exporter.h"
#include "telemetry/span_transport.h"

namespace signalbox::telemetry {
namespace {

using test::SpanReceiver;

constexpr Micros kPatience = 20'000'000;

HttpSpanTransportOptions optionsFor(const SpanReceiver& receiver) {
    HttpSpanTransportOptions options;
    options.url = receiver.url() + "/v1/traces";
    options.userAgent = "signalboxd/1.2.3";
    options.viaProxy = false;
    return options;
}

TEST(HttpSpanTransport, PostsJsonWithItsHeaders) {
    SpanReceiver receiver;
    auto options = optionsFor(receiver);
    options.headers = {{"Authorization", "Bearer key"}};
    const auto transport = makeHttpSpanTransport(options);
    const SpanAnswer answer = transport->post({R"({"resourceSpans":[]})", false}, kPatience);
    EXPECT_EQ(answer.status, 200) << answer.error;
    EXPECT_EQ(answer.body, "{}");
    ASSERT_EQ(receiver.requests().size(), 1U);
    const auto received = receiver.requests()[0];
    EXPECT_EQ(received.method, "POST");
    EXPECT_EQ(received.path, "/v1/traces");
    EXPECT_EQ(received.header("content-type"), "application/json");
    EXPECT_EQ(received.header("authorization"), "Bearer key");
    EXPECT_EQ(received.header("user-agent"), "signalboxd/1.2.3");
    EXPECT_EQ(received.header("content-encoding"), "");
    EXPECT_EQ(received.header("expect"), "");
    EXPECT_TRUE(received.body["resourceSpans"].isArray());
}

TEST(HttpSpanTransport, GivesWhatTheCollectorSays) {
    SpanReceiver receiver;
    receiver.answerNext(503, "later", {{"Retry-After", "7"}});
    receiver.answerNext(301, {}, {{"Location", receiver.url() + "/elsewhere"}});
    receiver.answerNext(200, std::string(200'000, 'x'));
    const auto transport = makeHttpSpanTransport(optionsFor(receiver));
    const SpanAnswer later = transport->post({"{}", false}, kPatience);
    EXPECT_EQ(later.status, 503);
    EXPECT_EQ(later.retryAfter, 7'000'000);
    EXPECT_EQ(transport->post({"{}", false}, kPatience).status, 301) << "redirects are not followed";
    EXPECT_LE(transport->post({"{}", false}, kPatience).body.size(), 65'536U) << "nothing endless is kept";
    EXPECT_EQ(receiver.requests().size(), 3U);
}

TEST(HttpSpanTransport, GivesUpInTime) {
    SpanReceiver receiver;
    receiver.fallSilent();
    const auto transport = makeHttpSpanTransport(optionsFor(receiver));
    const SpanAnswer answer = transport->post({"{}", false}, 50'000);
    EXPECT_EQ(answer.status, 0);
    EXPECT_NE(answer.error, "");
}

TEST(HttpSpanTransport, IsCutWhenItIsCancelled) {
    SpanReceiver receiver;
    receiver.fallSilent();
    const auto transport = makeHttpSpanTransport(optionsFor(receiver));
    std::jthread canceller([&] {
        EXPECT_TRUE(receiver.waitForRequests(1));
        transport->cancel();
    });
    EXPECT_EQ(transport->post({"{}", false}, 600'000'000).status, 0);
    EXPECT_EQ(transport->post({"{}", false}, 600'000'000).status, 0) << "from then on";
}

TEST(HttpSpanTransport, TellsAnUnreachableCollectorFromASilentOne) {
    std::string url;
    {
        const SpanReceiver gone;
        url = gone.url();
    }
    HttpSpanTransportOptions options;
    options.url = url;
    options.viaProxy = false;
    const SpanAnswer answer = makeHttpSpanTransport(options)->post({"{}", false}, kPatience);
    EXPECT_EQ(answer.status, 0);
    EXPECT_NE(answer.error.find("connect"), std::string::npos) << answer.error;
}

TEST(HttpSpanTransport, TrustsOnlyVerifiedCertificates) {
    std::string name = (std::filesystem::temp_directory_path() / "signalbox-spans-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(name.data());
    ASSERT_TRUE(test::writeCertificate("collector", folder / "certificate", folder / "key"));
    const SpanReceiver receiver(gateway::TlsFiles{folder / "certificate", folder / "key", {}});
    auto options = optionsFor(receiver);
    const SpanAnswer refused = makeHttpSpanTransport(options)->post({"{}", false}, kPatience);
    EXPECT_EQ(refused.status, 0);
    EXPECT_NE(refused.error.find("certificate"), std::string::npos) << refused.error;
    EXPECT_TRUE(receiver.requests().empty());
    options.authorities = folder / "certificate";
    EXPECT_EQ(makeHttpSpanTransport(options)->post({"{}", false}, kPatience).status, 200);
    std::filesystem::remove_all(folder);
}

TEST(SpanExporterOverHttp, DeliversCompressedBatchesFromItsThread) {
    SpanReceiver receiver;
    receiver.answerNext(200);
    const SystemClock clock;
    SystemRandom random;
    SpanExporterOptions options;
    options.batch = 50;
    options.delivery.resource.attributes = {{"service.name", "signalboxd"}};
    SpanExporter exporter(options, makeHttpSpanTransport(optionsFor(receiver)), clock, random, {});
    for (int i = 0; i < 120; ++i) {
        Span span;
        span.name = "GET /api/v1/runs/{id}";
        span.set("http.response.status_code", std::int64_t{i});
        exporter.record(std::move(span));
    }
    exporter.shutdown();
    EXPECT_EQ(exporter.counts().exported, 120U);
    const auto spans = receiver.spans();
    ASSERT_EQ(spans.size(), 120U);
    EXPECT_EQ(test::attributeOf(spans[119], "http.response.status_code").asString(), "119");
    EXPECT_EQ(receiver.requests()[0].header("content-encoding"), "gzip");
}

}  // namespace
}  // namespace signalbox::telemetry
