// The application's end of a stream: messages wait here until the connection has written them.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/exchange.h"

namespace signalbox::gateway {

class Loop;

/// The connection behind a peer. Called on its loop's thread.
class StreamOwner {
public:
    virtual ~StreamOwner() = default;
    virtual void flush() = 0;  ///< something waits to be written, the stream shall end, or the peer is welcome
};

struct StreamClose {
    std::uint16_t code = 1000;
    std::string reason;
};

/// A bounded queue. send(), buffered(), close() and welcome() from any thread; the rest by the owner, on the loop's
/// thread.
class BufferedPeer final : public StreamPeer, public std::enable_shared_from_this<BufferedPeer> {
public:
    BufferedPeer(std::shared_ptr<Loop> loop, std::weak_ptr<StreamOwner> owner, std::size_t limit);

    bool send(std::string text) override;
    [[nodiscard]] std::size_t buffered() const override;
    void close(std::uint16_t code, std::string reason) override;
    void welcome() override;

    /// The next message to write; none: nothing waits. It counts as buffered until written() is told of it.
    [[nodiscard]] std::optional<std::string> next();
    /// True: a send was refused before, and there is room again; to be told once.
    [[nodiscard]] bool written(std::size_t bytes);
    /// How the application wants to end; only when all before it was taken by next().
    [[nodiscard]] std::optional<StreamClose> pendingClose() const;
    [[nodiscard]] bool isWelcome() const;
    /// The connection is gone: nothing is taken any more.
    void end();

private:
    void wake();

    std::shared_ptr<Loop> loop_;
    std::weak_ptr<StreamOwner> owner_;
    const std::size_t limit_;
    mutable std::mutex mutex_;
    std::deque<std::string> queue_;
    std::optional<StreamClose> close_;
    std::size_t bytes_ = 0;
    bool hasRefused_ = false;
    bool isEnded_ = false;
    bool isWelcome_ = false;
    bool isWoken_ = false;  ///< a flush is on its way
};

}  // namespace signalbox::gateway
