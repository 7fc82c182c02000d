#include "triggers/file_watches.h"

#include <algorithm>
#include <utility>

#include "base/ids.h"

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;
/// How often it is looked whether a folder is still where it was, and, without the kernel's notices, what is in it.
constexpr Micros kPoll = 2 * kSecond;
constexpr std::int64_t kStartsAtOnce = 64;
constexpr int kMostTries = 8;
constexpr Micros kLongestRetry = 60 * kSecond;

bool isWanted(const protocol::FileWatchDto& watch, std::string_view event) {
    if (watch.events.empty()) return event != "deleted";
    return std::find(watch.events.begin(), watch.events.end(), event) != watch.events.end();
}

Value inputsOf(const FileEvent& event) {
    return Value::object({{"path", Value(event.path)},
                          {"event", Value(event.event)},
                          {"size", Value(event.mark.size)},
                          {"modified", Value(formatTimestamp(event.mark.modified / 1000))}});
}

Value pathOf(const FileEvent& event) { return Value::object({{"path", Value(event.path)}}); }

}  // namespace

void FileWatches::setProblem(const std::string& id, const std::string& problem) {
    const std::lock_guard lock(mutex_);
    if (problem.empty()) {
        problems_.erase(id);
        return;
    }
    if (std::exchange(problems_[id], problem) == problem) return;
    log_.warning("a folder is not watched", Value::object({{"watch", id}, {"error", problem}}));
}

/// Takes up what was saved here or by another program.
void FileWatches::refresh() {
    const std::int64_t version = database_->foreignVersion();
    {
        const std::lock_guard lock(mutex_);
        if (!isStale_ && version == foreignVersion_) return;
        isStale_ = false;
    }
    foreignVersion_ = version;
    const std::uint64_t edits = known_.edits();
    auto all = table_.all();
    if (!all) {
        log_.error("watched folders cannot be read", Value::object({{"error", all.error().message}}));
        const std::lock_guard lock(mutex_);
        isStale_ = true;
        return;
    }
    std::vector<KnownTriggers::Known> known;
    for (const FileWatch& watch : *all) known.push_back({TriggerNews::of(watch.dto), watch.revision});
    known_.compare(std::move(known), edits);
    std::map<std::string, Active> wanted;
    for (FileWatch& watch : *all) {
        if (!watch.dto.enabled) continue;
        const auto found = active_.find(watch.dto.id);
        if (found != active_.end() && found->second.watch.revision == watch.revision) {
            wanted.insert(active_.extract(found));
        } else {
            wanted[watch.dto.id].watch = std::move(watch);
        }
    }
    for (const auto& [id, gone] : active_) {
        notices_.remove(id);
        setProblem(id, {});
    }
    active_ = std::move(wanted);
}

void FileWatches::takeNotices(Micros now) {
    for (const auto& notice : notices_.take()) {
        const auto found = active_.find(notice.id);
        if (found == active_.end()) continue;
        Active& active = found->second;
        if (notice.isGone) {
            notices_.remove(notice.id);
            active.folder = FolderHandle();
        } else if (notice.name.empty() || !active.files || !active.folder.isOpen()) {
            active.isDirty = true;
        } else {
            active.files->look(active.folder, notice.name, now);
        }
    }
}

/// Opens the folder that is at its place now, and asks for notices before it is looked at.
Status FileWatches::arm(Active& active) {
    SIGNALBOX_TRY(FolderHandle there, FolderHandle::open(options_->workspace, active.watch.dto.folder));
    if (active.folder.isOpen() && active.folder.isSame(there)) return {};
    notices_.remove(active.watch.dto.id);
    active.folder = std::move(there);
    active.isDirty = true;
    active.isPolled = !notices_.add(active.watch.dto.id, active.folder);
    return {};
}

Status FileWatches::readKnown(Active& active) {
    const auto& dto = active.watch.dto;
    FileMarks known;
    if (active.watch.isPrimed) {
        SIGNALBOX_TRY(known, table_.known(dto.id));
    } else {
        SIGNALBOX_TRY(known, WatchedFolder(dto.pattern, dto.settle, {}).list(active.folder));
        SIGNALBOX_CHECK(table_.prime(dto.id, known));
        active.watch.isPrimed = true;
    }
    active.files = std::make_unique<WatchedFolder>(dto.pattern, dto.settle, std::move(known));
    return {};
}

Status FileWatches::record(Active& active, const std::vector<FileChange>& changes) {
    if (changes.empty()) return {};
    const Micros wall = options_->clock->wallNow();
    const auto& dto = active.watch.dto;
    std::vector<FileEvent> due;
    for (const FileChange& change : changes) {
        if (!isWanted(dto, change.event())) continue;
        const auto path = (std::filesystem::path(dto.folder) / change.name).lexically_normal();
        due.push_back({"watch/" + dto.id + "/" + Uuid::v7(wall, *options_->random).toString(), dto.id, path.string(),
                       change.event(), change.now ? *change.now : *change.before});
    }
    return table_.record(dto.id, changes, due, wall);
}

void FileWatches::work(Active& active, Micros now) {
    const auto looked = [&]() -> Status {
        SIGNALBOX_CHECK(arm(active));
        if (!active.files) SIGNALBOX_CHECK(readKnown(active));
        if (active.isDirty || active.isPolled) {
            SIGNALBOX_CHECK(active.files->rescan(active.folder, now));
            active.isDirty = false;
        }
        const auto changes = active.files->settled(active.folder, now);
        auto recorded = record(active, changes);
        if (!recorded) active.files->forget(changes, now);
        return recorded;
    }();
    if (!looked) active.isDirty = true;
    setProblem(active.watch.dto.id, looked ? std::string() : looked.error().message);
}

void FileWatches::startFailed(const FileEvent& event, const protocol::FileWatchDto& watch, const Error& error,
                              Micros now) {
    Retry& retry = retries_[event.key];
    const bool isTriedAgain = error.retryable && ++retry.tries < kMostTries;
    log_.warning(isTriedAgain ? "a file's run did not start and is tried again" : "a file's run did not start",
                 Value::object({{"file", event.path}, {"code", error.code}, {"error", error.message}}));
    if (isTriedAgain) {
        retry.at = now + std::min(kLongestRetry, kSecond << (retry.tries - 1));
        return;
    }
    retries_.erase(event.key);
    if (table_.done(event, false, options_->clock->wallNow()))
        news_->failed(TriggerNews::of(watch), error, pathOf(event));
}

void FileWatches::start(const FileEvent& event, Micros now) {
    const auto watch = table_.read(event.watchId);
    if (!watch) return;
    const auto run = options_->runs.start(
        {watch->dto.workflowId, inputsOf(event), event.key, "file watch " + watch->dto.name, /*onlyDeclared=*/true});
    if (!run) return startFailed(event, watch->dto, run.error(), now);
    retries_.erase(event.key);
    // What cannot be written is tried again under the same key, which gives the same run.
    if (table_.done(event, true, options_->clock->wallNow()))
        news_->started(TriggerNews::of(watch->dto), *run, pathOf(event));
}

/// Whether there may be more to start.
bool FileWatches::startDue(Micros now) {
    const auto events = table_.due(kStartsAtOnce);
    if (!events) return false;
    bool isAnyStarted = false;
    for (const FileEvent& event : *events) {
        const auto retry = retries_.find(event.key);
        if (retry != retries_.end() && retry->second.at > now) continue;
        start(event, now);
        isAnyStarted = true;
    }
    return isAnyStarted && events->size() == static_cast<std::size_t>(kStartsAtOnce);
}

Micros FileWatches::tick() {
    refresh();
    const Micros now = options_->clock->monotonicNow();
    takeNotices(now);
    Micros next = now + kPoll;
    for (auto& [id, active] : active_) {
        work(active, now);
        if (active.files && active.folder.isOpen()) next = std::min(next, active.files->nextSettled());
    }
    if (startDue(now)) next = now;
    return options_->clock->wallNow() + std::max<Micros>(0, next - now);
}

}  // namespace signalbox::triggers
