#include "ui/models/run_session.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

#include "ui/text/format.h"
#include "ui/text/states.h"

namespace signalbox::ui {

RunSession::RunSession(client::GatewayClient& client, QObject* parent)
    : QObject(parent), client_(client), clock_([] { return QDateTime::currentMSecsSinceEpoch() * 1000; }) {}

void RunSession::reset() {
    ++turn_;
    endStream();
    early_.clear();
    detail_ = {};
    indexOfNode_.clear();
    approvals_.clear();
    titles_.clear();
    runId_.clear();
    lastSeq_ = 0;
    open_ = starting_ = loaded_ = fetching_ = wide_ = live_ = false;
}

// Later, for this may be called while the stream tells something.
void RunSession::endStream() {
    if (!stream_) return;
    stream_->disconnect(this);
    stream_->deleteLater();
    stream_.clear();
}

void RunSession::close() {
    if (!open_) return;
    reset();
    Q_EMIT opened();
}

void RunSession::start(protocol::StartRun request) {
    openWhenMade([this, request = std::move(request)] { return client_.runs().start(request); });
}

void RunSession::openWhenMade(const MakeRun& make) {
    reset();
    listen({});
    open_ = starting_ = live_ = true;
    Q_EMIT opened();
    const auto turn = turn_;
    make().then(this, [this, turn](const Result<protocol::RunRef>& reply) {
        if (turn != turn_) return;
        if (!reply) {
            close();
            Q_EMIT failed(reply.error());
            return;
        }
        runId_ = toQString(reply->runId);
        fetch();
    });
}

void RunSession::open(const QString& runId) {
    if (open_ && runId == runId_) return;
    reset();
    open_ = starting_ = true;
    runId_ = runId;
    Q_EMIT opened();
    fetch();
}

void RunSession::refresh() {
    if (open_ && !runId_.isEmpty()) fetch();
}

void RunSession::listen(protocol::EventFilter filter) {
    endStream();
    filter.workflows = false;  // of runs only: who may see no more can follow theirs
    wide_ = filter.runId.empty();
    stream_ = client_.events(std::move(filter), this);
    connect(stream_, &client::EventStream::received, this, &RunSession::receive);
}

void RunSession::fetch() {
    if (fetching_) return;
    fetching_ = true;
    const auto turn = turn_;
    client_.runs().get(runId_).then(this, [this, turn](const Result<protocol::RunDetail>& reply) {
        if (turn != turn_) return;
        fetching_ = false;
        if (reply) {
            adopt(*reply);
            return;
        }
        if (!loaded_) close();
        Q_EMIT failed(reply.error());
    });
}

void RunSession::adopt(const protocol::RunDetail& detail) {
    const bool first = !std::exchange(loaded_, true);
    detail_ = detail;
    starting_ = false;
    indexOfNode_.clear();
    for (std::size_t i = 0; i < detail_.nodes.size(); ++i) {
        indexOfNode_.insert(toQString(detail_.nodes[i].nodeId), static_cast<int>(i));
    }
    recount();
    if (first) {
        Q_EMIT opened();
    } else {
        Q_EMIT refreshed();
    }
    for (const auto& event : std::exchange(early_, {})) apply(event);
    if (!isFinished() && detail_.eventSeq > 0) {
        live_ = true;
        if (!stream_) listen({detail_.summary.runId, true, true, detail_.eventSeq});
        narrow();
    }
    Q_EMIT statusChanged();
    if (isFinished() && std::exchange(live_, false)) Q_EMIT finished(status() == QLatin1String("succeeded"));
}

// From the first batch on only this run's events are needed. Before it the wide stream stays: log lines that are still
// on their way in it are in no state that could be fetched.
void RunSession::narrow() {
    if (!wide_ || !loaded_ || lastSeq_ == 0 || isFinished()) return;
    listen({detail_.summary.runId, true, true, lastSeq_});
}

// What is kept beside the states, so that an event costs the same however large the graph is.
void RunSession::recount() {
    auto& summary = detail_.summary;
    summary.nodesDone = summary.nodesFailed = summary.nodesSkipped = 0;
    for (const auto& state : detail_.nodes) count(state.status, 1);
    approvals_.clear();
    titles_.clear();
    for (const auto& node : detail_.graph.nodes) {
        const auto id = toQString(node.id);
        if (node.type == "ApprovalNode") approvals_ << id;
        if (!node.title.empty()) titles_.insert(id, toQString(node.title));
    }
}

void RunSession::receive(const std::vector<protocol::EventDto>& events) {
    std::vector<protocol::EventDto> lines;
    for (const auto& event : events) {
        lastSeq_ = std::max({lastSeq_, event.seq, event.lostUntil});
        const bool lost = event.kind == "lost";
        if (!lost && (runId_.isEmpty() || toQString(event.runId) != runId_)) {
            if (runId_.isEmpty()) early_.push_back(event);
            continue;
        }
        if (event.kind == "log" || event.kind == "refused") {
            lines.push_back(event);
        } else if (loaded_) {
            apply(event);
        } else {
            early_.push_back(event);
        }
    }
    if (!lines.empty()) Q_EMIT logged(lines);
    // Queued: the stream that is calling must not be replaced under its own signal.
    if (wide_ && loaded_) QMetaObject::invokeMethod(this, &RunSession::narrow, Qt::QueuedConnection);
}

void RunSession::apply(const protocol::EventDto& event) {
    if (event.kind == "lost") {
        Q_EMIT eventsLost();
        fetch();
        return;
    }
    if (toQString(event.runId) != runId_) return;
    if (event.kind == "log" || event.kind == "refused") {
        Q_EMIT logged({event});
        return;
    }
    // The state that was fetched has this event in it.
    if (event.seq <= detail_.eventSeq) return;
    if (event.kind == "node" || event.kind == "progress") {
        applyNode(event);
    } else if (event.kind == "run") {
        detail_.summary.status = event.status;
        if (detail_.summary.started == 0 && event.status == "running") detail_.summary.started = event.wall;
        // The result, and the errors with their hints, come with the whole state.
        if (isFinished()) {
            detail_.summary.finished = event.wall;
            fetch();
        }
        Q_EMIT statusChanged();
    }
}

void RunSession::applyItem(protocol::NodeStateDto& state, const protocol::EventDto& event) {
    state.itemsTotal = std::max(state.itemsTotal, *event.item + 1);
    const auto status = toQString(event.status);
    if (event.kind == "node" && isFinalNodeStatus(status)) {
        state.itemsDone = std::min(state.itemsDone + 1, state.itemsTotal);
    }
}

void RunSession::applyNode(const protocol::EventDto& event) {
    const int index = indexOfNode_.value(toQString(event.nodeId), -1);
    if (index < 0) return;
    auto& state = detail_.nodes[static_cast<std::size_t>(index)];
    if (event.item) {
        applyItem(state, event);
    } else if (event.kind == "node") {
        count(state.status, static_cast<std::uint32_t>(-1));
        count(event.status, 1);
        state.status = event.status;
        state.generation = event.generation;
        if (event.attempt > 0) state.attempt = event.attempt;
        if (event.status == "running") {
            state.started = event.wall;
            state.finished = 0;
            state.error.reset();
        } else if (isFinalNodeStatus(toQString(event.status))) {
            state.finished = event.wall;
            if (state.started == 0 && event.took > 0) state.started = event.wall - event.took;
        }
        if (!event.code.empty()) state.error = protocol::ErrorDto{event.code, event.text, event.nodeId, {}, false};
    }
    Q_EMIT nodeChanged(index);
}

void RunSession::count(const std::string& status, std::uint32_t amount) {
    auto& summary = detail_.summary;
    // Unsigned arithmetic wraps, so that adding -1 takes one away.
    if (status == "failed") {
        summary.nodesFailed += amount;
    } else if (status == "skipped") {
        summary.nodesSkipped += amount;
    } else if (isFinalNodeStatus(toQString(status))) {
        summary.nodesDone += amount;
    }
}

bool RunSession::isFinished() const { return loaded_ && isFinalRunStatus(toQString(detail_.summary.status)); }

QString RunSession::status() const {
    if (!open_) return {};
    return loaded_ ? toQString(detail_.summary.status) : QStringLiteral("starting");
}

const protocol::NodeStateDto* RunSession::node(const QString& id) const {
    const int index = indexOfNode_.value(id, -1);
    return index < 0 ? nullptr : &detail_.nodes[static_cast<std::size_t>(index)];
}

QString RunSession::titleOf(const QString& nodeId) const { return titles_.value(nodeId, nodeId); }

int RunSession::finishedNodes() const {
    const auto& summary = detail_.summary;
    return static_cast<int>(summary.nodesDone + summary.nodesFailed + summary.nodesSkipped);
}

QStringList RunSession::waitingApprovals() const {
    QStringList waiting;
    for (const auto& id : approvals_) {
        const auto* state = node(id);
        if (state && state->status == "waiting") waiting << id;
    }
    return waiting;
}

}  // namespace signalbox::ui
