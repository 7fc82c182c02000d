// A reader's way through the ring of events.
#include <algorithm>
#include <utility>

#include "service/dto_mapping.h"
#include "service/event_bus.h"
#include "service/event_text.h"

namespace signalbox::service {

/// Collects events as structs.
struct EventSubscription::DtoTaker {
    [[nodiscard]] bool hasSome() const { return !taken.empty(); }
    void lost(protocol::EventDto event) { taken.push_back(std::move(event)); }
    void event(EventSubscription& reader, const EventBus::BlockPtr& block, std::size_t place, std::uint64_t seq) {
        taken.push_back(reader.dtoOf(block->events[place], seq));
    }
    void notice(const EventBus::BlockPtr&, const protocol::EventDto& notice, std::uint64_t seq) {
        taken.push_back(notice);
        taken.back().seq = seq;
    }
    std::vector<protocol::EventDto> taken;
};

/// Collects events as text, which stays with the block for the next reader.
struct EventSubscription::TextTaker {
    [[nodiscard]] bool hasSome() const { return !taken.items.empty(); }

    void lost(const protocol::EventDto& event) { addOwn(event, "lost"); }

    void event(EventSubscription& reader, const EventBus::BlockPtr& block, std::size_t place, std::uint64_t seq) {
        const auto& event = block->events[place];
        const auto kind = eventKindName(event.kind);
        keepBlock(block);
        if (const auto known = textAt(*block, place); !known.empty()) {
            taken.items.push_back({seq, 0, kind, known});
            return;
        }
        const protocol::EventDto dto = reader.dtoOf(event, seq);
        // What could not be named yet may be named for the next reader.
        if (dto.workflowId.empty()) return addOwn(dto, kind);
        taken.items.push_back({seq, 0, kind, putTextAt(*block, place, eventText(dto))});
    }

    void notice(const EventBus::BlockPtr& block, const protocol::EventDto& notice, std::uint64_t seq) {
        keepBlock(block);
        protocol::EventDto numbered = notice;
        numbered.seq = seq;
        addOwn(numbered, notice.kind);
    }

    EventTexts taken;

private:
    void keepBlock(const EventBus::BlockPtr& block) {
        if (taken.keep.empty() || taken.keep.back() != block) taken.keep.push_back(block);
    }
    void addOwn(const protocol::EventDto& event, std::string_view kind) {
        auto text = std::make_shared<const std::string>(eventText(event));
        taken.items.push_back({event.seq, event.lostUntil, kind, *text});
        taken.keep.push_back(std::move(text));
    }
    static std::string_view textAt(const EventBus::Block& block, std::size_t place) {
        const std::lock_guard lock(block.textsMutex);
        return block.texts.empty() ? std::string_view() : std::string_view(block.texts[place]);
    }
    /// The first one stays: others point into it.
    static std::string_view putTextAt(const EventBus::Block& block, std::size_t place, std::string text) {
        const std::lock_guard lock(block.textsMutex);
        if (block.texts.empty()) block.texts.resize(block.events.size());
        std::string& kept = block.texts[place];
        if (kept.empty()) kept = std::move(text);
        return kept;
    }
};

EventSubscription::EventSubscription(EventBus& bus, protocol::EventFilter filter, std::uint64_t behind,
                                     std::function<void()> notify, EventRights rights)
    : bus_(bus), filter_(std::move(filter)), behind_(behind), notify_(std::move(notify)), rights_(rights) {}

const EventBus::RunNames& EventSubscription::namesOf(RunId run) {
    if (run != lastRun_) lastNames_ = bus_.namesOf(lastRun_ = run);
    return lastNames_;
}

bool EventSubscription::wants(const engine::EngineEvent& event) {
    using Kind = engine::EngineEvent::Kind;
    if (!rights_.runs || (!filter_.runId.empty() && event.run != run_)) return false;
    if (event.kind == Kind::RunStatus) {
        const auto& some = filter_.statuses;
        if (!filter_.runs) return false;
        if (!some.empty() && std::find(some.begin(), some.end(), runStatusName(event.runStatus)) == some.end()) {
            return false;
        }
    } else if (event.kind == Kind::NodeLog) {
        if (!filter_.logs || event.logLevel < least_) return false;
    } else if (!filter_.nodes) {
        return false;
    }
    // Last: it may ask the store.
    return filter_.workflowId.empty() || namesOf(event.run).workflowId == filter_.workflowId;
}

bool EventSubscription::wants(const protocol::EventDto& notice) const {
    const EventRights kinds = asked_.within(rights_);
    if (notice.kind == "metrics") return kinds.metrics;
    if (!filter_.workflowId.empty() && notice.workflowId != filter_.workflowId) return false;
    if (notice.kind == "workflow") return kinds.workflows;
    if (notice.kind == "schedule") return kinds.schedules;
    if (notice.kind == "webhook") return kinds.webhooks;
    return notice.kind == "watch" && kinds.watches;
}

protocol::EventDto EventSubscription::dtoOf(const engine::EngineEvent& event, std::uint64_t seq) {
    const auto& names = namesOf(event.run);
    protocol::EventDto dto = toDto(event);
    dto.seq = seq;
    dto.workflowId = names.workflowId;
    if (names.plan && event.node < names.plan->nodes.size()) dto.nodeId = names.plan->nodes[event.node].id;
    return dto;
}

template <class Taker>
void EventSubscription::takeFrom(const EventBus::BlockPtr& block, Taker& taker) {
    std::uint64_t seq = block->firstSeq;
    for (std::size_t place = 0; place < block->events.size(); ++place) {
        const std::uint64_t own = seq++;
        if (own > behind_ && wants(block->events[place])) taker.event(*this, block, place, own);
    }
    for (const auto& notice : block->notices) {
        const std::uint64_t own = seq++;
        if (own > behind_ && wants(notice)) taker.notice(block, notice, own);
    }
}

template <class Taker>
void EventSubscription::takeInto(std::size_t most, Taker& taker) {
    lastRun_ = RunId();  // a run that was not known then may be by now
    // Blocks may hold nothing for this reader: read on until there is something, or no more.
    while (!taker.hasSome()) {
        const auto reading = bus_.readBehind(behind_, most, *this);
        if (reading.lostUntil != 0) {
            protocol::EventDto lost;
            lost.kind = "lost";
            lost.seq = std::min(behind_ + 1, reading.lostUntil);
            lost.lostUntil = reading.lostUntil;
            behind_ = reading.lostUntil;
            return taker.lost(std::move(lost));
        }
        if (reading.blocks.empty()) return;
        for (const auto& block : reading.blocks) {
            takeFrom(block, taker);
            behind_ = block->lastSeq();
        }
    }
}

std::vector<protocol::EventDto> EventSubscription::take(std::size_t most) {
    DtoTaker taker;
    takeInto(most, taker);
    return std::move(taker.taken);
}

EventTexts EventSubscription::takeTexts(std::size_t most) {
    TextTaker taker;
    takeInto(most, taker);
    return std::move(taker.taken);
}

}  // namespace signalbox::service
