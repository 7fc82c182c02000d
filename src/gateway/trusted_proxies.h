// The proxies in front of the gateway, and whom a request comes from when one of them has sent it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/exchange.h"
#include "gateway/ip_address.h"

namespace signalbox::gateway {

/// Addresses whose word counts about whom they speak for. Immutable; trusts nobody unless told.
class TrustedProxies {
public:
    TrustedProxies() = default;
    explicit TrustedProxies(std::vector<IpNetwork> networks) : networks_(std::move(networks)) {}
    /// Error "server.network".
    [[nodiscard]] static Result<TrustedProxies> parse(const std::vector<std::string>& networks);

    /// Whether it is one of them; text that is no address never is.
    [[nodiscard]] bool trusts(std::string_view address) const;
    /// Who has sent the request: the nearest in its chain of proxies that is not trusted. Where the chain ends, or
    /// names something that is no address, before one comes: the last that was.
    [[nodiscard]] std::string clientOf(const HttpRequest& request) const;

private:
    [[nodiscard]] bool trusts(const IpAddress& address) const;

    std::vector<IpNetwork> networks_;
};

/// Those in use, exchanged while requests are read. Thread-safe.
class ProxySlot {
public:
    [[nodiscard]] std::shared_ptr<const TrustedProxies> get() const {
        const std::lock_guard lock(mutex_);
        return proxies_;
    }
    void set(TrustedProxies proxies) {
        auto next = std::make_shared<const TrustedProxies>(std::move(proxies));
        const std::lock_guard lock(mutex_);
        proxies_ = std::move(next);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const TrustedProxies> proxies_ = std::make_shared<const TrustedProxies>();
};

}  // namespace signalbox::gateway
