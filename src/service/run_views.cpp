// One run: its nodes, items, timeline, journal and log.
#include "service/run_views.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "protocol/errors.h"
#include "service/dto_mapping.h"
#include "service/event_rights.h"
#include "service/pages.h"

namespace signalbox::service {

namespace {

constexpr std::size_t kAttemptsShown = 1000;

using Bar = engine::HistoryBar;

std::optional<protocol::ErrorDto> errorDto(const Value& error) {
    if (!error.isObject()) return std::nullopt;
    return protocol::toDto(engine::errorFromValue(error));
}

const char* outcomeName(Bar::Outcome outcome) {
    switch (outcome) {
        case Bar::Outcome::Open:
            return "running";
        case Bar::Outcome::Succeeded:
        case Bar::Outcome::Done:
            return "succeeded";
        case Bar::Outcome::Failed:
            return "failed";
        case Bar::Outcome::Cancelled:
            return "cancelled";
        case Bar::Outcome::Lost:
            return "lost";
        case Bar::Outcome::Reused:
            return "reused";
    }
    return "";
}

/// Of the node itself, without those of its items.
std::vector<protocol::AttemptDto> attemptsOf(const engine::RunHistory& history, std::uint32_t node) {
    std::vector<protocol::AttemptDto> attempts;
    const auto& bars = history.bars();
    for (std::size_t i = bars.size(); i-- > 0 && attempts.size() < kAttemptsShown;) {
        const Bar& bar = bars[i];
        if (bar.node != node || bar.item != engine::kNoItem || bar.phase == Bar::Phase::Backoff) continue;
        attempts.push_back({std::nullopt, bar.generation, bar.attempt, outcomeName(bar.outcome), bar.ready, bar.started,
                            bar.ended, errorDto(history.errorOf(i))});
    }
    std::reverse(attempts.begin(), attempts.end());
    return attempts;
}

void addBar(protocol::RunTimeline& timeline, const Bar& bar, std::size_t number) {
    static constexpr const char* kPhases = "rwb";
    static constexpr const char* kOutcomes = " sfclud";
    const auto since = [&](Micros wall) { return wall == 0 ? Micros{-1} : wall - timeline.origin; };
    timeline.bar.push_back(static_cast<std::uint32_t>(number));
    timeline.node.push_back(bar.node);
    timeline.item.push_back(bar.item == engine::kNoItem ? -1 : static_cast<std::int32_t>(bar.item));
    timeline.generation.push_back(bar.generation);
    timeline.attempt.push_back(bar.attempt);
    timeline.ready.push_back(since(bar.ready));
    timeline.started.push_back(since(bar.started));
    timeline.ended.push_back(since(bar.ended));
    timeline.phases.push_back(kPhases[static_cast<std::size_t>(bar.phase)]);
    timeline.outcomes.push_back(kOutcomes[static_cast<std::size_t>(bar.outcome)]);
}

protocol::RunItemDto itemDto(const engine::MapState& map, std::uint32_t index) {
    const engine::ItemState& state = map.states[index];
    protocol::RunItemDto dto;
    dto.item = index;
    dto.status = engine::nodeStatusName(state.status);
    dto.attempt = state.attempt;
    dto.input = map.items.at(index);
    dto.output = state.output;
    dto.error = errorDto(state.error);
    return dto;
}

/// The item or bar that a page goes on behind; -1: it begins at the first.
template <class Request>
Result<std::int64_t> behindOf(const Request& request) {
    if (request.cursor.empty()) return -1;
    if (request.offset != 0) return fail("request.invalid", "offset and cursor exclude each other", "/offset");
    SIGNALBOX_TRY(const PageKey key, readPageCursor(Request::kName, request.cursor));
    return key.rank;
}

}  // namespace

Result<std::uint32_t> RunViews::indexOf(const engine::Plan& plan, const std::string& nodeId, const std::string& runId) {
    if (nodeId.empty()) return engine::kNoNode;
    const auto index = plan.indexOf(nodeId);
    if (index != engine::kNone) return index;
    std::vector<std::string> ids;
    for (const auto& node : plan.nodes) ids.push_back(node.id);
    const auto meant = didYouMean(nodeId, ids);
    return fail("run.node-not-found", fmt::format("The run has no node \"{}\"", nodeId), runId,
                meant ? fmt::format("Did you mean \"{}\"?", *meant) : std::string());
}

Result<engine::RunSnapshot> RunViews::snapshot(RunId run) {
    if (engine_.has(run)) return engine_.snapshot(run);
    SIGNALBOX_TRY(auto summary, store_.summary(run));
    if (!summary) return fail("run.not-found", "There is no such run", run.toString());
    SIGNALBOX_TRY(const auto history, histories_.open(run));
    engine::RunSnapshot snapshot;
    snapshot.summary = std::move(*summary);
    snapshot.plan = history->sharedPlan();
    const engine::RunState& state = history->state();
    snapshot.inputs = state.inputs;
    snapshot.outputs = state.outputs;
    snapshot.error = state.error;
    for (engine::NodeIndex i = 0; i < state.nodes.size(); ++i) {
        snapshot.nodes.push_back(engine::snapshotOfNode(history->plan(), state, i, false));
    }
    for (std::size_t i = snapshot.nodes.size(); i < snapshot.plan->nodes.size(); ++i) {
        snapshot.nodes.emplace_back().id = snapshot.plan->nodes[i].id;  // nothing was journalled yet
    }
    return snapshot;
}

Result<protocol::NodeData> RunViews::node(RunId run, const std::string& nodeId) {
    SIGNALBOX_TRY(const auto plan, engine_.planOf(run));
    SIGNALBOX_TRY(const auto index, indexOf(*plan, nodeId, run.toString()));
    protocol::NodeData data;
    SIGNALBOX_TRY(const auto history, histories_.open(run));
    data.attempts = attemptsOf(*history, index);
    engine::NodeSnapshot node;
    if (engine_.has(run)) {
        SIGNALBOX_TRY(node, engine_.node(run, nodeId));
    } else if (index < history->state().nodes.size()) {
        node = engine::snapshotOfNode(*plan, history->state(), index, true);
    } else {
        node.id = nodeId;
    }
    data.state = toDto(node);
    data.inputs = node.inputs;
    data.outputs = node.outputs;
    return data;
}

Result<protocol::RunItemPage> RunViews::items(const protocol::GetRunItems& request) {
    SIGNALBOX_TRY(const auto history, histories_.open(*RunId::parse(request.runId)));
    SIGNALBOX_TRY(const auto index, indexOf(history->plan(), request.nodeId, request.runId));
    SIGNALBOX_TRY(const std::int64_t behind, behindOf(request));
    protocol::RunItemPage page;
    const auto& nodes = history->state().nodes;
    if (index >= nodes.size() || !nodes[index].map) return page;
    const engine::MapState& map = *nodes[index].map;
    for (std::uint32_t i = 0; i < map.states.size(); ++i) {
        const auto status = engine::nodeStatusName(map.states[i].status);
        if (!request.statuses.empty() &&
            std::find(request.statuses.begin(), request.statuses.end(), status) == request.statuses.end()) {
            continue;
        }
        const std::uint32_t rank = page.total++;
        if (rank < request.offset || i <= behind) continue;
        if (page.items.size() < request.limit) {
            page.items.push_back(itemDto(map, i));
        } else if (page.nextCursor.empty()) {
            page.nextCursor = pageCursor(request.kName, {page.items.back().item});
        }
    }
    return page;
}

Result<protocol::RunTimeline> RunViews::timeline(const protocol::GetRunTimeline& request) {
    SIGNALBOX_TRY(const auto history, histories_.open(*RunId::parse(request.runId)));
    protocol::RunTimeline timeline;
    timeline.origin = history->begun();
    timeline.seq = history->state().lastSeq;
    for (const auto& node : history->plan().nodes) timeline.nodes.push_back(node.id);
    const auto& bars = history->bars();
    SIGNALBOX_TRY(const std::int64_t behind, behindOf(request));
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (bars[i].changed <= request.afterSeq) continue;
        const std::uint32_t rank = timeline.total++;
        if (rank < request.offset || static_cast<std::int64_t>(i) <= behind) continue;
        if (timeline.bar.size() < request.limit) {
            addBar(timeline, bars[i], i);
        } else if (timeline.nextCursor.empty()) {
            timeline.nextCursor = pageCursor(request.kName, {timeline.bar.back()});
        }
    }
    return timeline;
}

Result<protocol::JournalPage> RunViews::journal(const protocol::GetRunJournal& request) {
    const RunId run = *RunId::parse(request.runId);
    SIGNALBOX_TRY(const auto plan, engine_.planOf(run));
    SIGNALBOX_TRY(const auto node, indexOf(*plan, request.nodeId, request.runId));
    store::JournalQuery query;
    query.fromSeq = request.fromSeq;
    query.limit = request.limit;
    query.backwards = request.backwards;
    if (node != engine::kNoNode) query.node = node;
    for (int kind = 1; kind <= engine::kRecordKinds; ++kind) {
        const auto name = engine::recordKindName(static_cast<engine::RecordKind>(kind));
        if (std::find(request.kinds.begin(), request.kinds.end(), name) == request.kinds.end()) continue;
        query.kinds.push_back(static_cast<engine::RecordKind>(kind));
    }
    SIGNALBOX_TRY(const auto slice, store_.journal(run, query));
    protocol::JournalPage page;
    page.lastSeq = slice.lastSeq;
    page.nextSeq = slice.nextSeq;
    for (const auto& record : slice.records) page.records.push_back(toDto(record, *plan));
    return page;
}

Result<protocol::RunLogPage> RunViews::logs(const protocol::GetRunLogs& request) {
    const RunId run = *RunId::parse(request.runId);
    SIGNALBOX_TRY(const auto plan, engine_.planOf(run));
    SIGNALBOX_TRY(const auto node, indexOf(*plan, request.nodeId, request.runId));
    store::LogQuery query;
    query.fromLine = request.fromLine;
    query.limit = request.limit;
    query.backwards = request.backwards;
    query.least = logLevelOf(request.level);
    if (node != engine::kNoNode) query.node = node;
    query.text = request.text;
    SIGNALBOX_TRY(const auto slice, store_.logs().read(run, query));
    protocol::RunLogPage page;
    page.more = slice.more;
    page.kept = slice.kept;
    page.dropped = slice.dropped;
    for (const auto& line : slice.lines) {
        protocol::LogLineDto dto;
        dto.line = line.line;
        dto.wall = line.wall;
        dto.level = logLevelName(line.level);
        if (line.node < plan->nodes.size()) dto.nodeId = plan->nodes[line.node].id;
        if (line.item != engine::kNoItem) dto.item = line.item;
        dto.attempt = line.attempt;
        dto.text = line.text;
        dto.data = line.data;
        page.lines.push_back(std::move(dto));
    }
    return page;
}

}  // namespace signalbox::service
