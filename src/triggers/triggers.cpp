#include "triggers/triggers.h"

#include <algorithm>
#include <utility>

#include "triggers/trigger_set.h"

namespace signalbox::triggers {

namespace {

/// How often what other programs do to the file, or their end, is looked for.
constexpr Micros kPoll = 2'000'000;

std::filesystem::path besides(const std::filesystem::path& file) { return file.string() + ".lock"; }

}  // namespace

Result<std::unique_ptr<Triggers>> Triggers::open(TriggerOptions options) {
    return TriggerSet::open(std::move(options));
}

Result<std::unique_ptr<TriggerSet>> TriggerSet::open(TriggerOptions options) {
    SIGNALBOX_TRY(auto database, TriggerDatabase::open(options.file));
    std::unique_ptr<TriggerSet> set(new TriggerSet(std::move(options), std::move(database)));
    SIGNALBOX_CHECK(set->scheduler_.load());
    return set;
}

TriggerSet::TriggerSet(TriggerOptions options, std::unique_ptr<TriggerDatabase> database)
    : options_(std::move(options)),
      database_(std::move(database)),
      news_(*options_.clock, options_.told),
      scheduler_(options_, *database_, news_),
      webhooks_(options_, *database_, news_),
      files_(options_, *database_, news_),
      lock_(besides(options_.file)) {}

TriggerSet::~TriggerSet() {
    stop();
    webhooks_.flush();
}

void TriggerSet::start() {
    const std::lock_guard lock(loopMutex_);
    if (!options_.starts || loop_) return;
    loop_ = std::make_unique<LoopThread>(*options_.clock, [this] { return tick(); });
    filesLoop_ = std::make_unique<LoopThread>(
        *options_.clock, [this] { return lookAtFiles(); }, files_.fd());
}

void TriggerSet::stop() {
    std::unique_ptr<LoopThread> loop;
    std::unique_ptr<LoopThread> filesLoop;
    {
        const std::lock_guard lock(loopMutex_);
        loop = std::move(loop_);
        filesLoop = std::move(filesLoop_);
    }
    loop.reset();
    filesLoop.reset();
    // One that a caller asked for may be under way as well.
    const std::scoped_lock lock(tickMutex_, lockMutex_);
    options_.starts = false;
}

bool TriggerSet::isStarter() {
    const std::lock_guard lock(lockMutex_);
    return options_.starts && lock_.tryTake();
}

Micros TriggerSet::tick() {
    const std::lock_guard lock(tickMutex_);
    webhooks_.flush();
    webhooks_.follow();
    Micros next = options_.clock->wallNow() + kPoll;
    if (isStarter())
        next = std::min(scheduler_.tick(), next);
    else
        scheduler_.follow();
    news_.publish();
    return next;
}

Micros TriggerSet::lookAtFiles() {
    const std::lock_guard lock(filesMutex_);
    Micros next = options_.clock->wallNow() + kPoll;
    if (isStarter())
        next = files_.tick();
    else
        files_.follow();
    news_.publish();
    return next;
}

void TriggerSet::wake() {
    const std::lock_guard lock(loopMutex_);
    if (loop_) loop_->wake();
    if (filesLoop_) filesLoop_->wake();
}

void TriggerSet::runEnded(const std::string& runId) {
    if (scheduler_.runEnded(runId)) wake();
}

protocol::ScheduleList TriggerSet::schedules(const std::string& workflowId) { return scheduler_.list(workflowId); }

Result<protocol::ScheduleDto> TriggerSet::schedule(const std::string& id) { return scheduler_.get(id); }

Result<protocol::ScheduleDto> TriggerSet::save(const protocol::SaveSchedule& request) {
    auto saved = scheduler_.save(request);
    news_.publish();
    wake();
    return saved;
}

Status TriggerSet::remove(const protocol::DeleteSchedule& request) {
    auto removed = scheduler_.remove(request);
    news_.publish();
    return removed;
}

Result<protocol::ScheduleDto> TriggerSet::pause(const protocol::PauseSchedule& request) {
    auto paused = scheduler_.pause(request);
    news_.publish();
    wake();
    return paused;
}

Result<protocol::BackfillResult> TriggerSet::trigger(const std::string& id) {
    SIGNALBOX_TRY(const std::string key, scheduler_.queueNow(id));
    // Where another program starts the runs it finds this one with its next look at the file.
    if (!isStarter()) return protocol::BackfillResult{1};
    tick();
    wake();
    if (auto failure = scheduler_.failureOf(key)) return fail(*std::move(failure));
    return protocol::BackfillResult{scheduler_.wasDropped(key) ? 0U : 1U};
}

Result<protocol::BackfillResult> TriggerSet::backfill(const protocol::BackfillSchedule& request) {
    SIGNALBOX_TRY(const std::uint32_t count, scheduler_.queueRange(request));
    wake();
    return protocol::BackfillResult{count};
}

Result<protocol::SchedulePreview> TriggerSet::preview(const protocol::PreviewSchedule& request) {
    return scheduler_.preview(request);
}

protocol::WebhookList TriggerSet::webhooks() { return webhooks_.list(); }

Result<protocol::WebhookDto> TriggerSet::webhook(const std::string& id) { return webhooks_.get(id); }

Result<protocol::WebhookSecret> TriggerSet::save(const protocol::SaveWebhook& request) {
    auto saved = webhooks_.save(request);
    news_.publish();
    return saved;
}

Status TriggerSet::remove(const protocol::DeleteWebhook& request) {
    auto removed = webhooks_.remove(request);
    news_.publish();
    return removed;
}

Result<std::string> TriggerSet::deliver(const Delivery& delivery) {
    auto run = webhooks_.deliver(delivery);
    news_.publish();
    return run;
}

protocol::TriggerStatsDto TriggerSet::stats() {
    auto stats = news_.totals();
    scheduler_.addTo(stats);
    return stats;
}

protocol::FileWatchList TriggerSet::fileWatches() { return files_.list(); }

Result<protocol::FileWatchDto> TriggerSet::fileWatch(const std::string& id) { return files_.get(id); }

Result<protocol::FileWatchDto> TriggerSet::save(const protocol::SaveFileWatch& request) {
    auto saved = files_.save(request);
    news_.publish();
    wake();
    return saved;
}

Status TriggerSet::remove(const protocol::DeleteFileWatch& request) {
    auto removed = files_.remove(request);
    news_.publish();
    return removed;
}

}  // namespace signalbox::triggers
