// The implementation of Triggers: schedules, webhooks and watched folders over one database.
#pragma once

#include <memory>
#include <mutex>

#include "triggers/file_watches.h"
#include "triggers/loop_thread.h"
#include "triggers/scheduler.h"
#include "triggers/start_lock.h"
#include "triggers/trigger_news.h"
#include "triggers/triggers.h"
#include "triggers/webhooks.h"

namespace signalbox::triggers {

class TriggerSet final : public Triggers {
public:
    [[nodiscard]] static Result<std::unique_ptr<TriggerSet>> open(TriggerOptions options);
    ~TriggerSet() override;

    // What start() has threads do. Each gives when it wants to be called again.
    Micros tick();         ///< starts the schedules' runs
    Micros lookAtFiles();  ///< starts the runs for files
    /// Whether runs are started by this program.
    [[nodiscard]] bool isStarter();

    void start() override;
    void stop() override;
    void runEnded(const std::string& runId) override;

    [[nodiscard]] protocol::ScheduleList schedules(const std::string& workflowId) override;
    [[nodiscard]] Result<protocol::ScheduleDto> schedule(const std::string& id) override;
    [[nodiscard]] Result<protocol::ScheduleDto> save(const protocol::SaveSchedule& request) override;
    [[nodiscard]] Status remove(const protocol::DeleteSchedule& request) override;
    [[nodiscard]] Result<protocol::ScheduleDto> pause(const protocol::PauseSchedule& request) override;
    [[nodiscard]] Result<protocol::BackfillResult> trigger(const std::string& id) override;
    [[nodiscard]] Result<protocol::BackfillResult> backfill(const protocol::BackfillSchedule& request) override;
    [[nodiscard]] Result<protocol::SchedulePreview> preview(const protocol::PreviewSchedule& request) override;

    [[nodiscard]] protocol::WebhookList webhooks() override;
    [[nodiscard]] Result<protocol::WebhookDto> webhook(const std::string& id) override;
    [[nodiscard]] Result<protocol::WebhookSecret> save(const protocol::SaveWebhook& request) override;
    [[nodiscard]] Status remove(const protocol::DeleteWebhook& request) override;
    [[nodiscard]] Result<std::string> deliver(const Delivery& delivery) override;

    [[nodiscard]] protocol::TriggerStatsDto stats() override;

    [[nodiscard]] protocol::FileWatchList fileWatches() override;
    [[nodiscard]] Result<protocol::FileWatchDto> fileWatch(const std::string& id) override;
    [[nodiscard]] Result<protocol::FileWatchDto> save(const protocol::SaveFileWatch& request) override;
    [[nodiscard]] Status remove(const protocol::DeleteFileWatch& request) override;

private:
    TriggerSet(TriggerOptions options, std::unique_ptr<TriggerDatabase> database);
    void wake();

    TriggerOptions options_;
    std::unique_ptr<TriggerDatabase> database_;
    TriggerNews news_;
    Scheduler scheduler_;
    Webhooks webhooks_;
    FileWatches files_;
    std::mutex lockMutex_;
    StartLock lock_;
    std::mutex tickMutex_;
    std::mutex filesMutex_;
    std::mutex loopMutex_;
    std::unique_ptr<LoopThread> loop_;  ///< null: stopped, or there is none
    std::unique_ptr<LoopThread> filesLoop_;
};

}  // namespace signalbox::triggers
