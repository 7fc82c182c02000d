#include "integration/gatewayd/gateway_process.h"

#include <charconv>
#include <string_view>

#include <unistd.h>

namespace signalbox::gatewayd::test {

namespace {

std::vector<std::string> environmentOf(const Environment& added) {
    std::vector<std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (!text.starts_with("SIGNALBOX_") && !text.starts_with("NOTIFY_") && !text.starts_with("WATCHDOG_")) {
            variables.emplace_back(text);
        }
    }
    for (const auto& [name, value] : added) variables.push_back(name + "=" + value);
    return variables;
}

std::vector<std::string> commandOf(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), SIGNALBOX_BINARY_DIR "/bin/signalboxd");
    return arguments;
}

}  // namespace

GatewayProcess::GatewayProcess(std::vector<std::string> arguments, const Environment& environment)
    : Program({.command = commandOf(std::move(arguments)), .environment = environmentOf(environment)}) {}

std::uint16_t portNumberOf(const std::string& address) {
    std::uint16_t port = 0;
    const auto colon = address.rfind(':');
    if (colon != std::string::npos) std::from_chars(&address[colon] + 1, address.data() + address.size(), port);
    return port;
}

}  // namespace signalbox::gatewayd::test
