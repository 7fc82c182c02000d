// The list of everything that the codec handles. A new struct is described in its header and named here.
#pragma once

#include "protocol/dto.h"
#include "protocol/requests.h"

/// Data, without the replies that the requests' headers declare.
#define SIGNALBOX_DTOS(X)    \
    X(Empty)                 \
    X(FindingDto)            \
    X(WorkflowSummary)       \
    X(GraphPort)             \
    X(GraphNode)             \
    X(GraphEdge)             \
    X(GraphGroup)            \
    X(GraphComment)          \
    X(Graph)                 \
    X(WorkflowInput)         \
    X(WorkflowDetail)        \
    X(WorkflowVersionDto)    \
    X(WorkflowVersionList)   \
    X(WorkflowVersionDetail) \
    X(FormattedWorkflow)     \
    X(TrashEntry)            \
    X(TrashList)             \
    X(ErrorDto)              \
    X(RunSummaryDto)         \
    X(NodeStateDto)          \
    X(RunDetail)             \
    X(RunGridRow)            \
    X(RunGrid)               \
    X(RunTimeline)           \
    X(AttemptDto)            \
    X(NodeData)              \
    X(RunItemDto)            \
    X(RunItemPage)           \
    X(JournalRecordDto)      \
    X(LogLineDto)            \
    X(RunLogPage)            \
    X(PendingItem)           \
    X(PendingList)           \
    X(EventDto)              \
    X(GatewayInfo)           \
    X(PoolStatsDto)          \
    X(JournalStatsDto)       \
    X(StorageStatsDto)       \
    X(RetentionDto)          \
    X(SweepDto)              \
    X(DiskStatsDto)          \
    X(WorkerProcessDto)      \
    X(EngineStatsDto)        \
    X(EngineSeries)          \
    X(EngineHistory)

/// Requests and the replies that are declared beside them.
#define SIGNALBOX_CALL_TYPES(X) \
    X(GetGatewayInfo)           \
    X(GetEngineStats)           \
    X(GetEngineHistory)         \
    X(SetRetention)             \
    X(WorkflowList)             \
    X(ListWorkflows)            \
    X(GetWorkflow)              \
    X(ValidationReport)         \
    X(ValidateWorkflow)         \
    X(FormatWorkflow)           \
    X(SaveWorkflow)             \
    X(CreateWorkflow)           \
    X(DuplicateWorkflow)        \
    X(RenameWorkflow)           \
    X(DeleteWorkflow)           \
    X(RestoreWorkflow)          \
    X(ListTrash)                \
    X(ListWorkflowVersions)     \
    X(GetWorkflowVersion)       \
    X(RunRef)                   \
    X(StartRun)                 \
    X(RunList)                  \
    X(ListRuns)                 \
    X(GetRunGrid)               \
    X(GetRun)                   \
    X(GetRunNode)               \
    X(GetRunItems)              \
    X(GetRunTimeline)           \
    X(JournalPage)              \
    X(GetRunJournal)            \
    X(GetRunLogs)               \
    X(ListPending)              \
    X(CancelRun)                \
    X(PauseRun)                 \
    X(ResumeRun)                \
    X(SignalRun)                \
    X(DecideApproval)           \
    X(RerunRun)                 \
    X(NodeTypeList)             \
    X(ListNodeTypes)            \
    X(EventFilter)
