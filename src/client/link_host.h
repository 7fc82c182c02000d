// Private to the client: the thread that a connection to a gateway lives in, and the ways into it.
#pragma once

#include <QThread>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "client/gateway_link.h"

namespace signalbox::client {

/// Thread-safe but for stop(), which belongs to whoever owns the transport. What is posted is done in order.
class LinkHost {
public:
    explicit LinkHost(LinkConfig config);
    LinkHost(const LinkHost&) = delete;
    LinkHost& operator=(const LinkHost&) = delete;
    ~LinkHost();

    /// Does nothing after stop().
    void post(std::function<void(GatewayLink&)> action);
    /// Fails what is open, ends the thread. Never from the link's own thread.
    void stop();
    /// For connecting its signals; null after stop().
    [[nodiscard]] GatewayLink* link() const { return link_.get(); }
    [[nodiscard]] qint64 lastHeard() const { return lastHeard_->load(); }
    [[nodiscard]] const LinkTiming& timing() const { return timing_; }

private:
    const LinkTiming timing_;
    std::shared_ptr<std::atomic<qint64>> lastHeard_ = std::make_shared<std::atomic<qint64>>(0);
    QThread thread_;
    std::mutex mutex_;
    bool stopped_ = false;
    std::unique_ptr<GatewayLink> link_;
};

}  // namespace signalbox::client
