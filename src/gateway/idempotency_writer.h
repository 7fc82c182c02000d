// Private to Idempotency: writes what became of keys, on a thread of its own and many with one commit.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/log.h"
#include "gateway/idempotency_file.h"
#include "gateway/idempotency_owed.h"

namespace signalbox::gateway {

/// What waits while a commit is on its way to the disk goes with the next one. What was kept or forgotten and could not
/// be written is owed: it goes again with the next batch, or after a while when there is none. Thread-safe.
class IdempotencyWriter {
public:
    /// Told on the writer's thread, at most once: what is in the file under that name (nothing: the key is ours, and on
    /// disk), or "store.*". Everybody waits for it: nothing slow belongs there. Dropped unasked when the writer is
    /// stopped before.
    using Begun = std::function<void(KeyOutcome)>;

    IdempotencyWriter(std::shared_ptr<IdempotencyFile> file, Logger log, std::chrono::microseconds retry);
    IdempotencyWriter(const IdempotencyWriter&) = delete;
    IdempotencyWriter& operator=(const IdempotencyWriter&) = delete;
    ~IdempotencyWriter();

    /// `forgottenUntil`: what is in the file from that time or before is no more.
    void begin(KeyRow row, Micros forgottenUntil, Begun begun);
    void keep(KeyRow row);
    void forget(std::string name, Micros at);
    /// Writes what was kept and forgotten so far; what would begin does not. Not from within `begun`.
    void stop();

private:
    struct Job {
        KeyChange change;
        Begun begun;
        std::optional<KeyChange> before{};  ///< was owed of that name, and is not when this begins
    };
    void add(Job job);
    void work();
    /// Waits until there is something to do. True: for the last time.
    [[nodiscard]] bool await(std::vector<Job>& jobs);
    void write(std::vector<Job> jobs, bool isLast);
    [[nodiscard]] std::vector<Job> batchOf(std::vector<Job> jobs, bool isLast);
    /// Of each change what became of it.
    [[nodiscard]] std::vector<KeyOutcome> outcomesOf(const std::vector<KeyChange>& changes);
    /// Owes what was not written.
    void settle(std::vector<Job>& batch, std::vector<KeyChange>& changes, const std::vector<KeyOutcome>& outcomes);
    void report(const std::vector<KeyOutcome>& outcomes, bool isLast);

    const std::shared_ptr<IdempotencyFile> file_;
    const Logger log_;
    const std::chrono::microseconds retry_;
    OwedChanges owed_;      ///< the writer's thread's, as the next
    bool failing_ = false;  ///< something of the last batch was not written
    std::mutex mutex_;      ///< guards the three below
    std::condition_variable wake_;
    std::vector<Job> jobs_;
    bool stopping_ = false;
    std::jthread thread_;  ///< last: it uses the members above
};

}  // namespace signalbox::gateway
