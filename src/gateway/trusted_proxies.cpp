#include "gateway/trusted_proxies.h"

#include <algorithm>

#include "gateway/forwarded.h"

namespace signalbox::gateway {

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
    std::vector<IpNetwork> read;
    read.reserve(networks.size());
    for (const std::string& text : networks) {
        SIGNALBOX_TRY(const auto network, IpNetwork::parse(text));
        read.push_back(network);
    }
    return TrustedProxies(std::move(read));
}

bool TrustedProxies::trusts(const IpAddress& address) const {
    return std::any_of(networks_.begin(), networks_.end(),
                       [&](const IpNetwork& network) { return network.contains(address); });
}

bool TrustedProxies::trusts(std::string_view address) const {
    if (networks_.empty()) return false;
    const auto parsed = IpAddress::parse(address);
    return parsed && trusts(*parsed);
}

std::string TrustedProxies::clientOf(const HttpRequest& request) const {
    if (networks_.empty()) return request.peer;
    const auto peer = IpAddress::parse(request.peer);
    if (!peer || !trusts(*peer)) return request.peer;
    IpAddress client = *peer;
    ForwardedAddresses chain(request);
    while (trusts(client)) {
        const auto further = chain.next();
        if (!further) break;
        client = *further;
    }
    return client.text();
}

}  // namespace signalbox::gateway
