// Which files nodes may touch, and where a path in a parameter really leads.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/node.h"

namespace signalbox::nodes {

/// Least privilege: nodes write in the run's workspace and in `writeRoots` only. They read what the process can read,
/// unless there are `readRoots`: then only there, in `writeRoots` and in the workspace. What lies in a ".signalbox"
/// folder (journals, users, keys) is the program's own and shut for nodes, wherever it is, and so is what is in `shut`.
struct FileAccess {
    std::optional<std::vector<std::string>> readRoots;
    std::vector<std::string> writeRoots;
    std::vector<std::string> shut;  ///< files and folders; found anew at each use, for links may lead elsewhere then
};

/// The real path, free of symbolic links, of an existing regular file. Errors: "file.not-found", "file.permission",
/// "file.not-a-file", "file.outside-workspace", "file.engine-state", "file.no-workspace" (a relative path without a
/// workspace).
[[nodiscard]] Result<std::filesystem::path> resolveForReading(const FileAccess& access, const std::string& workspace,
                                                              std::string_view path);

/// The path to write at, its folder real and made if missing. A file that exists there must be a regular one; a
/// symbolic link must lead to a place that may be written. Errors as above, and "file.write".
[[nodiscard]] Result<std::filesystem::path> resolveForWriting(const FileAccess& access, const std::string& workspace,
                                                              std::string_view path);

/// Reads a file that resolveForReading allows as text: without a byte order mark, Latin-1 turned into UTF-8. Invalid
/// UTF-8 gives `encodingCode` with the line. Other errors of resolveForReading and base readFile.
[[nodiscard]] Result<std::string> readTextFile(const std::filesystem::path& path, std::string_view encoding,
                                               std::size_t maxBytes, const char* encodingCode);

}  // namespace signalbox::nodes
