// How deep the native stack of the calling thread may grow: recursion is checked against it besides its own limits.
#pragma once

#include <cstdint>

namespace signalbox::expr {

/// The lowest address that recursion may reach on this thread, some way above the end of its stack; 0 when that is
/// not known. Asked of the system once a thread.
[[nodiscard]] std::uintptr_t stackFloor() noexcept;

/// The address of the caller's frame.
[[nodiscard, gnu::always_inline]] inline std::uintptr_t stackPosition() noexcept {
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

}  // namespace signalbox::expr
