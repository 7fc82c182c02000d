// Workflows written, copied, renamed, deleted; and their versions.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "service/catalog.h"
#include "service/dto_mapping.h"
#include "service/references.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

namespace {

constexpr const char* kEmptyWorkflow = R"({"format": 1, "id": "new", "nodes": []})";

protocol::TrashEntry toDto(const TrashedFile& file) {
    return {file.trashId, file.workflowId, file.name, file.file, file.deleted};
}

/// An id that is free: the wanted one, or that with a number.
std::string freeId(const WorkspaceScan& scan, const std::string& wanted) {
    std::string id = wanted;
    for (int number = 2; scan.find(id); ++number) id = fmt::format("{}-{}", wanted, number);
    return id;
}

std::string namesOf(const std::vector<std::string>& ids) {
    std::string names;
    for (std::size_t i = 0; i < ids.size() && i < 5; ++i) names += (i == 0 ? "\"" : ", \"") + ids[i] + "\"";
    return ids.size() > 5 ? names + ", ..." : names;
}

}  // namespace

/// What runs is kept when it starts; what is saved without errors is kept as well, so that it can be gone back to.
void Catalog::keepVersion(const WorkflowFile& file, const std::vector<engine::Finding>& findings) {
    if (versions_ == nullptr || !file.parsed || engine::hasErrors(findings)) return;
    const auto flat = engine::flattenDocument(file.parsed->document, resolver());
    if (flat) std::ignore = versions_->putVersion(*flat);
}

Result<protocol::WorkflowDetail> Catalog::save(std::string_view text, const std::string& expectedEtag) {
    SIGNALBOX_TRY(const auto file, workspace_.save(text, expectedEtag));
    SIGNALBOX_TRY(const auto scan, workspace_.scan());
    keepVersion(*file, findings(*file, scan.generation));
    return detailOf(file);
}

Result<protocol::FormattedWorkflow> Catalog::format(std::string_view text) {
    SIGNALBOX_TRY(const auto parsed, engine::parseDocument(text));
    return protocol::FormattedWorkflow{engine::writeDocument(parsed.document)};
}

Result<protocol::WorkflowDetail> Catalog::create(const protocol::CreateWorkflow& request) {
    SIGNALBOX_TRY(auto parsed, engine::parseDocument(request.text.empty() ? kEmptyWorkflow : request.text));
    engine::Document& document = parsed.document;
    document.id = request.id;
    document.version = 1;
    if (!request.name.empty()) {
        document.name = request.name;
    } else if (document.name.empty()) {
        document.name = request.id;
    }
    return save(engine::writeDocument(document), {});
}

Result<protocol::WorkflowDetail> Catalog::duplicate(const protocol::DuplicateWorkflow& request) {
    SIGNALBOX_TRY(const auto scan, workspace_.scan());
    SIGNALBOX_TRY(const auto file, workspace_.find(request.id));
    if (!file->parsed) return fail(file->parsed.error());
    engine::Document document = file->parsed->document;
    document.id = request.newId.empty() ? freeId(scan, "copy-of-" + request.id) : request.newId;
    document.name = request.newName.empty() ? document.name + " (copy)" : request.newName;
    document.version = 1;
    return save(engine::writeDocument(document), {});
}

Result<protocol::WorkflowDetail> Catalog::rename(const protocol::RenameWorkflow& request) {
    if (!request.newId.empty() && request.newId != request.id) {
        SIGNALBOX_TRY(const auto scan, workspace_.scan());
        const auto users = usersOf(scan, request.id);
        if (!users.empty()) {
            return fail("workflow.in-use",
                        fmt::format("Workflow \"{}\" is started by {} under this id", request.id, namesOf(users)),
                        request.id, "Change its name only, or let these start it under the new id first");
        }
    }
    SIGNALBOX_TRY(const auto file, workspace_.rename(request.id, request.newId, request.newName, request.expectedEtag));
    SIGNALBOX_TRY(const auto scan, workspace_.scan());
    keepVersion(*file, findings(*file, scan.generation));
    return detailOf(file);
}

Result<protocol::TrashEntry> Catalog::remove(const protocol::DeleteWorkflow& request) {
    SIGNALBOX_TRY(const auto what, workspace_.remove(request.id, request.expectedEtag, clock_.wallNow(), random_));
    return toDto(what);
}

Result<protocol::WorkflowDetail> Catalog::restore(const std::string& trashId) {
    SIGNALBOX_TRY(const auto file, workspace_.restore(trashId));
    return detailOf(file);
}

protocol::TrashList Catalog::trash() {
    protocol::TrashList list;
    for (const TrashedFile& file : workspace_.trashed()) list.entries.push_back(toDto(file));
    return list;
}

Result<protocol::WorkflowVersionList> Catalog::versions(const std::string& id) {
    protocol::WorkflowVersionList list;
    const auto file = workspace_.find(id);
    if (versions_ == nullptr) return file ? Result<protocol::WorkflowVersionList>(list) : fail(file.error());
    std::optional<engine::Document> current;
    if (file && (*file)->parsed) {
        if (auto flat = engine::flattenDocument((*file)->parsed->document, resolver())) current = std::move(*flat);
    }
    SIGNALBOX_TRY(const auto versions, versions_->versions(id, current ? &*current : nullptr));
    if (versions.empty() && !file) return fail(file.error());
    for (const auto& version : versions) {
        list.versions.push_back({version.version, version.createdWall, version.current});
    }
    return list;
}

Result<protocol::WorkflowVersionDetail> Catalog::version(const std::string& id, int version) {
    if (versions_ == nullptr) return fail("gateway.no-engine", "This gateway keeps no versions", id);
    SIGNALBOX_TRY(const auto found, versions_->versionText(id, version));
    SIGNALBOX_TRY(const auto parsed, engine::parseDocument(found.logic));
    SIGNALBOX_TRY(const auto list, versions(id));
    protocol::WorkflowVersionDetail detail;
    detail.info = {found.version, found.createdWall, false};
    for (const auto& each : list.versions) {
        if (each.version == found.version) detail.info = each;
    }
    detail.name = parsed.document.name;
    detail.text = found.logic;
    detail.inputs = inputsOf(parsed.document);
    detail.graph = drawn(parsed.document);
    return detail;
}

}  // namespace signalbox::service
