// Private to the streams: one subscription of a stream, with what its receiver may see.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "service/event_bus.h"

namespace signalbox::gateway {

/// Hands out events batch by batch. A batch that could not be sent is not kept: the reader goes back to where it was,
/// so that a peer that does not read costs no memory and nothing is sent by rights of the past.
class Subscription {
public:
    static constexpr std::size_t kBatch = 256;

    /// What became of an attempt to send.
    enum class Step : std::uint8_t { Nothing, Sent, Refused };

    Subscription(std::uint64_t id, std::shared_ptr<service::EventSubscription> events)
        : id_(id), events_(std::move(events)) {}

    [[nodiscard]] std::uint64_t id() const { return id_; }
    /// Whether anything that it asks for may be seen with these rights.
    [[nodiscard]] bool isOpenTo(const service::EventRights& rights) const { return asked_.within(rights).any(); }
    /// Gives the next events, as far as `rights` go, to `send`, which says whether they were taken; along with them the
    /// number to resume behind. Nothing is sent once end() has returned.
    template <class Send>
    Step step(service::EventRights rights, Send&& send) {
        const std::lock_guard lock(mutex_);
        if (!events_) return Step::Nothing;
        events_->allow(rights);
        const std::uint64_t before = events_->position();
        const service::EventTexts events = events_->takeTexts(kBatch);
        if (events.items.empty() && events_->position() < told_ + kTellAfter) return Step::Nothing;
        if (!send(events, events_->position())) {
            events_->rewind(before);
            return Step::Refused;
        }
        told_ = events_->position();
        return Step::Sent;
    }
    void end() {
        const std::lock_guard lock(mutex_);
        events_.reset();
    }

private:
    /// A receiver that wants little of what happens is told now and then how far it has got, lest it asks for events
    /// that are long gone when it comes back.
    static constexpr std::uint64_t kTellAfter = 8192;

    const std::uint64_t id_;
    std::mutex mutex_;  ///< held while a batch is sent
    std::shared_ptr<service::EventSubscription> events_;
    std::uint64_t told_ = events_->position();
    const service::EventRights asked_ = events_->asked();
};

/// How many events a batch says are gone.
[[nodiscard]] std::uint64_t countLost(const service::EventTexts& events);

}  // namespace signalbox::gateway
