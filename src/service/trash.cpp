#include "service/trash.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <tuple>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/ids.h"
#include "base/json.h"

namespace signalbox::service {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDocument = "document";
constexpr const char* kWhat = "what.json";

Error fileError(const std::error_code& error, const fs::path& path) {
    const bool denied = error == std::errc::permission_denied || error == std::errc::operation_not_permitted;
    return {denied ? "file.permission" : "file.write",
            "The file cannot be moved: " + error.message(),
            path.string(),
            {},
            false};
}

}  // namespace

Status Trash::put(const fs::path& file, const TrashedFile& what) {
    const fs::path place = folder_ / what.trashId;
    std::error_code error;
    fs::create_directories(place, error);
    if (error) return fail(fileError(error, place));
    const Value description = Value::object({{"workflowId", what.workflowId},
                                             {"name", what.name},
                                             {"file", what.file},
                                             {"deleted", static_cast<std::int64_t>(what.deleted)}});
    SIGNALBOX_CHECK(writeFileAtomically(place / kWhat, writeJson(description)));
    fs::rename(file, place / kDocument, error);
    if (error) return fail(fileError(error, file));
    const auto all = list();
    for (std::size_t i = kKept; i < all.size(); ++i) fs::remove_all(folder_ / all[i].trashId, error);
    return {};
}

std::vector<TrashedFile> Trash::list() const {
    std::vector<TrashedFile> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_, error)) {
        if (auto file = find(entry.path().filename().string())) found.push_back(std::move(*file));
    }
    std::sort(found.begin(), found.end(), [](const TrashedFile& a, const TrashedFile& b) {
        return std::tie(a.deleted, a.trashId) > std::tie(b.deleted, b.trashId);
    });
    return found;
}

Result<TrashedFile> Trash::find(const std::string& trashId) const {
    const auto unknown = [&] {
        return fail("workflow.not-found", fmt::format("The trash has no entry \"{}\"", trashId), trashId,
                    "It may have been restored already, or made room for later ones");
    };
    // Ids are made here; anything else must not lead out of the folder.
    if (!Uuid::parse(trashId)) return unknown();
    std::error_code error;
    if (!fs::exists(folder_ / trashId / kDocument, error)) return unknown();
    const auto text = readFile(folder_ / trashId / kWhat);
    const auto what = text ? parseJson(*text) : Result<Value>(fail(text.error()));
    if (!what) return unknown();
    TrashedFile file;
    file.trashId = trashId;
    file.workflowId = (*what)["workflowId"].asString();
    file.name = (*what)["name"].asString();
    file.file = (*what)["file"].asString();
    file.deleted = (*what)["deleted"].asInteger();
    return file;
}

Status Trash::takeBack(const TrashedFile& what, const fs::path& file) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    const fs::path place = folder_ / what.trashId;
    // Never over another file, also when one appears in this moment.
    if (::renameat2(AT_FDCWD, (place / kDocument).c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST) {
            return fail("workflow.conflict", "There is another file where it was", what.file,
                        "Move that one away, or rename it");
        }
        return fail(fileError(std::error_code(errno, std::generic_category()), file));
    }
    fs::remove_all(place, error);
    return {};
}

}  // namespace signalbox::service
