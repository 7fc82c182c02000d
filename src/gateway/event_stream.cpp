// A connection that became a stream of server-sent events.
#include <algorithm>

#include "gateway/connection_peer.h"
#include "gateway/connection_stream.h"
#include "gateway/http_head.h"
#include "gateway/http_response.h"

namespace signalbox::gateway {
namespace {

/// Messages that leave in one write.
constexpr std::size_t kBatch = 64 << 10;
constexpr std::string_view kHeartbeat = ":\n\n";  // a comment: clients ignore it, proxies see life

class EventStream final : public Session,
                          public TransportWaiter,
                          public StreamOwner,
                          public std::enable_shared_from_this<EventStream> {
public:
    explicit EventStream(StreamStart start)
        : core_(std::move(start.core)),
          loop_(std::move(start.loop)),
          transport_(std::move(start.transport)),
          handler_(std::move(start.stream.handler)) {}

    void start(const HttpRequest& request, HttpResponse head) {
        peer_ = std::make_shared<BufferedPeer>(loop_, weak_from_this(), core_->limits.streamBuffer);
        ++core_->counters.eventStreams;
        appendHead(out_, head,
                   {.keepsAlive = false,
                    .isEncrypted = transport_->isEncrypted(),
                    .isStream = true,
                    .date = loop_->httpDate()});
        lastWrite_ = core_->clock.monotonicNow();
        core_->application.finished(request, head.status, out_.size());
        handler_->opened(peer_);
        transport_->waitReadable(shared_from_this());
        flush();
    }

    /// What the peer sends means nothing; its end does.
    void readable() override {
        if (!handler_) return;
        const auto scratch = loop_->scratch();
        for (;;) {
            const auto got = transport_->read(scratch);
            if (got.state == IoResult::State::Ended) return end();
            if (got.state == IoResult::State::Again) return transport_->waitReadable(shared_from_this());
        }
    }

    void writable() override {
        isWaiting_ = false;
        flush();
    }

    void flush() override {
        while (handler_ && !isWaiting_) {
            if (out_.empty()) gather();
            if (out_.empty()) {
                if (peer_->pendingClose()) end();
                return;
            }
            if (!writeOut()) return;
            const auto bytes = std::exchange(messageBytes_, 0);
            if (peer_->written(bytes)) handler_->writable();
        }
    }

    void tick(Micros now) override {
        if (!isWaiting_ && now - lastWrite_ >= core_->limits.heartbeat) {
            out_ += kHeartbeat;
            return flush();
        }
        if (isWaiting_ && now - lastWrite_ >= core_->limits.writeTimeout) {
            ++core_->counters.timedOut;
            end();
        }
    }

    void drain() override {
        handler_->draining();
        peer_->close(1001, "going away");
    }

    void abort() override { end(); }

private:
    void gather() {
        while (out_.size() < kBatch) {
            auto text = peer_->next();
            if (!text) return;
            messageBytes_ += text->size();
            out_ += *text;
        }
    }

    /// Whether all of it was written.
    bool writeOut() {
        std::size_t at = 0;
        while (at < out_.size()) {
            const auto result = transport_->write(std::string_view(out_).substr(at));
            if (result.state == IoResult::State::Ended) {
                end();
                return false;
            }
            if (result.state == IoResult::State::Again) break;
            at += result.bytes;
            lastWrite_ = core_->clock.monotonicNow();
        }
        core_->counters.bytesWritten.fetch_add(at, std::memory_order_relaxed);
        out_.erase(0, at);
        if (out_.empty()) {
            if (out_.capacity() > kBatch) out_ = {};
            return true;
        }
        isWaiting_ = true;
        transport_->waitWritable(shared_from_this());
        return false;
    }

    void end() {
        if (!handler_) return;
        const auto self = shared_from_this();
        const auto handler = std::exchange(handler_, nullptr);
        peer_->end();
        transport_->shutdownWrite();
        transport_->close();
        --core_->counters.eventStreams;
        loop_->remove(*this);
        handler->closed();
    }

    std::shared_ptr<ServerCore> core_;
    std::shared_ptr<Loop> loop_;
    std::unique_ptr<Transport> transport_;
    std::shared_ptr<StreamHandler> handler_;  ///< null: ended
    std::shared_ptr<BufferedPeer> peer_;
    std::string out_;
    std::size_t messageBytes_ = 0;  ///< of out_ that count as the peer's
    Micros lastWrite_ = 0;
    bool isWaiting_ = false;  ///< for the transport to be writable
};

void addIfMissing(HttpResponse& response, std::string_view name, std::string_view value) {
    const bool has = std::any_of(response.headers.begin(), response.headers.end(),
                                 [&](const auto& header) { return equalsIgnoringCase(header.first, name); });
    if (!has) response.headers.emplace_back(name, value);
}

}  // namespace

void startEventStream(StreamStart start) {
    HttpResponse head;
    head.headers = std::move(start.stream.headers);
    addIfMissing(head, "Content-Type", "text/event-stream");
    addIfMissing(head, "Cache-Control", "no-store");
    const auto request = std::move(start.request);
    const auto loop = start.loop;
    const auto stream = std::make_shared<EventStream>(std::move(start));
    loop->add(stream);
    stream->start(*request, std::move(head));
}

}  // namespace signalbox::gateway
