// Fills any described struct with random content, for property tests.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "protocol/codec_impl.h"

namespace signalbox::protocol::test {

[[nodiscard]] Value randomValue(Random& random, int depth = 0);
[[nodiscard]] std::string randomText(Random& random);

template <class T>
void fill(T& out, Random& random) {
    if constexpr (std::same_as<T, Value>) {
        out = randomValue(random);
    } else if constexpr (detail::kIsOptional<T>) {
        out.reset();
        if (random.below(2) == 1) fill(out.emplace(), random);
    } else if constexpr (detail::kIsVector<T>) {
        out.resize(random.below(4));
        for (auto& item : out) fill(item, random);
    } else if constexpr (detail::Described<T>) {
        boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) { fill(out.*member.pointer, random); });
    } else if constexpr (std::same_as<T, std::string>) {
        out = randomText(random);
    } else if constexpr (std::same_as<T, bool>) {
        out = random.below(2) == 1;
    } else if constexpr (std::same_as<T, double>) {
        out = (random.unit() - 0.5) * 1e6;
    } else {
        // Within what both ends of the type and an exact JSON integer allow.
        const auto wide = static_cast<std::int64_t>(random.next());
        out = static_cast<T>(std::in_range<T>(wide) ? wide : wide & 0x7fffffff);
    }
}

}  // namespace signalbox::protocol::test
