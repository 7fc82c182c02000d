#include "client/websocket_transport.h"

#include <QUuid>
#include <utility>

#include "client/link_host.h"
#include "client/words.h"
#include "protocol/envelope.h"

namespace signalbox::client {

namespace {

class Handle final : public SubscriptionHandle {
public:
    Handle(std::shared_ptr<LinkHost> host, std::shared_ptr<Receiver> receiver, std::uint64_t id)
        : host_(std::move(host)), receiver_(std::move(receiver)), id_(id) {}
    ~Handle() override {
        receiver_->end();
        if (const auto host = host_.lock()) host->post([id = id_](GatewayLink& link) { link.unsubscribe(id); });
    }

private:
    std::weak_ptr<LinkHost> host_;  ///< the transport may go first
    std::shared_ptr<Receiver> receiver_;
    std::uint64_t id_;
};

void addKey(protocol::Request& request) {
    std::optional<std::string>* key = nullptr;
    if (auto* start = request.get<protocol::StartRun>()) key = &start->idempotencyKey;
    if (auto* rerun = request.get<protocol::RerunRun>()) key = &rerun->idempotencyKey;
    if (key != nullptr && !*key) *key = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

Micros patienceFor(const protocol::Request& request, const LinkTiming& timing) {
    const Micros usual = timing.reply.count() * 1000;
    const auto* wait = request.get<protocol::WaitForRun>();
    return wait != nullptr && wait->timeout > 0 ? usual + wait->timeout : usual;
}

Error tooLarge(std::string_view name, std::size_t bytes) {
    const std::string call(name);
    return worded("gateway.request-too-large",
                  Words::tr("“%1” has %2 bytes; a gateway takes %3")
                      .arg(QString::fromStdString(call), QString::number(bytes), QString::number(wire::kMostBytes)),
                  call, Words::tr("Put large data into a file or a store that the workflow reads"));
}

Error tooMany(std::string_view name, std::size_t open) {
    return worded("gateway.busy", Words::tr("%1 calls to the gateway are open already").arg(open), std::string(name),
                  Words::tr("Try again when they are answered"), true);
}

}  // namespace

WebSocketTransport::WebSocketTransport(std::shared_ptr<LinkHost> host) : host_(std::move(host)) {}

WebSocketTransport::~WebSocketTransport() { host_->stop(); }

void WebSocketTransport::send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) {
    addKey(request);
    OpenCall call;
    call.id = ++lastId_;
    call.name = protocol::callName(request);
    call.repeatable = isRepeatable(request);
    call.patience = patienceFor(request, host_->timing());
    call.text = wire::request(call.id, request);
    const std::size_t bytes = call.text.size();
    if (bytes > wire::kMostBytes) {
        return done(fail(tooLarge(call.name, bytes)));
    }
    const LinkTiming& timing = host_->timing();
    if (load_->calls >= timing.mostCalls || load_->bytes + bytes > timing.mostBytes) {
        return done(fail(tooMany(call.name, load_->calls)));
    }
    ++load_->calls;
    load_->bytes += bytes;
    call.done = [load = load_, bytes, done = std::move(done)](Result<protocol::Reply> outcome) {
        --load->calls;
        load->bytes -= bytes;
        done(std::move(outcome));
    };
    auto shared = std::make_shared<OpenCall>(std::move(call));  // a std::function is copyable, also what it holds
    host_->post([shared](GatewayLink& link) { link.call(std::move(*shared)); });
}

std::unique_ptr<SubscriptionHandle> WebSocketTransport::subscribe(
    protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) {
    const std::uint64_t id = ++lastId_;
    auto receiver = std::make_shared<Receiver>(std::move(receive));
    host_->post(
        [id, filter = std::move(filter), receiver](GatewayLink& link) { link.subscribe(id, filter, receiver); });
    return std::make_unique<Handle>(host_, std::move(receiver), id);
}

}  // namespace signalbox::client
