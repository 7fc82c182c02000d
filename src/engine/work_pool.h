// A work-stealing thread pool for what needs a processor.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace signalbox::engine {

/// Each worker has a queue of its own: work made by a worker stays there and is taken last in first out; idle workers
/// steal the oldest from others. Work from outside is spread in turn. submit() may be called from any thread.
class WorkPool {
public:
    using Task = std::function<void()>;

    explicit WorkPool(std::size_t threads);  ///< 0: one a core
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;
    ~WorkPool();

    enum class Wake : std::uint8_t {
        Sleeper,  ///< somebody who has nothing to do
        Nobody,   ///< a task's last act: its own worker takes this up next, unless there is other work to share
    };
    void submit(Task task, Wake wake = Wake::Sleeper);
    /// For what was submitted as a last act that turned out not to be the last.
    void wakeSleeper();
    /// Finishes the tasks being run, drops the others, joins the threads. Idempotent; not from a worker.
    void stop();
    [[nodiscard]] std::size_t threadCount() const { return workers_.size(); }
    [[nodiscard]] std::size_t pending() const { return pending_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t busy() const;
    [[nodiscard]] std::uint64_t executed() const;
    [[nodiscard]] std::uint64_t stolen() const;

private:
    struct Worker {
        std::mutex mutex;
        std::deque<Task> tasks;
        /// Written by the worker itself only, so that counting costs nothing.
        std::atomic<bool> busy{false};
        std::atomic<std::uint64_t> executed{0};
        std::atomic<std::uint64_t> stolen{0};
        std::jthread thread;
    };
    void run(std::size_t index);
    [[nodiscard]] bool take(std::size_t index, Task& task);

    std::vector<std::unique_ptr<Worker>> workers_;
    std::atomic<std::size_t> pending_{0};
    std::atomic<std::size_t> next_{0};
    std::atomic<std::size_t> sleepers_{0};
    std::atomic<bool> stopping_{false};
    std::mutex sleepMutex_;
    std::condition_variable wake_;
};

}  // namespace signalbox::engine
