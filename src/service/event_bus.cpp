#include "service/event_bus.h"

#include <algorithm>
#include <utility>

#include "service/dto_mapping.h"

namespace signalbox::service {

namespace {

constexpr std::size_t kRunsRemembered = 4096;
/// Of an event's text without what is in its members.
constexpr std::size_t kTextFrame = 256;

/// In memory, with the text that it becomes when somebody reads it; an estimate.
std::size_t weightOf(const engine::EngineEvent& event) {
    const std::size_t said = event.text.size() + event.code.size() + event.data.approximateSize();
    return sizeof event + kTextFrame + 2 * said;
}

std::size_t weightOf(const protocol::EventDto& notice) {
    return sizeof notice + notice.text.size() + notice.data.approximateSize();
}

template <class Items>
std::size_t weightOfAll(const Items& items) {
    std::size_t sum = 0;
    for (const auto& item : items) sum += weightOf(item);
    return sum;
}

}  // namespace

EventBus::EventBus(const Clock& clock, Capacity capacity)
    : capacity_(capacity), lastSeq_(static_cast<std::uint64_t>(std::max<Micros>(1, clock.wallNow()))) {}

engine::EventSink EventBus::sink() {
    return [this](std::span<const engine::EngineEvent> events) { publish(events); };
}

void EventBus::setResolver(Resolver resolver) {
    const std::unique_lock lock(resolverMutex_);
    resolver_ = std::move(resolver);
}

void EventBus::remember(RunId run, RunNames names) {
    const std::lock_guard lock(namesMutex_);
    if (!names_.emplace(run, std::move(names)).second) return;
    namesByAge_.push_back(run);
    if (namesByAge_.size() > kRunsRemembered) {
        names_.erase(namesByAge_.front());
        namesByAge_.pop_front();
    }
}

std::uint64_t EventBus::lastSeq() const {
    const std::lock_guard lock(mutex_);
    return lastSeq_;
}

bool EventBus::wantsMetrics() const {
    const std::lock_guard lock(mutex_);
    return std::any_of(subscriptions_.begin(), subscriptions_.end(), [](const auto& weak) {
        const auto subscription = weak.lock();
        return subscription && subscription->filter_.metrics;
    });
}

std::shared_ptr<EventSubscription> EventBus::subscribe(protocol::EventFilter filter, std::function<void()> notify,
                                                       EventRights rights) {
    const std::lock_guard lock(mutex_);
    const std::uint64_t behind = filter.afterSeq == 0 ? lastSeq_ : filter.afterSeq;
    auto subscription =
        std::make_shared<EventSubscription>(*this, std::move(filter), behind, std::move(notify), rights);
    std::erase_if(subscriptions_, [](const auto& weak) { return weak.expired(); });
    subscriptions_.push_back(subscription);
    return subscription;
}

void EventBus::publish(std::span<const engine::EngineEvent> events) {
    if (events.empty()) return;
    // Everything that takes time (copies, freeing what falls out, waking) is done without the lock.
    auto block = std::make_shared<Block>();
    block->events.assign(events.begin(), events.end());
    block->bytes = weightOfAll(block->events);
    enter(std::move(block));
}

void EventBus::publishNotices(std::vector<protocol::EventDto> notices) {
    if (notices.empty()) return;
    auto block = std::make_shared<Block>();
    block->notices = std::move(notices);
    block->bytes = weightOfAll(block->notices);
    enter(std::move(block));
}

void EventBus::enter(std::shared_ptr<Block> block) {
    std::vector<BlockPtr> fallenOut;
    std::vector<std::shared_ptr<EventSubscription>> waiting;
    {
        const std::lock_guard lock(mutex_);
        block->firstSeq = lastSeq_ + 1;
        lastSeq_ += block->size();
        held_ += block->size();
        heldBytes_ += block->bytes;
        blocks_.push_back(std::move(block));
        while ((held_ > capacity_.events || heldBytes_ > capacity_.bytes) && blocks_.size() > 1) {
            held_ -= blocks_.front()->size();
            heldBytes_ -= blocks_.front()->bytes;
            fallenOut.push_back(std::move(blocks_.front()));
            blocks_.pop_front();
        }
        for (const auto& weak : subscriptions_) {
            auto subscription = weak.lock();
            if (!subscription || !std::exchange(subscription->armed_, false)) continue;
            waiting.push_back(std::move(subscription));
        }
    }
    for (const auto& subscription : waiting) subscription->notify_();
}

EventBus::Reading EventBus::readBehind(std::uint64_t seq, std::size_t events, EventSubscription& reader) const {
    Reading reading;
    const std::lock_guard lock(mutex_);
    reader.armed_ = seq == lastSeq_;
    if (reader.armed_) return reading;
    const std::uint64_t oldest = blocks_.empty() ? lastSeq_ + 1 : blocks_.front()->firstSeq;
    if (seq > lastSeq_ || seq + 1 < oldest) {
        reading.lostUntil = seq > lastSeq_ ? lastSeq_ : oldest - 1;
        return reading;
    }
    auto block = std::partition_point(blocks_.begin(), blocks_.end(),
                                      [seq](const BlockPtr& held) { return held->lastSeq() <= seq; });
    for (std::size_t found = 0; block != blocks_.end() && found < events; ++block) {
        found += (*block)->size();
        reading.blocks.push_back(*block);
    }
    return reading;
}

EventBus::RunNames EventBus::namesOf(RunId run) {
    {
        const std::lock_guard lock(namesMutex_);
        const auto known = names_.find(run);
        if (known != names_.end()) return known->second;
    }
    std::optional<RunNames> names;
    {
        const std::shared_lock lock(resolverMutex_);
        if (resolver_) names = resolver_(run);
    }
    if (!names) return {};
    remember(run, *names);
    return *names;
}

}  // namespace signalbox::service
