// A gateway, and a person elsewhere who has the command line.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "integration/ctl/ctl_process.h"
#include "integration/gatewayd/gateway_process.h"
#include "integration/gatewayd/workspace.h"

namespace signalbox::ctl::test {

inline constexpr const char* kSecret = "violet kettle under seven boats";

/// The gateway is on a workspace of its own, with the workflows "doubling" and "waiting"; the person has a home of
/// their own, with the password in the file "password".
class CtlGateway : public testing::Test {
protected:
    void SetUp() override;
    /// Starts the gateway, in place of one that runs. Port "0" is a free one.
    void serve(const std::string& port, std::vector<std::string> added = {});
    void setUpAdministrator();
    /// The command line, told to do it there.
    [[nodiscard]] Finished there(std::vector<std::string> arguments, const std::string& input = {}) const;

    const Workspace home_;
    const Workspace there_;
    std::unique_ptr<gatewayd::test::GatewayProcess> gateway_;
    std::string address_;
};

}  // namespace signalbox::ctl::test
