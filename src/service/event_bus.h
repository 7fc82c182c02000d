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
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "engine/events.h"
#include "engine/plan.h"
#include "protocol/requests.h"
#include "service/event_rights.h"

namespace signalbox::service {

class EventSubscription;

/// Events as JSON objects of EventDto (members that are as by default left out), for those who pass them on as text.
struct EventTexts {
    struct Item {
        std::uint64_t seq = 0;
        std::uint64_t lostUntil = 0;  ///< of one of kind "lost", otherwise 0
        std::string_view kind;
        std::string_view json;
    };
    std::vector<Item> items;
    std::vector<std::shared_ptr<const void>> keep;  ///< what the items point into
};

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

    /// What is kept; the oldest give way to whatever is over either.
    struct Capacity {
        std::size_t events = 65'536;
        std::size_t bytes = 64U << 20U;  ///< an estimate
    };
    explicit EventBus(const Clock& clock) : EventBus(clock, Capacity()) {}
    EventBus(const Clock& clock, Capacity capacity);

    /// For EnginePorts::events; the bus must outlive the engine.
    [[nodiscard]] engine::EventSink sink();
    /// Asked on a subscriber's thread for runs that are not known. Setting an empty one waits for calls under way.
    void setResolver(Resolver resolver);
    void remember(RunId run, RunNames names);
    /// Events that are no engine's, of kind "workflow", "metrics", "schedule", "webhook" or "watch"; others reach
    /// nobody. Their numbers are given here.
    void publishNotices(std::vector<protocol::EventDto> notices);
    /// Whether someone is subscribed to metrics.
    [[nodiscard]] bool wantsMetrics() const;
    [[nodiscard]] std::uint64_t lastSeq() const;

    /// `notify` is called from any thread when there may be something to take after a take() that gave nothing; it
    /// must not block nor call back.
    [[nodiscard]] std::shared_ptr<EventSubscription> subscribe(protocol::EventFilter filter,
                                                               std::function<void()> notify,
                                                               EventRights rights = EventRights::all());

private:
    friend class EventSubscription;
    /// What one publish brought; immutable but for its number, which is given when it enters the ring.
    struct Block {
        std::uint64_t firstSeq = 0;
        std::size_t bytes = 0;  ///< an estimate
        std::vector<engine::EngineEvent> events;
        std::vector<protocol::EventDto> notices;  ///< numbered behind the events
        mutable std::mutex textsMutex;
        mutable std::vector<std::string> texts;  ///< of the events, once someone wanted them; empty: not yet
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

    const Capacity capacity_;
    mutable std::mutex mutex_;  ///< guards the five below; held for moments only
    std::deque<BlockPtr> blocks_;
    std::size_t held_ = 0;  ///< events
    std::size_t heldBytes_ = 0;
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
    EventSubscription(EventBus& bus, protocol::EventFilter filter, std::uint64_t behind, std::function<void()> notify,
                      EventRights rights);

    /// What may be seen from now on. On the thread that takes.
    void allow(EventRights rights) { rights_ = rights; }
    /// What the filter asks for.
    [[nodiscard]] const EventRights& asked() const { return asked_; }
    /// The next events that pass the filter and may be seen, about so many at most; empty when there are none for now.
    [[nodiscard]] std::vector<protocol::EventDto> take(std::size_t most);
    /// As take(). Each text is made once for all who take it.
    [[nodiscard]] EventTexts takeTexts(std::size_t most);
    /// The last number that was looked at, sent or not: where to resume.
    [[nodiscard]] std::uint64_t position() const { return behind_; }
    /// Goes back to an earlier position: what was taken since could not be passed on. On the thread that takes.
    void rewind(std::uint64_t position) { behind_ = position; }

private:
    friend class EventBus;
    [[nodiscard]] bool wants(const engine::EngineEvent& event);
    [[nodiscard]] const EventBus::RunNames& namesOf(RunId run);
    [[nodiscard]] bool wants(const protocol::EventDto& notice) const;
    /// Gives what is next to `taker`, until that has something or there is no more.
    template <class Taker>
    void takeInto(std::size_t most, Taker& taker);
    template <class Taker>
    void takeFrom(const EventBus::BlockPtr& block, Taker& taker);
    [[nodiscard]] protocol::EventDto dtoOf(const engine::EngineEvent& event, std::uint64_t seq);
    struct DtoTaker;
    struct TextTaker;

    EventBus& bus_;
    const protocol::EventFilter filter_;
    const EventRights asked_ = kindsAsked(filter_);
    const std::optional<RunId> run_ = RunId::parse(filter_.runId);
    const LogLevel least_ = logLevelOf(filter_.level);
    std::uint64_t behind_;  ///< the last number seen
    const std::function<void()> notify_;
    EventRights rights_;
    RunId lastRun_;  ///< of the event looked at last, and its names
    EventBus::RunNames lastNames_;
    bool armed_ = false;  ///< guarded by the bus
};

}  // namespace signalbox::service
