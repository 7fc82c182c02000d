// How files of a workspace are renamed, deleted and brought back.
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/ids.h"
#include "service/file_lock.h"
#include "service/workspace.h"

namespace signalbox::service {

namespace fs = std::filesystem;

namespace {

Status checkEtag(const WorkflowFile& file, const std::string& expected) {
    if (file.etag == expected) return {};
    return fail("workflow.conflict", fmt::format("Workflow \"{}\" has been changed meanwhile", file.id), file.file,
                "Load it again and look at what has changed");
}

}  // namespace

Result<WorkflowFilePtr> Workspace::rename(const std::string& id, const std::string& newId, const std::string& newName,
                                          const std::string& expectedEtag) {
    const std::lock_guard once(saveMutex_);
    const FileLock others(folder_);
    SIGNALBOX_TRY(const auto file, find(id));
    SIGNALBOX_CHECK(checkEtag(*file, expectedEtag));
    if (!file->parsed) return fail(file->parsed.error());
    engine::Document document = file->parsed->document;
    if (!newName.empty()) document.name = newName;
    const bool moves = !newId.empty() && newId != id;
    if (!moves) {
        SIGNALBOX_CHECK(writeFileAtomically(folder_ / file->file, engine::writeDocument(document)));
        return lookAgain(folder_ / file->file);
    }
    document.id = newId;
    SIGNALBOX_TRY(const auto all, scan());
    if (all.find(newId)) {
        return fail("workflow.conflict", fmt::format("There is a workflow \"{}\" already", newId), newId,
                    "Choose another id");
    }
    // The new file first: whenever this ends, the workflow is there at least once.
    const fs::path path = freePath((folder_ / file->file).parent_path(), newId);
    SIGNALBOX_CHECK(writeFileAtomically(path, engine::writeDocument(document)));
    std::error_code error;
    fs::remove(folder_ / file->file, error);
    if (error) {
        fs::remove(path, error);
        return fail("file.permission", "The old file cannot be removed", file->file);
    }
    return lookAgain(path);
}

Result<TrashedFile> Workspace::remove(const std::string& id, const std::string& expectedEtag, Micros now,
                                      Random& random) {
    const std::lock_guard once(saveMutex_);
    const FileLock others(folder_);
    SIGNALBOX_TRY(const auto file, find(id));
    SIGNALBOX_CHECK(checkEtag(*file, expectedEtag));
    TrashedFile what;
    what.trashId = Uuid::v7(now, random).toString();
    what.workflowId = file->id;
    what.name = file->parsed ? file->parsed->document.name : std::string();
    what.file = file->file;
    what.deleted = now;
    SIGNALBOX_CHECK(trash().put(folder_ / file->file, what));
    return what;
}

Result<WorkflowFilePtr> Workspace::restore(const std::string& trashId) {
    const std::lock_guard once(saveMutex_);
    const FileLock others(folder_);
    Trash bin = trash();
    SIGNALBOX_TRY(const auto what, bin.find(trashId));
    SIGNALBOX_TRY(const auto all, scan());
    if (const auto other = all.find(what.workflowId)) {
        return fail("workflow.conflict", fmt::format("There is a workflow \"{}\" again", what.workflowId), other->file,
                    "Rename or delete that one first");
    }
    const fs::path path = (folder_ / what.file).lexically_normal();
    // What the entry says was written by this program, but files can be edited.
    const auto relative = path.lexically_relative(folder_).generic_string();
    if (relative.empty() || relative.starts_with("..")) {
        return fail("workflow.not-found", "The entry of the trash is damaged", trashId);
    }
    SIGNALBOX_CHECK(bin.takeBack(what, path));
    return lookAgain(path);
}

std::vector<TrashedFile> Workspace::trashed() {
    const std::lock_guard once(saveMutex_);
    return trash().list();
}

Result<WorkflowFilePtr> Workspace::lookAgain(const fs::path& path) {
    if (auto file = look(path)) return file;
    return fail("file.read", "The file was written but cannot be read", path.string());
}

}  // namespace signalbox::service
