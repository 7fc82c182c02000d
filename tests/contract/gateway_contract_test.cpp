// Every call that a client can make, over every way to a gateway.
#include <QObject>
#include <QTest>
#include <algorithm>
#include <iterator>

#include "contract/contract_fixture.h"

using namespace signalbox;
using namespace signalbox::contract;

namespace {
constexpr const char* kNoSuchRun = "01890a5d-ac96-774b-bcce-b302099a8057";
}

class GatewayContractTest : public ContractTest {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatItIs() {
        const auto info = Bench::wait(client().info());
        QVERIFY(info);
        QCOMPARE(info->protocolMajor, protocol::kProtocolMajor);
        QVERIFY(!info->version.empty() && !info->instance.empty());
        QVERIFY(!info->principal.empty() && !info->name.empty() && info->started > 0);
        const auto stats = Bench::wait(client().engineStats());
        QVERIFY(stats);
        QCOMPARE(stats->threads, 2U);
    }

    void listsAndShowsWorkflows() {
        bench_->write("doubling.workflow.json", doublingDocument());
        bench_->write("broken.workflow.json", "{");
        const auto list = Bench::wait(client().workflows().list());
        QVERIFY(list);
        QCOMPARE(list->workflows.size(), 2U);
        QVERIFY(list->workflows[0].id == "broken");
        QCOMPARE(list->workflows[0].errors, 1U);
        QCOMPARE(Bench::wait(client().workflows().list("DOUB"))->workflows.size(), 1U);
        const auto detail = Bench::wait(client().workflows().get("doubling"));
        QVERIFY(detail);
        QCOMPARE(detail->graph.nodes.size(), 1U);
        QVERIFY(detail->graph.nodes[0].params["expression"] == Value("$ * 2"));
        QVERIFY(detail->inputs.at(0).defaultValue == Value(21));
        QVERIFY(detail->text == doublingDocument());
        QVERIFY(Bench::wait(client().workflows().get("doublign")).error().code == "workflow.not-found");
    }

    void validatesDrafts() {
        const auto good = Bench::wait(client().workflows().validate(doublingDocument()));
        QVERIFY(good && good->valid);
        const auto bad = Bench::wait(
            client().workflows().validate(R"({"format": 1, "id": "x", "nodes": [{"id": "a", "type": "NoNode"}]})"));
        QVERIFY(bad && !bad->valid);
        QVERIFY(!bad->findings.at(0).code.empty() && !bad->findings[0].message.empty());
        QCOMPARE(bad->graph.nodes.size(), 1U);
    }

    void savesWithoutOverwriting() {
        const auto made = Bench::wait(client().workflows().save(doublingDocument("new"), {}));
        QVERIFY(made);
        QVERIFY(Bench::wait(client().workflows().save(doublingDocument("new"), {})).error().code ==
                "workflow.conflict");
        const auto again = Bench::wait(client().workflows().save(made->text, QString::fromStdString(made->etag)));
        QVERIFY(again);
        QVERIFY(again->etag == made->etag);
    }

    void tellsWhetherItIsReady() {
        const auto health = Bench::wait(client().health());
        QVERIFY2(health, health ? "" : health.error().message.c_str());
        QVERIFY(health->ready);
        QCOMPARE(health->checks.size(), 3U);
        for (const auto& check : health->checks) QVERIFY2(check.passed, check.name.c_str());
    }

    void listsNodeTypes() {
        const auto list = Bench::wait(client().nodes().list());
        QVERIFY(list);
        const auto& all = list->manifests;
        const auto found = std::find_if(all.begin(), all.end(),
                                        [](const Value& m) { return m["type"].asString() == "TransformNode"; });
        QVERIFY(found != all.end());
        QVERIFY((*found)["paramsSchema"]["properties"]["expression"].isObject());
    }

    void runsToTheEnd() {
        const QString run = bench_->start(doublingDocument(), Value::object({{"n", 4}}));
        const auto detail = bench_->until(run, "succeeded");
        QVERIFY2(detail, detail ? "" : detail.error().message.c_str());
        QVERIFY(detail->outputs["result"] == Value(8));
        QVERIFY(detail->inputs["n"] == Value(4));
        QCOMPARE(detail->graph.nodes.size(), 1U);
        QVERIFY(!detail->error);
        const auto node = Bench::wait(client().runs().node(run, "double"));
        QVERIFY(node);
        QVERIFY(node->state.status == "succeeded" && node->outputs["output"] == Value(8));
        const auto journal = Bench::wait(client().runs().journal(run));
        QVERIFY(journal);
        QVERIFY(journal->records.front().kind == "run-started" && journal->records.back().kind == "run-finished");
        const auto page = Bench::wait(client().runs().journal(run, 2, 1));
        QCOMPARE(page->records.size(), 1U);
        QCOMPARE(page->records[0].seq, 2U);
    }

    void listsRunsPageByPage() {
        for (int i = 0; i < 3; ++i) QVERIFY(bench_->until(bench_->start(doublingDocument()), "succeeded"));
        QVERIFY(bench_->until(bench_->start(failingDocument()), "failed"));
        protocol::ListRuns request;
        request.workflowId = "doubling";
        request.limit = 2;
        const auto first = Bench::wait(client().runs().list(request));
        QVERIFY(first);
        QCOMPARE(first->runs.size(), 2U);
        QCOMPARE(first->total, 3U);
        request.cursor = first->nextCursor;
        const auto second = Bench::wait(client().runs().list(request));
        QCOMPARE(second->runs.size(), 1U);
        QVERIFY(second->nextCursor.empty());
        protocol::ListRuns failed;
        failed.statuses = {"failed"};
        QCOMPARE(Bench::wait(client().runs().list(failed))->runs.size(), 1U);
    }

    void repeatsAStartWithTheSameKey() {
        protocol::StartRun request;
        request.text = doublingDocument();
        request.idempotencyKey = "k1";
        const auto first = Bench::wait(client().runs().start(request));
        const auto second = Bench::wait(client().runs().start(request));
        QVERIFY(first && second && first->runId == second->runId);
        request.idempotencyKey = "";
        QVERIFY(Bench::wait(client().runs().start(request)).error().code == "run.idempotency-key-empty");
    }

    void carriesBytes() {
        const Value bytes = Value::bytes(std::string_view("\x00\xff\x80", 3));
        const QString run = bench_->start(signalDocument());
        QVERIFY(bench_->until(run, "waiting"));
        QVERIFY(Bench::wait(client().runs().signal(run, "go", bytes)));
        const auto detail = bench_->until(run, "succeeded");
        QVERIFY(detail);
        QVERIFY(detail->outputs["got"] == bytes);
    }

    void deliversSignals() {
        const QString run = bench_->start(signalDocument());
        QVERIFY(bench_->until(run, "waiting"));
        QVERIFY(Bench::wait(client().runs().signal(run, "go", Value::object({{"x", nullptr}}))));
        const auto detail = bench_->until(run, "succeeded");
        QVERIFY(detail);
        QVERIFY(detail->outputs["got"] == Value::object({{"x", nullptr}}));
    }

    void takesDecisions() {
        const QString run = bench_->start(approvalDocument());
        QVERIFY(bench_->until(run, "waiting"));
        const auto none = Bench::wait(client().runs().decide(run, "aks", true, {}));
        QVERIFY(!none && none.error().code == "run.node-not-found");
        QVERIFY(Bench::wait(client().runs().decide(run, "ask", true, "fine")));
        QVERIFY(bench_->until(run, "succeeded"));
        const auto journal = Bench::wait(client().runs().journal(run));
        const bool kept = std::any_of(journal->records.begin(), journal->records.end(), [](const auto& record) {
            return record.kind == "approval-decided" && record.payload["comment"] == Value("fine");
        });
        QVERIFY(kept);
    }

    void pausesResumesAndCancels() {
        const QString run = bench_->start(signalDocument());
        QVERIFY(bench_->until(run, "waiting"));
        QVERIFY(Bench::wait(client().runs().pause(run)));
        QVERIFY(bench_->until(run, "paused"));
        QVERIFY(Bench::wait(client().runs().resume(run)));
        QVERIFY(bench_->until(run, "waiting"));
        QVERIFY(Bench::wait(client().runs().cancel(run, "enough")));
        QVERIFY(bench_->until(run, "cancelled"));
        QVERIFY(Bench::wait(client().runs().cancel(run, "again")).error().code == "run.finished");
    }

    void rerunsWhatFailed() {
        const QString run = bench_->start(failingDocument());
        const auto failed = bench_->until(run, "failed");
        QVERIFY(failed && failed->error);
        QVERIFY(failed->error->code == "file.not-found" && failed->summary.errorNode == "read");
        bench_->write("data.json", "[1]");
        protocol::RerunRun request;
        request.runId = run.toStdString();
        request.mode = "failed";
        const auto again = Bench::wait(client().runs().rerun(request));
        QVERIFY(again);
        const auto done = bench_->until(QString::fromStdString(again->runId), "succeeded");
        QVERIFY(done);
        QVERIFY(done->outputs["data"] == Value::array({Value(1)}));
        QVERIFY(done->summary.rerunOf == request.runId);
    }

    void explainsRefusals() {
        QVERIFY(Bench::wait(client().runs().get(kNoSuchRun)).error().code == "run.not-found");
        const auto malformed = Bench::wait(client().runs().get("7"));
        QVERIFY(malformed.error().code == "request.invalid" && malformed.error().where == "/runId");
        protocol::StartRun request;
        request.text = doublingDocument();
        request.inputs = Value::object({{"m", 1}});
        const auto input = Bench::wait(client().runs().start(request));
        QVERIFY(input.error().code == "run.input-unknown");
        QVERIFY(!input.error().message.empty());
        request.text = R"({"format": 1, "id": "x", "nodes": [{"id": "a", "type": "NoNode"}]})";
        QVERIFY(Bench::wait(client().runs().start(request)).error().code == "workflow.invalid");
    }

    void tellsEventsInOrder() {
        const std::unique_ptr<client::EventStream> stream(client().events({}, nullptr));
        std::vector<protocol::EventDto> events;
        QObject::connect(stream.get(), &client::EventStream::received, stream.get(),
                         [&](const std::vector<protocol::EventDto>& batch) {
                             events.insert(events.end(), batch.begin(), batch.end());
                         });
        const QString run = bench_->start(loggingDocument());
        const auto ended = [&] {
            return std::any_of(events.begin(), events.end(),
                               [](const auto& e) { return e.kind == "run" && e.status == "succeeded"; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(ended(), 20'000);
        for (std::size_t i = 1; i < events.size(); ++i) QCOMPARE(events[i].seq, events[i - 1].seq + 1);
        const auto find = [&](const char* kind, const char* node, const char* status) {
            return std::find_if(events.begin(), events.end(), [=](const auto& e) {
                return e.kind == kind && e.nodeId == node && (*status == 0 || e.status == status);
            });
        };
        QVERIFY(find("node", "value", "succeeded") < find("node", "note", "succeeded"));
        const auto log = find("log", "note", "");
        QVERIFY(log != events.end());
        QCOMPARE(QString::fromStdString(log->text), "hello");
        QCOMPARE(QString::fromStdString(log->workflowId), "logging");
        QVERIFY(log->runId == run.toStdString());
    }

    void resumesAndAdmitsWhatIsLost() {
        const QString run = bench_->start(loggingDocument());
        const auto detail = bench_->until(run, "succeeded");
        QVERIFY(detail);
        const QString second = bench_->start(doublingDocument());
        QVERIFY(bench_->until(second, "succeeded"));

        std::vector<protocol::EventDto> events;
        protocol::EventFilter filter;
        filter.afterSeq = detail->eventSeq;
        const auto collect = [&](const std::vector<protocol::EventDto>& batch) {
            events.insert(events.end(), batch.begin(), batch.end());
        };
        std::unique_ptr<client::EventStream> stream(client().events(filter, nullptr));
        QObject::connect(stream.get(), &client::EventStream::received, stream.get(), collect);
        const auto secondEnded = [&] {
            return std::any_of(events.begin(), events.end(), [&](const auto& e) {
                return e.runId == second.toStdString() && e.kind == "run" && e.status == "succeeded";
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(secondEnded(), 20'000);
        QCOMPARE(events.front().seq, detail->eventSeq + 1);
        events.clear();
        filter.afterSeq = 17;  // of another life of the gateway
        stream.reset(client().events(filter, nullptr));
        QObject::connect(stream.get(), &client::EventStream::received, stream.get(), collect);
        QTRY_VERIFY_WITH_TIMEOUT(secondEnded(), 20'000);
        QVERIFY(events.front().kind == "lost");
        QCOMPARE(events.front().seq, 18U);
        QCOMPARE(events[1].seq, events.front().lostUntil + 1);
    }

    void givesListsByPages() {
        for (const char* id : {"one", "two", "three"}) {
            bench_->write(QStringLiteral("%1.workflow.json").arg(QLatin1String(id)), doublingDocument(id));
        }
        protocol::ListWorkflows request;
        request.limit = 2;
        const auto first = Bench::wait(client().call(request));
        QVERIFY(first);
        QCOMPARE(first->workflows.size(), 2U);
        request.cursor = first->nextCursor;
        const auto second = Bench::wait(client().call(request));
        QVERIFY(second);
        QCOMPARE(second->workflows.size(), 1U);
        QVERIFY(second->workflows[0].id == "two" && second->nextCursor.empty());
        request.cursor = "x";
        QVERIFY(Bench::wait(client().call(request)).error().code == "store.cursor");
        QCOMPARE(Bench::wait(client().workflows().list())->workflows.size(), 3U);
    }

    void filtersEventsByWorkflow() {
        protocol::EventFilter filter;
        filter.workflowId = "two";
        std::vector<protocol::EventDto> events;
        std::unique_ptr<client::EventStream> stream(client().events(filter, nullptr));
        const auto collect = [&](const std::vector<protocol::EventDto>& batch) {
            events.insert(events.end(), batch.begin(), batch.end());
        };
        QObject::connect(stream.get(), &client::EventStream::received, stream.get(), collect);
        QVERIFY(bench_->until(bench_->start(doublingDocument("one")), "succeeded"));
        const QString run = bench_->start(doublingDocument("two"));
        QVERIFY(bench_->until(run, "succeeded"));
        QTRY_VERIFY_WITH_TIMEOUT(!events.empty() && events.back().kind == "run" && events.back().status == "succeeded",
                                 20'000);
        for (const auto& event : events) QVERIFY(event.runId == run.toStdString() && event.workflowId == "two");
        events.clear();
        filter.level = "loud";
        stream.reset(client().events(filter, nullptr));
        QObject::connect(stream.get(), &client::EventStream::received, stream.get(), collect);
        QTRY_COMPARE_WITH_TIMEOUT(events.size(), 1U, 20'000);
        QVERIFY(events[0].kind == "refused" && events[0].code == "request.invalid");
    }

    void tellsWhatSchedulesDo() {
        bench_->write("doubling.workflow.json", doublingDocument());
        protocol::EventFilter filter;
        filter.triggers = true;
        const std::unique_ptr<client::EventStream> stream(client().events(filter, nullptr));
        std::vector<protocol::EventDto> events;
        QObject::connect(stream.get(), &client::EventStream::received, stream.get(),
                         [&](const std::vector<protocol::EventDto>& batch) {
                             std::copy_if(batch.begin(), batch.end(), std::back_inserter(events),
                                          [](const auto& event) { return event.kind == "schedule"; });
                         });
        protocol::SaveSchedule save;
        save.schedule.name = "yearly";
        save.schedule.workflowId = "doubling";
        save.schedule.cron = "0 0 1 1 *";
        const auto made = Bench::wait(client().call(save));
        QVERIFY(made);
        protocol::TriggerSchedule trigger;
        trigger.id = made->id;
        QVERIFY(Bench::wait(client().call(trigger)));
        QTRY_COMPARE_WITH_TIMEOUT(events.size(), 2U, 20'000);
        QVERIFY(events[0].status == "created" && events[0].text == "yearly");
        QVERIFY(events[1].status == "started" && events[1].triggerId == made->id);
        QVERIFY(bench_->until(QString::fromStdString(events[1].runId), "succeeded"));
        const auto stats = Bench::wait(client().engineStats());
        QVERIFY(stats);
        QCOMPARE(stats->triggers.counts.started, 1U);
        QCOMPARE(stats->triggers.schedules, 1U);
    }
};

QTEST_GUILESS_MAIN(GatewayContractTest)
#include "gateway_contract_test.moc"
