#include "nodes/file_access.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "nodes/latin1.h"

namespace signalbox::nodes {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> fileError(const std::error_code& error, const fs::path& path, const char* otherCode) {
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
        return fail("file.not-found", fmt::format("There is no file {}", path.string()), path.string());
    }
    if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted ||
        error == std::errc::read_only_file_system) {
        return fail("file.permission", fmt::format("No permission for {}", path.string()), path.string());
    }
    return fail(otherCode, fmt::format("{}: {}", path.string(), error.message()), path.string());
}

tl::unexpected<Error> outside(const fs::path& path, const char* hint) {
    return fail("file.outside-workspace", fmt::format("{} lies outside of the folders allowed for it", path.string()),
                path.string(), hint);
}

/// Whether a canonical path lies in (or is) a file or folder; in one that does not exist lies nothing.
bool isWithin(const fs::path& path, const std::string& root) {
    if (root.empty()) return false;
    std::error_code error;
    const fs::path real = fs::canonical(root, error);
    if (error) return false;
    const auto [rootEnd, rest] = std::mismatch(real.begin(), real.end(), path.begin(), path.end());
    return rootEnd == real.end();
}

/// For a canonical path.
Status notOfTheEngine(const FileAccess& access, const fs::path& path) {
    const bool isOwn = std::find(path.begin(), path.end(), ".signalbox") != path.end();
    const bool isShut = std::ranges::any_of(access.shut, [&](const std::string& shut) { return isWithin(path, shut); });
    if (!isOwn && !isShut) return {};
    return fail("file.engine-state", fmt::format("{} belongs to Signalbox itself", path.string()), path.string(),
                "Nodes neither read nor write what is in a folder .signalbox, nor the settings and keys of a gateway.");
}

Result<fs::path> absolutePath(const std::string& workspace, std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos) {
        return fail("file.not-found", "The path is empty or holds a zero byte");
    }
    const fs::path path(text);
    if (path.is_absolute()) return path;
    if (workspace.empty()) {
        return fail("file.no-workspace", fmt::format("The relative path {} needs a workspace", path.string()),
                    path.string(), "Give an absolute path, or open the workflow in a workspace.");
    }
    return fs::path(workspace) / path;
}

/// Whether a canonical path lies in (or is) the workspace or one of the folders.
bool isInside(const fs::path& path, const std::string& workspace,
              std::initializer_list<const std::vector<std::string>*> lists) {
    const auto within = [&path](const std::string& root) { return isWithin(path, root); };
    return within(workspace) ||
           std::ranges::any_of(lists, [&](const auto* roots) { return std::ranges::any_of(*roots, within); });
}

std::size_t firstInvalidLine(std::string_view text) {
    std::size_t line = 1;
    for (const std::string_view part : split(text, '\n')) {
        if (!isValidUtf8(part)) return line;
        ++line;
    }
    return line;
}

}  // namespace

Result<fs::path> resolveForReading(const FileAccess& access, const std::string& workspace, std::string_view path) {
    SIGNALBOX_TRY(const fs::path given, absolutePath(workspace, path));
    std::error_code error;
    fs::path real = fs::canonical(given, error);
    if (error) return fileError(error, given, "file.read");
    SIGNALBOX_CHECK(notOfTheEngine(access, real));
    if (access.readRoots && !isInside(real, workspace, {&*access.readRoots, &access.writeRoots})) {
        return outside(real, "Ask the administrator to add its folder to the folders that nodes may read.");
    }
    const auto status = fs::status(real, error);
    if (error) return fileError(error, real, "file.read");
    if (status.type() != fs::file_type::regular) {
        return fail("file.not-a-file", fmt::format("{} is not a regular file", real.string()), real.string());
    }
    return real;
}

Result<fs::path> resolveForWriting(const FileAccess& access, const std::string& workspace, std::string_view path) {
    constexpr const char* kHint =
        "Nodes write in the workspace only; an administrator can list more folders for writing.";
    SIGNALBOX_TRY(const fs::path given, absolutePath(workspace, path));
    const fs::path name = given.filename();
    if (name.empty() || name == "." || name == "..") {
        return fail("file.not-a-file", fmt::format("{} names a folder", given.string()), given.string());
    }
    std::error_code error;
    // Real as far as it exists; what does not exist yet cannot be a link, and ".." in it is taken away here.
    const fs::path folder = fs::weakly_canonical(given.parent_path(), error);
    if (error) return fileError(error, given, "file.write");
    if (!isInside(folder, workspace, {&access.writeRoots})) return outside(folder / name, kHint);
    SIGNALBOX_CHECK(notOfTheEngine(access, folder / name));
    fs::create_directories(folder, error);
    if (error) return fileError(error, folder, "file.write");
    const auto status = fs::symlink_status(folder / name, error);
    if (status.type() == fs::file_type::symlink) {
        const fs::path target = fs::weakly_canonical(folder / name, error);
        if (error) return fileError(error, folder / name, "file.write");
        if (!isInside(target, workspace, {&access.writeRoots})) return outside(target, kHint);
        SIGNALBOX_CHECK(notOfTheEngine(access, target));
        return target;
    }
    if (status.type() != fs::file_type::regular && status.type() != fs::file_type::not_found) {
        return fail("file.not-a-file", fmt::format("{} is not a regular file", (folder / name).string()),
                    (folder / name).string());
    }
    return folder / name;
}

Result<std::string> readTextFile(const fs::path& path, std::string_view encoding, std::size_t maxBytes,
                                 const char* encodingCode) {
    SIGNALBOX_TRY(std::string bytes, readFile(path, maxBytes));
    if (encoding == "latin-1") return latin1ToUtf8(bytes);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    if (!isValidUtf8(bytes)) {
        const std::size_t line = firstInvalidLine(bytes);
        return fail(encodingCode, fmt::format("Line {} of {} is not UTF-8", line, path.string()),
                    fmt::format("{}:{}", path.string(), line), "If the file is in Latin-1, choose that encoding.");
    }
    return bytes;
}

}  // namespace signalbox::nodes
