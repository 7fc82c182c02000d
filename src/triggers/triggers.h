// Schedules, webhooks and watched folders of one workspace: what starts runs by itself.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "protocol/dto.h"
#include "protocol/trigger_requests.h"

namespace signalbox::triggers {

/// How triggers start and stop runs. Thread-safe; may block.
struct RunPort {
    struct Start {
        std::string workflowId;
        Value inputs;
        std::string idempotencyKey;  ///< the same start twice is one run
        std::string startedBy;       ///< "schedule nightly", "webhook orders"
        bool onlyDeclared = false;   ///< inputs that the workflow does not declare are left out
    };
    std::function<Result<std::string>(const Start&)> start;  ///< gives the run's id
    std::function<bool(const std::string& runId)> isRunning;
    std::function<Status(const std::string& runId, const std::string& reason)> cancel;     ///< lets it clean up
    std::function<Status(const std::string& runId, const std::string& reason)> terminate;  ///< ends it at once
};

struct TriggerOptions {
    std::filesystem::path file;       ///< of the database; made with mode 0600, for it holds the webhooks' secrets
    std::filesystem::path workspace;  ///< whose folders may be watched
    const Clock* clock = nullptr;     ///< must outlive it
    Random* random = nullptr;         ///< for ids; secrets come from the system
    Logger log;
    RunPort runs;
    /// Told of what happens: events of kind "schedule", "webhook" and "watch". Any thread; must neither block nor call
    /// back. May be empty.
    std::function<void(std::vector<protocol::EventDto>)> told;
    bool starts = true;  ///< false: may be edited, but nothing is started (another program does)
};

/// One delivery to a webhook, as it came.
struct Delivery {
    std::string webhookId;
    std::string timestamp;  ///< header "Signalbox-Timestamp": seconds since the epoch
    std::string signature;  ///< header "Signalbox-Signature": "v1=" and the hex digest
    std::string body;
};

/// Thread-safe. Owns its threads; what is under way ends with it. Only one of several programs on a workspace starts
/// runs: whoever holds the lock beside the database.
class Triggers {
public:
    /// Nothing is started before start(). Errors "trigger.*", "store.*".
    [[nodiscard]] static Result<std::unique_ptr<Triggers>> open(TriggerOptions options);
    virtual ~Triggers() = default;
    Triggers(const Triggers&) = delete;
    Triggers& operator=(const Triggers&) = delete;

    /// From now on starts what is due, unless the options say that another program does.
    virtual void start() = 0;
    /// Starts nothing more, and waits for what is under way. What is due from then on is found by the next one.
    virtual void stop() = 0;
    /// A run has ended; buffered starts may go. Any thread; does not block.
    virtual void runEnded(const std::string& runId) = 0;

    [[nodiscard]] virtual protocol::ScheduleList schedules(const std::string& workflowId) = 0;
    [[nodiscard]] virtual Result<protocol::ScheduleDto> schedule(const std::string& id) = 0;
    [[nodiscard]] virtual Result<protocol::ScheduleDto> save(const protocol::SaveSchedule& request) = 0;
    [[nodiscard]] virtual Status remove(const protocol::DeleteSchedule& request) = 0;
    [[nodiscard]] virtual Result<protocol::ScheduleDto> pause(const protocol::PauseSchedule& request) = 0;
    [[nodiscard]] virtual Result<protocol::BackfillResult> trigger(const std::string& id) = 0;
    [[nodiscard]] virtual Result<protocol::BackfillResult> backfill(const protocol::BackfillSchedule& request) = 0;
    [[nodiscard]] virtual Result<protocol::SchedulePreview> preview(const protocol::PreviewSchedule& request) = 0;

    [[nodiscard]] virtual protocol::WebhookList webhooks() = 0;
    [[nodiscard]] virtual Result<protocol::WebhookDto> webhook(const std::string& id) = 0;
    [[nodiscard]] virtual Result<protocol::WebhookSecret> save(const protocol::SaveWebhook& request) = 0;
    [[nodiscard]] virtual Status remove(const protocol::DeleteWebhook& request) = 0;
    /// Gives the run's id. The same delivery again gives the same. Errors "webhook.not-found" (also when disabled),
    /// "webhook.signature", "webhook.timestamp", "webhook.body" (no JSON), and those of the start.
    [[nodiscard]] virtual Result<std::string> deliver(const Delivery& delivery) = 0;

    [[nodiscard]] virtual protocol::TriggerStatsDto stats() = 0;

    [[nodiscard]] virtual protocol::FileWatchList fileWatches() = 0;
    [[nodiscard]] virtual Result<protocol::FileWatchDto> fileWatch(const std::string& id) = 0;
    [[nodiscard]] virtual Result<protocol::FileWatchDto> save(const protocol::SaveFileWatch& request) = 0;
    [[nodiscard]] virtual Status remove(const protocol::DeleteFileWatch& request) = 0;

protected:
    Triggers() = default;
};

}  // namespace signalbox::triggers
