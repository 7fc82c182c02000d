#include <iterator>
#include <utility>

#include "client/event_stream_private.h"

namespace signalbox::client {

void EventBuffer::open(QObject* owner, std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    owner_ = owner;
    wake_ = std::move(wake);
}

void EventBuffer::close() {
    const std::lock_guard lock(mutex_);
    owner_ = nullptr;
    events_.clear();
}

void EventBuffer::put(std::vector<protocol::EventDto> events) {
    if (events.empty()) return;
    const std::lock_guard lock(mutex_);
    if (owner_ == nullptr) return;
    events_.insert(events_.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
    if (events_.size() > capacity_) {
        protocol::EventDto lost;
        lost.kind = "lost";
        lost.seq = events_.front().seq;
        lost.lostUntil = std::max(events_.back().seq, events_.back().lostUntil);
        events_.assign(1, std::move(lost));
    }
    if (std::exchange(woken_, true)) return;
    QMetaObject::invokeMethod(owner_, wake_, Qt::QueuedConnection);
}

std::vector<protocol::EventDto> EventBuffer::take() {
    const std::lock_guard lock(mutex_);
    woken_ = false;
    return std::exchange(events_, {});
}

EventStream::EventStream(std::unique_ptr<Private> d, QObject* parent) : QObject(parent), d_(std::move(d)) {
    d_->pause.setSingleShot(true);
    d_->pause.setInterval(Private::kBatchMilliseconds);
    const auto deliver = [this] {
        if (d_->pause.isActive()) return;  // taken when it ends
        const auto events = d_->buffer->take();
        if (events.empty()) return;
        d_->pause.start();
        Q_EMIT received(events);
    };
    connect(&d_->pause, &QTimer::timeout, this, deliver);
    d_->buffer->open(this, deliver);
}

EventStream::~EventStream() {
    d_->buffer->close();
    d_->handle.reset();
}

}  // namespace signalbox::client
