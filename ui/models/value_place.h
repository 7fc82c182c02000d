// The way from a value to a part of it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/value.h"

namespace signalbox::ui {

/// Places of members or items, level by level; empty: the value itself.
using ValuePlace = std::vector<std::uint32_t>;

/// The part at that place; Undefined when there is none.
[[nodiscard]] inline Value valueAtPlace(const Value& root, const ValuePlace& place) {
    Value part = root;
    for (const auto step : place) {
        if (step >= part.size() || !(part.isArray() || part.isObject())) return Value::undefined();
        // Held before it is replaced: the part lies inside what it replaces.
        Value inner = part.isArray() ? part.at(step) : part.members()[step].second;
        part = std::move(inner);
    }
    return part;
}

}  // namespace signalbox::ui
