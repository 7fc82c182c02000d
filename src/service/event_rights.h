// Kinds of events: which a subscriber asks for, and which it may see.
#pragma once

#include "base/log.h"
#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::service {

struct Principal;

/// A set of kinds of events, by what each needs.
struct EventRights {
    bool runs = false;       ///< with their nodes and logs
    bool workflows = false;  ///< what happens to workflows' files
    bool metrics = false;
    bool schedules = false;
    bool webhooks = false;
    bool watches = false;
    bool operator==(const EventRights&) const = default;
    [[nodiscard]] bool any() const { return *this != EventRights{}; }
    [[nodiscard]] EventRights within(const EventRights& other) const;  ///< what is in both
    [[nodiscard]] static EventRights all() { return {true, true, true, true, true, true}; }
};

/// What a principal may see, whatever it asks for.
[[nodiscard]] EventRights eventRightsOf(const Principal& principal);
/// What a filter asks for. With a runId that can only be the run's own events.
[[nodiscard]] EventRights kindsAsked(const protocol::EventFilter& filter);
/// Error "auth.forbidden", which names every kind that the principal may not see with the permission it needs.
[[nodiscard]] Status checkKinds(const Principal& principal, const protocol::EventFilter& filter);
/// Error "request.invalid": something in it is not known, or it asks for nothing.
[[nodiscard]] Status checkFilter(const protocol::EventFilter& filter);

/// The level of that name; of any other, also of none, the least serious.
[[nodiscard]] LogLevel logLevelOf(std::string_view name);

}  // namespace signalbox::service
