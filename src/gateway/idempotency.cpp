#include "gateway/idempotency.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "gateway/idempotency_file.h"
#include "gateway/idempotency_writer.h"

namespace signalbox::gateway {

namespace {

constexpr std::size_t kLongestKey = 200;
constexpr std::size_t kEntryBytes = 400;  ///< about what an entry costs besides its answer

std::size_t bytesOf(const HttpResponse& response) {
    std::size_t bytes = response.body.size() + kEntryBytes;
    for (const auto& [name, value] : response.headers) bytes += name.size() + value.size();
    return bytes;
}

Error mismatch() {
    return {"idempotency.mismatch", "The key was used for another request before", "Idempotency-Key",
            "Use another key for another request", false};
}

Error inProgress() {
    return {"idempotency.in-progress", "The same request is under way", "Idempotency-Key",
            "Ask again when it has been answered", true};
}

Error unfinished() {
    return {"idempotency.unfinished",
            "The gateway stopped while the request was under way; nobody knows whether it was done", "Idempotency-Key",
            "Look whether it was done; if not, ask again with another key", false};
}

Error notKept() {
    return {"idempotency.not-kept",
            "The request was done before the gateway was started again, and its answer is not kept: it has to do with "
            "a secret",
            "Idempotency-Key", "Look at what was made; to make another, use another key", false};
}

}  // namespace

Status checkIdempotencyKey(const std::string& key) {
    const bool sane = !key.empty() && key.size() <= kLongestKey &&
                      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (sane) return {};
    return fail("idempotency.key", fmt::format("A key is 1 to {} printable ASCII characters", kLongestKey),
                "Idempotency-Key", "A UUID does well");
}

/// The lengths go first, so that no other three have the same name.
std::string KeyedRequest::name() const {
    return sha256Hex(fmt::format("{}:{}{}:{}{}", tenant.size(), tenant, caller.size(), caller, key));
}

Idempotency::Idempotency(const Clock& clock, IdempotencyRule rule) : clock_(clock), rule_(rule) {}

Idempotency::Idempotency(const Clock& clock, Logger log, std::shared_ptr<IdempotencyFile> file, IdempotencyRule rule)
    : Idempotency(clock, rule) {
    if (file == nullptr) return;
    load(*file, log);
    writer_ =
        std::make_unique<IdempotencyWriter>(std::move(file), std::move(log), std::chrono::microseconds(rule_.retry));
    const std::lock_guard lock(mutex_);
    forgetOld(clock_.wallNow());
}

Idempotency::~Idempotency() { stop(); }

void Idempotency::stop() {
    if (writer_) writer_->stop();
}

void Idempotency::load(IdempotencyFile& file, const Logger& log) {
    auto rows = file.load();
    if (!rows) {
        log.error("Idempotency keys could not be read: " + rows.error().message,
                  Value::object({{"code", rows.error().code}, {"where", rows.error().where}}));
        return;
    }
    for (KeyRow& row : *rows) {
        const std::string name = row.name;
        Entry& entry = entries_[name];
        fill(entry, std::move(row));
        remember(name, entry);
    }
}

void Idempotency::fill(Entry& entry, KeyRow row) const {
    entry.fingerprint = std::move(row.fingerprint);
    entry.at = row.at;
    entry.response = std::move(row.response);
    switch (row.state) {
        case KeyRow::State::UnderWay:
            entry.state = State::Interrupted;
            return;
        case KeyRow::State::Answered:
            entry.state = State::Answered;
            return;
        case KeyRow::State::Unkept:
            entry.state = State::Unkept;
            return;
    }
}

void Idempotency::remember(const std::string& name, Entry& entry) {
    entry.bytes = bytesOf(entry.response) + name.size();
    bytes_ += entry.bytes;
    byAge_.push_back(name);
}

void Idempotency::begin(const KeyedRequest& request, Begun begun) {
    const std::string name = request.name();
    const Micros now = clock_.wallNow();
    std::optional<Result<std::optional<HttpResponse>>> known;
    {
        const std::lock_guard lock(mutex_);
        forgetOld(now);
        const auto [found, isNew] = entries_.try_emplace(name);
        if (isNew) {
            found->second.fingerprint = request.fingerprint;
            found->second.at = now;
        } else {
            known = judge(name, found->second, request);
        }
    }
    if (known) return begun(*std::move(known));
    if (!writer_) return begun(std::nullopt);
    const bool isSecret = request.kind == KeyedRequest::Kind::Secret;
    KeyRow row{name, isSecret ? std::string() : request.fingerprint, now, KeyRow::State::UnderWay, {}};
    // Also of other programs, which may be no more.
    const Micros forgottenUntil = now - rule_.keep;
    writer_->begin(std::move(row), forgottenUntil, [this, request, begun = std::move(begun)](KeyOutcome outcome) {
        begun(written(request, std::move(outcome)));
    });
}

Result<std::optional<HttpResponse>> Idempotency::judge(const std::string& name, Entry& entry,
                                                       const KeyedRequest& request) {
    // Of a secret nothing to compare with has outlived the process.
    const bool isKnown = !entry.fingerprint.empty();
    if (isKnown && entry.fingerprint != request.fingerprint) return fail(mismatch());
    switch (entry.state) {
        case State::UnderWay:
            return fail(inProgress());
        case State::Answered:
            return std::optional(entry.response);
        case State::Unkept:
            return fail(notKept());
        case State::Interrupted:
            break;
    }
    if (request.kind != KeyedRequest::Kind::Safe || !isKnown) return fail(unfinished());
    entry.state = State::UnderWay;
    bytes_ -= entry.bytes;
    std::erase(byAge_, name);
    return std::nullopt;
}

Result<std::optional<HttpResponse>> Idempotency::written(const KeyedRequest& request,
                                                         Result<std::optional<KeyRow>> outcome) {
    if (outcome && !*outcome) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const std::string name = request.name();
    const auto found = entries_.find(name);
    if (!outcome) {
        entries_.erase(found);
        return fail(std::move(outcome).error());
    }
    const bool isUnderWay = (*outcome)->state == KeyRow::State::UnderWay;
    Entry entry;
    if (isElsewhere(**outcome))
        entry.fingerprint = (*outcome)->fingerprint;
    else
        fill(entry, **std::move(outcome));
    auto told = judge(name, entry, request);
    if (!told && isUnderWay) {
        // To be looked at again: the other program may answer it yet.
        entries_.erase(found);
        return told;
    }
    found->second = std::move(entry);
    if (!isUnderWay) remember(name, found->second);
    return told;
}

bool Idempotency::isElsewhere(const KeyRow& row) const {
    return row.state == KeyRow::State::UnderWay && clock_.wallNow() - row.at < rule_.others;
}

void Idempotency::keep(const KeyedRequest& request, const HttpResponse& response) {
    const std::string name = request.name();
    const Micros now = clock_.wallNow();
    const bool isSecret = request.kind == KeyedRequest::Kind::Secret;
    KeyRow row{name, {}, now, isSecret ? KeyRow::State::Unkept : KeyRow::State::Answered, {}};
    if (writer_ && !isSecret) row.response = response;
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second.state != State::UnderWay) return;
    Entry& entry = found->second;
    entry.state = State::Answered;
    entry.response = response;
    entry.at = now;
    remember(name, entry);
    // Under the mutex, as all that is written: in the order in which it happened.
    if (writer_) writer_->keep(std::move(row));
    forgetOld(now);
}

void Idempotency::release(const KeyedRequest& request) {
    const std::string name = request.name();
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second.state != State::UnderWay) return;
    const Micros until = std::max(found->second.at, clock_.wallNow());
    entries_.erase(found);
    if (writer_) writer_->forget(name, until);
}

std::size_t Idempotency::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void Idempotency::forgetOld(Micros now) {
    while (!byAge_.empty()) {
        const auto oldest = entries_.find(byAge_.front());
        const bool goes = now - oldest->second.at >= rule_.keep || bytes_ > rule_.bytes || byAge_.size() > rule_.keys;
        if (!goes) return;
        bytes_ -= oldest->second.bytes;
        if (writer_) writer_->forget(oldest->first, std::max(oldest->second.at, now));
        entries_.erase(oldest);
        byAge_.pop_front();
    }
}

}  // namespace signalbox::gateway
