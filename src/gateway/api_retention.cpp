#include "base/hash.h"
#include "base/json.h"
#include "gateway/api_core.h"
#include "gateway/conditional.h"
#include "protocol/codec.h"

namespace signalbox::gateway {

namespace {

constexpr std::size_t kEtagDigits = 16;

std::string etagOf(const protocol::RetentionDto& retention) {
    return sha256Hex(writeJson(protocol::toValue(retention), JsonStyle::Canonical)).substr(0, kEtagDigits);
}

}  // namespace

void ApiCore::answerRetention(const ExchangePtr& exchange, const protocol::RetentionDto& retention) {
    HttpResponse response;
    const std::string etag = etagOf(retention);
    response.headers = {{"ETag", quotedEtag(etag)}, {"Cache-Control", "private, no-cache"}};
    if (exchange->route().method == Method::Get && isKnownToCaller(*exchange->request, etag)) {
        response.status = 304;
        return answer(exchange, std::move(response));
    }
    response.headers.emplace_back("Content-Type", "application/json");
    response.body = writeJson(protocol::toValue(retention));
    answer(exchange, std::move(response));
}

void ApiCore::retention(const ExchangePtr& exchange) {
    auto request = decode(*exchange);
    if (!request) return refuse(exchange, request.error());
    dispatch(exchange, std::move(*request), [self = shared_from_this(), exchange](Result<protocol::Reply> outcome) {
        if (!outcome) return self->refuse(exchange, outcome.error());
        self->answerRetention(exchange, outcome->as<protocol::EngineStatsDto>().retention);
    });
}

/// Looked at and changed in one turn, so that of two who change the same state only one succeeds.
void ApiCore::setRetention(const ExchangePtr& exchange) {
    auto request = decode(*exchange);
    if (!request) return refuse(exchange, request.error());
    auto wanted = request->as<protocol::SetRetention>();
    const auto etag = expectedEtag(exchange->route(), *exchange->request);
    if (!etag) return refuse(exchange, etag.error());
    retentionTurns_.take(
        [self = shared_from_this(), exchange, wanted = std::move(wanted), etag = *etag](const Turns::Turn& turn) {
            self->lookAtRetention([self, exchange, wanted, etag, turn](Result<protocol::RetentionDto> now) {
                if (!now) return self->refuse(exchange, now.error());
                if (etagOf(*now) != etag) {
                    return self->refuse(exchange, {"retention.conflict", "It was changed meanwhile", "If-Match",
                                                   "Read it again, and change that", true});
                }
                self->dispatch(exchange, wanted, [self, exchange, turn](Result<protocol::Reply> outcome) {
                    if (!outcome) return self->refuse(exchange, outcome.error());
                    self->answerRetention(exchange, outcome->as<protocol::RetentionDto>());
                });
            });
        });
}

void ApiCore::lookAtRetention(std::function<void(Result<protocol::RetentionDto>)> seen) {
    askForStats([seen = std::move(seen)](Result<protocol::EngineStatsDto> stats) {
        if (stats)
            seen(stats->retention);
        else
            seen(fail(std::move(stats).error()));
    });
}

void ApiCore::askForStats(std::function<void(Result<protocol::EngineStatsDto>)> told) {
    service::Principal gateway;
    gateway.id = "gateway";
    gateway.name = "gateway";
    gateway.permissions = {"gateway:read"};
    options_.dispatcher->dispatch(gateway, protocol::GetEngineStats{},
                                  [told = std::move(told)](Result<protocol::Reply> outcome) {
                                      if (outcome)
                                          told(std::move(*outcome).as<protocol::EngineStatsDto>());
                                      else
                                          told(fail(std::move(outcome).error()));
                                  });
}

}  // namespace signalbox::gateway
