// Around a request: other sites' pages, traces, ids, the line in the log.
#include <gtest/gtest.h>

#include "base/ids.h"
#include "gateway/cors.h"
#include "gateway/request_log.h"
#include "gateway/trace_context.h"

namespace signalbox::gateway {
namespace {

HttpRequest requestFrom(const std::string& origin, const std::string& method = "GET") {
    HttpRequest request;
    request.method = method;
    request.headers = {{"host", "Gate.example:8443"}, {"origin", origin}};
    request.encrypted = true;
    return request;
}

const std::string* find(const HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return &value;
    }
    return nullptr;
}

TEST(Cors, IsOffUnlessToldOtherwise) {
    const Cors cors({});
    HttpResponse response;
    cors.apply(requestFrom("https://evil.example"), response);
    EXPECT_TRUE(response.headers.empty());
    auto asked = requestFrom("https://evil.example", "OPTIONS");
    asked.headers.emplace_back("access-control-request-method", "POST");
    const auto preflight = cors.preflight(asked, "GET, POST");
    ASSERT_TRUE(preflight);
    EXPECT_EQ(find(*preflight, "Access-Control-Allow-Origin"), nullptr);
}

TEST(Cors, KnowsTheListedOriginsExactly) {
    const Cors cors({{"https://console.example"}, true, 60});
    for (const auto& [origin, isListed] :
         std::vector<std::pair<std::string, bool>>{{"https://console.example", true},
                                                   {"https://console.example:444", false},
                                                   {"http://console.example", false},
                                                   {"https://console.example.evil", false},
                                                   {"https://CONSOLE.example", false},
                                                   {"null", false}}) {
        HttpResponse response;
        cors.apply(requestFrom(origin), response);
        EXPECT_EQ(find(response, "Access-Control-Allow-Origin") != nullptr, isListed) << origin;
        ASSERT_NE(find(response, "Vary"), nullptr) << origin;
        EXPECT_EQ(*find(response, "Vary"), "Origin");
        EXPECT_EQ(cors.allowsCookie(requestFrom(origin)), isListed) << origin;
    }
}

TEST(Cors, AnswersAPreflight) {
    const Cors cors({{"https://console.example"}, true, 60});
    auto asked = requestFrom("https://console.example", "OPTIONS");
    EXPECT_FALSE(cors.preflight(asked, "GET")) << "a plain OPTIONS";
    asked.headers.emplace_back("access-control-request-method", "PUT");
    const auto answer = cors.preflight(asked, "GET, PUT");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 204U);
    EXPECT_EQ(*find(*answer, "Access-Control-Allow-Origin"), "https://console.example");
    EXPECT_EQ(*find(*answer, "Access-Control-Allow-Credentials"), "true");
    EXPECT_EQ(*find(*answer, "Access-Control-Allow-Methods"), "GET, PUT");
    EXPECT_EQ(*find(*answer, "Access-Control-Max-Age"), "60");
}

TEST(Cors, NeverAllowsAllWithCredentials) {
    EXPECT_FALSE(Cors({{"*"}, true, 60}).allowsCookie(requestFrom("https://evil.example")));
    HttpResponse with;
    Cors({{"*"}, true, 60}).apply(requestFrom("https://evil.example"), with);
    EXPECT_EQ(find(with, "Access-Control-Allow-Origin"), nullptr);
    HttpResponse without;
    Cors({{"*"}, false, 60}).apply(requestFrom("https://other.example"), without);
    EXPECT_NE(find(without, "Access-Control-Allow-Origin"), nullptr);
    EXPECT_EQ(find(without, "Access-Control-Allow-Credentials"), nullptr);
}

TEST(Cors, TakesCookiesFromItsOwnPages) {
    const Cors cors({});
    EXPECT_TRUE(cors.allowsCookie(requestFrom("https://gate.example:8443")));
    EXPECT_FALSE(cors.allowsCookie(requestFrom("http://gate.example:8443"))) << "the scheme counts";
    EXPECT_FALSE(cors.allowsCookie(requestFrom("https://gate.example")));
    HttpRequest bare;
    bare.headers = {{"host", "gate.example"}};
    EXPECT_FALSE(cors.allowsCookie(bare));
}

constexpr std::string_view kParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(TraceContext, ReadsAndWritesTraceparent) {
    const auto context = TraceContext::parse(kParent);
    ASSERT_TRUE(context);
    EXPECT_EQ(context->traceparent(), kParent);
    EXPECT_EQ(context->traceIdText(), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(context->spanIdText(), "b7ad6b7169203331");
    EXPECT_TRUE(TraceContext::parse("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-later"));
}

TEST(TraceContext, IsStrict) {
    for (const std::string_view wrong : {"", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                                         "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                                         "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                                         "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                                         "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                                         "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                                         "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                                         "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                                         "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.x",
                                         " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
        EXPECT_FALSE(TraceContext::parse(wrong)) << wrong;
    }
}

TEST(TraceContext, StartsASpanBelowTheCaller) {
    SeededRandom random(1);
    const std::string parent(kParent);
    const auto child = TraceContext::startSpan(&parent, random);
    EXPECT_EQ(child.traceIdText(), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_NE(child.spanIdText(), "b7ad6b7169203331");
    EXPECT_EQ(child.flags, 1);
    const std::string broken = "00-zz";
    const auto own = TraceContext::startSpan(&broken, random);
    EXPECT_TRUE(TraceContext::parse(own.traceparent()));
    EXPECT_NE(own.traceId, TraceContext::startSpan(nullptr, random).traceId);
}

TEST(RequestId, TakesASaneOneAndMakesOneOtherwise) {
    FastRandom random;
    const std::string sane = "job-17/attempt:2";
    EXPECT_EQ(requestIdFor(&sane, 0, random), sane);
    const std::string longest(128, 'a');
    EXPECT_EQ(requestIdFor(&longest, 0, random), longest);
    for (const std::string& wrong : {std::string(), std::string(129, 'a'), std::string("a b"), std::string("a\r\nX: y"),
                                     std::string("caf\xc3\xa9"), std::string("<script>")}) {
        const auto made = requestIdFor(&wrong, 1'700'000'000'000'000, random);
        EXPECT_TRUE(Uuid::parse(made)) << wrong;
    }
    EXPECT_NE(requestIdFor(nullptr, 0, random), requestIdFor(nullptr, 0, random));
}

TEST(RequestLog, SaysWhoAndWhatAndHowLong) {
    ManualClock clock;
    std::vector<LogLine> lines;
    const RequestLog log(Logger(clock, [&](const LogLine& line) { lines.push_back(line); }));
    RequestRecord record;
    record.method = "GET";
    record.route = "/api/v1/runs/{id}";
    record.path = "/api/v1/runs/secret-looking";
    record.status = 200;
    record.took = 1500;
    record.principal = "user-1";
    record.requestId = "r1";
    record.way = "pool";
    record.waited = 20;
    log.write(record);
    record.status = 503;
    record.route = {};
    log.write(record);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].component, "access");
    EXPECT_EQ(lines[0].level, LogLevel::Info);
    EXPECT_EQ(lines[0].fields["route"].asString(), "/api/v1/runs/{id}");
    EXPECT_TRUE(lines[0].fields["path"].isUndefined());
    EXPECT_EQ(lines[0].fields["tookMicros"].asInteger(), 1500);
    EXPECT_EQ(lines[0].fields["way"].asString(), "pool");
    EXPECT_EQ(lines[0].fields["waitedMicros"].asInteger(), 20);
    EXPECT_EQ(lines[1].level, LogLevel::Warning);
    EXPECT_EQ(lines[1].fields["path"].asString(), "/api/v1/runs/secret-looking");
}

}  // namespace
}  // namespace signalbox::gateway
