// Every call a console can make: a struct each, with its name, its reply and the permission it needs.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/dto.h"

namespace signalbox::protocol {

/// Declares the name, the reply type and the permission of a request.
#define SIGNALBOX_REQUEST(wireName, ReplyType, permissionName) \
    using Reply = ReplyType;                                   \
    static constexpr const char* kName = wireName;             \
    static constexpr const char* kPermission = permissionName

struct GetGatewayInfo {
    SIGNALBOX_REQUEST("gateway.info", GatewayInfo, "gateway:read");
};
BOOST_DESCRIBE_STRUCT(GetGatewayInfo, (), ())

struct GetEngineStats {
    SIGNALBOX_REQUEST("engine.stats", EngineStatsDto, "gateway:read");
};
BOOST_DESCRIBE_STRUCT(GetEngineStats, (), ())

struct WorkflowList {
    std::vector<WorkflowSummary> workflows;
    bool operator==(const WorkflowList&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowList, (), (workflows))
struct ListWorkflows {
    SIGNALBOX_REQUEST("workflows.list", WorkflowList, "workflow:read");
    std::string text;  ///< substring of id, name or tag; empty: all
};
BOOST_DESCRIBE_STRUCT(ListWorkflows, (), (text))

struct GetWorkflow {
    SIGNALBOX_REQUEST("workflows.get", WorkflowDetail, "workflow:read");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetWorkflow, (), (id))

struct ValidationReport {
    bool valid = false;
    std::vector<FindingDto> findings;
    Graph graph;  ///< as far as it could be understood
    bool operator==(const ValidationReport&) const = default;
};
BOOST_DESCRIBE_STRUCT(ValidationReport, (), (valid, findings, graph))
struct ValidateWorkflow {
    SIGNALBOX_REQUEST("workflows.validate", ValidationReport, "workflow:read");
    std::string text;
};
BOOST_DESCRIBE_STRUCT(ValidateWorkflow, (), (text))

struct SaveWorkflow {
    SIGNALBOX_REQUEST("workflows.save", WorkflowDetail, "workflow:write");
    std::string text;          ///< drafts with errors may be saved
    std::string expectedEtag;  ///< of the text it was made from; empty: must be new. Otherwise "workflow.conflict"
};
BOOST_DESCRIBE_STRUCT(SaveWorkflow, (), (text, expectedEtag))

struct RunRef {
    std::string runId;
    bool operator==(const RunRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunRef, (), (runId))
struct StartRun {
    SIGNALBOX_REQUEST("runs.start", RunRef, "run:start");
    std::string workflowId;  ///< of the workspace; or
    std::string text;        ///< a document given with the call
    Value inputs = Value::object();
    std::optional<std::string> idempotencyKey;
    std::int32_t priority = 0;
};
BOOST_DESCRIBE_STRUCT(StartRun, (), (workflowId, text, inputs, idempotencyKey, priority))

struct RunList {
    std::vector<RunSummaryDto> runs;
    std::string nextCursor;
    std::uint64_t total = 0;
    bool operator==(const RunList&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunList, (), (runs, nextCursor, total))
struct ListRuns {
    SIGNALBOX_REQUEST("runs.list", RunList, "run:read");
    std::string status;
    std::string workflowId;
    std::string errorText;
    WallTime createdAfter = 0;
    WallTime createdBefore = 0;
    std::uint32_t limit = 100;
    std::string cursor;
};
BOOST_DESCRIBE_STRUCT(ListRuns, (), (status, workflowId, errorText, createdAfter, createdBefore, limit, cursor))

struct GetRun {
    SIGNALBOX_REQUEST("runs.get", RunDetail, "run:read");
    std::string runId;
};
BOOST_DESCRIBE_STRUCT(GetRun, (), (runId))

struct GetRunNode {
    SIGNALBOX_REQUEST("runs.node", NodeData, "run:read");
    std::string runId;
    std::string nodeId;
};
BOOST_DESCRIBE_STRUCT(GetRunNode, (), (runId, nodeId))

struct JournalPage {
    std::vector<JournalRecordDto> records;
    bool operator==(const JournalPage&) const = default;
};
BOOST_DESCRIBE_STRUCT(JournalPage, (), (records))
struct GetRunJournal {
    SIGNALBOX_REQUEST("runs.journal", JournalPage, "run:read");
    std::string runId;
    std::uint64_t fromSeq = 0;
    std::uint32_t limit = 1000;
};
BOOST_DESCRIBE_STRUCT(GetRunJournal, (), (runId, fromSeq, limit))

struct CancelRun {
    SIGNALBOX_REQUEST("runs.cancel", Empty, "run:control");
    std::string runId;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CancelRun, (), (runId, reason))

struct PauseRun {
    SIGNALBOX_REQUEST("runs.pause", Empty, "run:control");
    std::string runId;
};
BOOST_DESCRIBE_STRUCT(PauseRun, (), (runId))

struct ResumeRun {
    SIGNALBOX_REQUEST("runs.resume", Empty, "run:control");
    std::string runId;
};
BOOST_DESCRIBE_STRUCT(ResumeRun, (), (runId))

struct SignalRun {
    SIGNALBOX_REQUEST("runs.signal", Empty, "run:control");
    std::string runId;
    std::string name;
    Value value;
};
BOOST_DESCRIBE_STRUCT(SignalRun, (), (runId, name, value))

struct DecideApproval {
    SIGNALBOX_REQUEST("runs.decide", Empty, "run:approve");
    std::string runId;
    std::string nodeId;
    bool approved = false;
    std::string comment;
};
BOOST_DESCRIBE_STRUCT(DecideApproval, (), (runId, nodeId, approved, comment))

struct RerunRun {
    SIGNALBOX_REQUEST("runs.rerun", RunRef, "run:start");
    std::string runId;
    std::string mode = "all";  ///< "all", "from", "failed"
    std::string fromNode;
    std::optional<Value> inputs;
};
BOOST_DESCRIBE_STRUCT(RerunRun, (), (runId, mode, fromNode, inputs))

struct NodeTypeList {
    std::vector<Value> manifests;
    bool operator==(const NodeTypeList&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodeTypeList, (), (manifests))
struct ListNodeTypes {
    SIGNALBOX_REQUEST("nodes.list", NodeTypeList, "workflow:read");
};
BOOST_DESCRIBE_STRUCT(ListNodeTypes, (), ())

/// What a subscriber wants to hear: events of one run, or of all (runId empty), node and log events or not.
struct EventFilter {
    std::string runId;
    bool nodes = true;
    bool logs = true;
    std::uint64_t afterSeq = 0;  ///< resume behind this one; 0: from now on
    bool operator==(const EventFilter&) const = default;
};
BOOST_DESCRIBE_STRUCT(EventFilter, (), (runId, nodes, logs, afterSeq))

using Request = std::variant<GetGatewayInfo, GetEngineStats, ListWorkflows, GetWorkflow, ValidateWorkflow, SaveWorkflow,
                             StartRun, ListRuns, GetRun, GetRunNode, GetRunJournal, CancelRun, PauseRun, ResumeRun,
                             SignalRun, DecideApproval, RerunRun, ListNodeTypes>;
/// The successful replies, one type each.
using Reply = std::variant<Empty, GatewayInfo, EngineStatsDto, WorkflowList, WorkflowDetail, ValidationReport, RunRef,
                           RunList, RunDetail, NodeData, JournalPage, NodeTypeList>;

}  // namespace signalbox::protocol
