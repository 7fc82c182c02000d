#include <atomic>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>

#include "nodes/http_message.h"
#include "unit/nodes/loopback_server.h"
#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

class HttpNode : public testing::Test {
protected:
    NodeHarness harness;

    static Value params(const std::string& url, const char* more = "{}") {
        return json(more).with("url", url).with("useProxy", false);
    }
    Value response(const std::string& url, const char* more = "{}", const Value& inputs = Value::object()) {
        return harness.output("HttpRequestNode", params(url, more), inputs);
    }
    Error failure(const std::string& url, const char* more = "{}", const Value& inputs = Value::object()) {
        return harness.error("HttpRequestNode", params(url, more), inputs);
    }
};

LoopbackServer::Handler always(const std::string& answer) {
    return [answer](const ReceivedRequest&) { return answer; };
}

TEST_F(HttpNode, GetsJsonWithHeadersAndQuery) {
    LoopbackServer server(always(
        httpAnswer(200, R"({"ok": true})", "Content-Type: application/json; charset=utf-8\r\nX-A: 1\r\nX-A: 2\r\n")));
    const Value got =
        response(server.url("/path?a=1"),
                 R"({"query": {"q": "x y&z", "n": 5, "list": [1, 2], "none": null}, "headers": {"X-Own": "v"}})");
    EXPECT_EQ(got["status"], Value(200));
    EXPECT_EQ(got["body"], json(R"({"ok": true})"));
    EXPECT_EQ(got["headers"]["x-a"], json(R"(["1", "2"])"));
    EXPECT_GT(got["tookMs"].asNumber(), 0);
    const auto request = server.requests().at(0);
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.headers.at("x-own"), "v");
    EXPECT_EQ(request.headers.count("idempotency-key"), 0U);
    EXPECT_EQ(request.target, "/path?a=1&q=x+y%26z&n=5&list=1&list=2");
}

TEST_F(HttpNode, SendsBodiesWithTypeAndIdempotencyKey) {
    LoopbackServer server(always(httpAnswer(201, "")));
    const Value input = json(R"({"input": {"a": 1, "b": "ä ="}})");
    EXPECT_TRUE(response(server.url(), R"({"method": "POST", "bodyType": "json"})", input)["body"].isNull());
    static_cast<void>(response(server.url(), R"({"method": "PUT", "bodyType": "form"})", input));
    static_cast<void>(response(server.url(), R"({"method": "PATCH", "bodyType": "text", "body": "plain"})", input));
    static_cast<void>(response(server.url(), R"({"method": "POST", "headers": {"Idempotency-Key": "own"}})"));
    static_cast<void>(response(server.url(), R"({"method": "DELETE"})"));
    const auto requests = server.requests();
    EXPECT_EQ(json(requests.at(0).body), json(R"({"a": 1, "b": "ä ="})"));
    EXPECT_EQ(requests[0].headers.at("content-type"), "application/json");
    EXPECT_EQ(requests[0].headers.at("idempotency-key"), "step-1");
    EXPECT_EQ(requests.at(1).body, "a=1&b=%C3%A4+%3D");
    EXPECT_EQ(requests.at(2).body, "plain");
    EXPECT_EQ(requests.at(3).headers.at("idempotency-key"), "own");
    EXPECT_EQ(requests[3].headers.at("content-length"), "0");
    EXPECT_EQ(requests[3].headers.count("content-type"), 0U);
    EXPECT_EQ(requests.at(4).method, "DELETE");
}

TEST_F(HttpNode, ReadsBodiesByTypeOrAsAsked) {
    const auto bodyOf = [&](const std::string& type, const std::string& body, const char* more = "{}") {
        LoopbackServer server(always(httpAnswer(200, body, "Content-Type: " + type + "\r\n")));
        return response(server.url(), more)["body"];
    };
    EXPECT_EQ(bodyOf("text/plain", "hé"), Value("hé"));
    EXPECT_EQ(bodyOf("text/plain; charset=ISO-8859-1", "h\xE9"), Value("hé"));
    EXPECT_EQ(bodyOf("application/octet-stream", "\xFF"), Value::bytes("\xFF"));
    EXPECT_EQ(bodyOf("application/problem+json", "[1]"), json("[1]"));
    EXPECT_EQ(bodyOf("text/plain", "[1]", R"({"responseType": "json"})"), json("[1]"));
    EXPECT_EQ(bodyOf("application/json", "[1]", R"({"responseType": "bytes"})"), Value::bytes("[1]"));
    LoopbackServer server(always(httpAnswer(200, "{", "Content-Type: application/json\r\n")));
    EXPECT_EQ(failure(server.url()).code, "http.body");
}

TEST_F(HttpNode, AStatusThatIsNotExpectedFails) {
    const auto failed = [&](int status, const char* more = "{}") {
        LoopbackServer server(always(httpAnswer(status, "the reason", "Retry-After: 7\r\n")));
        return failure(server.url("/secret?token=abc"), more);
    };
    const Error missing = failed(404);
    EXPECT_EQ(missing.code, "http.status");
    EXPECT_FALSE(missing.retryable);
    EXPECT_NE(missing.hint.find("the reason"), std::string::npos);
    EXPECT_EQ(missing.message.find("abc"), std::string::npos) << "the query must not be shown";
    EXPECT_EQ(missing.where.find("abc"), std::string::npos);
    const Error busy = failed(503);
    EXPECT_TRUE(busy.retryable);
    EXPECT_NE(busy.hint.find("after 7"), std::string::npos);
    EXPECT_TRUE(failed(429).retryable);
    EXPECT_EQ(failed(204, R"({"expectedStatus": ["200"]})").code, "http.status");
    LoopbackServer server(always(httpAnswer(404, "")));
    EXPECT_EQ(response(server.url(), R"({"expectedStatus": ["2xx", "400-404"]})")["status"], Value(404));
}

TEST_F(HttpNode, FollowsRedirectsUpToTheLimit) {
    LoopbackServer server([](const ReceivedRequest& request) {
        const int step = std::atoi(request.target.c_str() + 1);
        if (step == 0) return httpAnswer(200, request.method + request.body, "Content-Type: text/plain\r\n");
        return httpAnswer(step > 90 ? 303 : 307, "", "Location: /" + std::to_string(step > 90 ? 0 : step - 1) + "\r\n");
    });
    const Value got = response(server.url("/3"), R"({"method": "POST", "bodyType": "text", "body": "kept"})");
    EXPECT_EQ(got["body"], Value("POSTkept"));
    EXPECT_TRUE(got["url"].asString().ends_with("/0"));
    EXPECT_EQ(response(server.url("/99"), R"({"method": "POST", "bodyType": "text", "body": "gone"})")["body"],
              Value("GET"));
    EXPECT_EQ(failure(server.url("/6")).code, "http.redirects");
    EXPECT_EQ(response(server.url("/1"), R"({"maxRedirects": 0, "expectedStatus": ["307"]})")["status"], Value(307));
}

TEST_F(HttpNode, CredentialsDoNotFollowToAnotherHost) {
    ::setenv("SIGNALBOX_SECRET_T", "tok-123", 1);
    LoopbackServer other(always(httpAnswer(200, "")));
    LoopbackServer server([&](const ReceivedRequest& request) {
        if (request.target == "/away") return httpAnswer(302, "", "Location: " + other.url("/there") + "\r\n");
        if (request.target == "/here") return httpAnswer(302, "", "Location: /end\r\n");
        return httpAnswer(200, "");
    });
    const char* const more =
        R"({"auth": {"type": "bearer", "secretEnv": "SIGNALBOX_SECRET_T"}, "headers": {"Cookie": "c=1", "X-Api-Key": "k", "X-B": "b"}})";
    static_cast<void>(response(server.url("/away"), more));
    EXPECT_EQ(server.requests().at(0).headers.at("authorization"), "Bearer tok-123");
    const auto arrived = other.requests().at(0).headers;
    EXPECT_EQ(arrived.count("authorization") + arrived.count("cookie") + arrived.count("x-api-key"), 0U);
    EXPECT_EQ(arrived.at("x-b"), "b");
    static_cast<void>(response(server.url("/here"), more));
    EXPECT_EQ(server.requests().at(2).headers.at("authorization"), "Bearer tok-123");
    ::unsetenv("SIGNALBOX_SECRET_T");
}

TEST_F(HttpNode, SecretsComeFromTheEnvironmentAndAreNeverShown) {
    ::setenv("SIGNALBOX_SECRET_P", "p4ssw0rd", 1);
    LoopbackServer server(always(httpAnswer(401, "")));
    const Error error =
        failure(server.url(), R"({"auth": {"type": "basic", "user": "me", "secretEnv": "SIGNALBOX_SECRET_P"}})");
    EXPECT_EQ(server.requests().at(0).headers.at("authorization"), "Basic " + encodeBase64("me:p4ssw0rd"));
    EXPECT_EQ((error.message + error.hint + error.where).find("p4ss"), std::string::npos);
    ::unsetenv("SIGNALBOX_SECRET_P");
    EXPECT_EQ(failure(server.url(), R"({"auth": {"type": "bearer", "secretEnv": "SIGNALBOX_SECRET_P"}})").code,
              "http.secret");
    EXPECT_EQ(failure(server.url(), R"({"auth": {"type": "bearer", "secretEnv": "HOME"}})").code, "params.invalid");
    EXPECT_EQ(failure(server.url(), R"({"auth": {"type": "bearer"}})").code, "params.invalid");
}

TEST_F(HttpNode, OnlyHttpAndHttpsAreAllowed) {
    EXPECT_EQ(failure("file:///etc/passwd").code, "http.protocol");
    EXPECT_EQ(failure("gopher://127.0.0.1/").code, "http.protocol");
    EXPECT_EQ(failure("not an address").code, "http.url");
    EXPECT_EQ(failure("http://user:pw@127.0.0.1/").code, "http.url");
    LoopbackServer server(always(httpAnswer(302, "", "Location: file:///etc/passwd\r\n")));
    EXPECT_EQ(failure(server.url()).code, "http.protocol");
}

TEST_F(HttpNode, HeadersCannotSmuggleOthersIn) {
    EXPECT_EQ(failure("http://127.0.0.1/", R"({"headers": {"X-A": "1\r\nX-B: 2"}})").code, "http.header");
    EXPECT_EQ(failure("http://127.0.0.1/", R"({"headers": {"X A": "1"}})").code, "http.header");
}

TEST_F(HttpNode, FailuresOfTheConnectionHaveTheirCodes) {
    int port = 0;
    { port = LoopbackServer(always("")).port(); }
    const Error refused = failure("http://127.0.0.1:" + std::to_string(port));
    EXPECT_EQ(refused.code, "http.connect");
    EXPECT_TRUE(refused.retryable);
    EXPECT_EQ(failure("http://does-not-exist.invalid/").code, "http.dns");
    LoopbackServer silent(always(""));
    const Error late = failure(silent.url(), R"({"timeout": "200ms"})");
    EXPECT_EQ(late.code, "http.timeout");
    EXPECT_TRUE(late.retryable);
    LoopbackServer cut(always("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
    EXPECT_EQ(failure(cut.url()).code, "http.interrupted");
    LoopbackServer nonsense(always("SSH-2.0-OpenSSH\r\n"));
    EXPECT_EQ(failure(nonsense.url()).code, "http.protocol");
    EXPECT_EQ(failure(silent.url(), R"({"timeout": "never"})").where, "timeout");
}

TEST_F(HttpNode, TheSizeOfTheResponseIsLimited) {
    LoopbackServer server(always(httpAnswer(200, std::string(5000, 'x'))));
    EXPECT_EQ(failure(server.url(), R"({"maxBytes": 4999})").code, "http.too-large");
    EXPECT_EQ(response(server.url(), R"({"maxBytes": 5000})")["body"].size(), 5000U);
}

TEST_F(HttpNode, StoppingEndsTheRequest) {
    LoopbackServer silent(always(""));
    std::jthread stopper([&] {
        while (silent.requests().empty()) std::this_thread::yield();
        harness.stop().request_stop();
    });
    EXPECT_EQ(failure(silent.url()).code, "node.stopped");
}

TEST_F(HttpNode, EndingTheServicesEndsTheRequest) {
    LoopbackServer silent(always(""));
    std::jthread ender([&] {
        while (silent.requests().empty()) std::this_thread::yield();
        harness.endServices();
    });
    EXPECT_EQ(failure(silent.url()).code, "node.stopped");
    ender.join();
    EXPECT_EQ(failure(silent.url()).code, "node.stopped");
}

TEST_F(HttpNode, ManyRequestsShareOneThread) {
    LoopbackServer server(always(httpAnswer(200, "x")));
    std::vector<std::jthread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 40; ++i) {
        threads.emplace_back([&] {
            const auto got = harness.run("HttpRequestNode", params(server.url()));
            if (got && (*got)["output"]["status"] == Value(200)) ++right;
        });
    }
    threads.clear();
    EXPECT_EQ(right, 40);
}

TEST_F(HttpNode, UsesTheProxyOfTheEnvironmentUnlessToldNot) {
    LoopbackServer proxy(always(httpAnswer(200, "by proxy", "Content-Type: text/plain\r\n")));
    ::setenv("http_proxy", proxy.url().c_str(), 1);
    ::setenv("no_proxy", "", 1);
    const auto got = harness.run("HttpRequestNode", json(R"({"url": "http://proxied.invalid/x"})"));
    ::unsetenv("http_proxy");
    ::unsetenv("no_proxy");
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ((*got)["body"], Value("by proxy"));
    EXPECT_EQ(proxy.requests().at(0).target, "http://proxied.invalid/x");
}

TEST(HttpMessage, StatusPatterns) {
    EXPECT_TRUE(statusMatches(204, "2xx"));
    EXPECT_FALSE(statusMatches(304, "2xx"));
    EXPECT_TRUE(statusMatches(404, "404"));
    EXPECT_FALSE(statusMatches(405, "404"));
    EXPECT_TRUE(statusMatches(250, "200-299"));
    EXPECT_FALSE(statusMatches(300, "200-299"));
}

}  // namespace
}  // namespace signalbox::nodes
