// Names of variables, compared by identity first.
#pragma once

#include <cstdint>
#include <string>

namespace signalbox::expr {

/// One name in a program. Two programs ($eval) may have symbols of the same name.
struct Symbol {
    std::string name;
    std::uint64_t hash = 0;
};

[[nodiscard]] inline bool sameSymbol(const Symbol* a, const Symbol* b) noexcept {
    return a == b || (a->hash == b->hash && a->name == b->name);
}

}  // namespace signalbox::expr
