#include "service/worker_threads.h"

#include <utility>

namespace signalbox::service {

WorkerThreads::WorkerThreads(std::size_t threads, std::size_t mostWaiting) : mostWaiting_(mostWaiting) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerThreads::~WorkerThreads() { stop(); }

void WorkerThreads::stop() {
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(jobs_);
    }
    wake_.notify_all();
    threads_.clear();
}

void WorkerThreads::post(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

bool WorkerThreads::tryPost(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || (mostWaiting_ != 0 && jobs_.size() >= mostWaiting_)) return false;
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void WorkerThreads::work() {
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (stopping_) return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        job();
    }
}

}  // namespace signalbox::service
