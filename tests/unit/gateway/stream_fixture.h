// What tests of streams share: a peer that reads when it is told to, users in memory, a bus to publish into.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "gateway/http_metrics.h"
#include "gateway/streams.h"
#include "service/worker_threads.h"

namespace signalbox::gateway::test {

/// Keeps what it is sent. Thread-safe.
class FakePeer final : public StreamPeer {
public:
    explicit FakePeer(std::size_t capacity = std::size_t{8} << 20U) : capacity_(capacity) {}
    bool send(std::string text) override;
    [[nodiscard]] std::size_t buffered() const override;
    void close(std::uint16_t code, std::string reason) override;
    void welcome() override;

    /// As if written to the socket: everything so far, which makes room.
    [[nodiscard]] std::vector<std::string> readTexts();
    [[nodiscard]] std::vector<Value> read();
    /// The messages of that type among read().
    [[nodiscard]] std::vector<Value> read(std::string_view type);
    void setCapacity(std::size_t capacity);
    [[nodiscard]] std::uint16_t closeCode() const;  ///< 0: open
    [[nodiscard]] std::size_t mostBuffered() const;
    [[nodiscard]] bool isWelcome() const;

private:
    mutable std::mutex mutex_;
    std::size_t capacity_;
    std::vector<std::string> texts_;
    std::size_t buffered_ = 0;
    std::size_t mostBuffered_ = 0;
    std::uint16_t closeCode_ = 0;
    bool isWelcome_ = false;
};

/// Users by token. Thread-safe.
class FakeIdentity final : public identity::Identity {
public:
    void add(const std::string& token, std::vector<std::string> permissions, const std::string& tenant = "default");
    void setPermissions(const std::string& token, std::vector<std::string> permissions);
    /// Ends the session, and says so when someone listens.
    void endSession(const std::string& token, const std::string& reason);
    [[nodiscard]] identity::Caller caller(const std::string& token) const;

    Result<identity::Caller> authenticate(std::string_view token, const identity::Origin& origin) override;
    Result<identity::Caller> refresh(const identity::Caller& caller) override;
    void onEnded(std::function<void(const std::string&, const std::string&)> told) override;
    void touch(const identity::Caller& caller) override;
    [[nodiscard]] int touched() const;

    // Nothing that streams ask for.
    void keepUp() override {}
    bool needsSetup() override { return false; }
    Result<std::filesystem::path> makeSetupToken() override { return none(); }
    Result<identity::OpenedSession> setUp(const std::string&, const std::string&, const std::string&,
                                          const std::string&, const identity::Origin&) override {
        return none();
    }
    Result<identity::OpenedSession> login(const std::string&, const std::string&, const identity::Origin&) override {
        return none();
    }
    bool csrfMatches(std::string_view, std::string_view) const override { return false; }
    Status logout(const std::string&) override { return none(); }
    Status changeOwnPassword(const identity::Caller&, const protocol::ChangeOwnPassword&) override { return none(); }
    protocol::SessionList ownSessions(const identity::Caller&) override { return {}; }
    Status revokeOwnSession(const identity::Caller&, const std::string&) override { return none(); }
    protocol::ApiKeyList ownKeys(const identity::Caller&) override { return {}; }
    Result<protocol::CreatedApiKey> createOwnKey(const identity::Caller&, const protocol::CreateOwnApiKey&) override {
        return none();
    }
    Status revokeOwnKey(const identity::Caller&, const std::string&) override { return none(); }
    Result<protocol::UserList> users(const std::string&, const protocol::ListUsers&) override { return none(); }
    Result<protocol::UserDto> user(const std::string&, const std::string&) override { return none(); }
    Result<protocol::UserDto> createUser(const std::string&, const protocol::CreateUser&) override { return none(); }
    Result<protocol::UserDto> updateUser(const std::string&, const protocol::UpdateUser&) override { return none(); }
    Status setPassword(const std::string&, const protocol::SetUserPassword&) override { return none(); }
    Status deleteUser(const std::string&, const protocol::DeleteUser&) override { return none(); }
    protocol::SessionList sessions(const std::string&, const std::string&) override { return {}; }
    Status revokeSession(const std::string&, const std::string&) override { return none(); }
    protocol::ApiKeyList keys(const std::string&, const std::string&) override { return {}; }
    Result<protocol::CreatedApiKey> createKey(const std::string&, const protocol::CreateApiKey&) override {
        return none();
    }
    Status revokeKey(const std::string&, const std::string&) override { return none(); }

private:
    static tl::unexpected<Error> none() { return fail("identity.fake", "Not here"); }

    mutable std::mutex mutex_;
    std::map<std::string, identity::Caller, std::less<>> callers_;
    std::function<void(const std::string&, const std::string&)> told_;
    int touched_ = 0;
};

/// A gateway without a server: what peers do is done by hand, and events move when runPending() is called.
class StreamTest : public ::testing::Test {
protected:
    explicit StreamTest(StreamOptions options = {}, std::size_t ring = 1000);
    ~StreamTest() override;

    /// A socket of the user with that token, after its hello.
    struct Socket {
        std::shared_ptr<StreamHandler> handler;
        std::shared_ptr<FakePeer> peer;
        void say(const std::string& text) const { handler->received(text); }
    };
    [[nodiscard]] Socket connect(const std::string& token = "viewer");
    /// Without credentials at the upgrade.
    [[nodiscard]] Socket connectAnonymous();
    [[nodiscard]] Socket openEvents(const std::string& token, protocol::EventFilter filter = {});
    void publishRuns(std::size_t count);
    void publishNotice(const std::string& kind);
    void runPending() { streams->runPending(); }
    /// Numbers of all events of a peer's messages since it was last read.
    [[nodiscard]] static std::vector<std::uint64_t> seqs(FakePeer& peer);
    [[nodiscard]] static std::vector<std::string> kinds(FakePeer& peer);

    ManualClock clock;
    service::EventBus bus;
    service::WorkerThreads workers{1};
    FakeIdentity identity;
    telemetry::Metrics registry;
    HttpMetrics metrics{registry};
    std::unique_ptr<service::Dispatcher> dispatcher;
    std::unique_ptr<Streams> streams;
};

}  // namespace signalbox::gateway::test
