// What a WebSocket says and is told: credentials, requests, limits, ends.
#include <future>

#include "gateway/socket_message.h"
#include "unit/gateway/stream_fixture.h"

namespace signalbox::gateway {
namespace {

using namespace test;

class StreamSocket : public StreamTest {
protected:
    StreamSocket()
        : StreamTest([this] {
              StreamOptions options;
              options.ownThread = false;
              options.requestsOpen = 3;
              options.subscriptions = 2;
              options.hashing = std::make_shared<HashPlaces>(2);
              options.limit = [this](const service::Principal& principal) {
                  return limiter.check(principal.id, clock.monotonicNow());
              };
              return options;
          }()) {}
    /// Waits until the workers have done what they were given before.
    void settle() {
        std::promise<void> done;
        workers.post([&] { done.set_value(); });
        done.get_future().wait();
    }
    RateLimiter limiter{{100, 20, 10}};
};

constexpr const char* kPasswordCall =
    R"({"type":"request","id":%,"call":"account.change-password","params":{"current":"a","password":"b"}})";

std::string passwordCall(int id) {
    std::string text = kPasswordCall;
    return text.replace(text.find('%'), 1, std::to_string(id));
}

std::string codeOf(const Value& message) { return std::string(message["error"]["code"].asString()); }

TEST_F(StreamSocket, PasswordsHaveTheSamePlacesAsOverHttp) {
    identity.add("owner", {"*"});
    identity.add("other", {"*"});
    Socket socket = connect("owner");
    Socket second = connect("other");
    static_cast<void>(socket.peer->read());
    static_cast<void>(second.peer->read());
    // Nobody works yet.
    std::promise<void> go;
    workers.post([future = std::make_shared<std::future<void>>(go.get_future())] { future->wait(); });
    socket.say(passwordCall(1));
    second.say(passwordCall(1));
    EXPECT_TRUE(socket.peer->read().empty());
    socket.say(passwordCall(2));
    const auto refused = socket.peer->read("reply");
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(codeOf(refused[0]), "gateway.busy");
    EXPECT_TRUE(refused[0]["error"]["retryable"].asBoolean());
    go.set_value();
    settle();
    EXPECT_EQ(codeOf(socket.peer->read("reply").at(0)), "gateway.no-users") << "it was its turn";
    socket.say(passwordCall(3));
    settle();
    EXPECT_EQ(codeOf(socket.peer->read("reply").at(0)), "gateway.no-users") << "the places are free again";
}

TEST_F(StreamSocket, GreetsWhoHasShownCredentials) {
    Socket socket{streams->openSocket(Receiver(identity, identity.caller("viewer")), {}), std::make_shared<FakePeer>()};
    socket.handler->opened(socket.peer);
    const auto messages = socket.peer->read();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0]["type"].asString(), "hello");
    EXPECT_EQ(messages[0]["protocolMajor"].asInteger(), 1);
    EXPECT_EQ(messages[0]["gateway"]["name"].asString(), "test gateway");
    EXPECT_EQ(messages[0]["account"]["login"].asString(), "viewer");
    EXPECT_EQ(messages[0]["heartbeat"].asInteger(), 15);
}

TEST_F(StreamSocket, TakesATokenInTheFirstMessage) {
    const auto socket = connectAnonymous();
    EXPECT_TRUE(socket.peer->read().empty()) << "nothing is said to a stranger";
    socket.say(R"({"type":"authenticate","token":"viewer"})");
    ASSERT_EQ(socket.peer->read("hello").size(), 1U);
    socket.say(R"({"type":"authenticate","token":"viewer"})");
    EXPECT_EQ(codeOf(socket.peer->read("error").at(0)), "socket.authenticated");
}

TEST_F(StreamSocket, RefusesAWrongToken) {
    const auto socket = connectAnonymous();
    socket.say(R"({"type":"authenticate","token":"guess"})");
    EXPECT_EQ(codeOf(socket.peer->read("refused").at(0)), "identity.credentials");
    EXPECT_EQ(socket.peer->closeCode(), 4401);
    EXPECT_NE(registry.expose().text.find(R"(signalbox_auth_failures_total{reason="identity.credentials"} 1)"),
              std::string::npos);
}

TEST_F(StreamSocket, RefusesAnyOtherFirstMessage) {
    for (const char* const first : {R"({"type":"ping","id":1})", "{", ""}) {
        const auto socket = connectAnonymous();
        socket.say(first);
        EXPECT_EQ(codeOf(socket.peer->read("refused").at(0)), "auth.required") << first;
        EXPECT_EQ(socket.peer->closeCode(), 4401) << first;
    }
}

TEST_F(StreamSocket, WaitsTenSecondsForCredentials) {
    const auto socket = connectAnonymous();
    clock.advance(9'999'999);
    runPending();
    EXPECT_EQ(socket.peer->closeCode(), 0);
    clock.advance(1);
    runPending();
    EXPECT_EQ(socket.peer->closeCode(), 4408);
    EXPECT_EQ(socket.peer->read("refused").size(), 1U);
}

TEST_F(StreamSocket, RefusesAnotherTenant) {
    Socket socket{streams->openSocket(Receiver(identity, identity.caller("foreigner")), {}),
                  std::make_shared<FakePeer>()};
    socket.handler->opened(socket.peer);
    EXPECT_EQ(codeOf(socket.peer->read("refused").at(0)), "auth.tenant");
    EXPECT_EQ(socket.peer->closeCode(), 4403);
    publishRuns(3);
    socket.say(R"({"type":"subscribe","id":1,"filter":{}})");
    runPending();
    EXPECT_TRUE(socket.peer->read().empty());
}

TEST_F(StreamSocket, AnswersRequests) {
    const auto socket = connect();
    socket.say(R"({"type":"request","id":7,"call":"gateway.info"})");
    const auto direct = socket.peer->read("reply");
    ASSERT_EQ(direct.size(), 1U) << "a fast call is answered before received() returns";
    EXPECT_EQ(direct[0]["id"].asInteger(), 7);
    EXPECT_EQ(direct[0]["result"]["name"].asString(), "test gateway");
    socket.say(R"({"type":"request","id":8,"call":"engine.stats","params":{}})");
    settle();
    EXPECT_EQ(socket.peer->read("reply").at(0)["id"].asInteger(), 8);
    socket.say(
        R"({"type":"request","id":9,"call":"engine.set-retention","params":{"retention":{"maxAge":0,"maxRuns":0,"maxBytes":0}}})");
    EXPECT_EQ(codeOf(socket.peer->read("reply").at(0)), "auth.forbidden");
    socket.say(R"({"type":"ping","id":10})");
    EXPECT_EQ(socket.peer->read("pong").at(0)["id"].asInteger(), 10);
}

TEST_F(StreamSocket, AnswersWhatItDoesNotUnderstand) {
    const auto socket = connect();
    const auto answerTo = [&](const std::string& text) {
        socket.say(text);
        const auto messages = socket.peer->read();
        EXPECT_EQ(messages.size(), 1U) << text;
        return messages.at(0);
    };
    EXPECT_EQ(codeOf(answerTo("{")), "json.syntax");
    EXPECT_EQ(codeOf(answerTo("[]")), "protocol.malformed");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"request","id":-1,"call":"gateway.info"})")), "socket.id");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"request","id":1.5,"call":"gateway.info"})")), "socket.id");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"request","id":9007199254740992,"call":"gateway.info"})")), "socket.id");
    const Value typo = answerTo(R"({"type":"requst","id":4,"call":"gateway.info"})");
    EXPECT_EQ(codeOf(typo), "socket.message-type");
    EXPECT_EQ(typo["id"].asInteger(), 4);
    EXPECT_EQ(typo["error"]["hint"].asString(), "Did you mean \"request\"?");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"request","id":5,"call":"gateway.inf"})")), "protocol.call-unknown");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"subscribe","id":6,"filter":{"runId":7}})")), "protocol.type");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"subscribe","id":6,"filter":{"runId":"x"}})")), "request.invalid");
    const Value unknown = answerTo(R"({"type":"request","id":7,"call":"runs.list","params":{"limt":1}})");
    EXPECT_EQ(codeOf(unknown), "request.unknown-member");
    EXPECT_EQ(unknown["error"]["where"].asString(), "/params/limt");
    EXPECT_EQ(unknown["error"]["hint"].asString(), "Did you mean \"limit\"?");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"subscribe","id":6,"filter":{"bogus":1}})")), "request.unknown-member");
    EXPECT_EQ(codeOf(answerTo(R"({"type":"request","id":8,"call":"gateway.info","params":{"x":1}})")),
              "request.unknown-member");
    const Value newer =
        answerTo(R"({"type":"request","id":8,"protocolMinor":999,"call":"gateway.info","params":{"x":1}})");
    EXPECT_TRUE(newer["result"].isObject()) << "a newer client says more";
    EXPECT_EQ(codeOf(answerTo(R"({"type":"unsubscribe","id":6})")), "socket.subscription-unknown");
    EXPECT_EQ(socket.peer->closeCode(), 0);
}

TEST_F(StreamSocket, EndsOneThatOnlySaysNonsense) {
    const auto socket = connect();
    for (int i = 0; i < 100; ++i) socket.say("{");
    EXPECT_EQ(socket.peer->closeCode(), 0);
    socket.say("{");
    EXPECT_EQ(socket.peer->closeCode(), 1008) << "at once, not with the next look at the clock";
    EXPECT_EQ(socket.peer->read("error").size(), 101U);
    socket.say("{");
    EXPECT_TRUE(socket.peer->read().empty());
}

TEST_F(StreamSocket, BoundsTheValuesOfAMessage) {
    const auto socket = connect();
    std::string nonsense = R"({"type":"ping","id":1,"x":[[])";
    for (int i = 0; i < 1'000'000; ++i) nonsense += ",[]";
    socket.say(nonsense + "]}");
    EXPECT_EQ(codeOf(socket.peer->read("error").at(0)), "json.values");
    socket.say(R"({"type":"ping","id":2,"x":")" + std::string(15U << 20U, 'x') + "\"}");
    EXPECT_EQ(socket.peer->read("pong").size(), 1U) << "one long text is fine";
}

TEST_F(StreamSocket, TellsTheServerWhomItWelcomes) {
    EXPECT_TRUE(connect().peer->isWelcome());
    const auto socket = connectAnonymous();
    EXPECT_FALSE(socket.peer->isWelcome());
    socket.say(R"({"type":"authenticate","token":"viewer"})");
    EXPECT_TRUE(socket.peer->isWelcome());
    const auto guessing = connectAnonymous();
    guessing.say(R"({"type":"authenticate","token":"guess"})");
    EXPECT_FALSE(guessing.peer->isWelcome());
    const auto foreign = connectAnonymous();
    foreign.say(R"({"type":"authenticate","token":"foreigner"})");
    EXPECT_FALSE(foreign.peer->isWelcome());
}

/// It would authenticate if it were read.
TEST_F(StreamSocket, DoesNotReadALongMessageOfAStranger) {
    const auto padded = [](std::size_t size) {
        std::string text = R"({"type":"authenticate","token":"viewer"})";
        return text.append(size - text.size(), ' ');
    };
    const auto socket = connectAnonymous();
    socket.say(padded((8U << 10U) + 1));
    EXPECT_EQ(codeOf(socket.peer->read("refused").at(0)), "auth.required");
    EXPECT_EQ(socket.peer->closeCode(), 4401);
    const auto shorter = connectAnonymous();
    shorter.say(padded(8U << 10U));
    EXPECT_EQ(shorter.peer->read("hello").size(), 1U);
}

TEST_F(StreamSocket, LimitsWhatIsOpen) {
    const auto socket = connect();
    std::promise<void> release;
    workers.post([wait = release.get_future().share()] { wait.wait(); });
    for (int id = 1; id <= 3; ++id) {
        socket.say(R"({"type":"request","call":"engine.stats","id":)" + std::to_string(id) + "}");
    }
    EXPECT_TRUE(socket.peer->read().empty());
    socket.say(R"({"type":"request","id":3,"call":"gateway.info"})");
    EXPECT_EQ(codeOf(socket.peer->read("reply").at(0)), "socket.id-used");
    socket.say(R"({"type":"request","id":4,"call":"gateway.info"})");
    const auto refused = socket.peer->read("reply");
    EXPECT_EQ(codeOf(refused.at(0)), "socket.too-many-requests");
    EXPECT_TRUE(refused.at(0)["error"]["retryable"].asBoolean());
    release.set_value();
    settle();
    EXPECT_EQ(socket.peer->read("reply").size(), 3U);
    for (int id = 1; id <= 3; ++id) socket.say(R"({"type":"subscribe","id":)" + std::to_string(id) + "}");
    EXPECT_EQ(codeOf(socket.peer->read("reply").at(0)), "socket.too-many-subscriptions");
}

TEST_F(StreamSocket, EndsAtOnceWithItsSession) {
    const auto socket = connect();
    const auto other = connect("runs-only");
    socket.say(R"({"type":"subscribe","id":1})");
    static_cast<void>(socket.peer->read());
    std::promise<void> release;
    workers.post([wait = release.get_future().share()] { wait.wait(); });
    socket.say(R"({"type":"request","id":2,"call":"engine.stats"})");
    identity.endSession("viewer", "replaced");
    const auto last = socket.peer->read();
    ASSERT_EQ(last.size(), 1U);
    EXPECT_EQ(last[0]["type"].asString(), "session");
    EXPECT_EQ(last[0]["event"].asString(), "ended");
    EXPECT_EQ(last[0]["reason"].asString(), "replaced");
    EXPECT_EQ(socket.peer->closeCode(), 4409);
    publishRuns(2);
    runPending();
    release.set_value();
    settle();
    socket.say(R"({"type":"ping","id":3})");
    EXPECT_TRUE(socket.peer->read().empty()) << "neither events nor the reply that was owed";
    EXPECT_EQ(other.peer->closeCode(), 0);
}

TEST_F(StreamSocket, NoticesAnEndThatNobodyTellsOf) {
    const auto socket = connect();
    identity.onEnded({});
    identity.endSession("viewer", "expired");
    runPending();
    EXPECT_EQ(socket.peer->closeCode(), 4409);
    EXPECT_EQ(socket.peer->read("session").at(0)["reason"].asString(), "expired");
}

TEST_F(StreamSocket, KeepsToTheRateOfItsUser) {
    const auto socket = connect();
    int refused = 0;
    for (int id = 1; id <= 25; ++id) {
        socket.say(R"({"type":"request","call":"gateway.info","id":)" + std::to_string(id) + "}");
        for (const Value& reply : socket.peer->read("reply")) refused += codeOf(reply) == "rate.limited" ? 1 : 0;
    }
    EXPECT_EQ(refused, 5);
    EXPECT_NE(registry.expose().text.find(R"(signalbox_rate_limited_total{by="principal"} 5)"), std::string::npos);
    clock.advance(1'000'000);
    socket.say(R"({"type":"request","call":"gateway.info","id":1})");
    EXPECT_TRUE(socket.peer->read("reply").at(0)["error"].isUndefined()) << "and its id is free again";
}

TEST_F(StreamSocket, KeepsItsSessionByRequestsButNotByWatching) {
    const auto socket = connect();
    socket.say(R"({"type":"request","id":7,"call":"gateway.info"})");
    socket.say(R"({"type":"subscribe","id":8})");
    EXPECT_EQ(identity.touched(), 2);
    socket.say(R"({"type":"ping","id":9})");
    publishRuns(5);
    runPending();
    EXPECT_EQ(identity.touched(), 2);
}

TEST_F(StreamSocket, SaysWhyTheGatewayGoes) {
    const auto socket = connect();
    streams->close("draining");
    EXPECT_EQ(socket.peer->read("closing").at(0)["reason"].asString(), "draining");
    EXPECT_EQ(socket.peer->closeCode(), 1001);
    Socket late{streams->openSocket(Receiver(identity, identity.caller("viewer")), {}), std::make_shared<FakePeer>()};
    late.handler->opened(late.peer);
    EXPECT_EQ(late.peer->closeCode(), 1001);
}

TEST_F(StreamSocket, EndsAPeerThatDoesNotReadItsReplies) {
    const auto socket = connect();
    socket.peer->setCapacity(200);
    for (int i = 0; i < 20; ++i) socket.say(R"({"type":"ping","id":1})");
    EXPECT_EQ(socket.peer->closeCode(), 1013);
}

TEST_F(StreamSocket, CountsOpenOnes) {
    const auto value = [&] { return metrics.webSockets().value(); };
    auto socket = connect();
    EXPECT_EQ(value(), 1);
    EXPECT_EQ(streams->size(), 1U);
    socket.handler->closed();
    EXPECT_EQ(value(), 0);
    EXPECT_EQ(streams->size(), 0U);
}

}  // namespace
}  // namespace signalbox::gateway
