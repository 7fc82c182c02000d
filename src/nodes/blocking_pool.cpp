#include "nodes/blocking_pool.h"

#include <condition_variable>
#include <deque>
#include <utility>

namespace signalbox::nodes {

struct BlockingPool::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Job> jobs;
    std::size_t idle = 0;
    bool stopping = false;
};

BlockingPool::BlockingPool(std::size_t maxThreads) : state_(std::make_shared<State>()), maxThreads_(maxThreads) {}

BlockingPool::~BlockingPool() { stop(); }

void BlockingPool::stop() {
    std::deque<Job> abandoned;
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
        abandoned.swap(state_->jobs);
    }
    state_->wake.notify_all();
    for (Job& job : abandoned) job(true);
    const std::lock_guard lock(threadsMutex_);
    for (ServiceThread& thread : threads_) thread.join();
}

void BlockingPool::work(const std::shared_ptr<State>& state) {
    std::unique_lock lock(state->mutex);
    while (true) {
        ++state->idle;
        state->wake.wait(lock, [&] { return state->stopping || !state->jobs.empty(); });
        --state->idle;
        if (state->jobs.empty()) return;
        {
            Job job = std::move(state->jobs.front());
            state->jobs.pop_front();
            lock.unlock();
            job(false);
        }
        lock.lock();
    }
}

void BlockingPool::submit(Job job) {
    bool needsThread = false;
    {
        const std::lock_guard lock(state_->mutex);
        if (!state_->stopping) state_->jobs.push_back(std::exchange(job, nullptr));
        needsThread = state_->idle < state_->jobs.size();
    }
    if (job) return job(true);
    if (needsThread) {
        const std::lock_guard lock(threadsMutex_);
        if (threads_.size() < maxThreads_) threads_.emplace_back([state = state_] { work(state); });
    }
    state_->wake.notify_one();
}

}  // namespace signalbox::nodes
