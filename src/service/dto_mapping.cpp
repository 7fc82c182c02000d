#include "service/dto_mapping.h"

#include <string>

#include "protocol/errors.h"
#include "store/retention.h"

namespace signalbox::service {

namespace {

std::string idText(RunId run) { return run.isNull() ? std::string() : run.toString(); }

std::optional<std::uint32_t> itemOf(std::uint32_t item) {
    return item == engine::kNoItem ? std::nullopt : std::optional(item);
}

}  // namespace

protocol::FindingDto toDto(const engine::Finding& finding) {
    protocol::FindingDto dto;
    dto.code = finding.code;
    dto.severity = engine::severityName(finding.severity);
    dto.message = finding.message;
    dto.hint = finding.hint;
    dto.node = finding.node;
    dto.port = finding.port;
    dto.edge = finding.edge;
    dto.pointer = finding.pointer;
    dto.line = static_cast<std::uint32_t>(finding.place.line);
    dto.column = static_cast<std::uint32_t>(finding.place.column);
    return dto;
}

std::vector<protocol::FindingDto> toDto(const std::vector<engine::Finding>& findings) {
    std::vector<protocol::FindingDto> dtos;
    dtos.reserve(findings.size());
    for (const auto& finding : findings) dtos.push_back(toDto(finding));
    return dtos;
}

protocol::RunSummaryDto toDto(const engine::RunSummary& summary) {
    protocol::RunSummaryDto dto;
    dto.runId = idText(summary.run);
    dto.workflowId = summary.workflowId;
    dto.workflowName = summary.workflowName;
    dto.version = summary.version;
    dto.status = engine::runStatusName(summary.status);
    dto.priority = summary.priority;
    dto.startedBy = summary.startedBy;
    dto.parent = idText(summary.parent);
    dto.rerunOf = idText(summary.rerunOf);
    dto.created = summary.createdWall;
    dto.started = summary.startedWall;
    dto.finished = summary.finishedWall;
    dto.nodesTotal = summary.nodesTotal;
    dto.nodesDone = summary.nodesDone;
    dto.nodesFailed = summary.nodesFailed;
    dto.nodesSkipped = summary.nodesSkipped;
    dto.errorCode = summary.errorCode;
    dto.errorMessage = summary.errorMessage;
    dto.errorNode = summary.errorNode;
    return dto;
}

protocol::NodeStateDto toDto(const engine::NodeSnapshot& node) {
    protocol::NodeStateDto dto;
    dto.nodeId = node.id;
    dto.status = engine::nodeStatusName(node.status);
    dto.generation = node.generation;
    dto.attempt = node.attempt;
    dto.started = node.startedWall;
    dto.finished = node.finishedWall;
    dto.itemsTotal = node.itemsTotal;
    dto.itemsDone = node.itemsDone;
    if (node.error.isObject()) dto.error = protocol::toDto(engine::errorFromValue(node.error));
    return dto;
}

protocol::JournalRecordDto toDto(const engine::Record& record, const engine::Plan& plan) {
    protocol::JournalRecordDto dto;
    dto.seq = record.seq;
    dto.kind = engine::recordKindName(record.kind);
    if (record.node < plan.nodes.size()) dto.node = plan.nodes[record.node].id;
    dto.item = itemOf(record.item);
    dto.generation = record.generation;
    dto.attempt = record.attempt;
    dto.wall = record.wall;
    dto.took = record.took;
    dto.payload = record.payload;
    return dto;
}

protocol::EngineStatsDto toDto(const engine::EngineStats& stats) {
    protocol::EngineStatsDto dto;
    dto.threads = static_cast<std::uint32_t>(stats.threads);
    dto.activeRuns = stats.activeRuns;
    dto.queuedRuns = stats.queuedRuns;
    dto.pendingTasks = stats.pendingTasks;
    dto.armedTimers = stats.armedTimers;
    dto.recordsAppended = stats.recordsAppended;
    dto.lateResultsRefused = stats.lateResultsRefused;
    dto.runsRecovered = stats.runsRecovered;
    dto.runsQuarantined = stats.runsQuarantined;
    dto.maxActiveRuns = static_cast<std::uint32_t>(stats.maxActiveRuns);
    dto.pool = {static_cast<std::uint32_t>(stats.busyThreads), stats.tasksExecuted, stats.tasksStolen};
    return dto;
}

protocol::RetentionDto toDto(const store::Retention& retention) {
    return {retention.maxAge, retention.maxRuns, retention.maxBytes};
}

std::string_view eventKindName(engine::EngineEvent::Kind kind) noexcept {
    using Kind = engine::EngineEvent::Kind;
    switch (kind) {
        case Kind::RunStatus:
            return "run";
        case Kind::NodeStatus:
            return "node";
        case Kind::NodeProgress:
            return "progress";
        case Kind::NodeLog:
            return "log";
        case Kind::LateResultRefused:
            return "refused";
    }
    return {};
}

protocol::EventDto toDto(const engine::EngineEvent& event) {
    using Kind = engine::EngineEvent::Kind;
    protocol::EventDto dto;
    dto.kind = eventKindName(event.kind);
    dto.runId = event.run.toString();
    dto.item = itemOf(event.item);
    dto.generation = event.generation;
    dto.attempt = event.attempt;
    dto.wall = event.wall;
    dto.took = event.took;
    dto.text = event.text;
    dto.code = event.code;
    dto.data = event.data;
    switch (event.kind) {
        case Kind::RunStatus:
            dto.status = engine::runStatusName(event.runStatus);
            break;
        case Kind::NodeStatus:
            dto.status = engine::nodeStatusName(event.nodeStatus);
            break;
        case Kind::NodeProgress:
            dto.progress = event.progress;
            break;
        case Kind::NodeLog:
            dto.level = logLevelName(event.logLevel);
            break;
        case Kind::LateResultRefused:
            break;
    }
    return dto;
}

}  // namespace signalbox::service
