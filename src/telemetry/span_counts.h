// What has become of the spans that were recorded.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace signalbox::telemetry {

/// Why a span was not delivered.
enum class SpanDrop : std::uint8_t {
    QueueFull,    ///< spans came faster than they were taken
    Refused,      ///< by the collector, for good
    Rejected,     ///< by the collector, out of a batch that it took otherwise
    Undelivered,  ///< the collector could not be reached for too long
    Shutdown,     ///< the program ended before
};
inline constexpr std::size_t kSpanDrops = 5;
[[nodiscard]] std::string_view spanDropName(SpanDrop drop) noexcept;  ///< "queue-full", "refused" and so on

/// Thread-safe; only grows.
struct SpanCounts {
    std::atomic<std::uint64_t> exported{0};
    std::array<std::atomic<std::uint64_t>, kSpanDrops> dropped{};

    void drop(SpanDrop why, std::uint64_t count) {
        dropped[static_cast<std::size_t>(why)].fetch_add(count, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t of(SpanDrop why) const {
        return dropped[static_cast<std::size_t>(why)].load(std::memory_order_relaxed);
    }
};

}  // namespace signalbox::telemetry
