// A few threads with a bounded queue, for what blocks: what floods it crowds out nothing else.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace signalbox::gateway {

/// Thread-safe. Jobs that wait when it ends are dropped.
class BoundedPool {
public:
    BoundedPool(std::size_t threads, std::size_t queue);
    BoundedPool(const BoundedPool&) = delete;
    BoundedPool& operator=(const BoundedPool&) = delete;
    ~BoundedPool();

    /// False: too many wait already.
    [[nodiscard]] bool tryPost(std::function<void()> job);

private:
    void work();

    const std::size_t queue_;
    std::mutex mutex_;  ///< guards the three below
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    bool stopping_ = false;
    std::vector<std::jthread> threads_;  ///< last: they use the rest
};

}  // namespace signalbox::gateway
