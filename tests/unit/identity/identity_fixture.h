// What tests of identity share: a store with a clock that stands still and hashes that cost little.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/random.h"
#include "identity/local_identity.h"

namespace signalbox::identity::test {

inline constexpr Micros kSecond = 1'000'000;
inline constexpr Micros kMinute = 60 * kSecond;
inline constexpr Micros kHour = 60 * kMinute;
inline const std::string kPassword = "granite otter balloon";
inline const std::string kOtherPassword = "velvet harbour thimble";
inline const Origin kOrigin{"192.0.2.7", "test/1"};

/// A fresh folder with an identity store, removed with all that is in it. The store may be opened again, and twice.
class IdentityTest : public ::testing::Test {
protected:
    IdentityTest();
    ~IdentityTest() override;

    [[nodiscard]] IdentityOptions options();
    /// Opens the file; the one that was open is closed first.
    void open();
    [[nodiscard]] std::unique_ptr<LocalIdentity> openAnother();
    [[nodiscard]] std::filesystem::path file() const { return folder_ / "identity.db"; }
    [[nodiscard]] std::filesystem::path folder() const { return folder_; }

    [[nodiscard]] LocalIdentity& identity() { return *identity_; }
    void close() { identity_.reset(); }
    /// Makes a user with kPassword.
    protocol::UserDto makeUser(const std::string& login, std::vector<std::string> roles = {"viewer"},
                               const std::string& tenant = "default");
    OpenedSession signIn(const std::string& login, const std::string& password = kPassword);
    [[nodiscard]] Caller callerOf(const std::string& token);
    [[nodiscard]] protocol::CreatedApiKey makeKey(const std::string& login, std::vector<std::string> scopes,
                                                  Micros expires = 0);
    /// What was told since the last time.
    std::vector<std::pair<std::string, std::string>> ended();
    [[nodiscard]] std::string logged();

    ManualClock clock_;
    SystemRandom random_;
    PasswordCost cost_{64, 1, 1};
    std::uint32_t sessionsPerUser_ = 5;

private:
    std::filesystem::path folder_;
    std::mutex mutex_;
    std::vector<std::pair<std::string, std::string>> ended_;
    std::string logged_;
    std::unique_ptr<LocalIdentity> identity_;
};

/// The error's code; "" when there is none.
template <class T>
[[nodiscard]] std::string codeOf(const Result<T>& result) {
    return result ? std::string() : result.error().code;
}

}  // namespace signalbox::identity::test
