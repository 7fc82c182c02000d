#include "identity/rules.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace signalbox::identity {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLongestLogin = 64;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kFewestCharacters = 5;
constexpr std::size_t kShortestTellingLogin = 4;

/// What people make long passwords of: digits and signs around them do not help.
constexpr std::array kCommonWords{"password"sv,
                                  "passwort"sv,
                                  "passw0rd"sv,
                                  "p@ssword"sv,
                                  "p@ssw0rd"sv,
                                  "passwordpassword"sv,
                                  "welcome"sv,
                                  "changeme"sv,
                                  "letmein"sv,
                                  "iloveyou"sv,
                                  "administrator"sv,
                                  "admin"sv,
                                  "adminadmin"sv,
                                  "qwerty"sv,
                                  "qwertyuiop"sv,
                                  "qwertzuiop"sv,
                                  "azertyuiop"sv,
                                  "asdfghjkl"sv,
                                  "zxcvbnm"sv,
                                  "monkey"sv,
                                  "dragon"sv,
                                  "football"sv,
                                  "baseball"sv,
                                  "superman"sv,
                                  "trustno"sv,
                                  "sunshine"sv,
                                  "princess"sv,
                                  "starwars"sv,
                                  "default"sv,
                                  "secret"sv,
                                  "signalbox"sv,
                                  "operator"sv,
                                  "operations"sv,
                                  "correcthorsebatterystaple"sv,
                                  "correct horse battery staple"sv,
                                  "qazwsx"sv,
                                  "qazwsxedc"sv,
                                  "qweasdzxc"sv,
                                  "test"sv,
                                  "testtest"sv,
                                  "root"sv};

constexpr std::array kRows{"abcdefghijklmnopqrstuvwxyz"sv, "01234567890123456789"sv, "qwertyuiopasdfghjklzxcvbnm"sv,
                           "qwertzuiopasdfghjklyxcvbnm"sv, "1q2w3e4r5t6z7u8i9o0p"sv, "1q2w3e4r5t6y7u8i9o0p"sv,
                           "1qaz2wsx3edc4rfv5tgb"sv};

bool isAlphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool isLetter(char c) { return c >= 'a' && c <= 'z'; }

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// Without the digits and signs at both ends.
std::string_view core(std::string_view text) {
    while (!text.empty() && !isLetter(text.back())) text.remove_suffix(1);
    while (!text.empty() && !isLetter(text.front())) text.remove_prefix(1);
    return text;
}

bool isRow(std::string_view text) {
    const std::string backwards(text.rbegin(), text.rend());
    return std::any_of(kRows.begin(), kRows.end(), [&](std::string_view row) {
        return row.find(text) != std::string_view::npos || row.find(backwards) != std::string_view::npos;
    });
}

std::size_t distinctBytes(std::string_view text) { return std::set<char>(text.begin(), text.end()).size(); }

Status weak(std::string reason) {
    return fail("identity.password-weak", std::move(reason), "/password",
                "Several words that do not belong together are easy to remember and hard to guess");
}

}  // namespace

Status checkLogin(std::string_view login) {
    const bool fits = !login.empty() && login.size() <= kLongestLogin && isAlphanumeric(login.front());
    const bool isPlain = std::all_of(login.begin(), login.end(), [](char c) {
        return isAlphanumeric(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '@';
    });
    if (fits && isPlain) return {};
    return fail("identity.login-invalid", "This cannot be a login", "/login",
                "Up to 64 letters a to z, digits and . _ - + @, beginning with a letter or digit");
}

Status checkTenant(std::string_view tenant) {
    const bool fits = !tenant.empty() && tenant.size() <= kLongestLogin && isAlphanumeric(tenant.front());
    const bool isPlain = std::all_of(tenant.begin(), tenant.end(), [](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
    if (fits && isPlain) return {};
    return fail("identity.tenant-invalid", "This cannot be the name of a tenant", {},
                "Up to 64 letters a to z, digits and . _ -, beginning with a letter or digit");
}

std::string foldLogin(std::string_view login) { return lowered(login); }

std::string accountOf(std::string_view tenant, std::string_view login) {
    return std::string(tenant) + '/' + foldLogin(login);
}

Status checkName(std::string_view name) {
    const bool isClean = std::none_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
    });
    if (name.size() <= kLongestName && isClean && isValidUtf8(name)) return {};
    return fail("identity.name-invalid", "This cannot be a name", "/name",
                fmt::format("Text without control characters, of at most {} bytes", kLongestName));
}

Status checkPassword(std::string_view password, std::string_view login) {
    if (password.size() > kLongestPassword) {
        return weak(fmt::format("The password is longer than {} bytes", kLongestPassword));
    }
    const auto isContinuation = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    const auto characters =
        password.size() - static_cast<std::size_t>(std::count_if(password.begin(), password.end(), isContinuation));
    if (characters < kShortestPassword) {
        return weak(fmt::format("The password has {} characters; it needs {}", characters, kShortestPassword));
    }
    if (distinctBytes(password) < kFewestCharacters) {
        return weak("The password repeats too few different characters");
    }
    const std::string plain = lowered(password);
    const std::string folded = foldLogin(login);
    if (folded.size() >= kShortestTellingLogin && plain.find(folded) != std::string::npos) {
        return weak("The password contains the login");
    }
    if (isRow(plain)) return weak("The password is a row of neighbouring letters, digits or keys");
    if (std::find(kCommonWords.begin(), kCommonWords.end(), core(plain)) != kCommonWords.end()) {
        return weak("The password is one of those that are tried first, with digits or signs around it");
    }
    return {};
}

std::string tame(std::string_view text, std::size_t most) {
    text = text.substr(0, most);
    std::string shown(text.substr(0, validUtf8Prefix(text)));
    for (char& c : shown) {
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f) c = ' ';
    }
    return shown;
}

}  // namespace signalbox::identity
