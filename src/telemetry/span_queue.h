// Private to the exporter: spans that wait to be sent, as many as there is room for.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <limits>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "telemetry/span.h"

namespace signalbox::telemetry {

/// "No time at all is known for it."
inline constexpr Micros kNever = std::numeric_limits<Micros>::max();

/// Thread-safe. Many put in, one takes out. Times are of the given clock, monotonic.
class SpanQueue {
public:
    /// A batch is due when there are `batch` spans, or when the oldest has waited for `interval`.
    SpanQueue(const Clock& clock, std::size_t most, std::size_t batch, Micros interval);

    /// False, and the span is dropped: there is no room, or it is closed.
    [[nodiscard]] bool put(Span&& span);
    /// When the next batch is due: in the past when it is; kNever while it is empty.
    [[nodiscard]] Micros dueAt() const;
    /// The oldest, at most a batch of them.
    [[nodiscard]] std::vector<Span> take();
    [[nodiscard]] std::size_t size() const;
    /// Takes no more.
    void close();
    /// Blocks for so long in real time, or until a batch may have become due, or wake().
    void wait(Micros atMost);
    void wake();

private:
    const Clock& clock_;
    const std::size_t most_;
    const std::size_t batch_;
    const Micros interval_;
    mutable std::mutex mutex_;  ///< guards the rest
    std::condition_variable changed_;
    std::deque<Span> spans_;
    Micros since_ = 0;  ///< when the oldest came, or the rest of a batch was left
    bool isClosed_ = false;
    bool isWoken_ = false;
};

}  // namespace signalbox::telemetry
