// A thread that belongs to a service object which the thread itself may be the last to let go of.
#pragma once

#include <thread>
#include <utility>

namespace signalbox::nodes {

/// Joined on destruction, except when destroyed on the thread itself: then detached, so what the thread uses must be
/// owned by its function (a shared state), not by the service object.
class ServiceThread {
public:
    ServiceThread() = default;
    template <class Function>
    explicit ServiceThread(Function function) : thread_(std::move(function)) {}
    ServiceThread(ServiceThread&& other) noexcept = default;
    ServiceThread& operator=(ServiceThread&& other) = delete;
    ~ServiceThread() {
        if (!thread_.joinable()) return;
        if (thread_.get_id() == std::this_thread::get_id()) {
            thread_.detach();
        } else {
            thread_.join();
        }
    }

private:
    std::thread thread_;
};

}  // namespace signalbox::nodes
