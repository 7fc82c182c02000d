// What becomes of calls and subscriptions when the connection does not last.
#include <QObject>
#include <QTest>
#include <algorithm>

#include "client/open_calls.h"
#include "client/transport.h"
#include "protocol/codec.h"
#include "unit/client/fake_server.h"

using namespace signalbox;
using namespace signalbox::client;
using namespace std::chrono_literals;

class ResumeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        server_ = std::make_unique<test::FakeServer>();
        QVERIFY(server_->listen());
    }
    void cleanup() {
        stream_.reset();
        events_.clear();
        gateway_ = {};
        server_.reset();
    }

    void goesOnBehindWhatWasSeenLast() {
        attach();
        subscribe({});
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        QCOMPARE(server_->sent("subscribe")[0]["filter"]["afterSeq"], Value(0));
        publish({101, 102, 103});
        QTRY_COMPARE(seqs(), (QList<quint64>{101, 102, 103}));
        server_->breakOff();
        QTRY_COMPARE(server_->sent("subscribe").size(), 2U);
        QCOMPARE(server_->sent("subscribe")[1]["filter"]["afterSeq"], Value(103));
        publish({103, 104});  // one that was seen is told again
        QTRY_COMPARE(seqs(), (QList<quint64>{101, 102, 103, 104}));
    }

    void goesOnFromTheBeginningWhenNothingWasSeen() {
        attach();
        subscribe({});
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        QTRY_VERIFY(infoCame());
        server_->breakOff();
        QTRY_COMPARE(server_->sent("subscribe").size(), 2U);
        QCOMPARE(server_->sent("subscribe")[1]["filter"]["afterSeq"], Value(100));
    }

    void goesOnBehindWhatTheGatewayHasLookedAt() {
        attach();
        protocol::EventFilter filter;
        filter.runId = "r";
        subscribe(filter);
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        // The events up to 400 are of other runs, and not told.
        const Value id = server_->sent("subscribe")[0]["id"];
        server_->send(Value::object(
            {{"type", "events"}, {"id", id}, {"events", Value::array({test::event(300)})}, {"seq", Value(400)}}));
        server_->send(Value::object(
            {{"type", "events"}, {"id", id}, {"events", Value::array(std::vector<Value>{})}, {"seq", Value(500)}}));
        QTRY_COMPARE(seqs(), QList<quint64>{300});
        QVERIFY(infoCame());
        server_->breakOff();
        QTRY_COMPARE(server_->sent("subscribe").size(), 2U);
        QCOMPARE(server_->sent("subscribe")[1]["filter"]["afterSeq"], Value(500));
    }

    void tellsThatASubscriptionWasWithdrawn() {
        attach();
        subscribe({});
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        server_->send(Value::object({{"type", "unsubscribed"},
                                     {"id", server_->sent("subscribe")[0]["id"]},
                                     {"error", Value::object({{"code", "auth.forbidden"}, {"message", "No"}})}}));
        QTRY_COMPARE(events_.size(), 1U);
        QVERIFY(events_[0].kind == "refused");
    }

    void asksForAResumeOfItsOwn() {
        attach();
        protocol::EventFilter filter;
        filter.runId = "r";
        filter.afterSeq = 7;
        subscribe(filter);
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        QCOMPARE(server_->sent("subscribe")[0]["filter"]["afterSeq"], Value(7));
        server_->breakOff();
        QTRY_COMPARE(server_->sent("subscribe").size(), 2U);
        QCOMPARE(server_->sent("subscribe")[1]["filter"]["afterSeq"], Value(7));
        QCOMPARE(server_->sent("subscribe")[1]["filter"]["runId"], Value("r"));
    }

    void admitsWhatAnotherLifeOfTheGatewayCannotTell() {
        attach();
        subscribe({});
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        publish({101});
        QTRY_COMPARE(events_.size(), 1U);
        server_->instance = "two";
        server_->breakOff();
        QTRY_COMPARE(server_->sent("subscribe").size(), 2U);
        publish({501, 502});
        QTRY_COMPARE(events_.size(), 4U);
        QVERIFY(events_[1].kind == "lost");
        QCOMPARE(events_[1].seq, 102U);
        QCOMPARE(events_[1].lostUntil, 500U);
        QCOMPARE(events_[3].seq, 502U);
    }

    void followsNumbersThatBeginAgain() {
        attach();
        subscribe({});
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        publish({1000});
        QTRY_COMPARE(events_.size(), 1U);
        protocol::EventDto lost;
        lost.kind = "lost";
        lost.seq = lost.lostUntil = 10;
        publish(std::vector<Value>{protocol::toValue(lost), test::event(11), test::event(12)});
        QTRY_COMPARE(seqs(), (QList<quint64>{1000, 10, 11, 12}));
        server_->breakOff();
        QTRY_COMPARE(server_->sent("subscribe").size(), 2U);
        QCOMPARE(server_->sent("subscribe")[1]["filter"]["afterSeq"], Value(12));
    }

    void doesNotAskAgainForWhatHasEnded() {
        attach();
        subscribe({});
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        stream_.reset();
        QTRY_COMPARE(server_->sent("unsubscribe").size(), 1U);
        server_->breakOff();
        QTRY_COMPARE(server_->connections, 2);
        QTRY_VERIFY(infoCame());
        QCOMPARE(server_->sent("subscribe").size(), 1U);
    }

    void tellsThatASubscriptionWasRefused() {
        attach();
        server_->tap = [this](const Value& message) {
            if (message["type"].asString() != "subscribe") return;
            server_->send(Value::object({{"type", "reply"},
                                         {"id", message["id"]},
                                         {"error", Value::object({{"code", "auth.forbidden"}, {"message", "No"}})}}));
        };
        subscribe({});
        QTRY_COMPARE(events_.size(), 1U);
        QVERIFY(events_[0].kind == "refused" && events_[0].code == "auth.forbidden" && events_[0].runId.empty());
    }

    void sendsReadsAgainAndOwnsUpToWrites() {
        attach();
        auto read = gateway_.client->runs().get("r1");
        auto write = gateway_.client->runs().cancel("r1", "enough");
        auto start = gateway_.client->runs().start({});
        QTRY_COMPARE(server_->sent("request").size(), 3U);
        server_->breakOff();
        QTRY_VERIFY(write.isFinished());
        const auto error = write.result().error();
        QVERIFY(error.code == "gateway.connection-lost" && error.retryable && !error.hint.empty());
        QTRY_COMPARE(server_->sent("request").size(), 5U);
        const auto sent = server_->sent("request");
        QCOMPARE(sent[3]["call"], Value("runs.get"));
        QCOMPARE(sent[4]["call"], Value("runs.start"));
        QVERIFY(sent[4]["params"]["idempotencyKey"].asString().size() > 20);
        QCOMPARE(sent[4]["params"]["idempotencyKey"], sent[2]["params"]["idempotencyKey"]);
        server_->answer(3, protocol::toValue(protocol::RunDetail{}));
        server_->answer(4, protocol::toValue(protocol::RunRef{"r2"}));
        QTRY_VERIFY(read.isFinished() && start.isFinished());
        QVERIFY(read.result() && start.result() && start.result()->runId == "r2");
    }

    void keepsAKeyThatWasGiven() {
        attach();
        protocol::StartRun request;
        request.idempotencyKey = "mine";
        gateway_.client->runs().start(request);
        gateway_.client->runs().start({});
        gateway_.client->runs().start({});
        QTRY_COMPARE(server_->sent("request").size(), 3U);
        QCOMPARE(server_->sent("request")[0]["params"]["idempotencyKey"], Value("mine"));
        QVERIFY(server_->sent("request")[1]["params"]["idempotencyKey"] !=
                server_->sent("request")[2]["params"]["idempotencyKey"]);
        protocol::RerunRun again;
        again.runId = "r1";
        gateway_.client->runs().rerun(again);
        QTRY_COMPARE(server_->sent("request").size(), 4U);
        QVERIFY(server_->sent("request")[3]["params"]["idempotencyKey"].asString().size() > 20);
    }

    void answersInAnyOrder() {
        attach();
        auto first = gateway_.client->runs().start({});
        auto second = gateway_.client->runs().start({});
        QTRY_COMPARE(server_->sent("request").size(), 2U);
        server_->answer(1, protocol::toValue(protocol::RunRef{"second"}));
        server_->answer(1, protocol::toValue(protocol::RunRef{"again"}));
        server_->answer(0, Value("no object"));
        QTRY_VERIFY(first.isFinished() && second.isFinished());
        QVERIFY(second.result()->runId == "second");
        QVERIFY(first.result().error().code == "protocol.type");
    }

    void waitsForTheConnectionButNotForLong() {
        server_->stop();
        LinkTiming timing = test::quick();
        timing.waitWhileLost = 400ms;
        gateway_ = test::connectTo(*server_, "good", timing);
        auto waits = gateway_.client->info();
        QTRY_VERIFY(waits.isFinished());
        const auto error = waits.result().error();
        QVERIFY(error.code == "gateway.unreachable" && error.retryable);
        QVERIFY(!error.where.empty() && !error.hint.empty());
        timing.waitWhileLost = 5s;
        gateway_ = test::connectTo(*server_, "good", timing);
        auto later = gateway_.client->info();
        QTRY_COMPARE(int(gateway_.connection->status().state), int(ConnectionState::Lost));
        QVERIFY(!later.isFinished());
        QVERIFY(server_->listen(server_->port()));
        QTRY_VERIFY(later.isFinished());
        QVERIFY(later.result());
    }

    void givesUpOnAReplyThatDoesNotCome() {
        LinkTiming timing = test::quick();
        timing.reply = 100ms;
        attach(timing);
        auto read = gateway_.client->runs().get("r1");
        QTRY_VERIFY(read.isFinished());
        QVERIFY(read.result().error().code == "gateway.timeout");
        server_->answer(0, protocol::toValue(protocol::RunDetail{}));  // too late, and harmless
        QTRY_VERIFY(infoCame());
    }

    void hasLimits() {
        LinkTiming timing = test::quick();
        timing.mostCalls = 300;
        attach(timing);
        server_->answers = false;
        QList<QFuture<Result<protocol::GatewayInfo>>> open;
        for (int i = 0; i < 300; ++i) open << gateway_.client->info();
        auto tooMany = gateway_.client->info();
        QTRY_VERIFY(tooMany.isFinished());
        QVERIFY(tooMany.result().error().code == "gateway.busy");
        // No more than a gateway takes at a time are on their way; the others follow as these are answered.
        QTRY_COMPARE(server_->sent("request").size(), 128U);
        server_->answer(0, protocol::toValue(protocol::GatewayInfo{}));
        QTRY_COMPARE(server_->sent("request").size(), 129U);
        auto large = gateway_.client->workflows().validate(std::string(17U << 20U, 'x'));
        QTRY_VERIFY(large.isFinished());
        QVERIFY(large.result().error().code == "gateway.request-too-large");
        gateway_.client.reset();
        for (auto& future : open) QVERIFY(future.isFinished());
    }

    void losesNothingInManyBreaks() {
        attach();
        subscribe({});
        QTRY_COMPARE(server_->sent("subscribe").size(), 1U);
        // The server tells what comes behind the number it is asked for, a few at a time, and breaks off in between.
        std::uint64_t told = 100;
        server_->tap = [&](const Value& message) {
            if (message["type"].asString() != "subscribe") return;
            told = std::uint64_t(message["filter"]["afterSeq"].asInteger());
        };
        for (int round = 0; round < 20; ++round) {
            const auto before = server_->sent("subscribe").size();
            for (int i = 0; i < 5; ++i) publish({++told});
            server_->breakOff();
            QTRY_COMPARE(server_->sent("subscribe").size(), before + 1);
        }
        while (told < 200) publish({++told});
        QTRY_VERIFY(!events_.empty() && events_.back().seq == 200);
        QCOMPARE(events_.size(), 100U);
        for (std::size_t i = 0; i < events_.size(); ++i) QCOMPARE(events_[i].seq, 101 + i);
    }

    void onlyReadsAreRepeatable() {
        QVERIFY(isRepeatable(protocol::GetRun{}));
        QVERIFY(isRepeatable(protocol::ValidateWorkflow{}));
        QVERIFY(isRepeatable(protocol::WaitForRun{}));
        QVERIFY(!isRepeatable(protocol::StartRun{}));
        QVERIFY(!isRepeatable(protocol::RerunRun{}));
        protocol::RerunRun known;
        known.idempotencyKey = "key";
        QVERIFY2(isRepeatable(known), "the gateway knows it again");
        QVERIFY(!isRepeatable(protocol::SaveWorkflow{}));
        QVERIFY(!isRepeatable(protocol::TriggerSchedule{}));
    }

private:
    void attach(LinkTiming timing = test::quick()) {
        gateway_ = test::connectTo(*server_, "good", timing);
        QTRY_COMPARE(int(gateway_.connection->status().state), int(ConnectionState::Live));
    }
    void subscribe(const protocol::EventFilter& filter) {
        stream_.reset(gateway_.client->events(filter, nullptr));
        connect(stream_.get(), &EventStream::received, this, [this](const std::vector<protocol::EventDto>& batch) {
            events_.insert(events_.end(), batch.begin(), batch.end());
        });
    }
    void publish(std::vector<Value> events) {
        const auto subscriptions = server_->sent("subscribe");
        server_->send(Value::object(
            {{"type", "events"}, {"id", subscriptions.back()["id"]}, {"events", Value::array(std::move(events))}}));
    }
    void publish(std::initializer_list<std::uint64_t> seqs) {
        std::vector<Value> events;
        for (const auto seq : seqs) events.push_back(test::event(seq));
        publish(std::move(events));
    }
    QList<quint64> seqs() const {
        QList<quint64> all;
        for (const auto& event : events_) all << event.seq;
        return all;
    }
    bool infoCame() {
        auto info = gateway_.client->info();
        return QTest::qWaitFor([&] { return info.isFinished(); }) && info.result();
    }

    std::unique_ptr<test::FakeServer> server_;
    RemoteGateway gateway_;
    std::unique_ptr<EventStream> stream_;
    std::vector<protocol::EventDto> events_;
};

QTEST_GUILESS_MAIN(ResumeTest)
#include "resume_test.moc"
