// Identifiers: UUID version 7 (RFC 9562), sortable by time of making, one strong type a purpose.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"

namespace signalbox {

/// 128 bits; all zero means "none".
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
    [[nodiscard]] bool isNull() const { return *this == Uuid{}; }
    [[nodiscard]] std::string toString() const;  ///< 36 characters, lower case
    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
    [[nodiscard]] static Uuid v7(Micros wall, Random& random);
};

/// An id that cannot be mistaken for another kind of id.
template <class Tag>
struct StrongId {
    Uuid value;
    auto operator<=>(const StrongId&) const = default;
    [[nodiscard]] bool isNull() const { return value.isNull(); }
    [[nodiscard]] std::string toString() const { return value.toString(); }
    [[nodiscard]] static std::optional<StrongId> parse(std::string_view text) {
        auto parsed = Uuid::parse(text);
        if (!parsed) return std::nullopt;
        return StrongId{*parsed};
    }
    [[nodiscard]] static StrongId make(const Clock& clock, Random& random) {
        return StrongId{Uuid::v7(clock.wallNow(), random)};
    }
};

using RunId = StrongId<struct RunTag>;

}  // namespace signalbox

template <class Tag>
struct std::hash<signalbox::StrongId<Tag>> {
    std::size_t operator()(const signalbox::StrongId<Tag>& id) const noexcept {
        std::uint64_t low = 0;
        for (std::size_t i = 8; i < 16; ++i) low = (low << 8U) | id.value.bytes[i];
        return static_cast<std::size_t>(low * 0x9e3779b97f4a7c15ULL);
    }
};
