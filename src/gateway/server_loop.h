// One I/O thread's loop: its sessions, their deadlines, and work posted from other threads.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace boost::asio {
class io_context;
}

namespace signalbox::gateway {

/// A connection in one of its lives (HTTP, WebSocket, event stream), kept alive by its loop until it removes itself.
/// Called on the loop's thread.
class Session {
public:
    virtual ~Session() = default;
    virtual void tick(Micros now) = 0;  ///< a few times a second, with the monotonic time: for deadlines
    virtual void drain() = 0;           ///< end soon, after what is under way
    virtual void abort() = 0;           ///< end at once

private:
    friend class Loop;
    std::size_t slot_ = 0;
};

class Loop {
public:
    /// Sessions are ticked every `tickEvery` of real time, whatever the clock says.
    Loop(const Clock& clock, Micros tickEvery);
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Runs until finish(); the calling thread is the loop's.
    void run();
    /// Any thread: from now on post() drops what it is given; run() returns when all sessions have ended.
    void finish();
    /// Any thread. Runs the work on the loop's thread, later.
    void post(std::function<void()> work);
    [[nodiscard]] bool isCurrent() const;

    void add(std::shared_ptr<Session> session);
    void remove(Session& session);
    [[nodiscard]] std::size_t sessionCount() const;
    void drainAll();
    void abortAll();
    /// Called with every tick, on the loop's thread.
    void setTickHook(std::function<void()> hook);

    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] boost::asio::io_context& context();
    /// Memory to read into; its content lasts until control returns to the loop.
    [[nodiscard]] std::span<char> scratch();
    /// An empty string to write a message to, with room from the times before.
    [[nodiscard]] std::string& output();
    /// The moment as in a Date header, to the second.
    [[nodiscard]] std::string_view httpDate();

private:
    struct State;
    const Clock& clock_;
    std::unique_ptr<State> state_;
};

}  // namespace signalbox::gateway
