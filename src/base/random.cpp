#include "base/random.h"

#include <cerrno>
#include <cstdlib>

#include <sys/random.h>

namespace signalbox {

// Multiplication with rejection: Lemire, "Fast Random Integer Generation in an Interval", 2019.
std::uint64_t Random::below(std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;
    auto product = static_cast<Wide>(next()) * bound;
    auto low = static_cast<std::uint64_t>(product);
    if (low < bound) {
        const auto threshold = (0 - bound) % bound;
        while (low < threshold) {
            product = static_cast<Wide>(next()) * bound;
            low = static_cast<std::uint64_t>(product);
        }
    }
    return static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
}

std::uint64_t SystemRandom::next() {
    std::uint64_t number = 0;
    for (;;) {
        const auto got = getrandom(&number, sizeof number, 0);
        if (got == static_cast<ssize_t>(sizeof number)) return number;
        // Ids and secrets from a broken generator would be worse than no program.
        if (got < 0 && errno != EINTR) std::abort();
    }
}

}  // namespace signalbox
