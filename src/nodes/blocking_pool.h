// Threads for work that waits for a disk or a database lock, so that the engine's pool never does.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>

#include "nodes/service_thread.h"

namespace signalbox::nodes {

/// Runs jobs in the order given on up to a number of threads, which start when first needed. Thread-safe.
class BlockingPool {
public:
    using Job = std::function<void(bool stopping)>;
    explicit BlockingPool(std::size_t maxThreads = 8);
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;
    ~BlockingPool();
    void submit(Job job);
    /// Calls jobs that wait, and those submitted from now on, with stopping = true, and waits for those that run. Also
    /// done by destruction.
    void stop();

private:
    struct State;
    static void work(const std::shared_ptr<State>& state);
    std::shared_ptr<State> state_;
    std::size_t maxThreads_;
    std::mutex threadsMutex_;
    std::list<ServiceThread> threads_;
};

}  // namespace signalbox::nodes
