#include "telemetry/span_queue.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace signalbox::telemetry {

SpanQueue::SpanQueue(const Clock& clock, std::size_t most, std::size_t batch, Micros interval)
    : clock_(clock),
      most_(most),
      batch_(std::clamp<std::size_t>(batch, 1, std::max<std::size_t>(most, 1))),
      interval_(interval) {}

bool SpanQueue::put(Span&& span) {
    bool wakes = false;
    {
        const std::lock_guard lock(mutex_);
        if (isClosed_ || spans_.size() >= most_) return false;
        if (spans_.empty()) since_ = clock_.monotonicNow();
        spans_.push_back(std::move(span));
        // The one who takes needs to know of the first, to set its clock, and of a whole batch.
        wakes = spans_.size() == 1 || spans_.size() == batch_;
        isWoken_ = isWoken_ || wakes;
    }
    if (wakes) changed_.notify_one();
    return true;
}

Micros SpanQueue::dueAt() const {
    const std::lock_guard lock(mutex_);
    if (spans_.empty()) return kNever;
    return spans_.size() >= batch_ ? since_ : since_ + interval_;
}

std::vector<Span> SpanQueue::take() {
    const std::lock_guard lock(mutex_);
    const auto end = spans_.begin() + static_cast<std::ptrdiff_t>(std::min(batch_, spans_.size()));
    std::vector<Span> batch(std::make_move_iterator(spans_.begin()), std::make_move_iterator(end));
    spans_.erase(spans_.begin(), end);
    since_ = clock_.monotonicNow();
    return batch;
}

std::size_t SpanQueue::size() const {
    const std::lock_guard lock(mutex_);
    return spans_.size();
}

void SpanQueue::close() {
    const std::lock_guard lock(mutex_);
    isClosed_ = true;
}

void SpanQueue::wait(Micros atMost) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::microseconds(atMost), [this] { return isWoken_; });
    isWoken_ = false;
}

void SpanQueue::wake() {
    {
        const std::lock_guard lock(mutex_);
        isWoken_ = true;
    }
    changed_.notify_one();
}

}  // namespace signalbox::telemetry
