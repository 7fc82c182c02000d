// What proxies say about whom they speak for: X-Forwarded-For, and Forwarded (RFC 7239).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "gateway/exchange.h"
#include "gateway/ip_address.h"

namespace signalbox::gateway {

/// The addresses that are named, from the last one on: each proxy adds its peer at the end, so that what is further
/// left is worth no more than the word of who added what is right of it. Several header lines are one list.
///
/// X-Forwarded-For is read when there is one, and then nothing else: nearly every proxy sets it, and passes on a
/// Forwarded that its client has made up. The request must outlive this.
class ForwardedAddresses {
public:
    explicit ForwardedAddresses(const HttpRequest& request);

    /// Nothing: there are no more, the next entry is no address ("unknown", "_hidden", an empty one), or so many were
    /// read that no chain of proxies is as long. Not to be asked again then.
    [[nodiscard]] std::optional<IpAddress> next();

private:
    [[nodiscard]] bool findLine();

    const HttpRequest& request_;
    const bool isPlain_;     ///< X-Forwarded-For
    std::size_t lines_;      ///< headers that were not looked at yet: the first so many
    std::string_view rest_;  ///< of the line being read
    bool isInLine_ = false;
    int left_;
};

}  // namespace signalbox::gateway
