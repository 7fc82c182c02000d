// Calls about workflows: listed, written, versions, trash.
#pragma once

#include <string>
#include <vector>

#include "protocol/request_macro.h"
#include "protocol/workflow_dto.h"

namespace signalbox::protocol {

struct WorkflowList {
    std::vector<WorkflowSummary> workflows;  ///< by file
    std::string nextCursor;                  ///< empty: there are no more
    bool operator==(const WorkflowList&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowList, (), (workflows, nextCursor))
struct ListWorkflows {
    SIGNALBOX_REQUEST("workflows.list", WorkflowList, "workflow:read");
    std::string text;               ///< substring of id, name or tag; empty: all
    std::vector<std::string> tags;  ///< only those that have all of these
    std::uint32_t limit = 100;      ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListWorkflows, (), (text, tags, limit, cursor))

struct GetWorkflow {
    SIGNALBOX_REQUEST("workflows.get", WorkflowDetail, "workflow:read");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetWorkflow, (), (id))

struct ValidationReport {
    bool valid = false;
    std::vector<FindingDto> findings;
    Graph graph;  ///< as far as it could be understood
    std::vector<WorkflowInput> inputs;
    bool operator==(const ValidationReport&) const = default;
};
BOOST_DESCRIBE_STRUCT(ValidationReport, (), (valid, findings, graph, inputs))
struct ValidateWorkflow {
    SIGNALBOX_REQUEST("workflows.validate", ValidationReport, "workflow:read");
    std::string text;
};
BOOST_DESCRIBE_STRUCT(ValidateWorkflow, (), (text))

/// Changes nothing. Error "document.syntax".
struct FormatWorkflow {
    SIGNALBOX_REQUEST("workflows.format", FormattedWorkflow, "workflow:read");
    std::string text;
};
BOOST_DESCRIBE_STRUCT(FormatWorkflow, (), (text))

/// Writes the canonical form, whole or not at all; the reply's text is what was written.
struct SaveWorkflow {
    SIGNALBOX_REQUEST("workflows.save", WorkflowDetail, "workflow:write");
    std::string text;          ///< drafts with errors may be saved
    std::string expectedEtag;  ///< of the text it was made from; empty: must be new. Otherwise "workflow.conflict"
};
BOOST_DESCRIBE_STRUCT(SaveWorkflow, (), (text, expectedEtag))

/// A new workflow from a template's text, or an empty one. Error "workflow.conflict" when the id is taken.
struct CreateWorkflow {
    SIGNALBOX_REQUEST("workflows.create", WorkflowDetail, "workflow:write");
    std::string id;
    std::string name;  ///< empty: the template's, or the id
    std::string text;  ///< its own id is not used; empty: a workflow without nodes
};
BOOST_DESCRIBE_STRUCT(CreateWorkflow, (), (id, name, text))

struct DuplicateWorkflow {
    SIGNALBOX_REQUEST("workflows.duplicate", WorkflowDetail, "workflow:write");
    std::string id;
    std::string newId;    ///< empty: made from the old one ("copy-of-...")
    std::string newName;  ///< empty: the old one's, followed by "(copy)"
};
BOOST_DESCRIBE_STRUCT(DuplicateWorkflow, (), (id, newId, newName))

/// Another name, another id, or both. With another id the file is renamed as well; runs and versions so far stay with
/// the old id. Errors "workflow.conflict", and "workflow.in-use" when others start it by the old id.
struct RenameWorkflow {
    SIGNALBOX_REQUEST("workflows.rename", WorkflowDetail, "workflow:write");
    std::string id;
    std::string newId;    ///< empty: unchanged
    std::string newName;  ///< empty: unchanged
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(RenameWorkflow, (), (id, newId, newName, expectedEtag))

/// Moves the file to the workspace's trash. Error "workflow.conflict".
struct DeleteWorkflow {
    SIGNALBOX_REQUEST("workflows.delete", TrashEntry, "workflow:delete");
    std::string id;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(DeleteWorkflow, (), (id, expectedEtag))

/// Undoes a delete: the file comes back byte for byte. Errors "workflow.conflict" when its place or id is taken,
/// "workflow.not-found".
struct RestoreWorkflow {
    SIGNALBOX_REQUEST("workflows.restore", WorkflowDetail, "workflow:delete");
    std::string trashId;
};
BOOST_DESCRIBE_STRUCT(RestoreWorkflow, (), (trashId))

struct ListTrash {
    SIGNALBOX_REQUEST("workflows.trash", TrashList, "workflow:read");
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListTrash, (), (limit, cursor))

struct ListWorkflowVersions {
    SIGNALBOX_REQUEST("workflows.versions", WorkflowVersionList, "workflow:read");
    std::string id;
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListWorkflowVersions, (), (id, limit, cursor))

struct GetWorkflowVersion {
    SIGNALBOX_REQUEST("workflows.version", WorkflowVersionDetail, "workflow:read");
    std::string id;
    std::int32_t version = 0;  ///< 0: the newest
};
BOOST_DESCRIBE_STRUCT(GetWorkflowVersion, (), (id, version))

}  // namespace signalbox::protocol
