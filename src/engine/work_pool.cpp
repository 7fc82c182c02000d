#include "engine/work_pool.h"

#include <algorithm>
#include <utility>

namespace signalbox::engine {

namespace {

struct CurrentWorker {
    const WorkPool* pool = nullptr;
    std::size_t index = 0;
};
thread_local CurrentWorker currentWorker;

/// For a counter with one writer: no locked instruction.
void addOne(std::atomic<std::uint64_t>& counter) {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

}  // namespace

WorkPool::WorkPool(std::size_t threads) {
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    workers_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) workers_.push_back(std::make_unique<Worker>());
    for (std::size_t i = 0; i < threads; ++i) workers_[i]->thread = std::jthread([this, i] { run(i); });
}

WorkPool::~WorkPool() { stop(); }

void WorkPool::stop() {
    {
        const std::lock_guard lock(sleepMutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& worker : workers_) {
        if (worker->thread.joinable()) worker->thread.join();
    }
    // Destroyed outside the lock: a task may hold the last reference to something that submits.
    std::deque<Task> dropped;
    for (auto& worker : workers_) {
        const std::lock_guard lock(worker->mutex);
        for (Task& task : worker->tasks) dropped.push_back(std::move(task));
        worker->tasks.clear();
    }
    pending_ = 0;
}

void WorkPool::submit(Task task, Wake wake) {
    if (stopping_.load()) return;
    const bool own = currentWorker.pool == this;
    const std::size_t index =
        own ? currentWorker.index : next_.fetch_add(1, std::memory_order_relaxed) % workers_.size();
    bool alone = false;
    {
        const std::lock_guard lock(workers_[index]->mutex);
        alone = workers_[index]->tasks.empty();
        workers_[index]->tasks.push_back(std::move(task));
    }
    pending_.fetch_add(1);
    if (wake == Wake::Sleeper || !own || !alone) wakeSleeper();
}

void WorkPool::wakeSleeper() {
    if (sleepers_.load() == 0) return;
    const std::lock_guard lock(sleepMutex_);
    wake_.notify_one();
}

std::size_t WorkPool::busy() const {
    return static_cast<std::size_t>(
        std::count_if(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->busy.load(); }));
}

std::uint64_t WorkPool::executed() const {
    std::uint64_t sum = 0;
    for (const auto& worker : workers_) sum += worker->executed.load(std::memory_order_relaxed);
    return sum;
}

std::uint64_t WorkPool::stolen() const {
    std::uint64_t sum = 0;
    for (const auto& worker : workers_) sum += worker->stolen.load(std::memory_order_relaxed);
    return sum;
}

bool WorkPool::take(std::size_t index, Task& task) {
    for (std::size_t i = 0; i < workers_.size(); ++i) {
        Worker& worker = *workers_[(index + i) % workers_.size()];
        const std::lock_guard lock(worker.mutex);
        if (worker.tasks.empty()) continue;
        if (i == 0) {
            task = std::move(worker.tasks.back());
            worker.tasks.pop_back();
        } else {
            task = std::move(worker.tasks.front());
            worker.tasks.pop_front();
            addOne(workers_[index]->stolen);
        }
        pending_.fetch_sub(1);
        return true;
    }
    return false;
}

void WorkPool::run(std::size_t index) {
    currentWorker = {this, index};
    while (!stopping_.load()) {
        Task task;
        if (take(index, task)) {
            Worker& self = *workers_[index];
            self.busy.store(true, std::memory_order_relaxed);
            task();
            self.busy.store(false, std::memory_order_relaxed);
            addOne(self.executed);
            continue;
        }
        std::unique_lock lock(sleepMutex_);
        sleepers_.fetch_add(1);
        wake_.wait(lock, [this] { return stopping_.load() || pending_.load() > 0; });
        sleepers_.fetch_sub(1);
    }
}

}  // namespace signalbox::engine
