#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/ids.h"
#include "triggers/file_watches.h"

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;
constexpr std::size_t kLongestName = 200;
constexpr std::int64_t kMostWatches = 200;
constexpr Micros kShortestSettle = 10'000;
constexpr Micros kLongestSettle = 3600 * kSecond;

auto invalid(const char* member, std::string message, std::string hint = {}) {
    return fail("watch.invalid", std::move(message), fmt::format("/watch/{}", member), std::move(hint));
}

auto conflict(const protocol::FileWatchDto& current) {
    return fail("watch.conflict", fmt::format("\"{}\" has been changed meanwhile", current.name), current.id,
                "Load it again and make the change there");
}

Status checkDefinition(const protocol::FileWatchDto& dto) {
    if (dto.name.empty() || dto.name.size() > kLongestName) {
        return invalid("name", "A watched folder needs a name", fmt::format("Up to {} bytes", kLongestName));
    }
    if (dto.workflowId.empty()) return invalid("workflowId", "A watched folder needs a workflow to start");
    if (dto.pattern.empty() || dto.pattern.size() > kLongestName || dto.pattern.find('/') != std::string::npos) {
        return invalid("pattern", "The pattern is not one of file names", "As \"*.csv\", without folders");
    }
    if (dto.settle < kShortestSettle || dto.settle > kLongestSettle) {
        return invalid("settle", "The time to settle cannot be used", "10ms to 1h");
    }
    constexpr std::array<const char*, 3> kEvents{"created", "changed", "deleted"};
    for (const std::string& event : dto.events) {
        if (std::find(kEvents.begin(), kEvents.end(), event) == kEvents.end()) {
            return invalid("events", fmt::format("\"{}\" is not known", event),
                           "\"created\", \"changed\", \"deleted\"");
        }
    }
    return {};
}

}  // namespace

protocol::FileWatchDto FileWatches::view(FileWatch watch) {
    const std::lock_guard lock(mutex_);
    if (const auto found = problems_.find(watch.dto.id); found != problems_.end()) watch.dto.problem = found->second;
    return std::move(watch.dto);
}

void FileWatches::markStale() {
    const std::lock_guard lock(mutex_);
    isStale_ = true;
}

protocol::FileWatchList FileWatches::list() {
    protocol::FileWatchList list;
    if (auto all = table_.all()) {
        for (FileWatch& watch : *all) list.watches.push_back(view(std::move(watch)));
    }
    std::sort(list.watches.begin(), list.watches.end(),
              [](const auto& a, const auto& b) { return std::tie(a.name, a.id) < std::tie(b.name, b.id); });
    return list;
}

Result<protocol::FileWatchDto> FileWatches::get(const std::string& id) {
    SIGNALBOX_TRY(FileWatch watch, table_.read(id));
    return view(std::move(watch));
}

Result<protocol::FileWatchDto> FileWatches::create(protocol::FileWatchDto wanted) {
    FileWatch watch;
    watch.dto = std::move(wanted);
    watch.dto.created = options_->clock->wallNow();
    watch.dto.id = Uuid::v7(watch.dto.created, *options_->random).toString();
    SIGNALBOX_TRY(const bool added, table_.insert(watch, kMostWatches));
    if (!added) return invalid("name", fmt::format("{} folders are watched already", kMostWatches));
    known_.edited(TriggerNews::of(watch.dto), watch.revision, "created");
    markStale();
    return get(watch.dto.id);
}

Result<protocol::FileWatchDto> FileWatches::save(const protocol::SaveFileWatch& request) {
    SIGNALBOX_CHECK(checkDefinition(request.watch));
    if (auto folder = FolderHandle::open(options_->workspace, request.watch.folder); !folder) {
        return fail(std::move(folder).error());
    }
    if (request.watch.id.empty()) return create(request.watch);
    SIGNALBOX_TRY(const FileWatch current, table_.read(request.watch.id));
    if (!request.expectedEtag.empty() && request.expectedEtag != current.dto.etag) return conflict(current.dto);
    FileWatch changed;
    changed.dto = request.watch;
    changed.dto.created = current.dto.created;
    changed.revision = current.revision + 1;
    const bool startsOver = changed.dto.folder != current.dto.folder || changed.dto.pattern != current.dto.pattern ||
                            (changed.dto.enabled && !current.dto.enabled);
    SIGNALBOX_TRY(const bool isWritten, table_.change(changed, startsOver));
    if (!isWritten) return conflict(current.dto);
    known_.edited(TriggerNews::of(changed.dto), changed.revision, "changed");
    markStale();
    return get(request.watch.id);
}

Status FileWatches::remove(const protocol::DeleteFileWatch& request) {
    SIGNALBOX_TRY(const FileWatch current, table_.read(request.id));
    if (!request.expectedEtag.empty() && request.expectedEtag != current.dto.etag) return conflict(current.dto);
    SIGNALBOX_CHECK(table_.remove(request.id));
    known_.edited(TriggerNews::of(current.dto), current.revision, "deleted");
    markStale();
    return {};
}

}  // namespace signalbox::triggers
