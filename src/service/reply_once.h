// A callback that is called exactly once, come what may.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::service {

/// Copies share the one call: the first wins. When the last copy goes without a call, the answer is
/// "gateway.stopping". Thread-safe.
class ReplyOnce {
public:
    using Done = std::function<void(Result<protocol::Reply>)>;
    explicit ReplyOnce(Done done) : state_(std::make_shared<State>(std::move(done))) {}

    void operator()(Result<protocol::Reply> outcome) const { state_->answer(std::move(outcome)); }
    /// Answers with the value of a Result<Dto>, or its error.
    template <class Dto>
    void with(Result<Dto> result) const {
        if (result)
            state_->answer(protocol::Reply(std::move(*result)));
        else
            state_->answer(fail(std::move(result).error()));
    }
    void with(Status status) const {
        if (status)
            state_->answer(protocol::Reply(protocol::Empty{}));
        else
            state_->answer(fail(std::move(status).error()));
    }

private:
    friend class OpenReplies;
    struct State {
        explicit State(Done callback) : done(std::move(callback)) {}
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        ~State() { stop(); }
        void answer(Result<protocol::Reply> outcome) {
            if (answered.exchange(true)) return;
            // Taken out: a copy of this that nobody lets go must not keep what the caller has given.
            const Done last = std::move(done);
            last(std::move(outcome));
        }
        void stop() {
            if (answered) return;
            answer(fail("gateway.stopping", "The gateway stopped before it could answer", {}, "Try again later", true));
        }
        Done done;
        std::atomic<bool> answered{false};
    };
    std::shared_ptr<State> state_;
};

/// The replies that are still owed, so that they can be given when whoever should have given them is gone.
class OpenReplies {
public:
    [[nodiscard]] ReplyOnce open(ReplyOnce::Done done) {
        const std::lock_guard lock(table_->mutex);
        const std::uint64_t number = ++table_->last;
        ReplyOnce reply([table = table_, number, done = std::move(done)](Result<protocol::Reply> outcome) {
            table->remove(number);
            done(std::move(outcome));
        });
        table_->open.emplace(number, reply.state_);
        return reply;
    }
    /// Answers all of them with "gateway.stopping".
    void stopAll() {
        for (const auto& [number, weak] : table_->takeAll()) {
            if (const auto state = weak.lock()) state->stop();
        }
    }

private:
    using Open = std::unordered_map<std::uint64_t, std::weak_ptr<ReplyOnce::State>>;
    struct Table {
        void remove(std::uint64_t number) {
            const std::lock_guard lock(mutex);
            open.erase(number);
        }
        Open takeAll() {
            const std::lock_guard lock(mutex);
            return std::exchange(open, {});
        }
        std::mutex mutex;
        std::uint64_t last = 0;
        Open open;
    };
    std::shared_ptr<Table> table_ = std::make_shared<Table>();
};

}  // namespace signalbox::service
