#include "integration/ctl/ctl_gateway.h"

#include <algorithm>
#include <cstdlib>

#include "integration/ctl/ctl_documents.h"

namespace signalbox::ctl::test {

void CtlGateway::SetUp() {
    home_.write("password", kSecret);
    for (const char* kind : {"CONFIG", "STATE", "DATA"}) {
        ::setenv((std::string("XDG_") + kind + "_HOME").c_str(), (home_.path() / kind).c_str(), 1);
    }
    // What is kept is kept in the file, also where the test is run by hand.
    ::setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", 1);
    ::unsetenv("SIGNALBOX_GATEWAY");
    ::unsetenv("SIGNALBOX_TOKEN");
    there_.write("doubling.workflow.json", doublingDocument());
    there_.write("waiting.workflow.json", signalDocument());
    serve("0");
}

void CtlGateway::serve(const std::string& port, std::vector<std::string> added) {
    gateway_.reset();
    added.insert(added.begin(), {"--workspace", there_.path().string(), "--port", port});
    if (std::find(added.begin(), added.end(), "--environment") == added.end()) {
        added.insert(added.end(), {"--environment", "development"});
    }
    gateway_ = std::make_unique<gatewayd::test::GatewayProcess>(std::move(added));
    address_ = gateway_->waitForAddress();
    ASSERT_FALSE(address_.empty()) << gateway_->log();
}

void CtlGateway::setUpAdministrator() {
    home_.write("token", gatewayd::test::setupTokenOf(*gateway_));
    const auto made = there({"setup", "admin", "--setup-token", "token", "--password-file", "password"});
    ASSERT_EQ(made.code, 0) << made.err;
}

Finished CtlGateway::there(std::vector<std::string> arguments, const std::string& input) const {
    arguments.insert(arguments.end(), {"--gateway", address_});
    return ctl(home_, std::move(arguments), input);
}

}  // namespace signalbox::ctl::test
