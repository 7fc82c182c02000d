// One after the other, without a thread that waits.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace signalbox::gateway {

/// Each job is given its turn; the next one begins when nobody holds that any more, on the thread that let go of it.
/// Thread-safe; may go before its jobs.
class Turns {
public:
    using Turn = std::shared_ptr<void>;
    using Job = std::function<void(Turn)>;

    void take(Job job) {
        {
            const std::lock_guard lock(state_->mutex);
            state_->waiting.push_back(std::move(job));
            if (std::exchange(state_->busy, true)) return;
        }
        next(state_);
    }

private:
    struct State {
        std::mutex mutex;
        std::deque<Job> waiting;
        bool busy = false;
    };
    static void next(const std::shared_ptr<State>& state) {
        Job job;
        {
            const std::lock_guard lock(state->mutex);
            if (state->waiting.empty()) {
                state->busy = false;
                return;
            }
            job = std::move(state->waiting.front());
            state->waiting.pop_front();
        }
        job(Turn(nullptr, [state](void*) { next(state); }));
    }

    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace signalbox::gateway
