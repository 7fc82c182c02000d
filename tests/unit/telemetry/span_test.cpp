// Spans by themselves: which are kept, how they are written, where they go.
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/random.h"
#include "telemetry/otlp_json.h"
#include "telemetry/span_endpoint.h"
#include "telemetry/span_sampler.h"

namespace signalbox::telemetry {
namespace {

TraceId randomTrace(Random& random) {
    TraceId trace{};
    for (auto& byte : trace) byte = static_cast<std::uint8_t>(random.next());
    return trace;
}

TEST(SpanSampler, KeepsAllOrNothingAtTheEnds) {
    SeededRandom random(3);
    const SpanSampler all(1);
    const SpanSampler none(0);
    TraceId highest{};
    highest.fill(0xff);
    EXPECT_FALSE(none.keeps(highest));
    EXPECT_TRUE(all.keeps(TraceId{}));
    for (int i = 0; i < 1000; ++i) {
        const TraceId trace = randomTrace(random);
        EXPECT_TRUE(all.keeps(trace));
        EXPECT_FALSE(none.keeps(trace));
    }
}

TEST(SpanSampler, KeepsItsShareAndEveryLargerShareKeepsTheSame) {
    SeededRandom random(7);
    SpanSampler tenth(0.1);
    const SpanSampler third(0.3);
    int kept = 0;
    for (int i = 0; i < 20'000; ++i) {
        const TraceId trace = randomTrace(random);
        if (!tenth.keeps(trace)) continue;
        ++kept;
        EXPECT_TRUE(third.keeps(trace));
    }
    EXPECT_NEAR(kept, 2000, 200);
    tenth.setShare(0);
    EXPECT_FALSE(tenth.keeps(randomTrace(random)));
}

Span wholeSpan() {
    Span span;
    span.traceId = {0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c};
    span.spanId = {0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31};
    span.parentId = {0, 0, 0, 0, 0, 0, 0, 0x7f};
    span.parentIsRemote = true;
    span.traceFlags = 1;
    span.traceState = "congo=\"2\"";
    span.name = "GET /a \"b\"";
    span.start = 1'700'000'000'000'001;
    span.duration = 1500;
    span.status = SpanStatus::Error;
    span.set("text", "caf\xc3\xa9");
    span.set("whole", std::int64_t{-9'007'199'254'740'993});
    span.set("real", 0.25);
    span.set("yes", true);
    span.links.push_back({span.traceId, span.spanId, 1, "rojo=1"});
    return span;
}

TEST(OtlpJson, IsTheMappingOfTheProtocol) {
    const SpanResource resource{{{"service.name", "signalboxd"}}, "scope", "1.2"};
    const Span span = wholeSpan();
    EXPECT_EQ(
        otlpJson(resource, {&span, 1}),
        R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"signalboxd"}}]},)"
        R"("scopeSpans":[{"scope":{"name":"scope","version":"1.2"},"spans":[)"
        R"({"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","traceState":"congo=\"2\"",)"
        R"("parentSpanId":"000000000000007f","flags":769,"name":"GET /a \"b\"","kind":2,)"
        R"("startTimeUnixNano":"1700000000000001000","endTimeUnixNano":"1700000000001501000","attributes":[)"
        "{\"key\":\"text\",\"value\":{\"stringValue\":\"caf\xc3\xa9\"}},"
        R"({"key":"whole","value":{"intValue":"-9007199254740993"}},{"key":"real","value":{"doubleValue":0.25}},)"
        R"({"key":"yes","value":{"boolValue":true}}],)"
        R"("links":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","flags":1,)"
        R"("traceState":"rojo=1"}],)"
        R"("status":{"code":2}}]}]}]})");
}

TEST(OtlpJson, LeavesOutWhatThereIsNot) {
    Span root;
    root.name = "bad \xff byte";
    const auto body = parseJson(otlpJson({}, {&root, 1}));
    ASSERT_TRUE(body) << body.error().message;
    const Value span = resolvePointer(*body, "/resourceSpans/0/scopeSpans/0/spans/0");
    EXPECT_EQ(span.find("parentSpanId"), nullptr);
    EXPECT_EQ(span.find("links"), nullptr);
    EXPECT_EQ(span.find("traceState"), nullptr);
    EXPECT_EQ(span.find("status"), nullptr);
    EXPECT_EQ(span["flags"].asInteger(), 0x100) << "it is known that there is no remote parent";
    EXPECT_EQ(span["name"].asString(), "bad \xef\xbf\xbd byte");
}

TEST(OtlpJson, ReadsWhatACollectorRejected) {
    const auto partial = partialSuccessOf(R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}})");
    EXPECT_EQ(partial.rejected, 3U);
    EXPECT_EQ(partial.message, "too old");
    EXPECT_EQ(partialSuccessOf(R"({"partialSuccess":{"rejectedSpans":2}})").rejected, 2U);
    for (const char* nothing :
         {"", "{}", "null", "[]", "<html>", R"({"partialSuccess":null})", R"({"partialSuccess":{}})",
          R"({"partialSuccess":{"rejectedSpans":-1}})", R"({"partialSuccess":{"rejectedSpans":"many"}})"}) {
        EXPECT_EQ(partialSuccessOf(nothing).rejected, 0U) << nothing;
    }
}

TEST(SpanEndpoint, IsACollectorOrAnExactUrl) {
    const auto urlOf = [](const char* text) {
        const auto endpoint = parseSpanEndpoint(text);
        return endpoint ? endpoint->url : endpoint.error().code;
    };
    EXPECT_EQ(urlOf("http://127.0.0.1:4318"), "http://127.0.0.1:4318/v1/traces");
    EXPECT_EQ(urlOf("https://collector.example/"), "https://collector.example/v1/traces");
    EXPECT_EQ(urlOf("https://collector.example/otlp/v1/traces"), "https://collector.example/otlp/v1/traces");
    const auto six = parseSpanEndpoint("https://[::1]:4318");
    ASSERT_TRUE(six);
    EXPECT_EQ(six->host, "::1");
    EXPECT_TRUE(six->encrypted);
    for (const char* wrong : {"", "collector", "ftp://collector", "file:///etc/passwd", "http://", "http://a b",
                              "http://user:pass@collector", "http://collector/?key=1", "http://collector/#x"}) {
        EXPECT_EQ(urlOf(wrong), "tracing.endpoint") << wrong;
    }
    EXPECT_EQ(parseSpanEndpoint("http://u:hush@collector").error().message.find("hush"), std::string::npos);
}

TEST(SpanHeaders, AreLines) {
    const auto headers = parseSpanHeaders("Authorization: Bearer x:y\r\n\n  X-Scope-OrgID:7 \n");
    ASSERT_TRUE(headers) << headers.error().message;
    using Pair = std::pair<std::string, std::string>;
    EXPECT_EQ(*headers, (std::vector<Pair>{{"Authorization", "Bearer x:y"}, {"X-Scope-OrgID", "7"}}));
    EXPECT_TRUE(parseSpanHeaders("")->empty());
    for (const char* wrong : {"hush", "hush:", ": hush", "a hush: b", "A: hush\x01", "Content-Type: hush", "host: hush",
                              "A\xc3\xa9: hush"}) {
        const auto refused = parseSpanHeaders(std::string("A: b\n") + wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_NE(refused.error().message.find("Line 2"), std::string::npos);
        EXPECT_EQ(refused.error().message.find("hush"), std::string::npos) << "it may be a secret";
    }
}

}  // namespace
}  // namespace signalbox::telemetry
