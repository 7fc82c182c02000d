// Random Values for property tests: all kinds, awkward numbers, awkward text, repeated from a seed.
#pragma once

#include <bit>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/value.h"

namespace signalbox::test {

/// A new seed each run; SIGNALBOX_TEST_SEED repeats one.
inline std::uint64_t propertySeed() {
    const char* given = std::getenv("SIGNALBOX_TEST_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10)
                            : static_cast<std::uint64_t>(SystemClock().wallNow()) % 1'000'000'007U;
}

inline std::string randomText(Random& random) {
    static const std::vector<std::string> kPieces{"a",    "key", "\"", "\\", "/", "\n",          "\x01",
                                                  "\x7f", "ä",   "→",  "😀",  " ", "\xE2\x80\xA8"};
    std::string text;
    for (auto count = random.below(random.below(8) == 0 ? 40 : 6); count > 0; --count) {
        text += kPieces[random.below(kPieces.size())];
    }
    if (random.below(16) == 0) text += '\0';
    return text;
}

inline double randomDouble(Random& random) {
    switch (random.below(4)) {
        case 0:
            return static_cast<double>(static_cast<std::int64_t>(random.next()) >> random.below(64)) / 8.0;
        case 1:
            return std::numeric_limits<double>::denorm_min() * static_cast<double>(random.below(1000));
        case 2:
            return random.unit();
        default:
            return std::bit_cast<double>(random.next());  // any at all; not finite becomes null
    }
}

inline Value randomValue(Random& random, std::size_t depth = 5) {
    switch (random.below(depth == 0 ? 6 : 9)) {
        case 0:
            return nullptr;
        case 1:
            return random.below(2) == 0;
        case 2:
            return static_cast<std::int64_t>(random.next()) >> random.below(64);
        case 3:
            return randomDouble(random);
        case 4:
            return randomText(random);
        case 5:
            return Value::bytes(randomText(random) + "\xff\xfe");
        case 6: {
            std::vector<Value> items(random.below(5));
            for (auto& item : items) item = randomValue(random, depth - 1);
            return Value::array(std::move(items));
        }
        default: {
            ObjectBuilder builder;
            for (auto count = random.below(random.below(6) == 0 ? 30 : 5); count > 0; --count) {
                builder.set(randomText(random), randomValue(random, depth - 1));
            }
            return std::move(builder).build();
        }
    }
}

/// The same value built otherwise: members in another order, nothing shared.
inline Value rebuilt(const Value& value, Random& random) {
    if (value.isString()) return std::string(value.asString());
    if (value.isArray()) {
        ArrayBuilder builder;
        for (const auto& item : value.items()) builder.push(rebuilt(item, random));
        return std::move(builder).build();
    }
    if (!value.isObject()) return value;
    std::vector<Member> members(value.members().begin(), value.members().end());
    for (auto i = members.size(); i > 1; --i) std::swap(members[i - 1], members[random.below(i)]);
    for (auto& member : members) member.second = rebuilt(member.second, random);
    return Value::object(std::move(members));
}

}  // namespace signalbox::test
