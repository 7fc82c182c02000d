// Which files and folders look empty to Python code.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::nodes {

/// What is hidden from code.
struct HiddenFiles {
    std::vector<std::string> always;  ///< files and folders, wherever they lie
    /// Folders: of homes, data and mounted disks code sees these alone. None: it sees all.
    std::optional<std::vector<std::string>> seen;
};

/// A real path that is to look empty.
struct HiddenPlace {
    std::filesystem::path path;
    bool isFolder = false;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;  ///< a file put in its place is another one
    bool operator==(const HiddenPlace&) const = default;
};

/// Those of the files and folders that exist, free of links. Of a folder that holds what is `needed` everything else is
/// hidden; nothing that is itself needed is.
[[nodiscard]] std::vector<HiddenPlace> hiddenPlaces(const std::vector<std::string>& paths,
                                                    const std::vector<std::string>& needed);

/// What is under these folders and outside of those that are seen.
[[nodiscard]] std::vector<HiddenPlace> placesOutside(const std::vector<std::string>& roots,
                                                     const std::vector<std::string>& seen);

/// Where people, services and machines keep data. Programs, and the settings that they need, lie elsewhere.
[[nodiscard]] const std::vector<std::string>& dataFolders();

}  // namespace signalbox::nodes
