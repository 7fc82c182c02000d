#include "app/ctl/states.h"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

namespace signalbox::ctl {

namespace {

constexpr std::size_t kShortId = 8;

struct State {
    std::string_view status;
    std::string_view mark;
    Tone tone;
    bool ends;
};
constexpr std::array<State, 14> kStates = {{
    {"queued", "◌", Tone::Muted, false},
    {"pending", "◌", Tone::Muted, false},
    {"ready", "◌", Tone::Muted, false},
    {"running", "●", Tone::Accent, false},
    {"backoff", "↻", Tone::Warning, false},
    {"waiting", "⏸", Tone::Warning, false},
    {"paused", "⏸", Tone::Warning, false},
    {"succeeded", "✓", Tone::Good, true},
    {"reused", "✓", Tone::Good, true},
    {"failed", "✕", Tone::Bad, true},
    {"cancelled", "✕", Tone::Warning, true},
    {"skipped", "–", Tone::Muted, true},
    {"quarantined", "✕", Tone::Bad, true},
    {"lost", "?", Tone::Warning, false},
}};

const State* find(std::string_view status) {
    const auto found = std::find_if(kStates.begin(), kStates.end(), [&](const State& s) { return s.status == status; });
    return found == kStates.end() ? nullptr : found;
}

}  // namespace

std::string stateText(std::string_view status) {
    const State* state = find(status);
    return fmt::format("{} {}", state != nullptr ? state->mark : "?", status);
}

Tone stateTone(std::string_view status) {
    const State* state = find(status);
    return state != nullptr ? state->tone : Tone::Plain;
}

bool isTerminal(std::string_view runStatus) { return isDone(runStatus); }

bool isDone(std::string_view nodeStatus) {
    const State* state = find(nodeStatus);
    return state != nullptr && state->ends;
}

std::string shortId(std::string_view runId) {
    return std::string(runId.size() > kShortId ? runId.substr(runId.size() - kShortId) : runId);
}

std::string localTime(Micros wall) {
    if (wall == 0) return {};
    const std::time_t seconds = wall / 1'000'000;
    std::tm parts{};
    if (::localtime_r(&seconds, &parts) == nullptr) return {};
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
    return {text.data(), size};
}

std::string spanOf(Micros started, Micros finished, Micros now) {
    if (started == 0) return {};
    return humanDuration(std::max<Micros>(0, (finished != 0 ? finished : now) - started));
}

}  // namespace signalbox::ctl
