// A callback that is called exactly once, come what may.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
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
    struct State {
        explicit State(Done callback) : done(std::move(callback)) {}
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        ~State() {
            answer(fail("gateway.stopping", "The gateway stopped before it could answer", {}, "Try again later", true));
        }
        void answer(Result<protocol::Reply> outcome) {
            if (!answered.exchange(true)) done(std::move(outcome));
        }
        Done done;
        std::atomic<bool> answered{false};
    };
    std::shared_ptr<State> state_;
};

}  // namespace signalbox::service
