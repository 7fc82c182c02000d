#include "client/link_host.h"

#include <utility>

namespace signalbox::client {

LinkHost::LinkHost(LinkConfig config)
    : timing_(config.timing), link_(std::make_unique<GatewayLink>(std::move(config), lastHeard_)) {
    thread_.setObjectName("gateway");
    link_->moveToThread(&thread_);
    thread_.start();
}

LinkHost::~LinkHost() { stop(); }

void LinkHost::post(std::function<void(GatewayLink&)> action) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    GatewayLink* link = link_.get();
    QMetaObject::invokeMethod(
        link, [link, action = std::move(action)] { action(*link); }, Qt::QueuedConnection);
}

void LinkHost::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(stopped_, true)) return;
    }
    // Behind everything that was posted before, so that nothing that was asked stays without an answer.
    QMetaObject::invokeMethod(
        link_.get(), [link = link_.get()] { link->shutDown(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
    link_.reset();
}

}  // namespace signalbox::client
