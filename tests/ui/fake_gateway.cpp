#include "ui/fake_gateway.h"

#include <algorithm>

#include "ui/overloaded.h"

namespace signalbox::test {

using namespace protocol;

struct FakeGateway::Subscriber {
    EventFilter filter;
    std::function<void(std::vector<EventDto>)> receive;
};

namespace {

class Handle : public client::SubscriptionHandle {
public:
    explicit Handle(std::function<void()> end) : end_(std::move(end)) {}
    ~Handle() override { end_(); }

private:
    std::function<void()> end_;
};

/// As a real one: only what is asked for.
bool wants(const EventFilter& filter, const EventDto& event) {
    if (!filter.runId.empty() && filter.runId != event.runId) return false;
    if (event.kind == "run") return filter.runs;
    if (event.kind == "node" || event.kind == "progress") return filter.nodes;
    if (event.kind == "log") return filter.logs;
    if (event.kind == "workflow") return filter.workflows;
    return true;
}

}  // namespace

int FakeGateway::count(const std::string& name) const {
    return static_cast<int>(std::count(calls.begin(), calls.end(), name));
}

void FakeGateway::send(Request request, std::function<void(Result<Reply>)> done) {
    const std::string name = request.visit([](const auto& r) { return std::string(r.kName); });
    calls.push_back(name);
    if (failAll) return done(fail(*failAll));
    if (const auto failure = failures_.find(name); failure != failures_.end()) {
        const auto error = failure->second;
        failures_.erase(failure);
        done(fail(error));
        return;
    }
    auto reply = [this, request = std::move(request), done = std::move(done)] { done(answer(request)); };
    if (const auto queue = held_.find(name); queue != held_.end()) {
        queue->second.emplace_back(std::move(reply));
    } else {
        reply();
    }
}

void FakeGateway::release(const std::string& name) {
    const auto queue = std::move(held_[name]);
    held_.erase(name);
    for (const auto& reply : queue) reply();
}

std::unique_ptr<client::SubscriptionHandle> FakeGateway::subscribe(EventFilter filter,
                                                                   std::function<void(std::vector<EventDto>)> receive) {
    const int id = nextSubscriber_++;
    subscribers_[id] = std::make_shared<Subscriber>(Subscriber{std::move(filter), std::move(receive)});
    return std::make_unique<Handle>([this, id] { subscribers_.erase(id); });
}

std::vector<EventFilter> FakeGateway::filters() const {
    std::vector<EventFilter> all;
    for (const auto& [id, subscriber] : subscribers_) all.push_back(subscriber->filter);
    return all;
}

RunDetail& FakeGateway::run(const std::string& id) {
    return *std::find_if(runs.begin(), runs.end(), [&](const auto& run) { return run.summary.runId == id; });
}

Result<Reply> FakeGateway::listRuns(const ListRuns& request) const {
    RunList list;
    for (const auto& run : runs) {
        if (request.workflowId.empty() || run.summary.workflowId == request.workflowId)
            list.runs.push_back(run.summary);
    }
    list.total = list.runs.size();
    return list;
}

Result<Reply> FakeGateway::start(const std::string& rerunOf) {
    if (!nextRun) return fail("test.no-run", "The test has no run to start");
    auto run = *nextRun;
    run.summary.rerunOf = rerunOf;
    run.summary.created = now_;
    run.eventSeq = seq_;
    runs.insert(runs.begin(), run);
    return RunRef{run.summary.runId};
}

Result<Reply> FakeGateway::answer(const Request& request) {
    if (auto reply = answerWorkflows(request)) return *reply;
    if (auto reply = answerRuns(request)) return *reply;
    return request.visit(Overloaded{
        [&](const GetGatewayInfo&) -> Result<Reply> {
            return GatewayInfo{"embedded", "0.1.0", 1, 0, "/srv/ops/workspace", now_, "local", "1", "", ""};
        },
        [&](const GetGatewayHealth&) -> Result<Reply> { return health; },
        [&](const GetEngineHistory&) -> Result<Reply> { return EngineHistory{}; },
        [&](const GetEngineStats&) -> Result<Reply> {
            EngineStatsDto stats;
            stats.threads = 4;
            stats.activeRuns = 1;
            stats.recordsAppended = 18'204;
            return stats;
        },
        [&](const ListNodeTypes&) -> Result<Reply> { return NodeTypeList{manifests}; },
        [](const auto&) -> Result<Reply> { return Empty{}; },
    });
}

std::optional<Result<Reply>> FakeGateway::answerRuns(const Request& request) {
    using Answer = std::optional<Result<Reply>>;
    return request.visit(Overloaded{
        [&](const StartRun& r) -> Answer {
            starts.push_back(r);
            return start({});
        },
        [&](const RerunRun& r) -> Answer { return start(r.runId); },
        [&](const ListRuns& r) -> Answer { return listRuns(r); },
        [&](const GetRun& r) -> Answer {
            const auto found =
                std::find_if(runs.begin(), runs.end(), [&](const auto& run) { return run.summary.runId == r.runId; });
            if (found == runs.end()) return fail("run.unknown", "There is no run " + r.runId, r.runId);
            auto detail = *found;
            detail.eventSeq = seq_;
            return Result<Reply>(detail);
        },
        [&](const GetRunNode& r) -> Answer {
            const auto found = nodeData.find(r.nodeId);
            return Result<Reply>(found == nodeData.end() ? NodeData{} : found->second);
        },
        [&](const DecideApproval& r) -> Answer {
            decisions.push_back(r);
            return Result<Reply>(Empty{});
        },
        [](const auto&) -> Answer { return {}; },
    });
}

void FakeGateway::tell(EventDto event) {
    event.seq = ++seq_;
    event.wall = now_;
    // A copy: a subscriber may end while it is told.
    const auto all = subscribers_;
    for (const auto& [id, subscriber] : all) {
        if (!subscribers_.contains(id)) continue;
        if (wants(subscriber->filter, event)) subscriber->receive({event});
    }
}

void FakeGateway::node(const std::string& runId, const std::string& node, const std::string& status,
                       std::uint32_t attempt, std::optional<ErrorDto> error) {
    auto& detail = run(runId);
    for (auto& state : detail.nodes) {
        if (state.nodeId != node) continue;
        state.status = status;
        state.attempt = attempt;
        state.error = error;
        if (status == "running") state.started = now_;
        if (status == "succeeded" || status == "failed" || status == "skipped") state.finished = now_;
    }
    EventDto event;
    event.kind = "node";
    event.runId = runId;
    event.nodeId = node;
    event.status = status;
    event.attempt = attempt;
    if (error) {
        event.code = error->code;
        event.text = error->message;
    }
    tell(std::move(event));
}

void FakeGateway::item(const std::string& runId, const std::string& node, std::uint32_t index,
                       const std::string& status) {
    EventDto event;
    event.kind = "node";
    event.runId = runId;
    event.nodeId = node;
    event.status = status;
    event.item = index;
    tell(std::move(event));
}

void FakeGateway::log(const std::string& runId, const std::string& node, const std::string& level,
                      const std::string& text) {
    EventDto event;
    event.kind = "log";
    event.runId = runId;
    event.nodeId = node;
    event.level = level;
    event.text = text;
    tell(std::move(event));
}

void FakeGateway::finish(const std::string& runId, const std::string& status, Value outputs,
                         std::optional<ErrorDto> error) {
    auto& detail = run(runId);
    detail.summary.status = status;
    detail.summary.finished = now_;
    detail.outputs = std::move(outputs);
    detail.error = error;
    if (error) {
        detail.summary.errorCode = error->code;
        detail.summary.errorMessage = error->message;
    }
    EventDto event;
    event.kind = "run";
    event.runId = runId;
    event.status = status;
    tell(std::move(event));
}

}  // namespace signalbox::test
