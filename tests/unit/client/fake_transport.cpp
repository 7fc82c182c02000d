#include "unit/client/fake_transport.h"

#include <utility>

namespace signalbox::client::test {

namespace {

class FakeHandle final : public SubscriptionHandle {
public:
    FakeHandle(std::shared_ptr<FakeGateway> gateway, int number) : gateway_(std::move(gateway)), number_(number) {}
    ~FakeHandle() override {
        const std::lock_guard lock(gateway_->mutex);
        gateway_->receivers.erase(number_);
    }

private:
    std::shared_ptr<FakeGateway> gateway_;
    int number_;
};

class FakeTransport final : public Transport {
public:
    explicit FakeTransport(std::shared_ptr<FakeGateway> gateway) : gateway_(std::move(gateway)) {}
    void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) override {
        const std::lock_guard lock(gateway_->mutex);
        gateway_->calls.emplace_back(std::move(request), std::move(done));
    }
    std::unique_ptr<SubscriptionHandle> subscribe(protocol::EventFilter filter, FakeGateway::Receive receive) override {
        const std::lock_guard lock(gateway_->mutex);
        gateway_->filters.push_back(std::move(filter));
        const int number = ++gateway_->lastReceiver;
        gateway_->receivers.emplace(number, std::move(receive));
        return std::make_unique<FakeHandle>(gateway_, number);
    }

private:
    std::shared_ptr<FakeGateway> gateway_;
};

}  // namespace

void FakeGateway::publish(const std::vector<protocol::EventDto>& events) {
    const std::lock_guard lock(mutex);
    for (const auto& [number, receive] : receivers) receive(events);
}

std::size_t FakeGateway::subscriptions() {
    const std::lock_guard lock(mutex);
    return receivers.size();
}

std::unique_ptr<Transport> connectTo(const std::shared_ptr<FakeGateway>& gateway) {
    return std::make_unique<FakeTransport>(gateway);
}

protocol::EventDto numbered(std::uint64_t seq) {
    protocol::EventDto event;
    event.seq = seq;
    event.kind = "node";
    return event;
}

}  // namespace signalbox::client::test
