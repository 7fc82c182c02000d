// Randomness as a port, so that simulations repeat from a seed.
#pragma once

#include <cstdint>
#include <mutex>

namespace signalbox {

/// A source of uniform 64-bit numbers. Implementations say whether they may be shared between threads.
class Random {
public:
    Random() = default;
    Random(const Random&) = delete;
    Random& operator=(const Random&) = delete;
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;
    /// Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// Uniform in [0, 1).
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
};

/// SplitMix64 (Steele, Lea, Flood 2014) from a seed: the same seed gives the same numbers. Not thread-safe.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override;
    [[nodiscard]] std::uint64_t state() const { return state_; }

private:
    std::uint64_t state_;
};

/// The kernel's generator (getrandom), for ids and secrets. Thread-safe.
class SystemRandom final : public Random {
public:
    std::uint64_t next() override;
};

}  // namespace signalbox
