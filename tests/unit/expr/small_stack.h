// Runs code on a thread with a stack of a given size and tells how much of it was touched.
#pragma once

#include <cstddef>
#include <functional>

namespace signalbox::expr {

/// Bytes of the stack that the work used, at most `bytes`; a work that needs more ends the process.
std::size_t stackUsedBy(const std::function<void()>& work, std::size_t bytes);

}  // namespace signalbox::expr
