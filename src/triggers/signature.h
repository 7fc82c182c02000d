// Signatures of webhooks: HMAC-SHA256 over "TIMESTAMP.BODY".
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::triggers {

/// "whs_" and 64 hexadecimal digits: 256 bits of the system's generator. Error "trigger.random".
[[nodiscard]] Result<std::string> newSecret();
/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string signatureOf(std::string_view secret, std::string_view timestamp, std::string_view body);
/// Whether `header` ("v1=" and the digits) is that signature; takes as long wherever they differ.
[[nodiscard]] bool isSignature(std::string_view header, std::string_view signature);

}  // namespace signalbox::triggers
