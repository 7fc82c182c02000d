#include <array>

#include <fmt/format.h>

#include "base/json.h"
#include "triggers/schedule_core.h"

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;
constexpr Micros kDay = 86'400 * kSecond;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestNote = 4000;
constexpr std::size_t kLargestInputs = 1U << 20U;

Status invalid(const char* member, std::string message, std::string hint = {}) {
    return fail("schedule.invalid", std::move(message), fmt::format("/schedule/{}", member), std::move(hint));
}

Status checkSpan(const char* member, Micros value, Micros least, Micros most) {
    if (value >= least && value <= most) return {};
    return invalid(member, fmt::format("{} is not a {} that can be used", humanDuration(value), member),
                   fmt::format("{} to {}", formatDuration(least), formatDuration(most)));
}

Status checkTexts(const protocol::ScheduleDto& dto) {
    if (dto.name.empty() || dto.name.size() > kLongestName) {
        return invalid("name", "A schedule needs a name", fmt::format("Up to {} bytes", kLongestName));
    }
    if (dto.workflowId.empty()) return invalid("workflowId", "A schedule needs a workflow to start");
    if (dto.note.size() > kLongestNote) {
        return invalid("note", "The note is too long", fmt::format("Up to {} bytes", kLongestNote));
    }
    if (!dto.inputs.isObject()) return invalid("inputs", "The inputs must be an object");
    if (dto.inputs.approximateSize() > kLargestInputs)
        return invalid("inputs", "The inputs are too large", "Up to 1 MiB");
    return {};
}

template <class Choice, std::size_t N>
Result<Choice> choiceOf(const char* member, const std::string& name, const std::array<const char*, N>& names) {
    for (std::size_t i = 0; i < N; ++i) {
        if (name == names[i]) return static_cast<Choice>(i);
    }
    std::string all;
    for (const char* known : names) all += fmt::format("{}\"{}\"", all.empty() ? "" : ", ", known);
    return fail("schedule.invalid", fmt::format("\"{}\" is not known", name), fmt::format("/schedule/{}", member),
                "One of " + all);
}

}  // namespace

Status compileSchedule(Schedule& schedule) {
    const auto& dto = schedule.dto;
    schedule.rule.reset();
    SIGNALBOX_CHECK(checkTexts(dto));
    SIGNALBOX_CHECK(checkSpan("catchUp", dto.catchUp, kSecond, 366 * kDay));
    SIGNALBOX_CHECK(checkSpan("jitter", dto.jitter, 0, kDay));
    SIGNALBOX_TRY(auto gap, (choiceOf<DstGap>("dstGap", dto.dstGap, std::array{"run-after", "skip"})));
    SIGNALBOX_TRY(auto repeat,
                  (choiceOf<DstRepeat>("dstRepeat", dto.dstRepeat, std::array{"first", "second", "both"})));
    SIGNALBOX_TRY(schedule.overlap, (choiceOf<Overlap>("overlap", dto.overlap, kOverlapNames)));
    SIGNALBOX_TRY(auto rule, CronRule::parse(dto.cron));
    auto zone = TimeZone::load(dto.timeZone);
    if (!zone) {
        Error error = std::move(zone).error();
        error.code = "schedule.time-zone";
        return fail(std::move(error));
    }
    schedule.rule.emplace(std::move(rule), *std::move(zone), gap, repeat);
    return {};
}

}  // namespace signalbox::triggers
