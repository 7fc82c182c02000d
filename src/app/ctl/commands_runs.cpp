#include <algorithm>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/run_watch.h"
#include "app/ctl/session.h"
#include "app/ctl/states.h"
#include "app/ctl/table.h"
#include "base/clock.h"
#include "base/json.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

namespace {

Result<protocol::RunList> listRuns(const Arguments& arguments, Session& session) {
    protocol::ListRuns request;
    if (arguments.has("failed") && arguments.has("status")) {
        return fail("usage.option", "--failed and --status exclude each other");
    }
    if (arguments.has("failed")) request.statuses = {"failed"};
    if (const auto status = arguments.option("status")) request.statuses = {*status};
    request.workflowId = arguments.option("workflow").value_or("");
    SIGNALBOX_TRY(const auto limit, arguments.number("limit", 20, 1, 1000));
    request.limit = static_cast<std::uint32_t>(limit);
    return Session::await(session.client().runs().list(request));
}

void printRuns(const protocol::RunList& list, Output& output) {
    const Micros now = SystemClock().wallNow();
    Table table({{"Run"},
                 {"State"},
                 {"Workflow"},
                 {"Started"},
                 {"Took", Table::Align::Right},
                 {"Nodes", Table::Align::Right},
                 {"Error"}});
    for (const auto& run : list.runs) {
        const auto done = run.nodesDone + run.nodesFailed + run.nodesSkipped;
        table.add({{shortId(run.runId), Tone::Strong},
                   {stateText(run.status), stateTone(run.status)},
                   {onOneLine(run.workflowId)},
                   {localTime(run.started != 0 ? run.started : run.created), Tone::Muted},
                   {spanOf(run.started, run.finished, now)},
                   {fmt::format("{}/{}", done, run.nodesTotal)},
                   {run.errorCode.empty() ? "" : fmt::format("{} [{}]", onOneLine(run.errorMessage), run.errorCode),
                    Tone::Bad}});
    }
    table.print(output.out);
    if (list.total > list.runs.size()) {
        output.err.line(fmt::format("{} of {} runs; --limit shows more", list.runs.size(), list.total));
    }
}

void printHead(const protocol::RunDetail& detail, Output& output) {
    Terminal& out = output.out;
    const auto& run = detail.summary;
    const Micros now = SystemClock().wallNow();
    const auto line = [&](const char* name, const std::string& text) {
        if (!text.empty()) out.line(fmt::format("{}  {}", out.paint(Tone::Muted, fmt::format("{:>9}", name)), text));
    };
    line("run", run.runId);
    line("state", out.paint(stateTone(run.status), stateText(run.status)));
    line("workflow", onOneLine(run.workflowName.empty() ? run.workflowId
                                                        : fmt::format("{} ({})", run.workflowName, run.workflowId)) +
                         fmt::format(", version {}", run.version));
    line("started", localTime(run.started));
    line("took", spanOf(run.started, run.finished, now));
    line("by", onOneLine(run.startedBy));
    line("rerun of", run.rerunOf);
    line("parent", run.parent);
    if (detail.error) {
        line("error",
             fmt::format("{} [{}]", out.paint(Tone::Bad, onOneLine(detail.error->message)), detail.error->code));
        line("at", run.errorNode.empty() ? onOneLine(detail.error->where) : run.errorNode);
        line("hint", onOneLine(detail.error->hint));
    }
}

void printNodes(const protocol::RunDetail& detail, Output& output) {
    const Micros now = SystemClock().wallNow();
    output.out.line();
    Table table({{"Node"},
                 {"State"},
                 {"Type"},
                 {"Took", Table::Align::Right},
                 {"Tries", Table::Align::Right},
                 {"Items", Table::Align::Right},
                 {"Error"}});
    for (const auto& node : detail.nodes) {
        const auto drawn = std::find_if(detail.graph.nodes.begin(), detail.graph.nodes.end(),
                                        [&](const auto& candidate) { return candidate.id == node.nodeId; });
        table.add(
            {{node.nodeId, Tone::Strong},
             {stateText(node.status), stateTone(node.status)},
             {drawn == detail.graph.nodes.end() ? std::string() : drawn->type, Tone::Muted},
             {spanOf(node.started, node.finished, now)},
             {node.attempt > 0 ? std::to_string(node.attempt) : std::string()},
             {node.itemsTotal > 0 ? fmt::format("{}/{}", node.itemsDone, node.itemsTotal) : std::string()},
             {node.error ? fmt::format("{} [{}]", onOneLine(node.error->message), node.error->code) : std::string(),
              Tone::Bad}});
    }
    table.print(output.out);
}

void printJournal(const protocol::JournalPage& page, Output& output) {
    output.out.line();
    Table table({{"Seq", Table::Align::Right},
                 {"Time"},
                 {"Record"},
                 {"Node"},
                 {"Try", Table::Align::Right},
                 {"Took", Table::Align::Right},
                 {"Payload"}});
    for (const auto& record : page.records) {
        const std::string node = record.item ? fmt::format("{}[{}]", record.node, *record.item) : record.node;
        table.add({{std::to_string(record.seq)},
                   {formatTimestamp(record.wall), Tone::Muted},
                   {record.kind},
                   {node, Tone::Strong},
                   {record.attempt > 0 ? std::to_string(record.attempt) : std::string()},
                   {record.took > 0 ? humanDuration(record.took) : std::string()},
                   {record.payload.isDefined() ? cutTo(onOneLine(writeJson(record.payload)), 400) : std::string(),
                    Tone::Muted}});
    }
    table.print(output.out);
}

/// Every record, page by page.
Result<protocol::JournalPage> wholeJournal(Session& session, const std::string& run) {
    constexpr quint32 kPage = 10'000;
    protocol::JournalPage all;
    quint64 from = 0;
    while (true) {
        SIGNALBOX_TRY(auto page,
                      Session::await(session.client().runs().journal(QString::fromStdString(run), from, kPage)));
        const bool last = page.records.size() < kPage;
        if (!page.records.empty()) from = page.records.back().seq + 1;
        std::move(page.records.begin(), page.records.end(), std::back_inserter(all.records));
        if (last) return all;
    }
}

}  // namespace

int runsCommand(const Arguments& arguments, Output& output) {
    auto session = Session::openToLook(arguments, output);
    if (!session) return output.error(session.error());
    auto list = listRuns(arguments, **session);
    if (!list) return output.error(list.error());
    if (output.json)
        output.value(protocol::toValue(*list));
    else if (list->runs.empty())
        output.err.line(fmt::format("No such runs in {}.", (*session)->place()));
    else
        printRuns(*list, output);
    return kOk;
}

int showCommand(const Arguments& arguments, Output& output) {
    auto session = Session::openToLook(arguments, output);
    if (!session) return output.error(session.error());
    auto run = (*session)->resolveRun(arguments.operands.front());
    if (!run) return output.error(run.error());
    auto detail = Session::await((*session)->client().runs().get(QString::fromStdString(*run)));
    if (!detail) return output.error(detail.error());
    protocol::JournalPage journal;
    if (arguments.has("journal")) {
        auto all = wholeJournal(**session, *run);
        if (!all) return output.error(all.error());
        journal = std::move(*all);
    }
    if (output.json) {
        Value value = protocol::toValue(*detail);
        if (arguments.has("journal")) value = value.with("journal", protocol::toValue(journal)["records"]);
        output.value(value);
        return kOk;
    }
    printHead(*detail, output);
    printNodes(*detail, output);
    for (const auto& line : waitsOf(*detail, (*session)->placeOption())) output.out.line(line);
    const auto section = [&](const char* name, const Value& value) {
        if (value.isUndefined() || value.isNull() || value.empty()) return;
        output.out.line();
        output.out.line(output.out.paint(Tone::Muted, name));
        output.out.line(writeJson(value, JsonStyle::Pretty));
    };
    section("inputs", detail->inputs);
    section("outputs", detail->outputs);
    if (arguments.has("journal")) printJournal(journal, output);
    return kOk;
}

}  // namespace signalbox::ctl
