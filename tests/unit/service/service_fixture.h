// What tests of the service share: a workspace that goes away, documents, and calls that wait for their answer.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "service/host.h"

namespace signalbox::service::test {

inline constexpr std::chrono::seconds kDeadline{30};

/// A fresh folder, removed with all that is in it.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, std::string_view text) const;
    [[nodiscard]] std::string read(const std::string& name) const;

private:
    std::filesystem::path path_;
};

/// Three nodes: a constant object, a transform that doubles its "n", a log line. Input "n" is 21 unless given.
[[nodiscard]] std::string doublingDocument(const std::string& id = "doubling");
/// Waits for the signal "go", then gives its value.
[[nodiscard]] std::string signalDocument(const std::string& id = "waiting");
/// Waits for an approval by node "ask".
[[nodiscard]] std::string approvalDocument(const std::string& id = "approving");
/// Fails in its only node.
[[nodiscard]] std::string failingDocument(const std::string& id = "failing");

[[nodiscard]] std::unique_ptr<Host> openHost(const Folder& folder, HostMode mode = HostMode::Full);

/// Waits for the outcome.
[[nodiscard]] Result<protocol::Reply> dispatch(Dispatcher& dispatcher, protocol::Request request,
                                               const Principal& principal = localAdministrator());
template <class Call>
[[nodiscard]] Result<typename Call::Reply> call(Dispatcher& dispatcher, Call request,
                                                const Principal& principal = localAdministrator()) {
    auto outcome = dispatch(dispatcher, std::move(request), principal);
    if (!outcome) return fail(std::move(outcome).error());
    return std::move(*outcome).template as<typename Call::Reply>();
}

/// Waits for the run to have that status, by its events.
protocol::RunDetail waitForStatus(Dispatcher& dispatcher, const std::string& runId, const std::string& status);

}  // namespace signalbox::service::test
