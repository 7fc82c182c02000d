// Every call a console can make: a struct each, with its name, its reply and the permission it needs.
#pragma once

#include <string>
#include <vector>

#include "protocol/engine_dto.h"
#include "protocol/identity_requests.h"
#include "protocol/one_of.h"
#include "protocol/run_requests.h"
#include "protocol/trigger_requests.h"
#include "protocol/workflow_requests.h"

namespace signalbox::protocol {

struct GetGatewayInfo {
    SIGNALBOX_REQUEST("gateway.info", GatewayInfo, "gateway:read");
};
BOOST_DESCRIBE_STRUCT(GetGatewayInfo, (), ())

struct GetGatewayHealth {
    SIGNALBOX_REQUEST("gateway.health", GatewayHealth, "gateway:read");
};
BOOST_DESCRIBE_STRUCT(GetGatewayHealth, (), ())

struct GetEngineStats {
    SIGNALBOX_REQUEST("engine.stats", EngineStatsDto, "gateway:read");
};
BOOST_DESCRIBE_STRUCT(GetEngineStats, (), ())

struct GetEngineHistory {
    SIGNALBOX_REQUEST("engine.history", EngineHistory, "gateway:read");
    WallTime after = 0;  ///< only later samples; 0: all there are
};
BOOST_DESCRIBE_STRUCT(GetEngineHistory, (), (after))

/// Takes effect with the next sweep, and is kept with the workspace's runs. The reply is what holds from now on.
struct SetRetention {
    SIGNALBOX_REQUEST("engine.set-retention", RetentionDto, "gateway:write");
    RetentionDto retention;
};
BOOST_DESCRIBE_STRUCT(SetRetention, (), (retention))

struct NodeTypeList {
    std::vector<Value> manifests;
    bool operator==(const NodeTypeList&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodeTypeList, (), (manifests))
struct ListNodeTypes {
    SIGNALBOX_REQUEST("nodes.list", NodeTypeList, "workflow:read");
};
BOOST_DESCRIBE_STRUCT(ListNodeTypes, (), ())

/// What a subscriber wants to hear, kind by kind, and of what. Each kind needs its permission: whoever asks for one
/// that they may not read is refused ("auth.forbidden", with what to leave out). With a runId there are only that run's
/// own events.
struct EventFilter {
    std::string runId;           ///< empty: of all runs
    bool nodes = true;           ///< what nodes do; "run:read"
    bool logs = true;            ///< what nodes log; "run:read"
    std::uint64_t afterSeq = 0;  ///< resume behind this one; 0: from now on
    bool workflows = true;       ///< what happens to workflows' files; "workflow:read"
    bool metrics = false;        ///< the engine's numbers once a second, also with a workflowId; "gateway:read"
    bool triggers = false;       ///< the next three together
    bool schedules = false;      ///< what is done to schedules, and what they do; "schedule:read"
    bool webhooks = false;       ///< "webhook:read"
    bool watches = false;        ///< watched folders; "watch:read"
    bool runs = true;            ///< runs' statuses; "run:read"
    std::string workflowId{};    ///< only of this workflow: its runs, its file, what starts it; empty: of all
    std::string level{};         ///< of log lines: this and more serious; empty: all
    std::vector<std::string> statuses{};  ///< of runs' statuses: any of these; empty: all
    bool operator==(const EventFilter&) const = default;
};
BOOST_DESCRIBE_STRUCT(EventFilter, (),
                      (runId, nodes, logs, afterSeq, workflows, metrics, triggers, schedules, webhooks, watches, runs,
                       workflowId, level, statuses))

struct RequestTypes {
    using Types = boost::mp11::mp_list<
        GetGatewayInfo, GetEngineStats, GetEngineHistory, SetRetention, ListWorkflows, GetWorkflow, ValidateWorkflow,
        FormatWorkflow, SaveWorkflow, CreateWorkflow, DuplicateWorkflow, RenameWorkflow, DeleteWorkflow,
        RestoreWorkflow, ListTrash, ListWorkflowVersions, GetWorkflowVersion, StartRun, ListRuns, GetRunGrid, GetRun,
        GetRunNode, GetRunItems, GetRunTimeline, GetRunJournal, GetRunLogs, ListPending, CancelRun, PauseRun, ResumeRun,
        SignalRun, DecideApproval, RerunRun, WaitForRun, ListNodeTypes, GetAccount, ChangeOwnPassword, ListOwnSessions,
        RevokeOwnSession, ListOwnApiKeys, CreateOwnApiKey, RevokeOwnApiKey, ListUsers, GetUser, CreateUser, UpdateUser,
        SetUserPassword, DeleteUser, ListRoles, ListSessions, RevokeSession, ListApiKeys, CreateApiKey, RevokeApiKey,
        ListSchedules, GetSchedule, SaveSchedule, DeleteSchedule, PauseSchedule, TriggerSchedule, BackfillSchedule,
        PreviewSchedule, ListWebhooks, GetWebhook, SaveWebhook, DeleteWebhook, ListFileWatches, GetFileWatch,
        SaveFileWatch, DeleteFileWatch, GetGatewayHealth>;
};
using Request = OneOf<RequestTypes>;

struct ReplyTypes {
    using Types =
        boost::mp11::mp_list<Empty, GatewayInfo, EngineStatsDto, EngineHistory, RetentionDto, WorkflowList,
                             WorkflowDetail, ValidationReport, FormattedWorkflow, TrashEntry, TrashList,
                             WorkflowVersionList, WorkflowVersionDetail, RunRef, RunList, RunGrid, RunDetail, NodeData,
                             RunItemPage, RunTimeline, JournalPage, RunLogPage, PendingList, NodeTypeList, RunResult,
                             UserDto, UserList, RoleList, SessionList, ApiKeyList, CreatedApiKey, AccountDto,
                             ScheduleDto, ScheduleList, SchedulePreview, BackfillResult, WebhookDto, WebhookList,
                             WebhookSecret, FileWatchDto, FileWatchList, GatewayHealth>;
};
/// The successful replies, one type each.
using Reply = OneOf<ReplyTypes>;

}  // namespace signalbox::protocol
