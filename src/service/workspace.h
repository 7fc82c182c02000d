// A folder of workflow documents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "engine/document_io.h"
#include "service/trash.h"

namespace signalbox::service {

/// One file as it was when last looked at. Immutable and shared.
struct WorkflowFile {
    std::string id;    ///< the document's; of a text that names none, the file's name
    std::string file;  ///< relative to the workspace
    std::string text;
    std::string etag;  ///< SHA-256 of the text
    Micros modified = 0;
    std::vector<std::string> uses;          ///< ids of the workflows that it starts or extends; sorted
    Result<engine::ParsedDocument> parsed;  ///< an error when the text is no JSON object
};
using WorkflowFilePtr = std::shared_ptr<const WorkflowFile>;

/// The files of one moment, sorted by name.
struct WorkspaceScan {
    std::vector<WorkflowFilePtr> files;
    std::uint64_t generation = 0;                                   ///< differs when any file does
    std::map<std::string, std::vector<std::string>> usedBy;         ///< what WorkflowFile::uses says, turned round
    [[nodiscard]] WorkflowFilePtr find(std::string_view id) const;  ///< of several the first; null: none
};

/// Thread-safe. Files may be changed by others at any time: each call looks again, and reads what has changed.
class Workspace {
public:
    /// Errors: "workspace.not-found", "workspace.not-a-folder".
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& folder);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    /// Where the program's own files are: ".signalbox" in the folder. Not made by this class.
    [[nodiscard]] std::filesystem::path stateFolder() const { return folder_ / kStateFolder; }
    static constexpr const char* kStateFolder = ".signalbox";
    static constexpr const char* kSuffix = ".workflow.json";

    /// Every *.workflow.json in the folder and below, without hidden folders and symbolic links to folders. Files that
    /// cannot be read are left out. Error "workspace.not-found" when the folder has gone.
    [[nodiscard]] Result<WorkspaceScan> scan();
    /// Error "workflow.not-found", with the nearest id in the hint.
    [[nodiscard]] Result<WorkflowFilePtr> find(const std::string& id);
    /// As find(), but looks first only at the file in which the last scan found it: costs the same in a large
    /// workspace. Another file that has got the same id since then is not seen.
    [[nodiscard]] Result<WorkflowFilePtr> findAgain(const std::string& id);
    /// Writes the canonical form of a text into the file of its id, or a new one. Errors: "document.syntax",
    /// "workflow.no-id", "workflow.conflict" (the file's etag is another, or there is none), "file.*".
    [[nodiscard]] Result<WorkflowFilePtr> save(std::string_view text, const std::string& expectedEtag);
    /// Gives a workflow another name, another id (then also another file), or both; empty: unchanged. Errors
    /// "workflow.not-found", "workflow.conflict", "file.*".
    [[nodiscard]] Result<WorkflowFilePtr> rename(const std::string& id, const std::string& newId,
                                                 const std::string& newName, const std::string& expectedEtag);
    /// Moves the file to the trash. Errors as of rename.
    [[nodiscard]] Result<TrashedFile> remove(const std::string& id, const std::string& expectedEtag, Micros now,
                                             Random& random);
    /// Brings a file back, byte for byte. Errors "workflow.not-found", "workflow.conflict", "file.*".
    [[nodiscard]] Result<WorkflowFilePtr> restore(const std::string& trashId);
    /// Last deleted first.
    [[nodiscard]] std::vector<TrashedFile> trashed();

private:
    explicit Workspace(std::filesystem::path folder) : folder_(std::move(folder)) {}
    struct Known {
        std::int64_t modifiedNanos = 0;
        std::uint64_t size = 0;
        std::uint64_t inode = 0;
        WorkflowFilePtr file;
    };
    [[nodiscard]] WorkflowFilePtr look(const std::filesystem::path& path);
    [[nodiscard]] WorkflowFilePtr lookWhereItWas(const std::string& id);
    [[nodiscard]] Result<WorkflowFilePtr> lookAgain(const std::filesystem::path& path);
    [[nodiscard]] Trash trash() const { return Trash(stateFolder() / "trash"); }
    /// In a folder, for a new file; another id may have become the same name.
    [[nodiscard]] static std::filesystem::path freePath(const std::filesystem::path& folder, const std::string& id);
    [[nodiscard]] std::filesystem::path pathFor(const WorkspaceScan& scan, const std::string& id) const;

    std::filesystem::path folder_;
    std::mutex mutex_;  ///< guards the two below
    std::map<std::string, Known> known_;
    std::map<std::string, std::string> places_;  ///< by id, the file in which the last scan found it first
    std::mutex saveMutex_;
};

/// The workspace that a file belongs to: the nearest folder above it that holds ".signalbox", otherwise its own.
[[nodiscard]] std::filesystem::path workspaceOf(const std::filesystem::path& file);
/// A file name for a workflow id: letters, digits, ".", "_" and "-" stay, others become "-"; never hidden, never long.
[[nodiscard]] std::string safeFileName(std::string_view id);

}  // namespace signalbox::service
