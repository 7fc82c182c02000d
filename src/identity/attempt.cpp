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
    : identity_(identity),
      account_(std::move(account)),
      address_(addressGroup(origin.address)),
      isKnown_(identity.places_.knows(account_, address_)) {
    if (!address_.empty()) counts_.push_back({&identity.addresses_, address_, false});
    if (std::string site = siteOfGroup(address_); !site.empty() && !isKnown_) {
        counts_.push_back({&identity.sites_, std::move(site), false});
    }
    if (isKnown_)
        counts_.push_back({&identity.accountsWhereKnown_, KnownPlaces::nameOf(account_, address_), true});
    else
        counts_.push_back({&identity.accounts_, account_, true});
}

Status LocalIdentity::Attempt::begin() {
    const Micros now = identity_.options_.clock->monotonicNow();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        const Micros wait = counts_[i].throttle->begin(counts_[i].name, now);
        if (wait == 0) continue;
        while (i-- > 0) counts_[i].throttle->takeBack(counts_[i].name);
        return fail(throttled(wait));
    }
    return {};
}

void LocalIdentity::Attempt::succeeded() {
    for (const Count& count : counts_) {
        if (count.isForgiven)
            count.throttle->forget(count.name);
        else
            count.throttle->takeBack(count.name);
    }
    if (!isKnown_) identity_.accountsWhereKnown_.forget(KnownPlaces::nameOf(account_, address_));
    identity_.places_.learn(account_, address_);
}

void LocalIdentity::Attempt::isNone() {
    for (const Count& count : counts_) count.throttle->takeBack(count.name);
}

}  // namespace signalbox::identity
