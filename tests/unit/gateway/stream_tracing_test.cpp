// The span of each request that comes over a WebSocket.
#include <future>

#include "gateway/request_spans.h"
#include "telemetry/otlp_json.h"
#include "telemetry/span_sampler.h"
#include "unit/gateway/kept_spans.h"
#include "unit/gateway/stream_fixture.h"

namespace signalbox::gateway {
namespace {

using namespace test;

constexpr const char* kSampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

struct Recording {
    KeptSpans kept;
    telemetry::SpanSampler sampler{1};
    ManualClock clock;
};

class StreamTracing : private Recording, public StreamTest {
protected:
    StreamTracing()
        : StreamTest([this] {
              StreamOptions options;
              options.ownThread = false;
              options.requestsOpen = 1;
              options.spans = RequestSpans::make({&kept, &sampler, "gate.example", 7450}, Recording::clock);
              return options;
          }()) {}
    ~StreamTracing() override { settle(); }
    void settle() {
        std::promise<void> done;
        workers.post([&] { done.set_value(); });
        done.get_future().wait();
    }
    std::vector<telemetry::Span> spans() { return kept.take(); }
    void setShare(double share) { sampler.setShare(share); }
    void pass(Micros time) { Recording::clock.advance(time); }
};

TEST_F(StreamTracing, TellsCallWayAndWho) {
    const Socket socket{
        streams->openSocket(Receiver(identity, identity.caller("viewer")), {"192.0.2.7", "agent"}, {{}, "10.0.0.1"}),
        std::make_shared<FakePeer>()};
    socket.handler->opened(socket.peer);
    socket.say(R"({"type":"request","id":7,"call":"gateway.info"})");
    const auto found = spans();
    ASSERT_EQ(found.size(), 1U);
    const auto& span = found[0];
    EXPECT_EQ(span.name, "gateway.info");
    EXPECT_EQ(span.kind, telemetry::SpanKind::Server);
    EXPECT_EQ(span.parentId, telemetry::SpanId{});
    EXPECT_EQ(span.status, telemetry::SpanStatus::Unset);
    EXPECT_EQ(textOf(span, "signalbox.call"), "gateway.info");
    EXPECT_EQ(textOf(span, "signalbox.dispatch.way"), "direct");
    EXPECT_EQ(textOf(span, "signalbox.dispatch.wait_ms"), "0");
    EXPECT_EQ(textOf(span, "signalbox.message.id"), "7");
    EXPECT_EQ(textOf(span, "client.address"), "192.0.2.7");
    EXPECT_EQ(textOf(span, "network.peer.address"), "10.0.0.1");
    EXPECT_EQ(textOf(span, "network.protocol.name"), "websocket");
    EXPECT_NE(textOf(span, "enduser.id"), "");
    EXPECT_EQ(textOf(span, "error.type"), "");
}

TEST_F(StreamTracing, IsBelowTheSpanThatTheRequestNames) {
    setShare(0);
    const auto socket = connect();
    socket.say(R"({"type":"request","id":1,"call":"gateway.info"})");
    EXPECT_TRUE(spans().empty());
    socket.say(std::string(R"({"type":"request","id":2,"call":"gateway.info","traceparent":")") + kSampled + "\"}");
    const auto found = spans();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(hexOf(found[0].traceId), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(hexOf(found[0].parentId), "b7ad6b7169203331");
    EXPECT_TRUE(found[0].parentIsRemote);
    for (const char* nonsense : {R"("x")", "7", "null", "{}"}) {
        socket.say(std::string(R"({"type":"request","id":3,"call":"gateway.info","traceparent":)") + nonsense + "}");
    }
    EXPECT_TRUE(spans().empty());
    EXPECT_EQ(socket.peer->read("reply").size(), 6U) << "a wrong one is no reason to refuse";
    socket.say(std::string(R"({"type":"request","id":4,"call":"gateway.info","tracestate":"rojo=1,congo=2",)") +
               R"("traceparent":")" + kSampled + "\"}");
    const auto carrying = spans();
    ASSERT_EQ(carrying.size(), 1U);
    EXPECT_EQ(carrying[0].traceState, "rojo=1,congo=2");
}

TEST_F(StreamTracing, PointsToTheRequestThatOpenedTheSocket) {
    auto upgrade = *TraceContext::parse(kSampled);
    upgrade.state = "rojo=1";
    const Socket socket{streams->openSocket(Receiver(identity, identity.caller("viewer")), {}, {upgrade, {}}),
                        std::make_shared<FakePeer>()};
    socket.handler->opened(socket.peer);
    socket.say(R"({"type":"request","id":7,"call":"gateway.info"})");
    const auto found = spans();
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].links.size(), 1U);
    EXPECT_EQ(hexOf(found[0].links[0].spanId), "b7ad6b7169203331");
    EXPECT_EQ(found[0].links[0].traceState, "rojo=1");
    EXPECT_EQ(found[0].traceState, "") << "another trace";
    EXPECT_NE(hexOf(found[0].traceId), "0af7651916cd43dd8448eb211c80319c");
}

TEST_F(StreamTracing, TellsRefusals) {
    const auto socket = connect("runs-only");
    socket.say(R"({"type":"request","id":1,"call":"workflows.list"})");
    const auto forbidden = spans();
    ASSERT_EQ(forbidden.size(), 1U);
    EXPECT_EQ(textOf(forbidden[0], "error.type"), "auth.forbidden");
    EXPECT_EQ(textOf(forbidden[0], "signalbox.call"), "workflows.list");
    EXPECT_EQ(textOf(forbidden[0], "signalbox.dispatch.way"), "") << "it was not let in";
    EXPECT_EQ(forbidden[0].status, telemetry::SpanStatus::Unset);
}

TEST_F(StreamTracing, OutlivesItsSocket) {
    std::promise<void> held;
    std::promise<void> holding;
    workers.post([&] {
        holding.set_value();
        held.get_future().wait();
    });
    holding.get_future().wait();
    auto socket = connect("viewer");
    // The call waits for the only worker, and ends with the dispatcher.
    socket.say(
        R"({"type":"request","id":1,"call":"runs.get","params":{"runId":"018f0000-0000-7000-8000-000000000001"}})");
    socket.say(R"({"type":"request","id":2,"call":"gateway.info"})");
    auto found = spans();
    ASSERT_EQ(found.size(), 1U) << "one may be open at a time";
    EXPECT_EQ(textOf(found[0], "error.type"), "socket.too-many-requests");
    pass(1500);
    socket.handler->closed();
    socket.handler.reset();
    dispatcher->stop();
    found = spans();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(textOf(found[0], "error.type"), "gateway.stopping");
    EXPECT_EQ(found[0].duration, 1500);
    EXPECT_EQ(found[0].status, telemetry::SpanStatus::Error);
    held.set_value();
}

}  // namespace
}  // namespace signalbox::gateway
