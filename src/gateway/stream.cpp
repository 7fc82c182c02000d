#include "gateway/stream.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr std::chrono::milliseconds kStalledRetry{50};
constexpr std::chrono::milliseconds kTick{1000};

}  // namespace

void StreamRegistry::add(const std::shared_ptr<Stream>& stream) {
    const std::lock_guard lock(mutex_);
    entries_[stream.get()].stream = stream;
}

void StreamRegistry::bind(Stream& stream, const std::string& credential) {
    const std::lock_guard lock(mutex_);
    const auto entry = entries_.find(&stream);
    if (entry == entries_.end() || credential.empty()) return;
    entry->second.credential = credential;
    byCredential_.emplace(credential, &stream);
}

void StreamRegistry::remove(Stream& stream) {
    const std::lock_guard lock(mutex_);
    const auto entry = entries_.find(&stream);
    if (entry == entries_.end()) return;
    const auto [first, last] = byCredential_.equal_range(entry->second.credential);
    const auto bound = std::find_if(first, last, [&](const auto& pair) { return pair.second == &stream; });
    if (bound != last) byCredential_.erase(bound);
    entries_.erase(entry);
}

std::vector<std::shared_ptr<Stream>> StreamRegistry::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Stream>> streams;
    streams.reserve(entries_.size());
    for (const auto& [key, entry] : entries_) {
        if (auto stream = entry.stream.lock()) streams.push_back(std::move(stream));
    }
    return streams;
}

std::vector<std::shared_ptr<Stream>> StreamRegistry::of(const std::string& credential) const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Stream>> streams;
    const auto [first, last] = byCredential_.equal_range(credential);
    for (auto bound = first; bound != last; ++bound) {
        if (auto stream = entries_.at(bound->second).stream.lock()) streams.push_back(std::move(stream));
    }
    return streams;
}

std::size_t StreamRegistry::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void StreamPump::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void StreamPump::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void StreamPump::schedule(const std::shared_ptr<Stream>& stream) {
    if (stream->scheduled_.exchange(true)) return;
    {
        const std::lock_guard lock(mutex_);
        ready_.push_back(stream);
    }
    wake_.notify_one();
}

void StreamPump::pumpOne(const std::shared_ptr<Stream>& stream) {
    stream->scheduled_ = false;
    switch (stream->pump()) {
        case Stream::Pumped::Idle:
            return;
        case Stream::Pumped::More:
            return schedule(stream);
        case Stream::Pumped::Stalled: {
            const std::lock_guard lock(mutex_);
            stalled_.push_back(stream);
            return;
        }
    }
}

void StreamPump::retryStalled() {
    std::vector<std::weak_ptr<Stream>> retried;
    {
        const std::lock_guard lock(mutex_);
        retried.swap(stalled_);
    }
    for (const auto& weak : retried) {
        if (const auto stream = weak.lock()) schedule(stream);
    }
}

void StreamPump::tick() {
    const Micros now = clock_.monotonicNow();
    for (const auto& stream : registry_.all()) stream->tick(now);
}

void StreamPump::run(const std::stop_token& stop) {
    using Steady = std::chrono::steady_clock;
    auto nextTick = Steady::now() + kTick;
    auto nextRetry = Steady::now();
    while (!stop.stop_requested()) {
        std::weak_ptr<Stream> next;
        {
            std::unique_lock lock(mutex_);
            const auto until = stalled_.empty() ? nextTick : std::min(nextTick, nextRetry);
            wake_.wait_until(lock, stop, until, [this] { return !ready_.empty(); });
            if (!ready_.empty()) {
                next = std::move(ready_.front());
                ready_.pop_front();
            }
        }
        if (const auto stream = next.lock()) pumpOne(stream);
        const auto now = Steady::now();
        if (now >= nextRetry) {
            retryStalled();
            nextRetry = now + kStalledRetry;
        }
        if (now >= nextTick) {
            tick();
            nextTick = now + kTick;
        }
    }
}

void StreamPump::runPending() {
    tick();
    retryStalled();
    while (true) {
        std::weak_ptr<Stream> next;
        {
            const std::lock_guard lock(mutex_);
            if (ready_.empty()) return;
            next = std::move(ready_.front());
            ready_.pop_front();
        }
        if (const auto stream = next.lock()) pumpOne(stream);
    }
}

}  // namespace signalbox::gateway
