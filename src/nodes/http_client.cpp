#include "nodes/http_client.h"

#include <algorithm>
#include <mutex>

#include "nodes/http_transfer.h"

namespace signalbox::nodes {
namespace {

void initialiseCurl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

tl::unexpected<Error> stopped() { return fail("node.stopped", "The request was stopped"); }

}  // namespace

struct HttpClient::Shared {
    struct Submitted {
        HttpRequest request;
        Done done;
    };
    explicit Shared(HttpOptions given) : options(std::move(given)), multi(curl_multi_init()) {}
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;
    ~Shared() { curl_multi_cleanup(multi); }

    const HttpOptions options;
    CURLM* const multi;  ///< used by the loop's thread, but for curl_multi_wakeup()
    std::mutex mutex;
    std::vector<Submitted> submitted;
    bool stopping = false;
};

/// Everything of the client's thread.
class HttpClient::Loop {
public:
    explicit Loop(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {
        curl_multi_setopt(shared_->multi, CURLMOPT_MAX_HOST_CONNECTIONS, shared_->options.connectionsPerHost);
        curl_multi_setopt(shared_->multi, CURLMOPT_MAXCONNECTS, shared_->options.idleConnections);
    }
    ~Loop() {
        for (Active& active : active_) end(active, stopped());
    }
    void run() {
        while (takeSubmitted()) {
            dropStopped();
            int running = 0;
            curl_multi_perform(shared_->multi, &running);
            takeEnded();
            curl_multi_poll(shared_->multi, nullptr, 0, 60'000, nullptr);
        }
    }

private:
    using StopCallback = std::stop_callback<std::function<void()>>;
    struct Active {
        std::unique_ptr<HttpTransfer> transfer;
        std::unique_ptr<StopCallback> onStop;
    };

    bool takeSubmitted() {
        std::vector<Shared::Submitted> submitted;
        bool stopping = false;
        {
            const std::lock_guard lock(shared_->mutex);
            submitted.swap(shared_->submitted);
            stopping = shared_->stopping;
        }
        for (Shared::Submitted& next : submitted) {
            begin(std::make_unique<HttpTransfer>(std::move(next.request), std::move(next.done),
                                                 shared_->options.userAgent));
        }
        return !stopping;
    }

    void begin(std::unique_ptr<HttpTransfer> transfer) {
        if (auto prepared = transfer->prepare(); !prepared) {
            transfer->finish(fail(std::move(prepared).error()));
            return;
        }
        auto onStop = std::make_unique<StopCallback>(transfer->stopToken(),
                                                     [multi = shared_->multi] { curl_multi_wakeup(multi); });
        curl_multi_add_handle(shared_->multi, transfer->handle());
        active_.push_back({std::move(transfer), std::move(onStop)});
    }

    void end(Active& active, Result<HttpResponse> result) {
        active.onStop.reset();
        curl_multi_remove_handle(shared_->multi, active.transfer->handle());
        active.transfer->finish(std::move(result));
    }

    void dropStopped() {
        std::erase_if(active_, [this](Active& active) {
            if (!active.transfer->stopRequested()) return false;
            end(active, stopped());
            return true;
        });
    }

    void takeEnded() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(shared_->multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            // The message lies in the handle, which goes away below.
            const CURLcode code = message->data.result;
            const CURL* const handle = message->easy_handle;
            const auto found = std::ranges::find_if(
                active_, [handle](const Active& active) { return active.transfer->handle() == handle; });
            if (found == active_.end()) continue;
            curl_multi_remove_handle(shared_->multi, found->transfer->handle());
            auto result = found->transfer->ended(code);
            if (!result) {
                curl_multi_add_handle(shared_->multi, found->transfer->handle());
                curl_multi_wakeup(shared_->multi);
                continue;
            }
            end(*found, std::move(*result));
            active_.erase(found);
        }
    }

    std::shared_ptr<Shared> shared_;
    std::vector<Active> active_;
};

HttpClient::HttpClient(HttpOptions options)
    : shared_((initialiseCurl(), std::make_shared<Shared>(std::move(options)))),
      thread_([shared = shared_] { Loop(shared).run(); }) {}

HttpClient::~HttpClient() { stop(); }

void HttpClient::stop() {
    {
        const std::lock_guard lock(shared_->mutex);
        shared_->stopping = true;
    }
    curl_multi_wakeup(shared_->multi);
    thread_.join();
}

void HttpClient::send(HttpRequest request, Done done) {
    {
        const std::lock_guard lock(shared_->mutex);
        if (!shared_->stopping) shared_->submitted.push_back({std::move(request), std::exchange(done, nullptr)});
    }
    if (done) return done(stopped());
    curl_multi_wakeup(shared_->multi);
}

}  // namespace signalbox::nodes
