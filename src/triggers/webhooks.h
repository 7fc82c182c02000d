// Signed calls from outside that start runs.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "triggers/trigger_database.h"
#include "triggers/trigger_news.h"
#include "triggers/triggers.h"

namespace signalbox::triggers {

/// Thread-safe. Reads from the database each time, so that changes by other programs hold at once.
class Webhooks {
public:
    Webhooks(const TriggerOptions& options, TriggerDatabase& database, TriggerNews& news)
        : options_(&options), database_(&database), news_(&news), known_(news) {}

    [[nodiscard]] protocol::WebhookList list();
    [[nodiscard]] Result<protocol::WebhookDto> get(const std::string& id);
    [[nodiscard]] Result<protocol::WebhookSecret> save(const protocol::SaveWebhook& request);
    [[nodiscard]] Status remove(const protocol::DeleteWebhook& request);
    /// See Triggers::deliver.
    [[nodiscard]] Result<std::string> deliver(const Delivery& delivery);
    /// Writes counts of refused deliveries, which are kept in memory so that a flood of them is no flood of writes.
    void flush();
    /// Tells what other programs have edited. One thread at a time.
    void follow();

private:
    struct Row {
        protocol::WebhookDto dto;
        std::int64_t revision = 1;
        std::string secret;
    };
    [[nodiscard]] std::vector<std::string> ids();
    [[nodiscard]] Result<Row> read(const std::string& id);
    [[nodiscard]] Result<protocol::WebhookSecret> create(protocol::WebhookDto wanted);
    [[nodiscard]] Result<Value> check(const Row& row, const Delivery& delivery, const std::string& signature) const;
    [[nodiscard]] Result<std::string> earlier(const std::string& id, const std::string& fingerprint);
    [[nodiscard]] Status record(const Row& row, const std::string& fingerprint, const std::string& run, Micros expires);
    void refused(const std::string& id);
    [[nodiscard]] std::uint64_t refusedInMemory(const std::string& id);

    const TriggerOptions* options_;
    TriggerDatabase* database_;
    TriggerNews* news_;
    KnownTriggers known_;
    std::int64_t foreignVersion_ = -1;  ///< of the thread that follows
    std::mutex mutex_;
    std::map<std::string, std::uint64_t> refused_;  ///< not written yet
};

}  // namespace signalbox::triggers
