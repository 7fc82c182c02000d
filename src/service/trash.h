// Deleted workflows, kept so that deleting can be undone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"

namespace signalbox::service {

struct TrashedFile {
    std::string trashId;
    std::string workflowId;
    std::string name;
    std::string file;  ///< where it was, relative to the workspace
    Micros deleted = 0;
};

/// A folder with a folder for each deleted file: the file itself and what it was. Not thread-safe: its user locks.
class Trash {
public:
    static constexpr std::size_t kKept = 200;

    explicit Trash(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Moves a file in; nothing is lost whenever this ends. Drops the oldest above kKept. Errors "file.*".
    [[nodiscard]] Status put(const std::filesystem::path& file, const TrashedFile& what);
    /// Last deleted first.
    [[nodiscard]] std::vector<TrashedFile> list() const;
    /// Error "workflow.not-found".
    [[nodiscard]] Result<TrashedFile> find(const std::string& trashId) const;
    /// Moves a file back to a path where there is none. Errors "workflow.conflict", "file.*".
    [[nodiscard]] Status takeBack(const TrashedFile& what, const std::filesystem::path& file);

private:
    std::filesystem::path folder_;
};

}  // namespace signalbox::service
