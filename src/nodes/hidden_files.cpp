#include "nodes/hidden_files.h"

#include <algorithm>
#include <system_error>

#include <sys/stat.h>

namespace signalbox::nodes {
namespace {

namespace fs = std::filesystem;

bool isWithin(const fs::path& path, const fs::path& root) {
    return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

std::vector<fs::path> realPaths(const std::vector<std::string>& paths) {
    std::vector<fs::path> real;
    for (const std::string& path : paths) {
        std::error_code error;
        fs::path found = fs::canonical(path, error);
        if (!error) real.push_back(std::move(found));
    }
    return real;
}

/// Hides a real path, or what it holds beside needed ones.
void hide(const fs::path& path, const std::vector<fs::path>& needed, std::vector<HiddenPlace>& hidden) {
    if (std::ranges::find(needed, path) != needed.end()) return;
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || S_ISLNK(status.st_mode)) return;
    if (std::ranges::none_of(needed, [&](const fs::path& one) { return isWithin(one, path); })) {
        hidden.push_back({path, S_ISDIR(status.st_mode), status.st_dev, status.st_ino});
        return;
    }
    std::error_code error;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
        hide(entry->path(), needed, hidden);
    }
}

}  // namespace

std::vector<HiddenPlace> hiddenPlaces(const std::vector<std::string>& paths, const std::vector<std::string>& needed) {
    const auto kept = realPaths(needed);
    std::vector<HiddenPlace> hidden;
    for (const fs::path& path : realPaths(paths)) hide(path, kept, hidden);
    return hidden;
}

std::vector<HiddenPlace> placesOutside(const std::vector<std::string>& roots, const std::vector<std::string>& seen) {
    const auto kept = realPaths(seen);
    std::vector<HiddenPlace> hidden;
    for (const fs::path& root : realPaths(roots)) {
        const bool isSeen = std::ranges::any_of(kept, [&](const fs::path& one) { return isWithin(root, one); });
        if (!isSeen) hide(root, kept, hidden);
    }
    return hidden;
}

const std::vector<std::string>& dataFolders() {
    static const std::vector<std::string> kFolders{"/home", "/root", "/srv", "/var", "/mnt", "/media"};
    return kFolders;
}

}  // namespace signalbox::nodes
