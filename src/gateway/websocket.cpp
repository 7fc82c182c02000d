// A connection that became a WebSocket: Beast speaks the protocol, over our transport.
#include <algorithm>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket.hpp>

#include "base/text.h"
#include "gateway/connection_peer.h"
#include "gateway/connection_stream.h"
#include "gateway/http_head.h"

namespace signalbox::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using beast::error_code;

/// What Beast reads at once by itself; more only within a message that is longer.
constexpr std::size_t kFirstPiece = 1536;
constexpr std::size_t kLargestPiece = 64 << 10;
/// A socket keeps so much between two messages, and it does not count as held.
constexpr std::size_t kIdleBuffer = 4 << 10;
constexpr std::size_t kLongestReason = 123;
constexpr int kSilentHeartbeats = 3;
/// Of what we send: with zlib's largest window, ten thousand sockets would take 3 GB.
constexpr int kWindowBits = 11;
constexpr int kMemoryLevel = 4;
constexpr std::size_t kSmallestDeflated = 512;

/// One read or write that Beast waits for.
struct Operation {
    virtual ~Operation() = default;
    virtual void complete(error_code error, std::size_t bytes) = 0;
};

template <class Handler>
struct OperationOf final : Operation {
    explicit OperationOf(Handler handlerIn) : handler(std::move(handlerIn)) {}
    void complete(error_code error, std::size_t bytes) override { handler(error, bytes); }
    Handler handler;
};

/// Our transport, made to wait: at most one read and one write at a time.
class Channel final : public TransportWaiter, public std::enable_shared_from_this<Channel> {
public:
    Channel(std::shared_ptr<Loop> loopIn, std::unique_ptr<Transport> transportIn, std::string input)
        : loop(std::move(loopIn)), transport(std::move(transportIn)), input_(std::move(input)) {}

    void read(asio::mutable_buffer into, std::unique_ptr<Operation> operation) {
        if (into.size() == 0) return completeSoon(std::move(operation), {}, 0);
        readInto_ = into;
        reading_ = std::move(operation);
        if (input_.empty()) return transport->waitReadable(shared_from_this());
        const auto bytes = asio::buffer_copy(into, asio::buffer(input_));
        input_.erase(0, bytes);
        completeSoon(std::move(reading_), {}, bytes);
    }

    /// Writes what the socket takes, and waits only if that is nothing.
    void write(std::string bytes, std::unique_ptr<Operation> operation) {
        const auto result = transport->write(bytes);
        if (result.state == IoResult::State::Again) {
            unwritten_ = std::move(bytes);
            writing_ = std::move(operation);
            return transport->waitWritable(shared_from_this());
        }
        completeSoon(std::move(operation), errorOf(result), result.bytes);
    }

    void readable() override {
        if (!reading_) return;
        const auto result = transport->read({static_cast<char*>(readInto_.data()), readInto_.size()});
        if (result.state == IoResult::State::Again) return transport->waitReadable(shared_from_this());
        std::exchange(reading_, nullptr)->complete(errorOf(result), result.bytes);
    }

    void writable() override {
        if (!writing_) return;
        const auto result = transport->write(unwritten_);
        if (result.state == IoResult::State::Again) return transport->waitWritable(shared_from_this());
        std::exchange(writing_, nullptr)->complete(errorOf(result), result.bytes);
    }

    const std::shared_ptr<Loop> loop;
    const std::unique_ptr<Transport> transport;

private:
    static error_code errorOf(const IoResult& result) {
        return result.state == IoResult::State::Ended ? error_code(asio::error::eof) : error_code();
    }
    void completeSoon(std::unique_ptr<Operation> operation, error_code error, std::size_t bytes) {
        asio::post(loop->context(), [shared = std::shared_ptr<Operation>(std::move(operation)), error, bytes] {
            shared->complete(error, bytes);
        });
    }

    std::string input_;  ///< read by HTTP, not consumed
    asio::mutable_buffer readInto_;
    std::string unwritten_;
    std::unique_ptr<Operation> reading_;
    std::unique_ptr<Operation> writing_;
};

/// Where a read may go: sequences begin with empty buffers at times, and reading nothing would look like the end.
template <class Buffers>
asio::mutable_buffer firstWithRoom(const Buffers& buffers) {
    for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers); ++at) {
        const asio::mutable_buffer buffer = *at;
        if (buffer.size() > 0) return buffer;
    }
    return {};
}

/// The channel as what Beast builds on: an AsyncStream.
class ChannelStream {
public:
    using executor_type = asio::io_context::executor_type;
    explicit ChannelStream(std::shared_ptr<Channel> channel) : channel_(std::move(channel)) {}
    executor_type get_executor() { return channel_->loop->context().get_executor(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [channel = channel_](auto handler, asio::mutable_buffer into) {
                using Handler = std::decay_t<decltype(handler)>;
                channel->read(into, std::make_unique<OperationOf<Handler>>(std::move(handler)));
            },
            token, firstWithRoom(buffers));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        std::string bytes(std::min(beast::buffer_bytes(buffers), kLargestPiece), '\0');
        asio::buffer_copy(asio::buffer(bytes), buffers);
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [channel = channel_](auto handler, std::string joined) {
                using Handler = std::decay_t<decltype(handler)>;
                channel->write(std::move(joined), std::make_unique<OperationOf<Handler>>(std::move(handler)));
            },
            token, std::move(bytes));
    }

    Channel& channel() { return *channel_; }

private:
    std::shared_ptr<Channel> channel_;
};

/// Found by Beast where it ends a connection; reading on until the peer has read our close is left to the session.
template <class Handler>
void async_teardown(beast::role_type, ChannelStream& stream, Handler&& handler) {
    stream.channel().transport->shutdownWrite();
    asio::post(stream.get_executor(), beast::bind_handler(std::forward<Handler>(handler), error_code()));
}
void beast_close_socket(ChannelStream& stream) { stream.channel().transport->close(); }

using HandshakeRequest = beast::http::request<beast::http::empty_body>;

/// The part of the request that the handshake is made of, for Beast to answer.
HandshakeRequest handshakeOf(const HttpRequest& request) {
    HandshakeRequest handshake(beast::http::verb::get, request.target, 11);
    for (const auto& [name, value] : request.headers) {
        const bool isPart = name == "host" || name == "connection" || name == "upgrade" ||
                            (name.starts_with("sec-websocket-") && name != "sec-websocket-protocol");
        if (isPart) handshake.insert(name, value);
    }
    return handshake;
}

class WebSocketSession final : public Session,
                               public TransportWaiter,
                               public StreamOwner,
                               public std::enable_shared_from_this<WebSocketSession> {
public:
    explicit WebSocketSession(StreamStart start)
        : core_(std::move(start.core)),
          loop_(std::move(start.loop)),
          request_(std::move(start.request)),
          handler_(std::move(start.stream.handler)),
          headers_(std::move(start.stream.headers)),
          held_(core_->heldBytes, core_->limits.bodiesTogether),
          channel_(std::make_shared<Channel>(loop_, std::move(start.transport), std::move(start.input))),
          socket_(ChannelStream(channel_)) {}

    void start() {
        ++core_->counters.webSockets;
        lastHeard_ = lastPing_ = core_->clock.monotonicNow();
        configure();
        handshake_ = handshakeOf(*request_);
        socket_.async_accept(handshake_, [self = shared_from_this()](error_code error) { self->onOpen(error); });
    }

    void flush() override {
        if (phase_ != Phase::Open) return;
        limitMessages();
        if (isWriting_) return;
        auto text = peer_->next();
        if (!text) {
            if (auto wanted = peer_->pendingClose()) startClose(wanted->code, wanted->reason);
            return;
        }
        writing_ = std::move(*text);
        isWriting_ = true;
        socket_.async_write(asio::buffer(writing_),
                            [self = shared_from_this()](error_code error, std::size_t) { self->onWritten(error); });
    }

    void tick(Micros now) override {
        if (phase_ == Phase::Closing || phase_ == Phase::Lingering) {
            if (now >= deadline_) end();
            return;
        }
        if (now - lastHeard_ >= kSilentHeartbeats * core_->limits.heartbeat) {
            ++core_->counters.timedOut;
            return end();
        }
        if (phase_ != Phase::Open || isPinging_ || now - lastPing_ < core_->limits.heartbeat) return;
        isPinging_ = true;
        lastPing_ = now;
        socket_.async_ping({}, [self = shared_from_this()](error_code) { self->isPinging_ = false; });
    }

    void drain() override {
        if (phase_ == Phase::Open) handler_->draining();
        if (peer_) peer_->close(1001, "going away");
        if (phase_ == Phase::Opening) end();
    }

    void abort() override { end(); }

    /// Only while lingering: Beast has let go of the transport.
    void readable() override {
        const auto scratch = loop_->scratch();
        while (phase_ == Phase::Lingering) {
            const auto got = channel_->transport->read(scratch);
            if (got.state == IoResult::State::Ended) return end();
            if (got.state == IoResult::State::Again) return channel_->transport->waitReadable(shared_from_this());
        }
    }
    void writable() override {}

private:
    enum class Phase : std::uint8_t { Opening, Open, Closing, Lingering, Ended };

    void configure() {
        websocket::permessage_deflate deflate;
        deflate.server_enable = true;
        deflate.server_max_window_bits = kWindowBits;
        deflate.compLevel = 1;
        deflate.memLevel = kMemoryLevel;
        deflate.msg_size_threshold = kSmallestDeflated;
        socket_.set_option(deflate);
        websocket::stream_base::timeout none{websocket::stream_base::none(), websocket::stream_base::none(), false};
        socket_.set_option(none);  // ours are in tick(), on the injected clock
        socket_.set_option(websocket::stream_base::decorator([this](websocket::response_type& response) {
            response.erase(beast::http::field::server);
            for (const auto& [name, value] : headers_) {
                if (value.find_first_of("\r\n") == std::string::npos) response.insert(name, value);
            }
        }));
        socket_.auto_fragment(false);
        socket_.text(true);
        socket_.control_callback([this](websocket::frame_type, beast::string_view) { hear(); });
    }

    void hear() { lastHeard_ = core_->clock.monotonicNow(); }

    void onOpen(error_code error) {
        if (phase_ != Phase::Opening) return;
        if (error) return end();
        core_->application.finished(*request_, 101, 0);
        request_.reset();
        handshake_ = {};
        phase_ = Phase::Open;
        peer_ = std::make_shared<BufferedPeer>(loop_, weak_from_this(), core_->limits.streamBuffer);
        handler_->opened(peer_);
        readNext();
    }

    /// A stranger's few bytes may inflate to a thousand times as many. Returns the largest message.
    std::size_t limitMessages() {
        const auto largest = core_->limits.webSocketMessage;
        const auto allowed = peer_->isWelcome() ? largest : std::min(largest, kStrangerMessage);
        socket_.read_message_max(allowed);
        return allowed;
    }

    /// In bounded pieces: without a bound Beast makes room for as many bytes as the header of a compressed frame says,
    /// whatever the largest message is.
    void readNext() {
        buffer_.max_size(limitMessages() + kLargestPiece);
        const auto piece = std::clamp(buffer_.size(), kFirstPiece, kLargestPiece);
        if (!hold(roomWith(piece))) {
            dropMessage();
            return startClose(1013, "The server holds as many messages as it can");
        }
        isReading_ = true;
        socket_.async_read_some(buffer_, piece, [self = shared_from_this()](error_code error, std::size_t bytes) {
            self->onRead(error, bytes);
        });
    }

    /// What the buffer takes up once it has room for that much more: it grows to twice what it holds.
    [[nodiscard]] std::size_t roomWith(std::size_t more) const {
        const auto needed = buffer_.size() + more;
        if (needed <= buffer_.capacity()) return buffer_.capacity();
        return std::min(buffer_.max_size(), std::max(2 * buffer_.size(), needed));
    }

    /// False: all together hold more than the limit now.
    [[nodiscard]] bool hold(std::size_t bytes) { return held_.set(bytes > kIdleBuffer ? bytes : 0); }

    void onRead(error_code error, std::size_t bytes) {
        isReading_ = false;
        if (phase_ != Phase::Open) return dropMessage();  // closing: what still comes is Beast's
        hear();
        if (error) return linger();
        core_->counters.bytesRead.fetch_add(bytes, std::memory_order_relaxed);
        if (!socket_.got_text()) return startClose(1003, "Only text is spoken here");
        if (socket_.is_message_done() && !deliver()) return startClose(1007, "The message is not UTF-8");
        if (phase_ == Phase::Open) readNext();
    }

    /// Beast misses a character that is cut off by an empty last fragment, so the whole is checked again.
    bool deliver() {
        const auto data = buffer_.data();
        const std::string_view text(static_cast<const char*>(data.data()), data.size());
        if (!isValidUtf8(text)) return false;
        handler_->received(text);
        dropMessage();
        return true;
    }

    /// Not while Beast reads into it: then when that read is over.
    void dropMessage() {
        if (isReading_) return;
        buffer_.clear();
        if (buffer_.capacity() > kIdleBuffer) buffer_ = beast::flat_buffer();
        static_cast<void>(hold(0));
    }

    void onWritten(error_code error) {
        isWriting_ = false;
        const auto bytes = std::exchange(writing_, {}).size();
        if (phase_ == Phase::Ended) return;
        if (error) return;  // the read fails too, and ends it
        core_->counters.bytesWritten.fetch_add(bytes, std::memory_order_relaxed);
        if (peer_->written(bytes) && phase_ == Phase::Open) handler_->writable();
        flush();
    }

    void startClose(std::uint16_t code, std::string_view reason) {
        phase_ = Phase::Closing;
        dropMessage();
        deadline_ = core_->clock.monotonicNow() + core_->limits.closeTimeout;
        const auto shown = reason.substr(0, validUtf8Prefix(reason.substr(0, kLongestReason)));
        const websocket::close_reason why(static_cast<websocket::close_code>(code), shown);
        socket_.async_close(why, [self = shared_from_this()](error_code) { self->linger(); });
    }

    /// Our close is sent; the connection stays until the peer has read it and gone, or some time is over.
    void linger() {
        if (phase_ == Phase::Ended || phase_ == Phase::Lingering) return;
        phase_ = Phase::Lingering;
        dropMessage();
        deadline_ = core_->clock.monotonicNow() + core_->limits.lingerTimeout;
        channel_->transport->shutdownWrite();
        tellClosed();
        channel_->transport->waitReadable(shared_from_this());
    }

    void tellClosed() {
        if (peer_) peer_->end();
        if (request_) core_->application.finished(*request_, 0, 0);
        request_.reset();
        const auto handler = std::exchange(handler_, nullptr);
        if (!handler) return;
        --core_->counters.webSockets;
        if (peer_) handler->closed();
    }

    void end() {
        if (phase_ == Phase::Ended) return;
        const auto self = shared_from_this();
        phase_ = Phase::Ended;
        channel_->transport->close();
        loop_->remove(*this);
        tellClosed();
    }

    std::shared_ptr<ServerCore> core_;
    std::shared_ptr<Loop> loop_;
    std::shared_ptr<const HttpRequest> request_;  ///< until the handshake is over
    std::shared_ptr<StreamHandler> handler_;      ///< null: it was told of the end
    std::vector<std::pair<std::string, std::string>> headers_;
    HeldBytes held_;  ///< by the buffer of the message being read
    std::shared_ptr<Channel> channel_;
    websocket::stream<ChannelStream, true> socket_;
    HandshakeRequest handshake_;
    std::shared_ptr<BufferedPeer> peer_;  ///< from the handshake on
    beast::flat_buffer buffer_;
    std::string writing_;
    Micros lastHeard_ = 0;
    Micros lastPing_ = 0;
    Micros deadline_ = 0;
    Phase phase_ = Phase::Opening;
    bool isReading_ = false;  ///< Beast has the buffer
    bool isWriting_ = false;
    bool isPinging_ = false;
};

}  // namespace

void startWebSocket(StreamStart start) {
    const auto loop = start.loop;
    const auto session = std::make_shared<WebSocketSession>(std::move(start));
    loop->add(session);
    session->start();
}

}  // namespace signalbox::gateway
