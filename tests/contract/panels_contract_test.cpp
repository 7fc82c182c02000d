// The calls behind the console's panels, over every way to a gateway.
#include <QFile>
#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

#include "contract/contract_fixture.h"

using namespace signalbox;
using namespace signalbox::contract;

namespace {

/// Twelve items, of which number 5 fails; then a node that waits for an approval.
std::string mapDocument() {
    return R"({"format": 1, "id": "mapping", "name": "Mapping", "nodes": [
{"id": "numbers", "type": "ConstantNode", "params": {"value": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}},
{"id": "each", "type": "MapNode", "params": {"onItemError": "null", "concurrency": 3,
 "node": {"type": "TransformNode", "params": {"expression": "$ = 5 ? $error('five') : $ * 2"}}}},
{"id": "ask", "type": "ApprovalNode", "title": "Ask the boss", "params": {"prompt": "Go on?"}}],
"edges": [{"from": "numbers.output", "to": "each.items"}, {"from": "each.output", "to": "ask.input"}]})";
}

QString text(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

class PanelsContractTest : public ContractTest {
    Q_OBJECT
private Q_SLOTS:
    void jumpsToAnyRankOfTheList() {
        for (int i = 0; i < 5; ++i) QVERIFY(bench_->until(bench_->start(doublingDocument()), "succeeded"));
        QVERIFY(bench_->until(bench_->start(failingDocument()), "failed"));
        protocol::ListRuns request;
        request.limit = 2;
        const auto first = Bench::wait(client().runs().list(request));
        QVERIFY(first && first->runs.size() == 2 && !first->asOf.empty());
        QVERIFY(bench_->until(bench_->start(doublingDocument()), "succeeded"));
        request.asOf = first->asOf;
        request.offset = 4;
        const auto jumped = Bench::wait(client().runs().list(request));
        QVERIFY(jumped);
        QCOMPARE(jumped->offset, 4U);
        QCOMPARE(jumped->total, 6U);
        QCOMPARE(jumped->newer, 1U);
        QCOMPARE(jumped->runs.size(), 2U);
        QVERIFY(jumped->runs[1].created < first->runs[1].created);
        protocol::ListRuns several;
        several.statuses = {"failed", "cancelled"};
        several.errorText = "FILE.NOT";
        const auto failed = Bench::wait(client().runs().list(several));
        QVERIFY(failed);
        QCOMPARE(failed->runs.size(), 1U);
        several.cursor = "x";
        QVERIFY(Bench::wait(client().runs().list(several)).error().code == "store.cursor");
    }

    void showsRunsAndNodesAsAGrid() {
        const QString good = bench_->start(doublingDocument("grid"));
        QVERIFY(bench_->until(good, "succeeded"));
        protocol::GetRunGrid request;
        request.workflowId = "grid";
        for (int again = 0; again < 2; ++again) {  // the second time from what is kept
            const auto grid = Bench::wait(client().runs().grid(request));
            QVERIFY(grid);
            QCOMPARE(grid->nodes.size(), 1U);
            QVERIFY(grid->nodes[0] == "double");
            QCOMPARE(grid->rows.size(), 1U);
            QVERIFY(grid->rows[0].run.runId == good.toStdString());
            QVERIFY(grid->rows[0].statuses == "s");
            QCOMPARE(grid->rows[0].took.size(), 1U);
            QVERIFY(grid->nextCursor.empty());
        }
    }

    void showsItemsAttemptsAndTheTimeline() {
        const QString run = bench_->start(mapDocument());
        QVERIFY(bench_->until(run, "waiting"));
        protocol::GetRunItems items;
        items.runId = run.toStdString();
        items.nodeId = "each";
        const auto all = Bench::wait(client().runs().items(items));
        QVERIFY(all);
        QCOMPARE(all->total, 12U);
        QVERIFY(all->items[3].output == Value(6) && all->items[3].input == Value(3));
        items.statuses = {"failed"};
        const auto failed = Bench::wait(client().runs().items(items));
        QCOMPARE(failed->total, 1U);
        QCOMPARE(failed->items[0].item, 5U);
        QVERIFY(failed->items[0].error && !failed->items[0].error->message.empty());

        const auto node = Bench::wait(client().runs().node(run, "numbers"));
        QVERIFY(node);
        QCOMPARE(node->attempts.size(), 1U);
        QVERIFY(node->attempts[0].outcome == "succeeded" && node->attempts[0].finished > 0);

        protocol::GetRunTimeline request;
        request.runId = run.toStdString();
        const auto before = Bench::wait(client().runs().timeline(request));
        QVERIFY(before);
        QCOMPARE(before->bar.size(), 15U);  // numbers, each, twelve items, ask
        QCOMPARE(before->total, 15U);
        QVERIFY(before->phases.back() == 'w' && before->outcomes.back() == ' ' && before->ended.back() == -1);
        QCOMPARE(std::count(before->outcomes.begin(), before->outcomes.end(), 'f'), 1);
        QVERIFY(Bench::wait(client().runs().decide(run, "ask", true, "yes")));
        QVERIFY(bench_->until(run, "succeeded"));
        request.afterSeq = before->seq;
        const auto after = Bench::wait(client().runs().timeline(request));
        QCOMPARE(after->bar.size(), 1U);
        QCOMPARE(after->bar[0], 14U);
        QVERIFY(after->outcomes == "d" && after->ended[0] >= after->ready[0]);
    }

    void listsWhatWaitsForPeople() {
        QVERIFY(Bench::wait(client().runs().pending())->items.empty());
        const QString run = bench_->start(mapDocument());
        QVERIFY(bench_->until(run, "waiting"));
        const QString other = bench_->start(signalDocument());
        QVERIFY(bench_->until(other, "waiting"));
        const auto list = Bench::wait(client().runs().pending());
        QVERIFY(list);
        QCOMPARE(list->items.size(), 2U);
        const auto& approval = list->items[0].kind == "approval" ? list->items[0] : list->items[1];
        const auto& signal = list->items[0].kind == "signal" ? list->items[0] : list->items[1];
        QVERIFY(approval.nodeId == "ask" && approval.title == "Ask the boss" && approval.message == "Go on?");
        QVERIFY(approval.runId == run.toStdString() && approval.since > 0);
        QVERIFY(signal.name == "go" && signal.runId == other.toStdString());
        QCOMPARE(Bench::wait(client().runs().pending("mapping"))->items.size(), 1U);
        QVERIFY(Bench::wait(client().runs().decide(run, "ask", true, {})));
        QVERIFY(bench_->until(run, "succeeded"));
        QCOMPARE(Bench::wait(client().runs().pending())->items.size(), 1U);
    }

    void readsJournalsBothWaysAndFiltered() {
        const QString run = bench_->start(mapDocument());
        QVERIFY(bench_->until(run, "waiting"));
        protocol::GetRunJournal request;
        request.runId = run.toStdString();
        request.backwards = true;
        request.limit = 2;
        const auto last = Bench::wait(client().runs().journal(request));
        QVERIFY(last);
        QCOMPARE(last->records.size(), 2U);
        QCOMPARE(last->records.back().seq, last->lastSeq);
        QCOMPARE(last->nextSeq, last->lastSeq - 2);
        request.backwards = false;
        request.limit = 100;
        request.nodeId = "each";
        request.kinds = {"node-failed"};
        const auto failed = Bench::wait(client().runs().journal(request));
        QCOMPARE(failed->records.size(), 1U);
        QVERIFY(failed->records[0].node == "each" && failed->records[0].item == 5U);
        QCOMPARE(failed->nextSeq, 0U);
        request.kinds = {"nothing"};
        QVERIFY(Bench::wait(client().runs().journal(request)).error().code == "request.invalid");
        request.kinds.clear();
        request.nodeId = "eahc";
        QVERIFY(Bench::wait(client().runs().journal(request)).error().code == "run.node-not-found");
    }

    void keepsTheLogOfARun() {
        const QString run = bench_->start(loggingDocument());
        QVERIFY(bench_->until(run, "succeeded"));
        protocol::GetRunLogs request;
        request.runId = run.toStdString();
        Result<protocol::RunLogPage> page;
        QTRY_VERIFY((page = Bench::wait(client().runs().logs(request))) && !page->lines.empty());
        QCOMPARE(page->lines.size(), 1U);
        QVERIFY(page->lines[0].text == "hello" && page->lines[0].nodeId == "note" && page->lines[0].wall > 0);
        QCOMPARE(page->kept, 1U);
        QCOMPARE(page->dropped, 0U);
        request.text = "HELL";
        QCOMPARE(Bench::wait(client().runs().logs(request))->lines.size(), 1U);
        request.level = "error";
        QVERIFY(Bench::wait(client().runs().logs(request))->lines.empty());
        request.level = "loud";
        QVERIFY(Bench::wait(client().runs().logs(request)).error().code == "request.invalid");
    }

    void writesCopiesRenamesDeletesAndRestoresWorkflows() {
        auto& workflows = client().workflows();
        const auto made = Bench::wait(workflows.create("first", "First", doublingDocument("template")));
        QVERIFY(made);
        QVERIFY(made->summary.id == "first" && made->summary.name == "First" && made->summary.etag == made->etag);
        QVERIFY(Bench::wait(workflows.create("first", {}, {})).error().code == "workflow.conflict");
        QVERIFY(Bench::wait(workflows.create("../out", {}, {})).error().code == "request.invalid");
        const auto empty = Bench::wait(workflows.create("empty", {}, {}));
        QVERIFY(empty && empty->summary.name == "empty" && empty->graph.nodes.empty());
        const auto copy = Bench::wait(workflows.duplicate("first"));
        QVERIFY(copy && copy->summary.id == "copy-of-first" && copy->summary.name == "First (copy)");
        const auto renamed = Bench::wait(workflows.rename({"copy-of-first", "second", "Second", copy->summary.etag}));
        QVERIFY(renamed && renamed->summary.id == "second" && renamed->summary.name == "Second");
        QVERIFY(Bench::wait(workflows.get("copy-of-first")).error().code == "workflow.not-found");
        QVERIFY(Bench::wait(workflows.rename({"second", {}, "X", "stale"})).error().code == "workflow.conflict");
        const auto formatted = Bench::wait(workflows.format(doublingDocument("first")));
        QVERIFY(formatted && formatted->text != doublingDocument("first"));
        QVERIFY(Bench::wait(workflows.format("{")).error().code == "document.syntax");

        QVERIFY(Bench::wait(workflows.remove("second", "stale")).error().code == "workflow.conflict");
        const auto entry = Bench::wait(workflows.remove("second", text(renamed->etag)));
        QVERIFY(entry && entry->workflowId == "second" && !entry->trashId.empty());
        QVERIFY(Bench::wait(workflows.get("second")).error().code == "workflow.not-found");
        QCOMPARE(Bench::wait(workflows.trash())->entries.size(), 1U);
        const auto back = Bench::wait(workflows.restore(text(entry->trashId)));
        QVERIFY(back && back->text == renamed->text && back->etag == renamed->etag);
        QVERIFY(Bench::wait(workflows.trash())->entries.empty());
        QVERIFY(Bench::wait(workflows.restore(text(entry->trashId))).error().code == "workflow.not-found");
    }

    void keepsVersionsAndKnowsWhatUsesWhat() {
        auto& workflows = client().workflows();
        const auto first = Bench::wait(workflows.save(doublingDocument("child"), {}));
        QVERIFY(first);
        std::string changed = first->text;
        changed.replace(changed.find("$ * 2"), 5, "$ * 3");
        const auto second = Bench::wait(workflows.save(changed, text(first->etag)));
        QVERIFY(second);
        const auto versions = Bench::wait(workflows.versions("child"));
        QVERIFY(versions);
        QCOMPARE(versions->versions.size(), 2U);
        QVERIFY(versions->versions[0].version == 2 && versions->versions[0].current);
        QVERIFY(!versions->versions[1].current && versions->versions[1].created > 0);
        const auto old = Bench::wait(workflows.version("child", 1));
        QVERIFY(old && old->text.find("$ * 2") != std::string::npos && old->graph.nodes.size() == 1);
        QVERIFY(Bench::wait(workflows.version("child", 9)).error().code == "workflow.not-found");

        bench_->write("parent.workflow.json", R"({"format": 1, "id": "parent", "tags": ["top"], "nodes": [
{"id": "call", "type": "SubWorkflowNode", "params": {"workflow": "child", "version": 1}}]})");
        const auto list = Bench::wait(workflows.list({}, {"top"}));
        QVERIFY(list);
        QCOMPARE(list->workflows.size(), 1U);
        QVERIFY(list->workflows[0].uses == std::vector<std::string>{"child"});
        const auto child = Bench::wait(workflows.get("child"));
        QVERIFY(child->summary.usedBy == std::vector<std::string>{"parent"});
        QVERIFY(Bench::wait(workflows.rename({"child", "other", {}, child->etag})).error().code == "workflow.in-use");
    }

    void saysWhenFilesChange() {
        std::unique_ptr<client::EventStream> stream(client().events({}, nullptr));
        std::vector<protocol::EventDto> seen;
        connect(stream.get(), &client::EventStream::received, this, [&](const auto& events) {
            for (const auto& event : events) {
                if (event.kind == "workflow") seen.push_back(event);
            }
        });
        bench_->write("new.workflow.json", doublingDocument("new"));
        QTRY_COMPARE(seen.size(), 1U);
        QVERIFY(seen[0].status == "created" && seen[0].workflowId == "new" && seen[0].text == "new.workflow.json");
        bench_->write("new.workflow.json", signalDocument());
        QTRY_COMPARE(seen.size(), 3U);
        QVERIFY(seen[1].status == "deleted" && seen[2].status == "created");
        QVERIFY(QFile::remove(bench_->path() + "/new.workflow.json"));
        QTRY_COMPARE(seen.size(), 4U);
        QVERIFY(seen[3].status == "deleted");
    }

    void tellsHowTheEngineIs() {
        QVERIFY(bench_->until(bench_->start(doublingDocument()), "succeeded"));
        auto stats = Bench::wait(client().engine().stats());
        QVERIFY(stats);
        QVERIFY(stats->journal.commits > 0 && stats->journal.records > 0 && stats->journal.window > 0);
        QVERIFY(stats->journal.commitMax >= stats->journal.commitP50);
        QVERIFY(stats->storage.databaseBytes > 0 && stats->storage.runs == 1 && !stats->storage.file.empty());
        QVERIFY(stats->disk.freeBytes > 0 && stats->disk.watermarkBytes > 0 && stats->memoryBytes > 0);
        QVERIFY(stats->pool.executed > 0 && stats->maxActiveRuns > 0 && stats->sampled > 0);
        Result<protocol::EngineHistory> history;
        QTRY_VERIFY((history = Bench::wait(client().engine().history())) && !history->times.empty());
        for (const auto& series : history->series) QCOMPARE(series.values.size(), history->times.size());
        const auto later = Bench::wait(client().engine().history(history->times.back()));
        QVERIFY(later && later->times.size() <= 2);

        protocol::RetentionDto wanted;
        wanted.maxRuns = 12;
        wanted.maxAge = 3'600'000'000;
        const auto set = Bench::wait(client().engine().setRetention(wanted));
        QVERIFY(set && *set == wanted);
        QVERIFY(Bench::wait(client().engine().stats())->retention == wanted);
        wanted.maxAge = -1;
        QVERIFY(Bench::wait(client().engine().setRetention(wanted)).error().code == "request.invalid");
    }
};

QTEST_GUILESS_MAIN(PanelsContractTest)
#include "panels_contract_test.moc"
