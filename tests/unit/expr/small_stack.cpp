#include "unit/expr/small_stack.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <pthread.h>
#include <sys/mman.h>

namespace signalbox::expr {

namespace {

constexpr unsigned char kUntouched = 0xA5;
constexpr std::size_t kGuard = 64 * 1024;

void* runWork(void* work) {
    (*static_cast<const std::function<void()>*>(work))();
    return nullptr;
}

}  // namespace

std::size_t stackUsedBy(const std::function<void()>& work, std::size_t bytes) {
    void* area = mmap(nullptr, bytes + kGuard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED) std::abort();
    auto* stack = static_cast<unsigned char*>(area) + kGuard;
    if (mprotect(area, kGuard, PROT_NONE) != 0) std::abort();
    std::memset(stack, kUntouched, bytes);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack, bytes);
    pthread_t thread{};
    if (pthread_create(&thread, &attributes, runWork, const_cast<std::function<void()>*>(&work)) != 0) std::abort();
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    const auto* lowest = std::find_if(stack, stack + bytes, [](unsigned char byte) { return byte != kUntouched; });
    const auto used = static_cast<std::size_t>(stack + bytes - lowest);
    munmap(area, bytes + kGuard);
    return used;
}

}  // namespace signalbox::expr
