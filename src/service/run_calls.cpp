#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "protocol/errors.h"
#include "service/calls.h"
#include "service/catalog.h"
#include "service/dto_mapping.h"
#include "service/worker_threads.h"

namespace signalbox::service {

namespace {

constexpr const char* kElsewhere = "run.owned-elsewhere";

auto noEngine() { return fail("gateway.no-engine", "This gateway only looks at documents; nothing runs here"); }

auto noSuchRun(const std::string& runId) {
    return fail("run.not-found", "There is no such run", runId, "List the runs to see what there is");
}

engine::RunFilter filterOf(const protocol::ListRuns& request) {
    engine::RunFilter filter;
    if (!request.status.empty()) filter.status = engine::runStatusFromName(request.status);
    filter.workflowId = request.workflowId;
    filter.errorText = request.errorText;
    filter.createdAfter = request.createdAfter;
    filter.createdBefore = request.createdBefore;
    filter.limit = request.limit;
    filter.cursor = request.cursor;
    return filter;
}

}  // namespace

Result<engine::RunSnapshot> RunCalls::snapshot(const std::string& runId) const {
    if (parts_.engine == nullptr) return noSuchRun(runId);
    auto snapshot = parts_.engine->snapshot(*RunId::parse(runId));
    if (!snapshot || !engine::isTerminal(snapshot->summary.status) || snapshot->journal.empty()) return snapshot;
    // A run has ended when its last record is on disk, not before.
    auto& summary = snapshot->summary;
    if (summary.status != engine::RunStatus::Quarantined &&
        snapshot->journal.back().kind != engine::RecordKind::RunFinished) {
        summary.status = engine::RunStatus::Running;
        summary.finishedWall = 0;
    }
    return snapshot;
}

void RunCalls::call(const CallContext& context, const protocol::StartRun& request, const ReplyOnce& reply) const {
    if (parts_.engine == nullptr) return reply(noEngine());
    auto plan = request.text.empty() ? parts_.catalog->compileWorkflow(request.workflowId)
                                     : parts_.catalog->compile(request.text);
    if (!plan) return reply(fail(std::move(plan).error()));
    engine::StartRequest start;
    start.plan = *plan;
    start.inputs = request.inputs;
    start.idempotencyKey = request.idempotencyKey;
    start.priority = request.priority;
    start.startedBy = context.principal.name;
    parts_.engine->start(std::move(start), [bus = parts_.bus, plan = *plan, reply](Result<RunId> run) {
        if (!run) return reply(fail(std::move(run).error()));
        bus->remember(*run, {plan->workflowId, plan});
        reply(protocol::Reply(protocol::RunRef{run->toString()}));
    });
}

void RunCalls::call(const CallContext& context, const protocol::RerunRun& request, const ReplyOnce& reply) const {
    if (parts_.engine == nullptr) return reply(noEngine());
    using Mode = engine::RerunRequest::Mode;
    engine::RerunRequest rerun;
    rerun.run = *RunId::parse(request.runId);
    rerun.mode = request.mode == "from" ? Mode::FromNode : request.mode == "failed" ? Mode::FailedOnly : Mode::All;
    rerun.node = request.fromNode;
    rerun.inputs = request.inputs;
    rerun.startedBy = context.principal.name;
    parts_.engine->rerun(std::move(rerun), [reply](Result<RunId> run) {
        if (!run) return reply(fail(std::move(run).error()));
        reply(protocol::Reply(protocol::RunRef{run->toString()}));
    });
}

void RunCalls::call(const CallContext&, const protocol::ListRuns& request, const ReplyOnce& reply) const {
    if (parts_.runs == nullptr) return reply(protocol::Reply(protocol::RunList{}));
    auto page = parts_.runs->list(filterOf(request));
    if (!page) return reply(fail(std::move(page).error()));
    protocol::RunList list;
    list.nextCursor = page->nextCursor;
    list.total = page->total;
    for (const auto& run : page->runs) list.runs.push_back(toDto(run));
    reply(protocol::Reply(std::move(list)));
}

void RunCalls::call(const CallContext&, const protocol::GetRun& request, const ReplyOnce& reply) const {
    protocol::RunDetail detail;
    // Taken first: an event that comes while the snapshot is made is seen twice rather than not at all.
    detail.eventSeq = parts_.bus->lastSeq();
    auto run = snapshot(request.runId);
    if (!run) return reply(fail(std::move(run).error()));
    detail.summary = toDto(run->summary);
    detail.graph = parts_.catalog->graphOf(*run->plan);
    detail.inputs = run->inputs;
    detail.outputs = run->outputs;
    if (run->error.isObject()) detail.error = protocol::toDto(engine::errorFromValue(run->error));
    for (const auto& node : run->nodes) detail.nodes.push_back(toDto(node));
    reply(protocol::Reply(std::move(detail)));
}

void RunCalls::call(const CallContext&, const protocol::GetRunNode& request, const ReplyOnce& reply) const {
    auto run = snapshot(request.runId);
    if (!run) return reply(fail(std::move(run).error()));
    const auto node = std::find_if(run->nodes.begin(), run->nodes.end(),
                                   [&](const auto& candidate) { return candidate.id == request.nodeId; });
    if (node == run->nodes.end()) {
        std::vector<std::string> ids;
        for (const auto& known : run->nodes) ids.push_back(known.id);
        const auto meant = didYouMean(request.nodeId, ids);
        return reply(fail("run.node-not-found", fmt::format("The run has no node \"{}\"", request.nodeId),
                          request.runId, meant ? fmt::format("Did you mean \"{}\"?", *meant) : std::string()));
    }
    reply(protocol::Reply(protocol::NodeData{toDto(*node), node->inputs, node->outputs}));
}

void RunCalls::call(const CallContext&, const protocol::GetRunJournal& request, const ReplyOnce& reply) const {
    auto run = snapshot(request.runId);
    if (!run) return reply(fail(std::move(run).error()));
    protocol::JournalPage page;
    for (const auto& record : run->journal) {
        if (record.seq < request.fromSeq) continue;
        if (page.records.size() >= request.limit) break;
        page.records.push_back(toDto(record, *run->plan));
    }
    reply(protocol::Reply(std::move(page)));
}

void RunCalls::control(const CallContext& context, const std::string& runId, protocol::Request request, Action action,
                       const ReplyOnce& reply) const {
    if (parts_.engine == nullptr) return reply(noSuchRun(runId));
    const RunId run = *RunId::parse(runId);
    auto elsewhere = [this, run, reach = context.reach, request = std::move(request), action, reply](Error error) {
        if (reach == Dispatcher::Reach::HereOnly) return reply(fail(std::move(error)));
        if (parts_.askPeers) {
            if (auto outcome = parts_.askPeers(request)) return reply(std::move(*outcome));
        }
        if (parts_.adopt && parts_.adopt(run)) {
            return action(*parts_.engine, run, [reply](Status status) { reply.with(std::move(status)); });
        }
        reply(fail(std::move(error)));
    };
    action(*parts_.engine, run, [workers = parts_.workers, elsewhere = std::move(elsewhere), reply](Status status) {
        if (status || status.error().code != kElsewhere) return reply.with(std::move(status));
        // Asking others waits, and this may be a thread of the engine.
        workers->post([elsewhere, error = status.error()] { elsewhere(error); });
    });
}

void RunCalls::call(const CallContext& context, const protocol::CancelRun& request, const ReplyOnce& reply) const {
    control(
        context, request.runId, request,
        [by = context.principal.name, reason = request.reason](engine::Engine& engine, RunId run, auto done) {
            engine.cancel(run, by, reason, std::move(done));
        },
        reply);
}

void RunCalls::call(const CallContext& context, const protocol::PauseRun& request, const ReplyOnce& reply) const {
    control(
        context, request.runId, request,
        [by = context.principal.name](engine::Engine& engine, RunId run, auto done) {
            engine.pause(run, by, std::move(done));
        },
        reply);
}

void RunCalls::call(const CallContext& context, const protocol::ResumeRun& request, const ReplyOnce& reply) const {
    control(
        context, request.runId, request,
        [by = context.principal.name](engine::Engine& engine, RunId run, auto done) {
            engine.resume(run, by, std::move(done));
        },
        reply);
}

void RunCalls::call(const CallContext& context, const protocol::SignalRun& request, const ReplyOnce& reply) const {
    const Value value = request.value.isUndefined() ? Value() : request.value;
    control(
        context, request.runId, request,
        [by = context.principal.name, name = request.name, value](engine::Engine& engine, RunId run, auto done) {
            engine.signal(run, name, value, by, std::move(done));
        },
        reply);
}

void RunCalls::call(const CallContext& context, const protocol::DecideApproval& request, const ReplyOnce& reply) const {
    control(
        context, request.runId, request,
        [by = context.principal.name, request](engine::Engine& engine, RunId run, auto done) {
            engine.decide(run, request.nodeId, request.approved, by, request.comment, std::move(done));
        },
        reply);
}

}  // namespace signalbox::service
