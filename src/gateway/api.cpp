#include "gateway/api.h"

#include <utility>

#include "gateway/api_core.h"
#include "gateway/problem.h"

namespace signalbox::gateway {

struct Api::Parts {
    explicit Parts(ApiOptions options) : core(std::make_shared<ApiCore>(std::move(options))) {}
    std::shared_ptr<ApiCore> core;
};

service::Principal everybody() {
    service::Principal principal;
    principal.id = "everybody";
    principal.name = "everybody";
    principal.permissions = {"*"};
    return principal;
}

Api::Api(ApiOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {}

Api::~Api() { parts_->core->stop(); }

void Api::handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) {
    parts_->core->handle(std::move(request), isUpgrade, std::move(respond));
}

void Api::finished(const HttpRequest& request, unsigned status, std::uint64_t bytes) {
    parts_->core->finished(request, status, bytes);
}

HttpResponse Api::refusal(unsigned status, std::string_view code, std::string_view detail) {
    return problemResponse(status, {std::string(code), std::string(detail), {}, {}, status == 503}, {});
}

HttpResponse Api::refused(const HttpRequestPtr& request, unsigned status, std::string_view code,
                          std::string_view detail) {
    return parts_->core->refused(request, status, code, detail);
}

void Api::reconfigure(ApiLimits limits) { parts_->core->reconfigure(std::move(limits)); }

void Api::drain() { parts_->core->drain(); }

void Api::handOver() { parts_->core->handOver(); }

}  // namespace signalbox::gateway
