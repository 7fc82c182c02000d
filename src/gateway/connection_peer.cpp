#include "gateway/connection_peer.h"

#include "gateway/server_loop.h"

namespace signalbox::gateway {

BufferedPeer::BufferedPeer(std::shared_ptr<Loop> loop, std::weak_ptr<StreamOwner> owner, std::size_t limit)
    : loop_(std::move(loop)), owner_(std::move(owner)), limit_(limit) {}

bool BufferedPeer::send(std::string text) {
    const std::lock_guard lock(mutex_);
    if (isEnded_ || close_) return false;
    if (bytes_ + text.size() > limit_) {
        hasRefused_ = true;
        return false;
    }
    bytes_ += text.size();
    queue_.push_back(std::move(text));
    wake();
    return true;
}

std::size_t BufferedPeer::buffered() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

void BufferedPeer::close(std::uint16_t code, std::string reason) {
    const std::lock_guard lock(mutex_);
    if (isEnded_ || close_) return;
    close_ = StreamClose{code, std::move(reason)};
    wake();
}

void BufferedPeer::welcome() {
    const std::lock_guard lock(mutex_);
    if (isEnded_ || isWelcome_) return;
    isWelcome_ = true;
    wake();
}

bool BufferedPeer::isWelcome() const {
    const std::lock_guard lock(mutex_);
    return isWelcome_;
}

/// Under the lock. Many messages in a row cost one post.
void BufferedPeer::wake() {
    if (isWoken_) return;
    isWoken_ = true;
    loop_->post([self = shared_from_this()] {
        {
            const std::lock_guard lock(self->mutex_);
            self->isWoken_ = false;
        }
        if (const auto owner = self->owner_.lock()) owner->flush();
    });
}

std::optional<std::string> BufferedPeer::next() {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) return std::nullopt;
    auto text = std::move(queue_.front());
    queue_.pop_front();
    return text;
}

bool BufferedPeer::written(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (isEnded_) return false;
    bytes_ -= bytes;
    if (!hasRefused_ || bytes_ >= limit_ / 2) return false;
    hasRefused_ = false;
    return true;
}

std::optional<StreamClose> BufferedPeer::pendingClose() const {
    const std::lock_guard lock(mutex_);
    return queue_.empty() ? close_ : std::nullopt;
}

void BufferedPeer::end() {
    const std::lock_guard lock(mutex_);
    isEnded_ = true;
    queue_.clear();
    bytes_ = 0;
}

}  // namespace signalbox::gateway
