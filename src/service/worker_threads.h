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

/// Runs jobs in the order given, several at a time. post() and tryPost() may be called from any thread.
class WorkerThreads {
public:
    /// `mostWaiting` bounds tryPost(): what floods it crowds out nothing else. 0: no bound.
    explicit WorkerThreads(std::size_t threads, std::size_t mostWaiting = 0);
    WorkerThreads(const WorkerThreads&) = delete;
    WorkerThreads& operator=(const WorkerThreads&) = delete;
    ~WorkerThreads();

    void post(std::function<void()> job);
    /// False, and the job is dropped: too many wait already, or it has been stopped.
    [[nodiscard]] bool tryPost(std::function<void()> job);
    /// Waits for the jobs under way and drops the others, also those posted later, without running them.
    void stop();

private:
    void work();

    const std::size_t mostWaiting_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    bool stopping_ = false;
    std::vector<std::jthread> threads_;  ///< last: they use the members above
};

}  // namespace signalbox::service
