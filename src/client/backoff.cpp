#include "client/backoff.h"

#include <algorithm>

namespace signalbox::client {

Backoff::Milliseconds Backoff::next(Random& random) {
    constexpr int kMostDoublings = 30;
    const auto factor = std::int64_t{1} << std::min(attempts_, kMostDoublings);
    ++attempts_;
    const Milliseconds whole = std::min(longest_, Milliseconds(first_.count() * factor));
    const double part = 0.5 + 0.5 * random.unit();
    return Milliseconds(static_cast<std::int64_t>(static_cast<double>(whole.count()) * part));
}

}  // namespace signalbox::client
