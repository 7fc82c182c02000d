// Live events of an engine for any number of subscribers, each at its own pace.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "engine/events.h"
#include "engine/plan.h"
#include "protocol/requests.h"

namespace signalbox::service {

class EventSubscription;

/// Keeps the last events in memory. Publishing appends to a ring and never waits for a subscriber; a subscriber is only
/// a place in the ring, and one that falls out of it is told so. Thread-safe; must outlive its subscriptions.
///
/// Numbers start at the wall clock in microseconds, so that one from an earlier life of the gateway is never mistaken
/// for one of this.
class EventBus {
public:
    /// What turns the indices in an engine's event into names.
    struct RunNames {
        std::string workflowId;
        std::shared_ptr<const engine::Plan> plan;
    };
    using Resolver = std::function<std::optional<RunNames>(RunId)>;

    explicit EventBus(const Clock& clock, std::size_t capacity = 65'536);

    /// For EnginePorts::events; the bus must outlive the engine.
    [[nodiscard]] engine::EventSink sink();
    /// Asked on a subscriber's thread for runs that are not known. Setting an empty one waits for calls under way.
    void setResolver(Resolver resolver);
    void remember(RunId run, RunNames names);
    /// Events that are no engine's: what happened to workflows' files. Their numbers are given here.
    void publishNotices(std::vector<protocol::EventDto> notices);
    [[nodiscard]] std::uint64_t lastSeq() const;

    /// `notify` is called from any thread when there may be something to take after a take() that gave nothing; it
    /// must not block nor call back.
    [[nodiscard]] std::shared_ptr<EventSubscription> subscribe(protocol::EventFilter filter,
                                                               std::function<void()> notify);

private:
    friend class EventSubscription;
    /// What one publish brought; immutable but for its number, which is given when it enters the ring.
    struct Block {
        std::uint64_t firstSeq = 0;
        std::vector<engine::EngineEvent> events;
        std::vector<protocol::EventDto> notices;  ///< numbered behind the events
        [[nodiscard]] std::size_t size() const { return events.size() + notices.size(); }
        [[nodiscard]] std::uint64_t lastSeq() const { return firstSeq + size() - 1; }
    };
    using BlockPtr = std::shared_ptr<const Block>;

    /// What can be read behind a number: whole blocks, or the last number that is gone.
    struct Reading {
        std::vector<BlockPtr> blocks;
        std::uint64_t lostUntil = 0;  ///< 0: nothing is missing
    };

    void publish(std::span<const engine::EngineEvent> events);
    void enter(std::shared_ptr<Block> block);
    [[nodiscard]] Reading readBehind(std::uint64_t seq, std::size_t events, EventSubscription& reader) const;
    [[nodiscard]] RunNames namesOf(RunId run);

    const std::size_t capacity_;
    mutable std::mutex mutex_;  ///< guards the four below; held for moments only
    std::deque<BlockPtr> blocks_;
    std::size_t held_ = 0;
    std::uint64_t lastSeq_ = 0;
    std::vector<std::weak_ptr<EventSubscription>> subscriptions_;

    std::mutex namesMutex_;
    std::unordered_map<RunId, RunNames> names_;
    std::deque<RunId> namesByAge_;

    std::shared_mutex resolverMutex_;
    Resolver resolver_;
};

/// One reader. take() from one thread at a time.
class EventSubscription {
public:
    EventSubscription(EventBus& bus, protocol::EventFilter filter, std::uint64_t behind, std::function<void()> notify)
        : bus_(bus), filter_(std::move(filter)), behind_(behind), notify_(std::move(notify)) {}

    /// The next events that pass the filter, about so many at most; empty when there are none for now.
    [[nodiscard]] std::vector<protocol::EventDto> take(std::size_t most);

private:
    friend class EventBus;
    [[nodiscard]] bool wants(const engine::EngineEvent& event) const;
    void takeFrom(const EventBus::Block& block, std::vector<protocol::EventDto>& taken);

    EventBus& bus_;
    const protocol::EventFilter filter_;
    const std::optional<RunId> run_ = RunId::parse(filter_.runId);
    std::uint64_t behind_;  ///< the last number seen
    const std::function<void()> notify_;
    RunId lastRun_;  ///< of the event taken last, and its names
    EventBus::RunNames lastNames_;
    bool armed_ = false;  ///< guarded by the bus
};

}  // namespace signalbox::service
