// What logins, names and passwords must be like.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::identity {

/// Passwords are hashed as they are: more would only be work for the gateway.
inline constexpr std::size_t kLongestPassword = 1024;
inline constexpr std::size_t kShortestPassword = 12;

/// A login is 1 to 64 of A-Z a-z 0-9 . _ - + @, beginning with a letter or digit: of ASCII only, so that no two look
/// alike and comparing without case has one meaning. Error "identity.login-invalid".
[[nodiscard]] Status checkLogin(std::string_view login);
/// A tenant is 1 to 64 of a-z 0-9 . _ -, beginning with a letter or digit. Error "identity.tenant-invalid".
[[nodiscard]] Status checkTenant(std::string_view tenant);
/// The form in which logins are compared.
[[nodiscard]] std::string foldLogin(std::string_view login);
/// By which attempts to sign in are counted, whether there is such a user or not.
[[nodiscard]] std::string accountOf(std::string_view tenant, std::string_view login);
/// A name for people: UTF-8 without control characters, at most 200 bytes. Error "identity.name-invalid".
[[nodiscard]] Status checkName(std::string_view name);
/// Error "identity.password-weak", which says why.
[[nodiscard]] Status checkPassword(std::string_view password, std::string_view login);
/// Text from outside that is only shown: cut to a number of bytes, without control characters, valid UTF-8.
[[nodiscard]] std::string tame(std::string_view text, std::size_t most);

}  // namespace signalbox::identity
