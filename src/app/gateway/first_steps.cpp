#include "app/gateway/first_steps.h"

#include <string_view>

#include <fmt/format.h>

namespace signalbox::gatewayd {

std::string shellQuoted(const std::string& text) {
    constexpr std::string_view kHarmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@%";
    if (!text.empty() && text.find_first_not_of(kHarmless) == std::string::npos) return text;
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

std::string setupCommand(const std::string& address, const std::string& tokenFile) {
    // Over loopback there is nobody in between, and the certificate is for a name that others use.
    const std::string_view trust = address.starts_with("https:") ? " --insecure" : "";
    return fmt::format(
        R"(curl{} -H 'Content-Type: application/json' -d "{{\"token\":\"$(cat {})\",\"login\":\"admin\",)"
        R"(\"name\":\"Administrator\",\"password\":\"CHOOSE-ONE\"}}" {}/api/v1/auth/setup)",
        trust, shellQuoted(tokenFile), address);
}

}  // namespace signalbox::gatewayd
