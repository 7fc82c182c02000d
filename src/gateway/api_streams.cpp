#include "base/text.h"
#include "gateway/api_auth.h"
#include "gateway/api_core.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kSubprotocol = "signalbox.v1";

/// Nothing when the caller names none; false when it names only others.
std::optional<bool> offersProtocol(const HttpRequest& request) {
    const std::string* const header = request.header("sec-websocket-protocol");
    if (header == nullptr) return std::nullopt;
    for (std::string_view offered : split(*header, ',')) {
        while (offered.starts_with(' ')) offered.remove_prefix(1);
        while (offered.ends_with(' ')) offered.remove_suffix(1);
        if (offered == kSubprotocol) return true;
    }
    return false;
}

}  // namespace

std::optional<Receiver> ApiCore::receiverOf(const Who& who) const {
    if (who.caller) return Receiver(*options_.identity, *who.caller);
    if (who.principal.isAuthenticated()) return Receiver(who.principal);
    return std::nullopt;
}

Result<Who> ApiCore::identifySocket(const ApiExchange& exchange) {
    const HttpRequest& request = *exchange.request;
    if (options_.everybody) {
        SIGNALBOX_CHECK(checkHost(request, exchange.limits->cors));
        SIGNALBOX_CHECK(checkOrigin(request, exchange.limits->cors));
        return Who{*options_.everybody, std::nullopt};
    }
    SIGNALBOX_TRY(const auto credentials, credentialsOf(request, isSecure(request)));
    if (!credentials) return Who{};
    // A browser sends the cookie for any page, and asks nobody whether that page may open a socket.
    if (credentials->byCookie && !exchange.limits->cors.allowsCookie(request)) {
        return fail("auth.origin", "A page of another site may not use the session's cookie", "Origin",
                    "Name the site in the gateway's settings, or send a token");
    }
    SIGNALBOX_TRY(auto caller, options_.identity->authenticate(credentials->token, originOf(request)));
    Who who{service::principalOf(caller), std::nullopt};
    who.caller = std::move(caller);
    return who;
}

void ApiCore::socket(const ExchangePtr& exchange) {
    if (!exchange->isUpgrade) {
        return refuse(
            exchange,
            {"http.upgrade-required", "This address speaks WebSocket", {}, "Connect with a WebSocket client", false});
    }
    const auto offered = offersProtocol(*exchange->request);
    if (offered && !*offered) {
        return refuse(exchange, {"http.subprotocol", "None of the protocols offered is spoken here",
                                 "Sec-WebSocket-Protocol", "Offer signalbox.v1", false});
    }
    auto who = identifySocket(*exchange);
    if (!who) {
        if (metrics_) metrics_->authenticationFailed(who.error().code);
        return refuse(exchange, who.error());
    }
    exchange->who = std::move(*who);
    if (!admitPrincipal(exchange)) return;
    OpenStream stream;
    stream.kind = OpenStream::Kind::WebSocket;
    stream.handler = streams_->openSocket(receiverOf(exchange->who), originOf(*exchange->request),
                                          {exchange->trace, exchange->request->peer});
    if (offered) stream.headers.emplace_back("Sec-WebSocket-Protocol", kSubprotocol);
    answerStream(exchange, std::move(stream));
}

void ApiCore::events(const ExchangePtr& exchange) {
    if (exchange->request->method == "HEAD") {
        return answer(exchange, {200, {{"Content-Type", "text/event-stream"}}, {}, false});
    }
    auto filter = eventFilterOf(*exchange->request);
    if (!filter) return refuse(exchange, filter.error());
    auto handler = streams_->openEvents(*receiverOf(exchange->who), std::move(*filter));
    if (!handler) return refuse(exchange, handler.error());
    OpenStream stream;
    stream.kind = OpenStream::Kind::ServerSentEvents;
    stream.handler = std::move(*handler);
    answerStream(exchange, std::move(stream));
}

void ApiCore::answerStream(const ExchangePtr& exchange, OpenStream stream) {
    HttpResponse head;
    addHeaders(*exchange, head);
    for (auto& header : head.headers) stream.headers.push_back(std::move(header));
    exchange->answered.store(true, std::memory_order_release);
    std::exchange(exchange->respond, {})(std::move(stream));
}

}  // namespace signalbox::gateway
