#include "identity/password_hasher.h"

#include <algorithm>
#include <array>

#include <argon2.h>
#include <fmt/format.h>
#include <sys/random.h>

#include "identity/rules.h"

namespace signalbox::identity {

namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::uint32_t kHashBytes = 32;

using Salt = std::array<unsigned char, kSaltBytes>;

Result<Salt> newSalt() {
    Salt salt{};
    if (getrandom(salt.data(), salt.size(), 0) != static_cast<ssize_t>(salt.size())) {
        return fail("identity.random", "The system gave no random numbers", {}, "Try again", true);
    }
    return salt;
}

Error failure(int code) {
    return {"identity.hash",
            fmt::format("The password could not be hashed: {}", argon2_error_message(code)),
            {},
            "Is there enough memory?",
            true};
}

}  // namespace

/// One of the places at which hashes are calculated.
class PasswordHasher::Place {
public:
    explicit Place(PasswordHasher& hasher) : hasher_(hasher) { ++hasher_.hashes_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { hasher_.leave(); }

private:
    PasswordHasher& hasher_;
};

Status PasswordHasher::enter() {
    std::unique_lock lock(mutex_);
    if (waiting_ >= kWaiting) {
        return fail("identity.throttled", "Too many people are signing in at the same time", {}, "Try again in 2 s",
                    true);
    }
    ++waiting_;
    free_.wait(lock, [this] { return working_ < kAtOnce; });
    --waiting_;
    most_ = std::max(most_, ++working_);
    return {};
}

void PasswordHasher::leave() {
    {
        const std::lock_guard lock(mutex_);
        --working_;
    }
    free_.notify_one();
}

std::size_t PasswordHasher::mostAtOnce() const {
    const std::lock_guard lock(mutex_);
    return most_;
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
    SIGNALBOX_TRY(const Salt salt, newSalt());
    SIGNALBOX_CHECK(enter());
    const Place place(*this);
    std::string encoded(
        argon2_encodedlen(cost_.passes, cost_.memoryKiB, cost_.lanes, kSaltBytes, kHashBytes, Argon2_id), '\0');
    const int code = argon2id_hash_encoded(cost_.passes, cost_.memoryKiB, cost_.lanes, password.data(), password.size(),
                                           salt.data(), salt.size(), kHashBytes, encoded.data(), encoded.size());
    if (code != ARGON2_OK) return fail(failure(code));
    encoded.resize(encoded.find('\0'));
    return encoded;
}

Result<bool> PasswordHasher::verify(const std::string& encoded, std::string_view password) {
    if (password.size() > kLongestPassword) password = password.substr(0, kLongestPassword + 1);
    SIGNALBOX_CHECK(enter());
    const Place place(*this);
    const int code = argon2id_verify(encoded.c_str(), password.data(), password.size());
    if (code == ARGON2_MEMORY_ALLOCATION_ERROR || code == ARGON2_THREAD_FAIL) return fail(failure(code));
    return code == ARGON2_OK;
}

Status PasswordHasher::waste(std::string_view password) {
    if (password.size() > kLongestPassword) password = password.substr(0, kLongestPassword + 1);
    SIGNALBOX_CHECK(hash(password));
    return {};
}

bool PasswordHasher::isOutdated(std::string_view encoded) const {
    const std::string wanted =
        fmt::format("$argon2id$v=19$m={},t={},p={}$", cost_.memoryKiB, cost_.passes, cost_.lanes);
    return !encoded.starts_with(wanted);
}

}  // namespace signalbox::identity
