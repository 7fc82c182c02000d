#include "unit/protocol/random_dto.h"

#include <array>

namespace signalbox::protocol::test {

std::string randomText(Random& random) {
    static const std::array<std::string, 8> kTexts = {
        "", "a", "\"quoted\" \\ back", "line\nbreak\ttab", "größe", "\U0001F6A6", "null", std::string("nul\0in", 6)};
    return kTexts[random.below(kTexts.size())] + std::string(random.below(20), 'x');
}

Value randomValue(Random& random, int depth) {
    switch (random.below(depth < 3 ? 8 : 6)) {
        case 0:
            return nullptr;
        case 1:
            return random.below(2) == 1;
        case 2:
            return static_cast<std::int64_t>(random.next());
        case 3:
            return random.unit();
        case 4:
            return randomText(random);
        case 5:
            return Value::bytes(randomText(random));
        case 6: {
            ArrayBuilder items;
            for (auto left = random.below(4); left > 0; --left) items.push(randomValue(random, depth + 1));
            return std::move(items).build();
        }
        default: {
            ObjectBuilder object;
            for (auto left = random.below(4); left > 0; --left) {
                object.set(randomText(random), randomValue(random, depth + 1));
            }
            return std::move(object).build();
        }
    }
}

}  // namespace signalbox::protocol::test
