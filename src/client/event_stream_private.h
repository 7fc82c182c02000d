// Private to the client: how events get from the transport's threads to the stream's.
#pragma once

#include <QTimer>
#include <memory>
#include <mutex>
#include <vector>

#include "client/gateway_client.h"

namespace signalbox::client {

/// Filled from any thread, emptied in the stream's. Holds a limited number of events: when the stream's thread does not
/// come to empty it in time, they give way to one "lost" event.
class EventBuffer {
public:
    explicit EventBuffer(std::size_t capacity) : capacity_(capacity) {}
    /// `wake` is called in the owner's thread when the buffer has become non-empty.
    void open(QObject* owner, std::function<void()> wake);
    void close();
    void put(std::vector<protocol::EventDto> events);
    [[nodiscard]] std::vector<protocol::EventDto> take();

private:
    const std::size_t capacity_;
    std::mutex mutex_;
    QObject* owner_ = nullptr;
    std::function<void()> wake_;
    std::vector<protocol::EventDto> events_;
    bool woken_ = false;
};

struct EventStream::Private {
    static constexpr int kBatchMilliseconds = 100;
    static constexpr std::size_t kMostBuffered = 50'000;

    std::shared_ptr<EventBuffer> buffer = std::make_shared<EventBuffer>(kMostBuffered);
    std::unique_ptr<SubscriptionHandle> handle;
    QTimer pause;  ///< runs between two batches
};

}  // namespace signalbox::client
