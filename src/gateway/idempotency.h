// Answers that are given again when a request is repeated under the same Idempotency-Key.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

class IdempotencyFile;
class IdempotencyWriter;
struct KeyRow;

struct IdempotencyRule {
    Micros keep = Micros{24} * 3600 * 1'000'000;
    std::size_t bytes = 64U << 20U;  ///< of all answers; the oldest give way
    std::size_t keys = 100'000;
    /// So long a request that another program on the workspace has begun is taken to be under way: longer than any that
    /// waits for a run. After it, it is as one that was interrupted.
    Micros others = Micros{15} * 60 * 1'000'000;
    Micros retry =
        Micros{2} * 1'000'000;  ///< when what could not be written is tried again, if nothing else is written
};

/// A request that came with a key.
struct KeyedRequest {
    enum class Kind : std::uint8_t {
        Plain,
        Safe,    ///< whoever does it knows the key too (the engine, of starts): doing it again is doing it once
        Secret,  ///< request or answer holds a secret: neither the answer nor a hash of the request is written
    };
    std::string tenant;  ///< of the caller
    std::string caller;
    std::string key;
    std::string fingerprint;  ///< of what was asked
    Kind kind = Kind::Plain;

    /// Keys of different callers, and of callers of different tenants, never meet.
    [[nodiscard]] std::string name() const;
};

/// All keys are in memory and, when there is a file, on disk before anything is done under them. What a restart leaves:
/// - an answer is given again, the same request or another one is told apart as before;
/// - of a Secret one it is only known that it was answered: "idempotency.not-kept";
/// - of one that was under way nobody knows whether it was done: "idempotency.unfinished", but a Safe one goes on.
/// All that is under way in the file at the start counts as of an earlier life. What another program on the workspace
/// begins later is "idempotency.in-progress" until it is answered or IdempotencyRule::others have passed; then it is as
/// after a restart. What could not be written is tried again (idempotency_writer.h): in memory all is as it was done.
/// Thread-safe.
class Idempotency {
public:
    using Begun = std::function<void(Result<std::optional<HttpResponse>>)>;

    /// Without a file: a restart forgets all.
    explicit Idempotency(const Clock& clock, IdempotencyRule rule = {});
    Idempotency(const Clock& clock, Logger log, std::shared_ptr<IdempotencyFile> file, IdempotencyRule rule = {});
    Idempotency(const Idempotency&) = delete;
    Idempotency& operator=(const Idempotency&) = delete;
    ~Idempotency();

    /// Tells once the answer to the same request before, or nothing: then the caller goes on, and ends it with keep()
    /// or release(), or not at all when it does not know. At once, or when the key is on disk on a thread for which all
    /// others wait: nothing slow belongs there.
    /// Errors "idempotency.mismatch" (the key was used for something else), "idempotency.in-progress" (retryable),
    /// "idempotency.unfinished", "idempotency.not-kept", "store.*".
    void begin(const KeyedRequest& request, Begun begun);
    void keep(const KeyedRequest& request, const HttpResponse& response);
    /// Nothing came of it: the key may be used again.
    void release(const KeyedRequest& request);
    /// Nobody is told anything after it. Answers kept until then are written.
    void stop();
    [[nodiscard]] std::size_t size() const;

private:
    enum class State : std::uint8_t { UnderWay, Answered, Interrupted, Unkept };
    struct Entry {
        std::string fingerprint;  ///< empty: not known any more
        State state = State::UnderWay;
        HttpResponse response;
        std::size_t bytes = 0;
        Micros at = 0;  ///< begun or answered; wall clock, which goes on over a restart
    };
    void load(IdempotencyFile& file, const Logger& log);
    /// Under the mutex, as the ones below. What the entry says to that request.
    [[nodiscard]] Result<std::optional<HttpResponse>> judge(const std::string& name, Entry& entry,
                                                            const KeyedRequest& request);
    [[nodiscard]] Result<std::optional<HttpResponse>> written(const KeyedRequest& request,
                                                              Result<std::optional<KeyRow>> outcome);
    /// Whether what a row of another program says is that it is at it.
    [[nodiscard]] bool isElsewhere(const KeyRow& row) const;
    void remember(const std::string& name, Entry& entry);
    void fill(Entry& entry, KeyRow row) const;
    void forgetOld(Micros now);

    const Clock& clock_;
    const IdempotencyRule rule_;
    mutable std::mutex mutex_;  ///< guards the rest but the writer
    std::unordered_map<std::string, Entry> entries_;
    std::deque<std::string> byAge_;  ///< names of those that are not under way, oldest first
    std::size_t bytes_ = 0;
    std::unique_ptr<IdempotencyWriter> writer_;  ///< null: nothing is written
};

/// A key as it was sent. Errors "idempotency.key": empty, longer than 200 bytes, or not printable ASCII.
[[nodiscard]] Status checkIdempotencyKey(const std::string& key);

}  // namespace signalbox::gateway
