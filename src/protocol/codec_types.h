// The list of everything that the codec handles. A new struct is described in its header and named here.
#pragma once

#include "protocol/dto.h"
#include "protocol/requests.h"

/// Data, without the replies that requests.h declares.
#define SIGNALBOX_DTOS(X) \
    X(Empty)              \
    X(FindingDto)         \
    X(WorkflowSummary)    \
    X(GraphPort)          \
    X(GraphNode)          \
    X(GraphEdge)          \
    X(GraphGroup)         \
    X(GraphComment)       \
    X(Graph)              \
    X(WorkflowInput)      \
    X(WorkflowDetail)     \
    X(ErrorDto)           \
    X(RunSummaryDto)      \
    X(NodeStateDto)       \
    X(RunDetail)          \
    X(NodeData)           \
    X(JournalRecordDto)   \
    X(EventDto)           \
    X(GatewayInfo)        \
    X(EngineStatsDto)

/// Requests and the replies that are declared beside them.
#define SIGNALBOX_CALL_TYPES(X) \
    X(GetGatewayInfo)           \
    X(GetEngineStats)           \
    X(WorkflowList)             \
    X(ListWorkflows)            \
    X(GetWorkflow)              \
    X(ValidationReport)         \
    X(ValidateWorkflow)         \
    X(SaveWorkflow)             \
    X(RunRef)                   \
    X(StartRun)                 \
    X(RunList)                  \
    X(ListRuns)                 \
    X(GetRun)                   \
    X(GetRunNode)               \
    X(JournalPage)              \
    X(GetRunJournal)            \
    X(CancelRun)                \
    X(PauseRun)                 \
    X(ResumeRun)                \
    X(SignalRun)                \
    X(DecideApproval)           \
    X(RerunRun)                 \
    X(NodeTypeList)             \
    X(ListNodeTypes)            \
    X(EventFilter)
