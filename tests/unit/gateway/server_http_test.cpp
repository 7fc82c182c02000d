// HTTP/1.1 over a real socket: order, keep-alive, methods, bodies, answers from elsewhere.
#include <thread>

#include <fmt/format.h>

#include "unit/gateway/server_fixture.h"

namespace signalbox::gateway {
namespace {

class ServerHttp : public ServerTest {};

TEST_F(ServerHttp, AnswersAndKeepsTheConnection) {
    start();
    auto client = connect();
    for (int round = 0; round < 3; ++round) {
        client.send(get("/hello"));
        const auto response = client.readResponse();
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->status, 200U);
        EXPECT_EQ(response->body, "hello");
        EXPECT_EQ(response->header("content-length"), "5");
        EXPECT_EQ(response->header("date"), "Tue, 14 Nov 2023 22:13:20 GMT");
        EXPECT_EQ(response->header("connection"), "");
    }
    EXPECT_EQ(server->stats().accepted, 1U);
    EXPECT_EQ(server->stats().requests, 3U);
}

TEST_F(ServerHttp, GivesTheApplicationWhatWasAsked) {
    start();
    auto client = connect();
    client.send(
        "POST /echo/%C3%A9?a=%20b HTTP/1.1\r\nHOST: test\r\nX-Odd: \t two words \r\nContent-Length: 3\r\n\r\nabc");
    ASSERT_TRUE(client.readResponse().has_value());
    const auto request = application.last;
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->target, "/echo/%C3%A9?a=%20b");
    EXPECT_EQ(request->path, "/echo/é");
    EXPECT_EQ(request->query, "a=%20b");
    ASSERT_NE(request->header("x-odd"), nullptr);
    EXPECT_EQ(*request->header("x-odd"), "two words");
    EXPECT_EQ(request->body, "abc");
    EXPECT_EQ(request->address, "127.0.0.1");
    EXPECT_FALSE(request->encrypted);
    EXPECT_EQ(request->received, clock.wallNow());
    EXPECT_EQ(request->receivedTicks, clock.monotonicNow());
}

TEST_F(ServerHttp, AnswersPipelinedRequestsInOrder) {
    start();
    auto client = connect();
    std::string all;
    for (int number = 0; number < 50; ++number) {
        const auto body = fmt::format("request {}", number);
        all += fmt::format("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
        if (number % 7 == 3) all += get("/later");
    }
    client.send(all);
    for (int number = 0; number < 50; ++number) {
        EXPECT_EQ(client.readResponse()->body, fmt::format("request {}", number));
        if (number % 7 != 3) continue;
        auto respond = application.takeLater();
        ASSERT_TRUE(respond);
        std::thread([&] { respond(HttpResponse{200, {}, "later", false}); }).join();
        EXPECT_EQ(client.readResponse()->body, "later");
    }
}

TEST_F(ServerHttp, HeadHasTheLengthButNoBody) {
    start();
    auto client = connect();
    client.send("HEAD /hello HTTP/1.1\r\nHost: test\r\n\r\n" + get("/hello"));
    const auto head = client.readResponse(true);
    ASSERT_TRUE(head.has_value());
    EXPECT_EQ(head->header("content-length"), "5");
    EXPECT_EQ(client.readResponse()->body, "hello");
}

TEST_F(ServerHttp, PassesOptionsAndUnknownMethodsOn) {
    start();
    auto client = connect();
    client.send("OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(client.readResponse()->status, 404U);
    EXPECT_EQ(application.last->path, "*");
    client.send("PURGE /hello HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(client.readResponse()->body, "hello");
    EXPECT_EQ(application.last->method, "PURGE");
}

TEST_F(ServerHttp, ReadsChunkedBodiesPieceByPiece) {
    start();
    auto client = connect();
    const std::string request =
        "POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;note=\"x\"\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n";
    for (const char letter : request) client.send(std::string(1, letter));
    EXPECT_EQ(client.readResponse()->body, "hello world");
    EXPECT_EQ(application.last->header("x-trailer"), nullptr);
    client.send(request + get("/hello"));
    EXPECT_EQ(client.readResponse()->body, "hello world");
    EXPECT_EQ(client.readResponse()->body, "hello");
}

TEST_F(ServerHttp, ContinuesWhenAskedTo) {
    start();
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.readResponse()->status, 100U);
    client.send("abc");
    EXPECT_EQ(client.readResponse()->body, "abc");
    client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
    EXPECT_EQ(client.readResponse()->body, "abc");
}

TEST_F(ServerHttp, ClosesWhenAskedToAndForOldClients) {
    start();
    auto client = connect();
    client.send(get("/hello", "Connection: close\r\n"));
    const auto response = client.readResponse();
    EXPECT_EQ(response->header("connection"), "close");
    EXPECT_TRUE(client.isEnded());
    auto old = connect();
    old.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(old.readResponse()->body, "hello");
    EXPECT_TRUE(old.isEnded());
    auto kept = connect();
    kept.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(kept.readResponse()->header("connection"), "keep-alive");
}

TEST_F(ServerHttp, SendsLargeAnswersToASlowReader) {
    start();
    auto client = connect();
    constexpr std::size_t kSize = 20'000'000;
    client.send(get(fmt::format("/big?{}", kSize)) + get("/hello"));
    ASSERT_TRUE(application.waitForFinished(0));
    EXPECT_EQ(client.readResponse()->body.size(), kSize);
    EXPECT_EQ(client.readResponse()->body, "hello");
    EXPECT_EQ(application.finishedStatuses().front(), 200U);
}

TEST_F(ServerHttp, AnswersFromAnotherThreadAfterTheEndDoNothing) {
    start();
    std::function<void(Outcome)> respond;
    {
        auto client = connect();
        client.send(get("/later"));
        respond = application.takeLater();
        client.reset();
    }
    respond(HttpResponse{200, {}, "too late", false});
    respond(HttpResponse{200, {}, "twice", false});
    ASSERT_TRUE(application.waitForFinished(1));
    auto client = connect();
    client.send(get("/later"));
    respond = application.takeLater();
    server->stop();
    respond(HttpResponse{200, {}, "after the server", false});
    EXPECT_EQ(application.finishedStatuses().back(), 0U);
    server.reset();
}

TEST_F(ServerHttp, AnswersOnceEvenIfToldTwice) {
    start();
    auto client = connect();
    client.send(get("/later") + get("/hello"));
    auto respond = application.takeLater();
    respond(HttpResponse{200, {}, "first", false});
    respond(HttpResponse{200, {}, "second", false});
    EXPECT_EQ(client.readResponse()->body, "first");
    EXPECT_EQ(client.readResponse()->body, "hello");
}

TEST_F(ServerHttp, AForgottenAnswerIsAnError) {
    start();
    auto client = connect();
    client.send(get("/drop"));
    EXPECT_EQ(client.readResponse()->status, 500U);
    auto later = connect();
    later.send(get("/later"));
    EXPECT_TRUE(application.takeLater());  // and dropped, on this thread
    EXPECT_EQ(later.readResponse()->status, 500U);
}

TEST_F(ServerHttp, AnswersAPeerThatHalfClosed) {
    start();
    auto client = connect();
    client.send(get("/later"));
    client.shutdownWrite();
    application.takeLater()(HttpResponse{200, {}, "still here", false});
    EXPECT_EQ(client.readResponse()->body, "still here");
    EXPECT_TRUE(client.isEnded());
    EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
}

TEST_F(ServerHttp, LeavesNoLineBreakOfTheApplicationInAHeader) {
    start();
    auto client = connect();
    client.send(get("/later"));
    application.takeLater()(HttpResponse{
        200, {{"X-Bad", "a\r\nSet-Cookie: b"}, {"Content-Length", "99"}, {"X-Good", "yes"}}, "body", false});
    const auto response = client.readResponse();
    EXPECT_EQ(response->header("x-bad"), "");
    EXPECT_EQ(response->header("set-cookie"), "");
    EXPECT_EQ(response->header("x-good"), "yes");
    EXPECT_EQ(response->body, "body");
}

}  // namespace
}  // namespace signalbox::gateway
