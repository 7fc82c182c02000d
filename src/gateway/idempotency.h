// Answers that are given again when a request is repeated under the same Idempotency-Key.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

struct IdempotencyRule {
    Micros keep = Micros{24} * 3600 * 1'000'000;
    std::size_t bytes = 64U << 20U;  ///< of all answers; the oldest give way
    std::size_t keys = 100'000;
};

/// In memory: a restart forgets them. Keys of different callers never meet. Thread-safe.
class Idempotency {
public:
    explicit Idempotency(const Clock& clock, IdempotencyRule rule = {}) : clock_(clock), rule_(rule) {}

    /// The answer to the same request before, or nothing: then the caller goes on, and ends it with keep() or
    /// release(). `fingerprint` is of what was asked. Errors "idempotency.mismatch" (the key was used for something
    /// else), "idempotency.in-progress" (retryable).
    [[nodiscard]] Result<std::optional<HttpResponse>> begin(const std::string& caller, const std::string& key,
                                                            const std::string& fingerprint);
    void keep(const std::string& caller, const std::string& key, const HttpResponse& response);
    /// Nothing came of it: the key may be used again.
    void release(const std::string& caller, const std::string& key);
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::string fingerprint;
        std::optional<HttpResponse> response;  ///< none: under way
        std::size_t bytes = 0;
        Micros kept = 0;  ///< monotonic
    };
    [[nodiscard]] static std::string nameOf(const std::string& caller, const std::string& key);
    void forgetOld(Micros now);

    const Clock& clock_;
    const IdempotencyRule rule_;
    mutable std::mutex mutex_;  ///< guards the rest
    std::unordered_map<std::string, Entry> entries_;
    std::deque<std::string> byAge_;  ///< names of those that are kept, oldest first
    std::size_t bytes_ = 0;
};

/// A key as it was sent. Errors "idempotency.key": empty, longer than 200 bytes, or not printable ASCII.
[[nodiscard]] Status checkIdempotencyKey(const std::string& key);

}  // namespace signalbox::gateway
