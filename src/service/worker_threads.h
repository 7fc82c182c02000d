// A few threads for calls that wait for files or the store.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace signalbox::service {

/// Runs jobs in the order given, several at a time. post() may be called from any thread.
class WorkerThreads {
public:
    explicit WorkerThreads(std::size_t threads);
    WorkerThreads(const WorkerThreads&) = delete;
    WorkerThreads& operator=(const WorkerThreads&) = delete;
    ~WorkerThreads();

    void post(std::function<void()> job);
    /// Waits for the jobs under way and drops the others, also those posted later, without running them.
    void stop();

private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    bool stopping_ = false;
    std::vector<std::jthread> threads_;  ///< last: they use the members above
};

}  // namespace signalbox::service
