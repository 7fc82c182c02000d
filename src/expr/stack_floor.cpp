#include "expr/stack_floor.h"

#include <cstddef>

#include <pthread.h>

namespace signalbox::expr {

namespace {

// Enough for what is called at the deepest level: built-in functions, PCRE2, the clock, the error itself.
constexpr std::uintptr_t kReserve = 96 * 1024;

std::uintptr_t askForFloor() noexcept {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
    void* lowest = nullptr;
    std::size_t size = 0;
    const int status = pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    if (status != 0 || size < 2 * kReserve) return 0;
    return reinterpret_cast<std::uintptr_t>(lowest) + kReserve;
}

}  // namespace

std::uintptr_t stackFloor() noexcept {
    static thread_local const std::uintptr_t floor = askForFloor();
    return floor;
}

}  // namespace signalbox::expr
