// A workspace with a few workflows, and a gateway on it with its administrator.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/value.h"
#include "integration/gatewayd/gateway_process.h"
#include "integration/gatewayd/http.h"

namespace signalbox::gatewayd::test {

inline constexpr const char* kPassword = "lantern tide basil 9042";

/// Workflows "doubling" (n, 21 unless given; output "result"), "waiting" (until the signal "go"), "steps" (ten, one
/// behind the other; n in, output "sum").
class WorkspaceFolder : public TemporaryFolder {
public:
    WorkspaceFolder();
    /// "--workspace", this folder, "--port", "0", and what is added.
    [[nodiscard]] std::vector<std::string> arguments(std::vector<std::string> added = {}) const;
};

/// The one-time token of a gateway without users, read from the file that its log names.
[[nodiscard]] std::string setupTokenOf(GatewayProcess& gateway);
/// Makes the administrator "admin" and gives a session's token; empty: that failed.
[[nodiscard]] std::string setUpAdministrator(GatewayProcess& gateway, HttpClient& http);
/// A session's token; empty: that failed.
[[nodiscard]] std::string login(HttpClient& http);
/// Starts a run; gives its id, or what was answered when there is none.
[[nodiscard]] std::string startRun(HttpClient& http, const std::string& workflow, const Value& inputs = Value::object(),
                                   const std::string& idempotencyKey = {});
/// Waits for its end; the answer, which holds "ended", "summary" and "outputs".
[[nodiscard]] Value waitForRun(HttpClient& http, const std::string& run);

}  // namespace signalbox::gatewayd::test
