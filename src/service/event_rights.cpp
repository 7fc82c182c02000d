#include "service/event_rights.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "base/ids.h"
#include "engine/ports.h"
#include "service/principal.h"

namespace signalbox::service {

namespace {

using Filter = protocol::EventFilter;

/// A kind, as the filter names it.
struct Kind {
    const char* name;
    bool Filter::*asked;
    const char* permission;
    bool EventRights::*right;
    bool isTrigger = false;
    [[nodiscard]] bool isAsked(const Filter& filter) const {
        if (right != &EventRights::runs && !filter.runId.empty()) return false;
        return filter.*asked || (isTrigger && filter.triggers);
    }
};

constexpr std::array kKinds{
    Kind{"runs", &Filter::runs, "run:read", &EventRights::runs},
    Kind{"nodes", &Filter::nodes, "run:read", &EventRights::runs},
    Kind{"logs", &Filter::logs, "run:read", &EventRights::runs},
    Kind{"workflows", &Filter::workflows, "workflow:read", &EventRights::workflows},
    Kind{"metrics", &Filter::metrics, "gateway:read", &EventRights::metrics},
    Kind{"schedules", &Filter::schedules, "schedule:read", &EventRights::schedules, true},
    Kind{"webhooks", &Filter::webhooks, "webhook:read", &EventRights::webhooks, true},
    Kind{"watches", &Filter::watches, "watch:read", &EventRights::watches, true},
};

constexpr std::array kLevels{LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error};

}  // namespace

EventRights EventRights::within(const EventRights& other) const {
    EventRights both;
    for (const Kind& kind : kKinds) both.*kind.right = this->*kind.right && other.*kind.right;
    return both;
}

EventRights eventRightsOf(const Principal& principal) {
    EventRights rights;
    for (const Kind& kind : kKinds) rights.*kind.right = principal.allows(kind.permission);
    return rights;
}

EventRights kindsAsked(const Filter& filter) {
    EventRights asked;
    for (const Kind& kind : kKinds) asked.*kind.right = asked.*kind.right || kind.isAsked(filter);
    return asked;
}

Status checkKinds(const Principal& principal, const Filter& filter) {
    std::string kinds;
    std::string without;
    for (const Kind& kind : kKinds) {
        if (!kind.isAsked(filter) || principal.allows(kind.permission)) continue;
        kinds += fmt::format("{}{} (needs \"{}\")", kinds.empty() ? "" : ", ", kind.name, kind.permission);
        without += fmt::format("{}{}", without.empty() ? "" : ", ", kind.name);
    }
    if (kinds.empty()) return {};
    return fail("auth.forbidden", fmt::format("{} may not see events of these kinds: {}", principal.name, kinds),
                "events", fmt::format("Ask with false for {}", without));
}

Status checkFilter(const Filter& filter) {
    if (!filter.runId.empty() && !RunId::parse(filter.runId)) {
        return fail("request.invalid", fmt::format("\"{}\" is no run id", filter.runId), "/runId");
    }
    if (!filter.level.empty() && logLevelName(logLevelOf(filter.level)) != filter.level) {
        return fail("request.invalid", fmt::format("There is no level \"{}\"", filter.level), "/level",
                    "debug, info, warning or error");
    }
    for (const std::string& status : filter.statuses) {
        if (engine::runStatusFromName(status)) continue;
        return fail("request.invalid", fmt::format("There is no run status \"{}\"", status), "/statuses",
                    "queued, running, waiting, paused, succeeded, failed, cancelled or quarantined");
    }
    if (kindsAsked(filter).any()) return {};
    return fail("request.invalid", "This asks for no events at all", {},
                filter.runId.empty() ? "Ask with true for a kind" : "Of one run there are runs, nodes and logs");
}

LogLevel logLevelOf(std::string_view name) {
    for (const LogLevel level : kLevels) {
        if (logLevelName(level) == name) return level;
    }
    return LogLevel::Debug;
}

}  // namespace signalbox::service
