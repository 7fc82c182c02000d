// What tests of the API share: a workspace that runs, users of every role, and requests without a socket.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/value.h"
#include "gateway/api.h"
#include "service/host.h"
#include "telemetry/metrics.h"
#include "unit/service/service_fixture.h"

namespace signalbox::gateway::test {

inline constexpr const char* kPassword = "granite otter balloon";

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
    unsigned status = 0;
    Headers headers;
    std::string body;
    bool isStream = false;
    [[nodiscard]] std::string header(std::string_view name) const;  ///< without regard to case; empty: there is none
    [[nodiscard]] Value json() const;
    [[nodiscard]] std::string code() const;                          ///< of a problem
    [[nodiscard]] std::string text(std::string_view pointer) const;  ///< of the body
};

/// A request; the token is of a session or key, empty: none.
struct Ask {
    std::string method = "GET";
    std::string target;
    std::string token = {};
    std::string body = {};
    Headers headers = {};
    bool isUpgrade = false;
    bool encrypted = false;
    std::string address = "127.0.0.1";
    std::string peer = "127.0.0.1";
};

/// One workspace with its users. Made once for a suite: passwords cost time.
class ApiWorld {
public:
    explicit ApiWorld(const ApiOptions& options = {});
    ~ApiWorld();
    ApiWorld(const ApiWorld&) = delete;
    ApiWorld& operator=(const ApiWorld&) = delete;

    /// Ends the gateway with its engine, and starts it again on the same workspace; "between" with nothing open.
    void restart(const ApiOptions& options = {}, const std::function<void()>& between = {});

    [[nodiscard]] Answer send(const Ask& ask);
    /// Does not wait; the answer is given to the function.
    void sendLater(const Ask& ask, std::function<void(Answer)> answered);
    /// A new session of that user.
    [[nodiscard]] std::string signIn(const std::string& login);
    /// An open session of "viewer", "operator", "designer", "administrator", "foreigner" (an administrator of another
    /// tenant), or the key "narrow", which may only read workflows.
    [[nodiscard]] const std::string& token(const std::string& who);
    void write(const std::string& id, const std::string& document) const;

    service::test::Folder folder;
    SystemClock clock;
    std::vector<LogLine> logged;
    telemetry::Metrics metrics;
    std::unique_ptr<service::Host> host;
    std::unique_ptr<Api> api;

private:
    void openHost();
    void openApi(ApiOptions options);
    void addUsers();
    bool isRestarted_ = false;
    std::mutex logMutex_;
    std::map<std::string, std::string> tokens_;
};

/// Tests that share one world.
class ApiTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<ApiWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    static ApiWorld& world() { return *world_; }
    /// As administrator.
    static Answer get(const std::string& target, Headers headers = {});
    static Answer post(const std::string& target, const std::string& body = {}, Headers headers = {});
    static Answer put(const std::string& target, const std::string& body, Headers headers = {});
    static Answer remove(const std::string& target, Headers headers = {});

private:
    static std::unique_ptr<ApiWorld> world_;
};

}  // namespace signalbox::gateway::test
