#include "gateway/connection.h"

#include "gateway/connection_reply.h"
#include "gateway/connection_stream.h"
#include "gateway/http_response.h"
#include "gateway/rate_limit.h"

namespace signalbox::gateway {
namespace {

/// Bodies up to here are copied behind their head and leave in one write.
constexpr std::size_t kJoinedBody = 32 << 10;
constexpr std::size_t kLongestLinger = 1 << 20;
/// Then the other connections have their turn.
constexpr int kReadsAtOnce = 8;
constexpr std::size_t kKeptInput = 4 << 10;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Loop> loop,
                       std::unique_ptr<Transport> transport)
    : core_(std::move(core)),
      loop_(std::move(loop)),
      transport_(std::move(transport)),
      reader_(core_->limits),
      held_(core_->heldBytes, core_->limits.bodiesTogether) {}

Connection::~Connection() = default;

void Connection::start() {
    now_ = core_->clock.monotonicNow();
    setDeadline(transport_->isEstablished() ? core_->limits.idleTimeout : core_->limits.headerTimeout);
    readMore();
}

void Connection::setDeadline(Micros fromNow) { deadline_ = now_ + fromNow; }

void Connection::readMore() {
    if (isWaiting_ || (state_ != State::Reading && state_ != State::Lingering)) return;
    isWaiting_ = true;
    transport_->waitReadable(shared_from_this());
}

void Connection::readable() {
    isWaiting_ = false;
    if (state_ == State::Closed) return;
    now_ = core_->clock.monotonicNow();
    if (state_ == State::Lingering) return lingerOn();
    const auto scratch = loop_->scratch();
    const bool isPlain = !transport_->isEncrypted();  // the transport may be given away to a stream below
    for (int turn = 0; turn < kReadsAtOnce && state_ == State::Reading; ++turn) {
        const auto got = transport_->read(scratch);
        if (got.state == IoResult::State::Ended) return close();
        if (got.state == IoResult::State::Again) break;
        core_->counters.bytesRead.fetch_add(got.bytes, std::memory_order_relaxed);
        consume({scratch.data(), got.bytes});
        if (isPlain && got.bytes < scratch.size()) break;  // the socket is empty now
    }
    readMore();
}

/// Takes what was just read, behind what was left over before.
void Connection::consume(std::string_view fresh) {
    if (input_.empty()) {
        input_.assign(advance(fresh));
        return;
    }
    input_.append(fresh);
    const auto left = advance(input_).size();
    input_.erase(0, input_.size() - left);
    if (input_.empty() && input_.capacity() > kKeptInput) input_ = {};
}

/// Reads and answers requests as far as it goes; returns what is left.
std::string_view Connection::advance(std::string_view data) {
    while (state_ == State::Reading && !data.empty()) {
        if (!step(data)) break;
    }
    return data;
}

bool Connection::step(std::string_view& data) {
    if (!hasBegun_) beginRequest();
    const auto progress = reader_.feed(data);
    if (!held_.set(reader_.bodySize())) {
        refuse({503, "server.busy", "The server holds as many bodies of requests as it can"});
        return false;
    }
    switch (progress) {
        case RequestReader::Progress::NeedMore:
            return false;
        case RequestReader::Progress::Head:
            setDeadline(core_->limits.bodyTimeout);
            if (reader_.rules().expectsContinue && data.empty()) sendContinue();
            return true;
        case RequestReader::Progress::Complete:
            dispatch(data);
            return true;
        case RequestReader::Progress::Refused:
            refuse(reader_.refusal());
            return false;
    }
    return false;
}

void Connection::beginRequest() {
    hasBegun_ = true;
    received_ = core_->clock.wallNow();
    receivedTicks_ = now_;
    setDeadline(core_->limits.headerTimeout);
}

void Connection::sendContinue() {
    std::size_t taken = 0;
    if (writePart(kContinue, taken)) pendingHead_.append(kContinue.substr(taken));
}

void Connection::stampRequest() {
    request_->peer = transport_->address();
    request_->address = core_->proxies.get()->clientOf(*request_);
    request_->encrypted = transport_->isEncrypted();
    request_->received = received_;
    request_->receivedTicks = receivedTicks_;
}

/// A proxy has a connection for each request that it passes on, and for each stream: they count as its clients'.
bool Connection::countClient() {
    if (request_->address == request_->peer || core_->proxies.get()->trusts(request_->address)) return true;
    auto* const ticket = transport_->ticket();
    return ticket == nullptr || ticket->serve(rateLimitKey(request_->address), core_->limits);
}

void Connection::dispatch(std::string_view& rest) {
    rules_ = reader_.rules();
    request_ = reader_.take();
    stampRequest();
    if (!countClient()) {
        return refuse({503, "server.too-many-connections", "This address has as many requests open as it may"});
    }
    state_ = State::Handling;
    hasBegun_ = false;
    deadline_ = 0;
    ++number_;
    core_->counters.requests.fetch_add(1, std::memory_order_relaxed);
    auto token = std::make_shared<ReplyToken>(core_, weak_from_this(), loop_, number_);
    isAsking_ = true;
    core_->application.handle(request_, rules_.isUpgrade,
                              [token](Outcome outcome) { token->answer(std::move(outcome)); });
    isAsking_ = false;
    token->leaveCall();
    token.reset();
    if (!early_) return;
    auto outcome = std::move(*early_);
    early_.reset();
    perform(std::move(outcome), rest);
}

void Connection::answer(std::uint64_t number, Outcome outcome) {
    if (number != number_ || state_ != State::Handling) return;
    if (isAsking_) {
        early_ = std::move(outcome);
        return;
    }
    now_ = core_->clock.monotonicNow();
    perform(std::move(outcome), input_);
    consume({});
    readMore();
}

void Connection::perform(Outcome outcome, std::string_view rest) {
    if (auto* response = std::get_if<HttpResponse>(&outcome)) return respond(std::move(*response));
    openStream(std::move(std::get<OpenStream>(outcome)), rest);
}

void Connection::openStream(OpenStream stream, std::string_view rest) {
    const bool isWebSocket = stream.kind == OpenStream::Kind::WebSocket;
    if (stream.handler == nullptr || (isWebSocket && !rules_.isUpgrade)) {
        return refuse({500, "http.no-upgrade", "The request did not ask for the stream it was answered with"});
    }
    const auto self = shared_from_this();
    state_ = State::Closed;
    loop_->remove(*this);
    StreamStart start{core_, loop_, std::move(transport_), std::move(request_), std::string(rest), std::move(stream)};
    isWebSocket ? startWebSocket(std::move(start)) : startEventStream(std::move(start));
}

void Connection::refuse(const Refusal& why) {
    if (!request_) {
        request_ = reader_.take();
        stampRequest();
    }
    rules_ = {};
    core_->counters.refused.fetch_add(1, std::memory_order_relaxed);
    auto response = core_->application.refused(request_, why.status, why.code, why.detail);
    response.closes = true;
    if (why.status == 426) response.headers.emplace_back("Sec-WebSocket-Version", "13");
    respond(std::move(response));
}

void Connection::respond(HttpResponse response) {
    closesAfter_ = response.closes || !rules_.keepsAlive || core_->isDraining.load(std::memory_order_relaxed);
    status_ = response.status;
    const auto* accepted = request_->header("accept-encoding");
    compressBody(response, accepted != nullptr && acceptsGzip(*accepted), core_->limits.smallestCompressed);
    state_ = State::Writing;
    write(response, request_->method != "HEAD" && !isBodiless(response.status));
    if (state_ != State::Writing) return;
    if (flush()) return finishResponse();
    if (state_ != State::Writing) return;
    setDeadline(core_->limits.writeTimeout);
    transport_->waitWritable(shared_from_this());
}

/// Writes what the socket takes at once and keeps the rest.
void Connection::write(HttpResponse& response, bool hasBody) {
    auto& out = loop_->output();
    out += pendingHead_;
    pendingHead_.clear();
    appendHead(out, response,
               {.keepsAlive = !closesAfter_,
                .isHttp10 = rules_.isHttp10,
                .isEncrypted = transport_->isEncrypted(),
                .isStream = false,
                .date = loop_->httpDate()});
    bytesOut_ = out.size() + (hasBody ? response.body.size() : 0);
    pendingAt_ = 0;
    if (hasBody && response.body.size() <= kJoinedBody) {
        out += response.body;
    } else if (hasBody) {
        pendingBody_ = std::move(response.body);
    }
    std::size_t taken = 0;
    if (writePart(out, taken) && taken < out.size()) pendingHead_.assign(out, taken);
}

/// False: the peer is gone and the connection closed.
bool Connection::writePart(std::string_view part, std::size_t& taken) {
    while (taken < part.size()) {
        const auto result = transport_->write(part.substr(taken));
        if (result.state == IoResult::State::Again) break;
        if (result.state == IoResult::State::Ended) {
            close();
            return false;
        }
        taken += result.bytes;
    }
    return true;
}

/// Whether all that was pending is written.
bool Connection::flush() {
    if (!pendingHead_.empty()) {
        std::size_t taken = 0;
        if (!writePart(pendingHead_, taken)) return false;
        pendingHead_.erase(0, taken);
        if (!pendingHead_.empty()) return false;
    }
    if (pendingAt_ >= pendingBody_.size()) return true;
    return writePart(pendingBody_, pendingAt_) && pendingAt_ == pendingBody_.size();
}

void Connection::writable() {
    if (state_ != State::Writing) return;
    now_ = core_->clock.monotonicNow();
    if (flush()) {
        finishResponse();
        consume({});
        return readMore();
    }
    if (state_ != State::Writing) return;
    setDeadline(core_->limits.writeTimeout);
    transport_->waitWritable(shared_from_this());
}

void Connection::finishResponse() {
    core_->counters.bytesWritten.fetch_add(bytesOut_, std::memory_order_relaxed);
    core_->application.finished(*request_, status_, bytesOut_);
    request_.reset();
    if (auto* const ticket = transport_->ticket()) ticket->served();
    static_cast<void>(held_.set(0));
    if (!pendingBody_.empty()) pendingBody_ = {};
    pendingAt_ = 0;
    if (closesAfter_) return linger();
    state_ = State::Reading;
    hasBegun_ = false;
    setDeadline(core_->limits.idleTimeout);
}

/// Closing at once would throw away an answer the peer has not read, if it still sends (RFC 9112 section 9.6).
void Connection::linger() {
    state_ = State::Lingering;
    setDeadline(core_->limits.lingerTimeout);
    transport_->shutdownWrite();
    readMore();
}

void Connection::lingerOn() {
    const auto scratch = loop_->scratch();
    for (;;) {
        const auto got = transport_->read(scratch);
        if (got.state == IoResult::State::Again) return readMore();
        lingered_ += got.bytes;
        if (got.state == IoResult::State::Ended || lingered_ > kLongestLinger) return close();
    }
}

void Connection::tick(Micros now) {
    if (deadline_ == 0 || now < deadline_) return;
    now_ = now;
    const bool isHalfRead = state_ == State::Reading && hasBegun_ && transport_->isEstablished();
    if (isHalfRead || state_ == State::Writing) core_->counters.timedOut.fetch_add(1, std::memory_order_relaxed);
    if (!isHalfRead) return close();
    refuse({408, "http.timeout", "The request did not arrive in time"});
}

void Connection::drain() {
    if (state_ == State::Reading && !hasBegun_) close();
}

void Connection::abort() { close(); }

void Connection::reportLost() {
    if (!request_) return;
    core_->application.finished(*request_, 0, 0);
    request_.reset();
}

void Connection::close() {
    if (state_ == State::Closed) return;
    const auto self = shared_from_this();
    if (!transport_->isEstablished()) core_->counters.handshakesFailed.fetch_add(1, std::memory_order_relaxed);
    state_ = State::Closed;
    reportLost();
    transport_->shutdownWrite();
    transport_->close();
    loop_->remove(*this);
}

}  // namespace signalbox::gateway
