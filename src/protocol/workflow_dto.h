// What there is to say about workflows besides their documents: versions kept, and what was deleted.
#pragma once

#include "protocol/dto.h"

namespace signalbox::protocol {

/// An immutable version: made when a workflow without errors is saved, and when one is run that was not kept yet.
struct WorkflowVersionDto {
    std::int32_t version = 0;
    WallTime created = 0;
    bool current = false;  ///< the file has this logic now
    bool operator==(const WorkflowVersionDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowVersionDto, (), (version, created, current))

struct WorkflowVersionList {
    std::vector<WorkflowVersionDto> versions;  ///< newest first
    std::string nextCursor{};                  ///< empty: there are no more
    bool operator==(const WorkflowVersionList&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowVersionList, (), (versions, nextCursor))

/// A version's logic in canonical form: without layout, so that two of them differ only where they run differently.
struct WorkflowVersionDetail {
    WorkflowVersionDto info;
    std::string name;
    std::string text;
    std::vector<WorkflowInput> inputs;
    Graph graph;
    bool operator==(const WorkflowVersionDetail&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowVersionDetail, (), (info, name, text, inputs, graph))

struct FormattedWorkflow {
    std::string text;  ///< canonical: what saving would write
    bool operator==(const FormattedWorkflow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FormattedWorkflow, (), (text))

/// A deleted workflow, until the trash is emptied (the last 200 are kept).
struct TrashEntry {
    std::string trashId;
    std::string workflowId;
    std::string name;
    std::string file;  ///< where it was, relative to the workspace
    WallTime deleted = 0;
    bool operator==(const TrashEntry&) const = default;
};
BOOST_DESCRIBE_STRUCT(TrashEntry, (), (trashId, workflowId, name, file, deleted))

struct TrashList {
    std::vector<TrashEntry> entries;  ///< last deleted first
    std::string nextCursor{};         ///< empty: there are no more
    bool operator==(const TrashList&) const = default;
};
BOOST_DESCRIBE_STRUCT(TrashList, (), (entries, nextCursor))

}  // namespace signalbox::protocol
