#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "protocol/errors.h"
#include "service/calls.h"
#include "service/catalog.h"
#include "service/dto_mapping.h"
#include "service/run_views.h"
#include "service/worker_threads.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

namespace {

constexpr const char* kElsewhere = "run.owned-elsewhere";

auto noEngine() { return fail("gateway.no-engine", "This gateway only looks at documents; nothing runs here"); }

auto noSuchRun(const std::string& runId) {
    return fail("run.not-found", "There is no such run", runId, "List the runs to see what there is");
}

/// Whoever waits for the end does not mind when the start is written.
Micros patienceOf(const CallContext& context) { return std::min(context.wait, engine::kStartPatience); }

engine::RunFilter filterOf(const protocol::ListRuns& request) {
    engine::RunFilter filter;
    for (const std::string& status : request.statuses) {
        if (const auto known = engine::runStatusFromName(status)) filter.statuses.push_back(*known);
    }
    filter.workflowId = request.workflowId;
    filter.errorText = request.errorText;
    filter.createdAfter = request.createdAfter;
    filter.createdBefore = request.createdBefore;
    filter.limit = request.limit;
    filter.cursor = request.cursor;
    filter.offset = request.offset;
    filter.asOf = request.asOf;
    return filter;
}

}  // namespace

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
    start.patience = patienceOf(context);
    parts_.engine->start(std::move(start), answerOfStart(context, {(*plan)->workflowId, *plan}, reply));
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
    rerun.idempotencyKey = request.idempotencyKey;
    if (request.newest) {
        const auto pinned = parts_.engine->planOf(rerun.run);
        if (!pinned) return reply(fail(pinned.error()));
        auto plan = parts_.catalog->compileWorkflow((*pinned)->workflowId);
        if (!plan) return reply(fail(std::move(plan).error()));
        rerun.plan = *std::move(plan);
    }
    rerun.patience = patienceOf(context);
    parts_.engine->rerun(std::move(rerun), answerOfStart(context, {}, reply));
}

void RunCalls::call(const CallContext&, const protocol::ListRuns& request, const ReplyOnce& reply) const {
    if (parts_.store == nullptr) return reply(protocol::Reply(protocol::RunList{}));
    engine::RunFilter filter = filterOf(request);
    auto page = parts_.store->list(filter);
    if (!page) return reply(fail(std::move(page).error()));
    protocol::RunList list;
    list.nextCursor = page->nextCursor;
    list.total = page->total;
    list.totalIsLeast = page->totalIsLeast;
    list.partial = page->partial;
    list.offset = page->offset;
    list.asOf = page->asOf;
    list.newer = page->newer;
    for (const auto& run : page->runs) list.runs.push_back(toDto(run));
    const bool more = !page->nextCursor.empty() && request.cursor.empty();
    filter.asOf = page->asOf;
    reply(protocol::Reply(std::move(list)));
    // Whoever looks at the first rows may jump to the last ones next.
    if (more && mayWarmList()) std::ignore = parts_.store->warmList(filter);
}

bool RunCalls::mayWarmList() const {
    const Micros now = clock().monotonicNow();
    Micros last = listWarmed_.load(std::memory_order_relaxed);
    return now - last >= kWarmListEvery && listWarmed_.compare_exchange_strong(last, now, std::memory_order_relaxed);
}

const Clock& RunCalls::clock() const {
    static const SystemClock kSystemClock;
    return parts_.clock != nullptr ? *parts_.clock : kSystemClock;
}

void RunCalls::call(const CallContext&, const protocol::GetRunGrid& request, const ReplyOnce& reply) const {
    if (parts_.views == nullptr) return reply(protocol::Reply(protocol::RunGrid{}));
    reply.with(parts_.views->grid(request));
}

void RunCalls::call(const CallContext&, const protocol::GetRun& request, const ReplyOnce& reply) const {
    if (parts_.views == nullptr) return reply(noSuchRun(request.runId));
    protocol::RunDetail detail;
    // Taken first: an event that comes while the snapshot is made is seen twice rather than not at all.
    detail.eventSeq = parts_.bus->lastSeq();
    auto run = parts_.views->snapshot(*RunId::parse(request.runId));
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
    if (parts_.views == nullptr) return reply(noSuchRun(request.runId));
    reply.with(parts_.views->node(*RunId::parse(request.runId), request.nodeId));
}

void RunCalls::call(const CallContext&, const protocol::GetRunItems& request, const ReplyOnce& reply) const {
    if (parts_.views == nullptr) return reply(noSuchRun(request.runId));
    reply.with(parts_.views->items(request));
}

void RunCalls::call(const CallContext&, const protocol::GetRunTimeline& request, const ReplyOnce& reply) const {
    if (parts_.views == nullptr) return reply(noSuchRun(request.runId));
    reply.with(parts_.views->timeline(request));
}

void RunCalls::call(const CallContext&, const protocol::GetRunJournal& request, const ReplyOnce& reply) const {
    if (parts_.views == nullptr) return reply(noSuchRun(request.runId));
    reply.with(parts_.views->journal(request));
}

void RunCalls::call(const CallContext&, const protocol::GetRunLogs& request, const ReplyOnce& reply) const {
    if (parts_.views == nullptr) return reply(noSuchRun(request.runId));
    reply.with(parts_.views->logs(request));
}

void RunCalls::call(const CallContext&, const protocol::ListPending& request, const ReplyOnce& reply) const {
    if (parts_.views == nullptr) return reply(protocol::Reply(protocol::PendingList{}));
    reply.with(parts_.views->pending(request));
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
