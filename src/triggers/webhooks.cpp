#include "triggers/webhooks.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/ids.h"
#include "base/json.h"
#include "protocol/codec.h"
#include "triggers/signature.h"

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;
constexpr Micros kLongestTolerance = 3600 * kSecond;
constexpr std::size_t kLongestName = 200;
constexpr std::int64_t kMostWebhooks = 1000;

auto noSuch(const std::string& id) { return fail("webhook.not-found", "There is no such webhook", id); }

auto invalid(const char* member, std::string message, std::string hint = {}) {
    return fail("webhook.invalid", std::move(message), fmt::format("/webhook/{}", member), std::move(hint));
}

Status checkDefinition(const protocol::WebhookDto& dto) {
    if (dto.name.empty() || dto.name.size() > kLongestName) {
        return invalid("name", "A webhook needs a name", fmt::format("Up to {} bytes", kLongestName));
    }
    if (dto.workflowId.empty()) return invalid("workflowId", "A webhook needs a workflow to start");
    if (dto.input.size() > kLongestName) return invalid("input", "The name of the input is too long");
    if (dto.tolerance < kSecond || dto.tolerance > kLongestTolerance) {
        return invalid("tolerance", "The tolerance cannot be used", "1s to 1h");
    }
    return {};
}

Status checkEtag(const protocol::WebhookDto& current, const std::string& expected) {
    if (expected.empty() || expected == current.etag) return {};
    return fail("webhook.conflict", fmt::format("\"{}\" has been changed meanwhile", current.name), current.id,
                "Load it again and make the change there");
}

std::string definitionOf(protocol::WebhookDto dto) {
    dto.accepted = 0;
    dto.refused = 0;
    dto.lastDelivery = 0;
    dto.etag.clear();
    return writeJson(protocol::toValue(dto));
}

Result<std::int64_t> secondsOf(std::string_view timestamp) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
    constexpr std::int64_t kFarthest = 100'000'000'000;
    if (error == std::errc() && end == timestamp.data() + timestamp.size() && seconds > 0 && seconds < kFarthest) {
        return seconds;
    }
    return fail("webhook.timestamp", "The timestamp is no number of seconds", "Signalbox-Timestamp",
                "Seconds since 1970, as `date +%s` gives them");
}

}  // namespace

Result<Webhooks::Row> Webhooks::read(const std::string& id) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto query, file->query("SELECT dto, revision, secret, accepted, refused, last_delivery FROM "
                                          "webhooks WHERE id = ?",
                                          id));
    SIGNALBOX_TRY(const bool found, query.next());
    if (!found) return noSuch(id);
    SIGNALBOX_TRY(const Value value, parseJson(query.text(0)));
    Row row;
    SIGNALBOX_TRY(row.dto, protocol::fromValue<protocol::WebhookDto>(value));
    row.revision = query.integer(1);
    row.secret = query.text(2);
    row.dto.accepted = static_cast<std::uint64_t>(query.integer(3));
    row.dto.refused = static_cast<std::uint64_t>(query.integer(4)) + refusedInMemory(id);
    row.dto.lastDelivery = query.integer(5);
    row.dto.etag = fmt::format("{}", row.revision);
    return row;
}

std::vector<std::string> Webhooks::ids() {
    std::vector<std::string> ids;
    const auto file = database_->use();
    if (auto query = file->query("SELECT id FROM webhooks")) {
        for (auto row = query->next(); row && *row; row = query->next()) ids.push_back(query->text(0));
    }
    return ids;
}

void Webhooks::follow() {
    const std::int64_t version = database_->foreignVersion();
    if (std::exchange(foreignVersion_, version) == version) return;
    const std::uint64_t edits = known_.edits();
    std::vector<KnownTriggers::Known> known;
    for (const std::string& id : ids()) {
        if (auto row = read(id)) known.push_back({TriggerNews::of(row->dto), row->revision});
    }
    known_.compare(std::move(known), edits);
}

protocol::WebhookList Webhooks::list() {
    protocol::WebhookList list;
    for (const std::string& id : ids()) {
        if (auto row = read(id)) list.webhooks.push_back(std::move(row->dto));
    }
    std::sort(list.webhooks.begin(), list.webhooks.end(),
              [](const auto& a, const auto& b) { return std::tie(a.name, a.id) < std::tie(b.name, b.id); });
    return list;
}

Result<protocol::WebhookDto> Webhooks::get(const std::string& id) {
    SIGNALBOX_TRY(Row row, read(id));
    return std::move(row.dto);
}

Result<protocol::WebhookSecret> Webhooks::create(protocol::WebhookDto wanted) {
    SIGNALBOX_TRY(std::string secret, newSecret());
    wanted.created = options_->clock->wallNow();
    wanted.id = Uuid::v7(wanted.created, *options_->random).toString();
    {
        const auto file = database_->use();
        SIGNALBOX_TRY(const std::int64_t inserted,
                      file->run("INSERT INTO webhooks (id, dto, revision, secret) SELECT ?, ?, 1, ? WHERE (SELECT "
                                "count(*) FROM webhooks) < ?",
                                wanted.id, definitionOf(wanted), secret, kMostWebhooks));
        if (inserted == 0) return invalid("name", fmt::format("There are {} webhooks already", kMostWebhooks));
    }
    SIGNALBOX_TRY(auto made, get(wanted.id));
    known_.edited(TriggerNews::of(made), 1, "created");
    return protocol::WebhookSecret{std::move(made), std::move(secret)};
}

Result<protocol::WebhookSecret> Webhooks::save(const protocol::SaveWebhook& request) {
    SIGNALBOX_CHECK(checkDefinition(request.webhook));
    if (request.webhook.id.empty()) return create(request.webhook);
    SIGNALBOX_TRY(Row row, read(request.webhook.id));
    SIGNALBOX_CHECK(checkEtag(row.dto, request.expectedEtag));
    protocol::WebhookDto changed = request.webhook;
    changed.created = row.dto.created;
    std::string secret;
    if (request.newSecret) {
        SIGNALBOX_TRY(secret, newSecret());
    }
    {
        const auto file = database_->use();
        SIGNALBOX_TRY(const std::int64_t count,
                      file->run("UPDATE webhooks SET dto = ?, revision = ?, secret = ? WHERE id = ? AND revision = ?",
                                definitionOf(changed), row.revision + 1, secret.empty() ? row.secret : secret,
                                changed.id, row.revision));
        if (count == 0) return fail(checkEtag(row.dto, "-").error());
    }
    known_.edited(TriggerNews::of(changed), row.revision + 1, "changed");
    SIGNALBOX_TRY(auto saved, get(changed.id));
    return protocol::WebhookSecret{std::move(saved), std::move(secret)};
}

Status Webhooks::remove(const protocol::DeleteWebhook& request) {
    SIGNALBOX_TRY(const Row row, read(request.id));
    SIGNALBOX_CHECK(checkEtag(row.dto, request.expectedEtag));
    const auto file = database_->use();
    SIGNALBOX_CHECK(file->run("DELETE FROM webhooks WHERE id = ?", request.id));
    known_.edited(TriggerNews::of(row.dto), row.revision, "deleted");
    return {};
}

/// The inputs of the run that a delivery is to start.
Result<Value> Webhooks::check(const Row& row, const Delivery& delivery, const std::string& signature) const {
    // First of all: nobody without the secret learns anything about the rest.
    if (!isSignature(delivery.signature, signature)) {
        return fail("webhook.signature", "The signature is not right", "Signalbox-Signature",
                    "\"v1=\" and the hex HMAC-SHA256 of TIMESTAMP.BODY under the webhook's secret");
    }
    SIGNALBOX_TRY(const std::int64_t seconds, secondsOf(delivery.timestamp));
    const Micros age = options_->clock->wallNow() - seconds * kSecond;
    if (age > row.dto.tolerance || age < -row.dto.tolerance) {
        return fail("webhook.timestamp",
                    fmt::format("The delivery is {} {}", humanDuration(age < 0 ? -age : age),
                                age < 0 ? "ahead of this computer's clock" : "old"),
                    "Signalbox-Timestamp", fmt::format("Taken are {} at most", humanDuration(row.dto.tolerance)));
    }
    auto body = parseJson(delivery.body);
    if (!body) {
        Error error = std::move(body).error();
        return fail("webhook.body", "The body is no JSON: " + error.message, error.where);
    }
    if (!row.dto.input.empty()) return Value::object({{row.dto.input, *std::move(body)}});
    if (!body->isObject()) return fail("webhook.body", "The body is not an object of inputs");
    return body;
}

Result<std::string> Webhooks::earlier(const std::string& id, const std::string& fingerprint) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto query,
                  file->query("SELECT run FROM deliveries WHERE webhook = ? AND fingerprint = ?", id, fingerprint));
    SIGNALBOX_TRY(const bool found, query.next());
    return found ? query.text(0) : std::string();
}

Status Webhooks::record(const Row& row, const std::string& fingerprint, const std::string& run, Micros expires) {
    const Micros now = options_->clock->wallNow();
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    SIGNALBOX_CHECK(file->run("DELETE FROM deliveries WHERE expires < ?", now));
    SIGNALBOX_TRY(const std::int64_t added, file->run("INSERT OR IGNORE INTO deliveries SELECT id, ?, ?, ? FROM "
                                                      "webhooks WHERE id = ?",
                                                      fingerprint, run, expires, row.dto.id));
    SIGNALBOX_CHECK(file->run("UPDATE webhooks SET accepted = accepted + ?, last_delivery = ? WHERE id = ?", added, now,
                              row.dto.id));
    return change.commit();
}

Result<std::string> Webhooks::deliver(const Delivery& delivery) {
    auto row = read(delivery.webhookId);
    if (!row || !row->dto.enabled) return noSuch(delivery.webhookId);
    const std::string signature = signatureOf(row->secret, delivery.timestamp, delivery.body);
    auto inputs = check(*row, delivery, signature);
    if (!inputs) {
        refused(row->dto.id);
        return fail(std::move(inputs).error());
    }
    // The signature covers time and body: the same one is the same delivery.
    SIGNALBOX_TRY(std::string run, earlier(row->dto.id, signature));
    if (!run.empty()) return run;
    auto started =
        options_->runs.start({row->dto.workflowId, *std::move(inputs),
                              fmt::format("webhook/{}/{}", row->dto.id, signature), "webhook " + row->dto.name});
    if (!started) {
        refused(row->dto.id);
        return started;
    }
    SIGNALBOX_TRY(const std::int64_t seconds, secondsOf(delivery.timestamp));
    const Micros expires = seconds * kSecond + row->dto.tolerance + kSecond;
    if (auto recorded = record(*row, signature, *started, expires); !recorded) {
        // Whoever sends it again gets the same run, by its key.
        return fail(std::move(recorded).error());
    }
    news_->started(TriggerNews::of(row->dto), *started);
    return started;
}

void Webhooks::refused(const std::string& id) {
    news_->countRefused();
    const std::lock_guard lock(mutex_);
    ++refused_[id];
}

std::uint64_t Webhooks::refusedInMemory(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = refused_.find(id);
    return found == refused_.end() ? 0 : found->second;
}

void Webhooks::flush() {
    std::map<std::string, std::uint64_t> counts;
    {
        const std::lock_guard lock(mutex_);
        counts.swap(refused_);
    }
    if (counts.empty()) return;
    const auto written = [&]() -> Status {
        const auto file = database_->use();
        SIGNALBOX_TRY(auto change, file->begin());
        for (const auto& [id, count] : counts) {
            SIGNALBOX_CHECK(file->run("UPDATE webhooks SET refused = refused + ? WHERE id = ?", count, id));
        }
        return change.commit();
    }();
    if (written) {
        for (const auto& [id, count] : counts) {
            if (const auto row = read(id)) news_->tellRefused(TriggerNews::of(row->dto), count);
        }
        return;
    }
    const std::lock_guard lock(mutex_);
    for (const auto& [id, count] : counts) refused_[id] += count;
}

}  // namespace signalbox::triggers
