#include "embedded/embedded_transport.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace signalbox::embedded {

namespace {

constexpr std::size_t kBatch = 1024;

}  // namespace

/// Sleeps until a subscription has something, then hands it over.
class EmbeddedTransport::Pump {
public:
    using Receive = std::function<void(std::vector<protocol::EventDto>)>;

    /// One subscription. The lock is held while its receiver is called, so that ending it waits for that; it may be
    /// ended from within the receiver.
    struct Entry {
        std::recursive_mutex mutex;
        std::shared_ptr<service::EventSubscription> subscription;
        Receive receive;
    };

    Pump() : thread_([this] { run(); }) {}
    Pump(const Pump&) = delete;
    Pump& operator=(const Pump&) = delete;
    ~Pump() = default;

    /// Ends the thread and all subscriptions. By the transport, before it lets go: the last reference to this may be
    /// dropped by any thread, even the own one.
    void stop() {
        std::vector<std::shared_ptr<Entry>> entries;
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
            entries.swap(entries_);
        }
        wake_.notify_all();
        thread_.join();
        for (const auto& entry : entries) end(*entry);
    }

    void add(std::shared_ptr<Entry> entry) {
        {
            const std::lock_guard lock(mutex_);
            entries_.push_back(std::move(entry));
        }
        notify();
    }
    void remove(const std::shared_ptr<Entry>& entry) {
        {
            const std::lock_guard lock(mutex_);
            std::erase(entries_, entry);
        }
        end(*entry);
    }
    static void end(Entry& entry) {
        const std::lock_guard lock(entry.mutex);
        entry.subscription.reset();
    }
    void notify() {
        {
            const std::lock_guard lock(mutex_);
            pending_ = true;
        }
        wake_.notify_one();
    }

private:
    void run() {
        while (true) {
            std::vector<std::shared_ptr<Entry>> entries;
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, [this] { return stopping_ || pending_; });
                if (stopping_) return;
                pending_ = false;
                entries = entries_;
            }
            bool more = false;
            for (const auto& entry : entries) more = handOver(*entry) || more;
            if (more) notify();
        }
    }
    /// One batch each, in turn, so that a busy subscription does not starve the others.
    static bool handOver(Entry& entry) {
        const std::lock_guard lock(entry.mutex);
        if (!entry.subscription) return false;
        auto events = entry.subscription->take(kBatch);
        if (events.empty()) return false;
        entry.receive(std::move(events));
        return true;
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::shared_ptr<Entry>> entries_;
    bool pending_ = false;
    bool stopping_ = false;
    std::jthread thread_;  ///< last: it uses the members above
};

namespace {

/// Ends a subscription, also when the transport has gone before.
class Handle final : public client::SubscriptionHandle {
public:
    explicit Handle(std::function<void()> end) : end_(std::move(end)) {}
    ~Handle() override { end_(); }

private:
    std::function<void()> end_;
};

}  // namespace

EmbeddedTransport::EmbeddedTransport(service::Dispatcher& dispatcher, service::Principal principal)
    : dispatcher_(dispatcher), principal_(std::move(principal)), pump_(std::make_shared<Pump>()) {}

EmbeddedTransport::~EmbeddedTransport() { pump_->stop(); }

void EmbeddedTransport::send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) {
    dispatcher_.dispatch(principal_, std::move(request), std::move(done));
}

std::unique_ptr<client::SubscriptionHandle> EmbeddedTransport::subscribe(
    protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) {
    const std::weak_ptr<Pump> weak = pump_;
    auto subscription = dispatcher_.subscribe(principal_, std::move(filter), [weak] {
        if (const auto pump = weak.lock()) pump->notify();
    });
    if (!subscription) {
        protocol::EventDto refused;
        refused.kind = "refused";
        refused.code = subscription.error().code;
        refused.text = subscription.error().message;
        receive({std::move(refused)});
        return std::make_unique<Handle>([] {});
    }
    auto entry = std::make_shared<Pump::Entry>();
    entry->subscription = std::move(*subscription);
    entry->receive = std::move(receive);
    pump_->add(entry);
    return std::make_unique<Handle>([weak, entry] {
        if (const auto pump = weak.lock()) pump->remove(entry);
    });
}

}  // namespace signalbox::embedded
