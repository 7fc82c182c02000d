// The application's right to answer one request: once, from any thread, whether the connection lives or not.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "gateway/exchange.h"

namespace signalbox::gateway {

class Connection;
class Loop;
struct ServerCore;

class ReplyToken {
public:
    ReplyToken(std::shared_ptr<ServerCore> core, std::weak_ptr<Connection> connection, std::shared_ptr<Loop> loop,
               std::uint64_t number);
    /// An application that forgets to answer answers 500.
    ~ReplyToken();
    ReplyToken(const ReplyToken&) = delete;
    ReplyToken& operator=(const ReplyToken&) = delete;
    void answer(Outcome outcome);
    /// From now on answers go by the loop: the call of the application is over.
    void leaveCall() { isInCall_.store(false, std::memory_order_release); }

private:
    std::shared_ptr<ServerCore> core_;
    std::weak_ptr<Connection> connection_;
    std::shared_ptr<Loop> loop_;
    std::uint64_t number_;
    std::atomic<bool> isAnswered_{false};
    std::atomic<bool> isInCall_{true};
};

}  // namespace signalbox::gateway
