// What the played gateway knows about workflows, and how it changes them.
#include <algorithm>

#include "base/json.h"
#include "ui/fake_gateway.h"
#include "ui/overloaded.h"

namespace signalbox::test {

using namespace protocol;

namespace {

using Answer = std::optional<Result<Reply>>;

tl::unexpected<Error> conflict(const std::string& id) {
    return fail("workflow.conflict", "The workflow \"" + id + "\" is another one by now", id);
}

tl::unexpected<Error> unknown(const std::string& id) {
    return fail("workflow.unknown", "There is no workflow \"" + id + "\"", id,
                "The list on the left names all that there are.");
}

void rewrite(WorkflowDetail& detail, const std::string& id, const std::string& name) {
    detail.summary.id = id;
    detail.summary.name = name;
    detail.summary.file = id + ".workflow.json";
    if (const auto root = parseJson(detail.text); root && root->isObject()) {
        detail.text = writeJson(root->with("id", id).with("name", name), JsonStyle::Pretty);
    }
}

void renew(WorkflowDetail& detail) {
    detail.etag += "+";
    detail.summary.etag = detail.etag;
}

}  // namespace

WorkflowDetail* FakeGateway::findWorkflow(const std::string& id) {
    const auto found = std::find_if(workflows.begin(), workflows.end(),
                                    [&](const auto& workflow) { return workflow.summary.id == id; });
    return found == workflows.end() ? nullptr : &*found;
}

Answer FakeGateway::answerWorkflows(const Request& request) {
    if (auto reply = changeWorkflows(request)) return reply;
    if (auto reply = answerVersions(request)) return reply;
    return request.visit(Overloaded{
        [&](const ListWorkflows&) -> Answer {
            WorkflowList list;
            for (const auto& workflow : workflows) {
                list.workflows.push_back(workflow.summary);
                list.workflows.back().etag = workflow.etag;
            }
            return Result<Reply>(list);
        },
        [&](const GetWorkflow& r) -> Answer {
            const auto* found = findWorkflow(r.id);
            return found ? Result<Reply>(*found) : unknown(r.id);
        },
        // Nothing is found, and the graph stays as it was.
        [&](const ValidateWorkflow& r) -> Answer {
            ValidationReport report;
            report.valid = true;
            for (const auto& workflow : workflows) {
                const auto id = "\"id\": \"" + workflow.summary.id + '"';
                if (r.text.find(id) != std::string::npos) report.graph = workflow.graph;
            }
            return Result<Reply>(report);
        },
        [](const auto&) -> Answer { return {}; },
    });
}

Answer FakeGateway::changeWorkflows(const Request& request) {
    return request.visit(Overloaded{
        [&](const CreateWorkflow& r) -> Answer {
            WorkflowDetail detail;
            detail.text = r.text.empty() ? R"({"format": 1, "nodes": [], "edges": []})" : r.text;
            return addWorkflow(std::move(detail), r.id, r.name);
        },
        [&](const DuplicateWorkflow& r) -> Answer {
            const auto* found = findWorkflow(r.id);
            if (!found) return unknown(r.id);
            return addWorkflow(*found, "copy-of-" + r.id, found->summary.name + " (copy)");
        },
        [&](const SaveWorkflow& r) -> Answer { return saveWorkflow(r); },
        [&](const RenameWorkflow& r) -> Answer { return renameWorkflow(r); },
        [&](const DeleteWorkflow& r) -> Answer { return removeWorkflow(r); },
        [&](const RestoreWorkflow& r) -> Answer { return restoreWorkflow(r); },
        [](const auto&) -> Answer { return {}; },
    });
}

Answer FakeGateway::answerVersions(const Request& request) const {
    return request.visit(Overloaded{
        [&](const ListTrash&) -> Answer {
            TrashList list;
            for (const auto& [entry, detail] : trash) list.entries.push_back(entry);
            return Result<Reply>(list);
        },
        [&](const ListWorkflowVersions& r) -> Answer {
            WorkflowVersionList list;
            if (const auto found = versions.find(r.id); found != versions.end()) {
                for (const auto& version : found->second) list.versions.push_back(version.info);
            }
            return Result<Reply>(list);
        },
        [&](const GetWorkflowVersion& r) -> Answer {
            if (const auto found = versions.find(r.id); found != versions.end()) {
                for (const auto& version : found->second) {
                    if (version.info.version == r.version) return Result<Reply>(version);
                }
            }
            return unknown(r.id);
        },
        [](const auto&) -> Answer { return {}; },
    });
}

Result<Reply> FakeGateway::addWorkflow(WorkflowDetail detail, const std::string& id, const std::string& name) {
    if (findWorkflow(id)) return conflict(id);
    rewrite(detail, id, name);
    detail.etag = "1";
    workflows.push_back(detail);
    tellWorkflow(id, "created");
    return detail;
}

Result<Reply> FakeGateway::saveWorkflow(const SaveWorkflow& request) {
    const auto root = parseJson(request.text);
    auto* found = root && (*root)["id"].isString() ? findWorkflow(std::string((*root)["id"].asString())) : nullptr;
    if (!found) return unknown("of the text");
    if (found->etag != request.expectedEtag) return conflict(found->summary.id);
    found->text = request.text;
    renew(*found);
    const auto saved = *found;
    tellWorkflow(saved.summary.id, "changed");
    return saved;
}

Result<Reply> FakeGateway::renameWorkflow(const RenameWorkflow& request) {
    auto* found = findWorkflow(request.id);
    if (!found) return unknown(request.id);
    if (found->etag != request.expectedEtag) return conflict(request.id);
    rewrite(*found, request.newId, request.newName);
    renew(*found);
    const auto renamed = *found;
    tellWorkflow(request.id, "deleted");
    tellWorkflow(request.newId, "created");
    return renamed;
}

Result<Reply> FakeGateway::removeWorkflow(const DeleteWorkflow& request) {
    const auto* found = findWorkflow(request.id);
    if (!found) return unknown(request.id);
    if (found->etag != request.expectedEtag) return conflict(request.id);
    const TrashEntry entry{"trash-" + std::to_string(trash.size()), request.id, found->summary.name,
                           found->summary.file, now_};
    trash.insert(trash.begin(), {entry, *found});
    workflows.erase(workflows.begin() + (found - workflows.data()));
    tellWorkflow(request.id, "deleted");
    return entry;
}

Result<Reply> FakeGateway::restoreWorkflow(const RestoreWorkflow& request) {
    const auto found = std::find_if(trash.begin(), trash.end(),
                                    [&](const auto& each) { return each.first.trashId == request.trashId; });
    if (found == trash.end()) return fail("workflow.not-found", "It is not in the trash", request.trashId);
    const auto detail = found->second;
    if (findWorkflow(detail.summary.id)) return conflict(detail.summary.id);
    trash.erase(found);
    workflows.push_back(detail);
    tellWorkflow(detail.summary.id, "created");
    return detail;
}

void FakeGateway::touch(const std::string& workflowId) {
    renew(*findWorkflow(workflowId));
    tellWorkflow(workflowId, "changed");
}

void FakeGateway::tellWorkflow(const std::string& id, const std::string& status) {
    EventDto event;
    event.kind = "workflow";
    event.workflowId = id;
    event.status = status;
    event.text = id + ".workflow.json";
    tell(std::move(event));
}

}  // namespace signalbox::test
