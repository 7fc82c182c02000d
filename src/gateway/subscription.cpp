#include "gateway/subscription.h"

namespace signalbox::gateway {

std::uint64_t countLost(const service::EventTexts& events) {
    std::uint64_t lost = 0;
    for (const auto& event : events.items) {
        if (event.lostUntil >= event.seq) lost += event.lostUntil - event.seq + 1;
    }
    return lost;
}

}  // namespace signalbox::gateway
