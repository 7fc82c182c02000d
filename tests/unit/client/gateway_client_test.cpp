#include "client/gateway_client.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <thread>

#include "client/codec_transport.h"
#include "unit/client/fake_transport.h"

using namespace signalbox;
using namespace signalbox::client;

class GatewayClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        gateway_ = std::make_shared<test::FakeGateway>();
        client_ = std::make_unique<GatewayClient>(test::connectTo(gateway_));
    }
    void cleanup() { client_.reset(); }

    void sendsTypedRequests() {
        client_->runs().signal("r1", "go", Value(7));
        client_->runs().journal("r1", 5, 10);
        client_->workflows().save("{}", "etag");
        QCOMPARE(gateway_->calls.size(), 3U);
        const auto& signal = gateway_->calls[0].first.as<protocol::SignalRun>();
        QVERIFY(signal.runId == "r1" && signal.name == "go" && signal.value == Value(7));
        QCOMPARE(gateway_->calls[1].first.as<protocol::GetRunJournal>().fromSeq, 5U);
        QVERIFY(gateway_->calls[2].first.as<protocol::SaveWorkflow>().expectedEtag == "etag");
    }

    void finishesInItsOwnThread() {
        QThread* finishedIn = nullptr;
        std::string run;
        client_->runs().start({}).then(this, [&](Result<protocol::RunRef> reply) {
            finishedIn = QThread::currentThread();
            run = reply->runId;
        });
        std::thread([this] { gateway_->calls[0].second(protocol::Reply(protocol::RunRef{"r9"})); }).join();
        QCOMPARE(finishedIn, nullptr);
        QTRY_COMPARE(finishedIn, QThread::currentThread());
        QVERIFY(run == "r9");
    }

    void keepsRepliesAndCallsTogether() {
        auto first = client_->runs().start({});
        auto second = client_->runs().start({});
        gateway_->calls[1].second(protocol::Reply(protocol::RunRef{"second"}));
        gateway_->calls[0].second(protocol::Reply(protocol::RunRef{"first"}));
        QTRY_VERIFY(first.isFinished() && second.isFinished());
        QVERIFY(first.result()->runId == "first");
        QVERIFY(second.result()->runId == "second");
    }

    void passesErrorsOn() {
        auto future = client_->runs().get("r1");
        gateway_->calls[0].second(fail("run.not-found", "There is no such run", "r1"));
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().error().code == "run.not-found");
    }

    void refusesTheReplyToAnotherCall() {
        auto future = client_->runs().get("r1");
        gateway_->calls[0].second(protocol::Reply(protocol::RunRef{"r1"}));
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().error().code == "protocol.malformed");
    }

    void gathersListsPageByPage() {
        auto future = client_->workflows().list("x", {"night"});
        const auto answer = [&](std::size_t call, const char* id, const char* next) {
            QTRY_VERIFY(gateway_->calls.size() > call);
            const auto& asked = gateway_->calls[call].first.as<protocol::ListWorkflows>();
            QVERIFY(asked.text == "x" && asked.tags.size() == 1);
            QCOMPARE(asked.limit, 1000U);
            protocol::WorkflowList page;
            page.workflows.emplace_back().id = id;
            page.nextCursor = next;
            gateway_->calls[call].second(protocol::Reply(page));
        };
        answer(0, "a", "behind a");
        answer(1, "b", "behind b");
        QVERIFY(gateway_->calls[1].first.as<protocol::ListWorkflows>().cursor == "behind a");
        answer(2, "c", "");
        QVERIFY(gateway_->calls[2].first.as<protocol::ListWorkflows>().cursor == "behind b");
        QTRY_VERIFY(future.isFinished());
        const auto list = future.result();
        QVERIFY(list);
        QCOMPARE(list->workflows.size(), 3U);
        QVERIFY(list->workflows[0].id == "a" && list->workflows[2].id == "c" && list->nextCursor.empty());
        QCOMPARE(gateway_->calls.size(), 3U);
    }

    void givesNoPartOfAListThatFails() {
        auto failing = client_->callAll(protocol::ListSchedules{"nightly"});
        protocol::ScheduleList page;
        page.schedules.emplace_back().id = "s1";
        page.nextCursor = "more";
        gateway_->calls[0].second(protocol::Reply(page));
        QTRY_COMPARE(gateway_->calls.size(), 2U);
        gateway_->calls[1].second(fail("store.busy", "Later"));
        QTRY_VERIFY(failing.isFinished());
        QVERIFY(failing.result().error().code == "store.busy");
        auto endless = client_->callAll(protocol::ListSchedules{});
        for (std::size_t call = 2; call < 4; ++call) {
            QTRY_VERIFY(gateway_->calls.size() > call);
            gateway_->calls[call].second(protocol::Reply(page));
        }
        QTRY_VERIFY(endless.isFinished());
        QVERIFY(endless.result().error().code == "protocol.malformed");
        auto closed = client_->callAll(protocol::ListTrash{});
        client_.reset();
        QVERIFY(closed.isFinished());
        QVERIFY(closed.result().error().code == "client.closed");
    }

    void answersOpenCallsWhenItGoes() {
        auto future = client_->info();
        client_.reset();
        QVERIFY(future.isFinished());
        QVERIFY(future.result().error().code == "client.closed");
        gateway_->calls[0].second(protocol::Reply(protocol::GatewayInfo{}));  // too late, and harmless
    }

    void deliversTheFirstEventsAtOnceAndThenInBatches() {
        std::unique_ptr<EventStream> stream(client_->events({}, nullptr));
        std::vector<std::pair<qint64, std::size_t>> batches;
        std::vector<std::uint64_t> seqs;
        QElapsedTimer timer;
        timer.start();
        connect(stream.get(), &EventStream::received, this, [&](const std::vector<protocol::EventDto>& events) {
            batches.emplace_back(timer.elapsed(), events.size());
            for (const auto& event : events) seqs.push_back(event.seq);
        });
        std::uint64_t next = 0;
        QTimer feed;
        connect(&feed, &QTimer::timeout, this, [&] {
            if (next < 100) gateway_->publish({test::numbered(++next)});
        });
        feed.start(5);
        QTRY_COMPARE(seqs.size(), 100U);
        for (std::size_t i = 0; i < seqs.size(); ++i) QCOMPARE(seqs[i], i + 1);
        QVERIFY(batches[0].second < 10);
        for (std::size_t i = 1; i < batches.size(); ++i) QVERIFY(batches[i].first - batches[i - 1].first >= 90);
    }

    void givesWayToALostEventWhenNobodyTakesThem() {
        std::unique_ptr<EventStream> stream(client_->events({}, nullptr));
        std::vector<protocol::EventDto> received;
        connect(stream.get(), &EventStream::received, this,
                [&](const std::vector<protocol::EventDto>& events) { received = events; });
        std::vector<protocol::EventDto> many;
        for (std::uint64_t seq = 1; seq <= 60'000; ++seq) many.push_back(test::numbered(seq));
        gateway_->publish(many);
        gateway_->publish({test::numbered(60'001)});
        QTRY_COMPARE(received.size(), 2U);
        QVERIFY(received[0].kind == "lost");
        QCOMPARE(received[0].seq, 1U);
        QCOMPARE(received[0].lostUntil, 60'000U);
        QCOMPARE(received[1].seq, 60'001U);
    }

    void asksForNoMoreThanWorkflows() {
        const auto filter = onlyWorkflows();
        QVERIFY(filter.workflows && filter.runId.empty());
        const bool more = filter.runs || filter.nodes || filter.logs || filter.metrics || filter.triggers ||
                          filter.schedules || filter.webhooks || filter.watches;
        QVERIFY2(!more, "each would need a permission of its own");
    }

    void endsASubscriptionWithItsStream() {
        auto parent = std::make_unique<QObject>();
        protocol::EventFilter filter;
        filter.runId = "r1";
        auto* stream = client_->events(filter, parent.get());
        QSignalSpy spy(stream, &EventStream::received);
        QCOMPARE(gateway_->subscriptions(), 1U);
        QVERIFY(gateway_->filters[0].runId == "r1");
        gateway_->publish({test::numbered(1)});
        parent.reset();
        QCOMPARE(gateway_->subscriptions(), 0U);
        QCoreApplication::processEvents();
        QCOMPARE(spy.size(), 0);
    }

    void carriesEverythingThroughText() {
        CodecTransport wire(test::connectTo(gateway_));
        Result<protocol::Reply> outcome = fail("test.none", "");
        protocol::StartRun start;
        start.workflowId = "größe";
        start.inputs = Value::object({{"data", Value::bytes("\x01\xff")}});
        wire.send(start, [&](Result<protocol::Reply> got) { outcome = std::move(got); });
        QVERIFY(gateway_->calls[0].first.as<protocol::StartRun>().inputs == start.inputs);
        gateway_->calls[0].second(fail(Error{"a.b", "c", "d", "e", true}));
        QVERIFY((outcome.error() == Error{"a.b", "c", "d", "e", true}));
        std::vector<protocol::EventDto> events;
        const auto handle = wire.subscribe({}, [&](std::vector<protocol::EventDto> got) { events = std::move(got); });
        gateway_->publish({test::numbered(7)});
        QVERIFY(events == std::vector{test::numbered(7)});
    }

private:
    std::shared_ptr<test::FakeGateway> gateway_;
    std::unique_ptr<GatewayClient> client_;
};

QTEST_GUILESS_MAIN(GatewayClientTest)
#include "gateway_client_test.moc"
