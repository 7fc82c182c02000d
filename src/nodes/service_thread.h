// A thread that belongs to a service object which the thread itself may be the last to let go of.
#pragma once

#include <mutex>
#include <thread>
#include <utility>

namespace signalbox::nodes {

/// Joined on destruction, except when destroyed on the thread itself: then detached, so what the thread uses must be
/// owned by its function (a shared state), not by the service object.
class ServiceThread {
public:
    template <class Function>
    explicit ServiceThread(Function function) : thread_(std::move(function)), id_(thread_.get_id()) {}
    ServiceThread(const ServiceThread&) = delete;
    ServiceThread& operator=(const ServiceThread&) = delete;
    ~ServiceThread() {
        join();
        if (thread_.joinable()) thread_.detach();
    }
    /// Waits for the thread's end, unless called on it. May be called from any thread, any number of times.
    void join() {
        if (id_ == std::this_thread::get_id()) return;
        const std::lock_guard lock(mutex_);
        if (thread_.joinable()) thread_.join();
    }

private:
    std::mutex mutex_;
    std::thread thread_;
    const std::thread::id id_;  ///< read without the lock
};

}  // namespace signalbox::nodes
