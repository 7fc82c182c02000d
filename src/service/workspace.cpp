#include "service/workspace.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "service/file_lock.h"
#include "service/references.h"

namespace signalbox::service {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestDocument = 64U << 20U;
constexpr std::size_t kMostFiles = 10'000;
constexpr int kDeepestFolder = 8;
constexpr std::size_t kLongestName = 100;

bool isWorkflowFile(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.ends_with(Workspace::kSuffix) && !name.starts_with('.');
}

/// Paths of the workflow files below a folder, sorted.
std::vector<fs::path> listFiles(const fs::path& folder, std::error_code& error) {
    std::vector<fs::path> paths;
    fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error);
    while (!error && it != fs::recursive_directory_iterator() && paths.size() < kMostFiles) {
        std::error_code ignored;
        if (it->is_directory(ignored)) {
            if (it->path().filename().string().starts_with('.') || it.depth() >= kDeepestFolder) {
                it.disable_recursion_pending();
            }
        } else if (isWorkflowFile(it->path()) && it->is_regular_file(ignored)) {
            paths.push_back(it->path());
        }
        it.increment(error);
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

WorkflowFilePtr makeFile(std::string relative, std::string text, Micros modified) {
    std::string etag = sha256Hex(text);
    auto parsed = engine::parseDocument(text);
    std::string id = parsed ? parsed->document.id : std::string();
    if (id.empty()) {
        id = fs::path(relative).filename().string();
        id.resize(id.size() - std::string_view(Workspace::kSuffix).size());
    }
    std::vector<std::string> uses;
    if (parsed) uses = referencesOf(parsed->document);
    return std::make_shared<const WorkflowFile>(WorkflowFile{std::move(id), std::move(relative), std::move(text),
                                                             std::move(etag), modified, std::move(uses),
                                                             std::move(parsed)});
}

}  // namespace

WorkflowFilePtr WorkspaceScan::find(std::string_view id) const {
    const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file->id == id; });
    return found == files.end() ? nullptr : *found;
}

Result<std::unique_ptr<Workspace>> Workspace::open(const fs::path& folder) {
    std::error_code error;
    const fs::path absolute = fs::canonical(folder, error);
    if (error) {
        return fail("workspace.not-found", "The workspace cannot be opened: " + error.message(), folder.string(),
                    "Name a folder that exists");
    }
    if (!fs::is_directory(absolute, error)) {
        return fail("workspace.not-a-folder", "The workspace is no folder", folder.string(), "Name a folder");
    }
    return std::unique_ptr<Workspace>(new Workspace(absolute));
}

WorkflowFilePtr Workspace::look(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return nullptr;
    const std::int64_t nanos = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
    const auto size = static_cast<std::uint64_t>(status.st_size);
    std::string relative = path.lexically_relative(folder_).generic_string();
    {
        const std::lock_guard lock(mutex_);
        const auto known = known_.find(relative);
        if (known != known_.end() && known->second.modifiedNanos == nanos && known->second.size == size &&
            known->second.inode == status.st_ino) {
            return known->second.file;
        }
    }
    auto text = readFile(path, kLargestDocument);
    if (!text) return nullptr;
    auto file = makeFile(relative, std::move(*text), nanos / 1000);
    const std::lock_guard lock(mutex_);
    known_[relative] = {nanos, size, status.st_ino, file};
    return file;
}

Result<WorkspaceScan> Workspace::scan() {
    std::error_code error;
    const auto paths = listFiles(folder_, error);
    if (error && paths.empty()) {
        return fail("workspace.not-found", "The workspace cannot be read: " + error.message(), folder_.string());
    }
    WorkspaceScan scan;
    std::string all;
    for (const fs::path& path : paths) {
        if (auto file = look(path)) {
            for (const std::string& used : file->uses) {
                auto& users = scan.usedBy[used];
                if (used != file->id && (users.empty() || users.back() != file->id)) users.push_back(file->id);
            }
            all.append(file->file).append(1, '\n').append(file->etag).append(1, '\n');
            scan.files.push_back(std::move(file));
        }
    }
    scan.generation = checksum64(all);
    const std::lock_guard lock(mutex_);
    places_.clear();
    for (const auto& file : scan.files) places_.try_emplace(file->id, file->file);
    std::erase_if(known_, [&](const auto& entry) { return !fs::exists(folder_ / entry.first, error); });
    return scan;
}

WorkflowFilePtr Workspace::lookWhereItWas(const std::string& id) {
    fs::path path;
    {
        const std::lock_guard lock(mutex_);
        const auto place = places_.find(id);
        if (place == places_.end()) return nullptr;
        path = folder_ / place->second;
    }
    auto file = look(path);
    return file && file->id == id ? file : nullptr;
}

Result<WorkflowFilePtr> Workspace::findAgain(const std::string& id) {
    if (auto file = lookWhereItWas(id)) return file;
    return find(id);
}

Result<WorkflowFilePtr> Workspace::find(const std::string& id) {
    SIGNALBOX_TRY(auto all, scan());
    if (auto file = all.find(id)) return file;
    std::vector<std::string> ids;
    for (const auto& file : all.files) ids.push_back(file->id);
    const auto meant = didYouMean(id, ids);
    return fail("workflow.not-found", fmt::format("The workspace has no workflow \"{}\"", id), id,
                meant ? fmt::format("Did you mean \"{}\"?", *meant) : "List the workflows to see what there is");
}

fs::path Workspace::pathFor(const WorkspaceScan& scan, const std::string& id) const {
    if (const auto existing = scan.find(id)) return folder_ / existing->file;
    return freePath(folder_, id);
}

fs::path Workspace::freePath(const fs::path& folder, const std::string& id) {
    const std::string stem = safeFileName(id);
    fs::path path = folder / (stem + kSuffix);
    std::error_code ignored;
    for (int number = 2; fs::exists(path, ignored); ++number) {
        path = folder / fmt::format("{}-{}{}", stem, number, kSuffix);
    }
    return path;
}

Result<WorkflowFilePtr> Workspace::save(std::string_view text, const std::string& expectedEtag) {
    SIGNALBOX_TRY(const auto parsed, engine::parseDocument(text));
    const std::string& id = parsed.document.id;
    if (id.empty()) {
        return fail("workflow.no-id", "The document has no id", "/id", "Give it one: \"id\": \"my-workflow\"");
    }
    const std::lock_guard once(saveMutex_);
    // Keeps other programs of this kind out between looking and writing; harmless where it cannot be had.
    const FileLock others(folder_);
    SIGNALBOX_TRY(const auto before, scan());
    const auto existing = before.find(id);
    if (existing == nullptr ? !expectedEtag.empty() : existing->etag != expectedEtag) {
        return fail("workflow.conflict",
                    existing == nullptr    ? fmt::format("Workflow \"{}\" has been deleted meanwhile", id)
                    : expectedEtag.empty() ? fmt::format("There is a workflow \"{}\" already", id)
                                           : fmt::format("Workflow \"{}\" has been changed meanwhile", id),
                    existing == nullptr ? std::string() : existing->file,
                    "Load it again and repeat the change, or save under another id");
    }
    const fs::path path = pathFor(before, id);
    SIGNALBOX_CHECK(writeFileAtomically(path, engine::writeDocument(parsed.document)));
    auto saved = look(path);
    if (!saved) return fail("file.read", "The file was written but cannot be read", path.string());
    return saved;
}

fs::path workspaceOf(const fs::path& file) {
    std::error_code error;
    fs::path own = fs::absolute(file, error).lexically_normal();
    if (!fs::is_directory(own, error)) own = own.parent_path();
    for (fs::path folder = own;; folder = folder.parent_path()) {
        if (fs::is_directory(folder / Workspace::kStateFolder, error)) return folder;
        if (folder == folder.parent_path()) return own;
    }
}

std::string safeFileName(std::string_view id) {
    std::string name;
    for (const char c : id.substr(0, kLongestName)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                           c == '-' || (c == '.' && !name.empty());
        name.push_back(plain ? c : '-');
    }
    return name.empty() ? "workflow" : name;
}

}  // namespace signalbox::service
