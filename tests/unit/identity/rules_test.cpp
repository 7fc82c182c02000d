#include "identity/rules.h"

#include <gtest/gtest.h>

namespace signalbox::identity {
namespace {

TEST(Rules, LoginsAreOfASmallAlphabet) {
    for (const char* good : {"a", "anna", "anna.b_c-d+e@example.org", "7of9"}) EXPECT_TRUE(checkLogin(good)) << good;
    for (const char* bad : {"", " anna", "anna ", ".anna", "@anna", "a/b", "\xc3\xa4nna", "a\nb", "\xd0\xb0nna"}) {
        EXPECT_FALSE(checkLogin(bad)) << bad;
    }
    EXPECT_TRUE(checkLogin(std::string(64, 'a')));
    EXPECT_FALSE(checkLogin(std::string(65, 'a')));
    EXPECT_FALSE(checkLogin(std::string("an\0na", 5)));
}

TEST(Rules, TenantsAreOfASmallerOne) {
    EXPECT_TRUE(checkTenant("default"));
    for (const char* bad : {"", "a/b", "Acme", "-a", "a b"}) EXPECT_FALSE(checkTenant(bad)) << bad;
}

TEST(Rules, NamesAreTextWithoutControlCharacters) {
    EXPECT_TRUE(checkName("Zo\xc3\xab O'Hara"));
    EXPECT_TRUE(checkName(""));
    EXPECT_FALSE(checkName("two\nlines"));
    EXPECT_FALSE(checkName("\xff"));
    EXPECT_FALSE(checkName(std::string(201, 'x')));
}

std::string reasonFor(std::string_view password, std::string_view login = "anna") {
    const Status checked = checkPassword(password, login);
    if (checked) return {};
    EXPECT_EQ(checked.error().code, "identity.password-weak");
    return checked.error().message;
}

TEST(Rules, WeakPasswordsAreToldWhy) {
    EXPECT_EQ(reasonFor("granite otter balloon"), "");
    EXPECT_EQ(reasonFor("elevenchars"), "The password has 11 characters; it needs 12");
    EXPECT_NE(reasonFor("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc"), "");  // six characters in twelve bytes
    EXPECT_EQ(reasonFor("ababababababab"), "The password repeats too few different characters");
    EXPECT_EQ(reasonFor("my name is ANNA."), "The password contains the login");
    EXPECT_NE(reasonFor("123456789012"), "");
    EXPECT_NE(reasonFor("210987654321"), "");
    EXPECT_NE(reasonFor("qwertyuiopasdf"), "");
    EXPECT_NE(reasonFor("Password1234!"), "");
    EXPECT_NE(reasonFor("2026-Signalbox-1"), "");
    EXPECT_NE(reasonFor(std::string(2000, 'x').append("yzabc")), "");
}

TEST(Rules, AShortLoginMayBePartOfAPassword) { EXPECT_EQ(reasonFor("granite otter balloon", "al"), ""); }

TEST(Rules, TextFromOutsideIsTamed) {
    EXPECT_EQ(tame("a\r\nb\x1b[31m", 100), "a  b [31m");
    EXPECT_EQ(tame("abcdef", 3), "abc");
    EXPECT_EQ(tame("ab\xc3\xa4", 3), "ab");
}

}  // namespace
}  // namespace signalbox::identity
