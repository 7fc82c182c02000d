#include "identity/attempt.h"

#include <fmt/format.h>

namespace signalbox::identity {

namespace {

constexpr Micros kSecond = 1'000'000;

Error throttled(Micros wait) {
    // In whole seconds, which programs read too (Retry-After).
    return {"identity.throttled",
            "There were too many failed attempts",
            {},
            fmt::format("Try again in {} s", (wait + kSecond - 1) / kSecond),
            true};
}

}  // namespace

LocalIdentity::Attempt::Attempt(LocalIdentity& identity, std::string account, const Origin& origin)
    : identity_(identity), account_(std::move(account)), address_(addressGroup(origin.address)) {}

Status LocalIdentity::Attempt::begin() {
    const Micros now = identity_.options_.clock->monotonicNow();
    if (!address_.empty()) {
        if (const Micros wait = identity_.addresses_.begin(address_, now); wait > 0) return fail(throttled(wait));
    }
    if (const Micros wait = identity_.accounts_.begin(account_, now); wait > 0) {
        identity_.addresses_.takeBack(address_);
        return fail(throttled(wait));
    }
    return {};
}

void LocalIdentity::Attempt::succeeded() {
    identity_.accounts_.forget(account_);
    identity_.addresses_.takeBack(address_);
}

void LocalIdentity::Attempt::isNone() {
    identity_.accounts_.takeBack(account_);
    identity_.addresses_.takeBack(address_);
}

}  // namespace signalbox::identity
