// Points in time. "Now" is given by the environment, so that a replay sees the same.
#include <cmath>

#include "expr/builtins.h"
#include "expr/date_picture.h"
#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

constexpr double kMostMillis = 8.64e15;  // what a Date of JavaScript can hold

std::int64_t nowMillis(const Call& call) { return call.evaluator.environment().wallNow / 1000; }

bool giveDate(const Call& call, std::int64_t millis, std::string_view picture, std::string_view timezone) {
    const auto text = formatDate(millis, picture, timezone);
    return text ? call.give(Item(Value(*text))) : call.fail(text.error());
}

bool runNow(const Call& call) { return giveDate(call, nowMillis(call), call.text(0), call.text(1)); }
bool runMillis(const Call& call) { return call.give(Item(Value(nowMillis(call)))); }

bool runFromMillis(const Call& call) {
    if (call[0].isUndefined()) return true;
    const double millis = std::trunc(call.number(0));
    if (std::abs(millis) > kMostMillis) return call.fail("D1001", call[0].value());
    return giveDate(call, static_cast<std::int64_t>(millis), call.text(1), call.text(2));
}

bool runToMillis(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto millis = parseDate(call.text(0), call.text(1), nowMillis(call));
    if (!millis) return call.fail(millis.error(), call[0].value());
    return call.give(*millis ? Item(Value(**millis)) : Item());
}

constexpr Builtin kBuiltins[] = {
    {"now", "<s?s?:s>", 0, runNow},
    {"millis", "<:n>", 0, runMillis},
    {"fromMillis", "<n-s?s?:s>", 3, runFromMillis},
    {"toMillis", "<s-s?:n>", 2, runToMillis},
};

}  // namespace

std::span<const Builtin> dateTimeBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
