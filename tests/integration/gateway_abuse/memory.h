// How much memory the server under attack takes.
#pragma once

#include <cstddef>

namespace signalbox::gateway {

/// Sanitizers keep books of their own on every byte: bounds on memory are that many times wider under them.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kBookkeeping = 20;
#else
constexpr std::size_t kBookkeeping = 1;
#endif

/// Of this process, clients of the test included.
[[nodiscard]] std::size_t residentBytes();

}  // namespace signalbox::gateway
