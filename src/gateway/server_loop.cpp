#include "gateway/server_loop.h"

#include <atomic>
#include <chrono>
#include <ctime>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace signalbox::gateway {
namespace {

namespace asio = boost::asio;
constexpr std::size_t kScratchSize = 64 << 10;
constexpr std::size_t kLargestKeptOutput = 256 << 10;
constexpr Micros kSecond = 1'000'000;

/// RFC 9110 section 5.6.7, in English whatever the locale.
std::string formatHttpDate(Micros wall) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = wall / kSecond;
    std::tm time{};
    gmtime_r(&seconds, &time);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[time.tm_wday], time.tm_mday, kMonths[time.tm_mon],
                       time.tm_year + 1900, time.tm_hour, time.tm_min, time.tm_sec);
}

}  // namespace

struct Loop::State {
    explicit State(Micros tickEveryIn)
        : timer(context), guard(context.get_executor()), tickEvery(tickEveryIn), scratch(kScratchSize) {}

    asio::io_context context{1};
    asio::steady_timer timer;
    asio::executor_work_guard<asio::io_context::executor_type> guard;
    std::chrono::microseconds tickEvery;
    std::function<void()> tickHook;
    std::vector<std::shared_ptr<Session>> sessions;
    std::atomic<std::size_t> sessionCount{0};
    std::vector<char> scratch;
    std::string output;
    std::string date;
    Micros dateSecond = -1;
    std::atomic<std::thread::id> thread;
    std::mutex mutex;  ///< of isOpen: nothing is posted once it is false, so that nothing is left behind in the context
    bool isOpen = true;
    bool isFinished = false;  ///< of the loop's thread only

    void armTimer(Loop& loop) {
        timer.expires_after(tickEvery);
        timer.async_wait([this, &loop](const boost::system::error_code& error) {
            if (error || isFinished) return;  // cancelling comes too late for a tick that is already due
            const Micros now = loop.clock_.monotonicNow();
            // From the end: a session that removes itself is replaced by one that was ticked already.
            for (std::size_t at = sessions.size(); at-- > 0;) {
                if (at >= sessions.size()) continue;
                const auto session = sessions[at];
                session->tick(now);
            }
            if (tickHook) tickHook();
            if (!isFinished) armTimer(loop);
        });
    }

    template <class Call>
    void forEach(const Call& call) {
        const auto all = sessions;
        for (const auto& session : all) call(*session);
    }
};

Loop::Loop(const Clock& clock, Micros tickEvery) : clock_(clock), state_(std::make_unique<State>(tickEvery)) {
    state_->armTimer(*this);
}

Loop::~Loop() = default;

void Loop::run() {
    state_->thread = std::this_thread::get_id();
    state_->context.run();
}

void Loop::finish() {
    const std::lock_guard lock(state_->mutex);
    if (!state_->isOpen) return;
    state_->isOpen = false;
    asio::post(state_->context, [this] {
        abortAll();
        state_->isFinished = true;
        state_->timer.cancel();
        state_->guard.reset();
    });
}

void Loop::post(std::function<void()> work) {
    const std::lock_guard lock(state_->mutex);
    if (state_->isOpen) asio::post(state_->context, std::move(work));
}

bool Loop::isCurrent() const { return state_->thread.load(std::memory_order_relaxed) == std::this_thread::get_id(); }

void Loop::add(std::shared_ptr<Session> session) {
    session->slot_ = state_->sessions.size();
    state_->sessions.push_back(std::move(session));
    state_->sessionCount = state_->sessions.size();
}

void Loop::remove(Session& session) {
    auto& all = state_->sessions;
    const auto slot = session.slot_;
    if (slot >= all.size() || all[slot].get() != &session) return;
    std::swap(all[slot], all.back());
    all[slot]->slot_ = slot;
    const auto kept = std::move(all.back());  // it may go only when the list is whole again
    all.pop_back();
    state_->sessionCount = all.size();
}

std::size_t Loop::sessionCount() const { return state_->sessionCount; }

void Loop::drainAll() {
    state_->forEach([](Session& session) { session.drain(); });
}

void Loop::abortAll() {
    state_->forEach([](Session& session) { session.abort(); });
}

void Loop::setTickHook(std::function<void()> hook) { state_->tickHook = std::move(hook); }

asio::io_context& Loop::context() { return state_->context; }

std::span<char> Loop::scratch() { return state_->scratch; }

std::string& Loop::output() {
    if (state_->output.capacity() > kLargestKeptOutput) state_->output = {};
    state_->output.clear();
    return state_->output;
}

std::string_view Loop::httpDate() {
    const Micros second = clock_.wallNow() / kSecond;
    if (second != state_->dateSecond) {
        state_->dateSecond = second;
        state_->date = formatHttpDate(second * kSecond);
    }
    return state_->date;
}

}  // namespace signalbox::gateway
