#include "identity/permissions.h"

#include <algorithm>
#include <string>
#include <vector>

#include <boost/mp11.hpp>
#include <gtest/gtest.h>

#include "identity/identity.h"
#include "protocol/requests.h"

namespace signalbox::identity {
namespace {

using Words = std::vector<std::string>;

Words rolePermissions(const std::string& role) { return permissionsOf(Words{role}); }

TEST(Permissions, EveryCallAsksForAKnownPermission) {
    const auto known = knownPermissions();
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, protocol::Request::Types>>(
        [&](auto call) {
            using Call = typename decltype(call)::type;
            EXPECT_NE(std::find(known.begin(), known.end(), std::string_view(Call::kPermission)), known.end())
                << Call::kName << " asks for " << Call::kPermission;
        });
}

TEST(Permissions, RolesGrow) {
    const Words ladder{"viewer", "operator", "designer", "administrator"};
    for (std::size_t i = 1; i < ladder.size(); ++i) {
        for (const auto& permission : rolePermissions(ladder[i - 1])) {
            EXPECT_TRUE(covers(rolePermissions(ladder[i]), permission)) << ladder[i] << " lacks " << permission;
        }
    }
}

TEST(Permissions, RolesPermitWhatTheyShould) {
    const auto may = [](const char* role, const char* what) { return covers(rolePermissions(role), what); };
    EXPECT_TRUE(may("viewer", "run:read"));
    EXPECT_TRUE(may("viewer", "account:write"));
    EXPECT_TRUE(may("viewer", "metrics:read"));
    for (const char* secret :
         {"user:read", "session:read", "key:read", "webhook:read", "run:start", "workflow:write"}) {
        EXPECT_FALSE(may("viewer", secret)) << secret;
    }
    EXPECT_TRUE(may("operator", "run:approve"));
    EXPECT_TRUE(may("operator", "schedule:trigger"));
    EXPECT_FALSE(may("operator", "schedule:write"));
    EXPECT_FALSE(may("operator", "workflow:write"));
    EXPECT_TRUE(may("designer", "workflow:delete"));
    EXPECT_TRUE(may("designer", "webhook:write"));
    EXPECT_FALSE(may("designer", "user:read"));
    EXPECT_FALSE(may("designer", "gateway:write"));
    for (const auto known : knownPermissions()) EXPECT_TRUE(covers(rolePermissions("administrator"), known));
}

TEST(Permissions, WildcardsCoverWholeWordsOnly) {
    EXPECT_TRUE(covers(Words{"run:*"}, "run:read"));
    EXPECT_FALSE(covers(Words{"run:*"}, "runner:read"));
    EXPECT_FALSE(covers(Words{"run:read"}, "run:*"));
    EXPECT_FALSE(covers(Words{"run:*"}, "*"));
    EXPECT_FALSE(covers(Words{}, "run:read"));
    EXPECT_FALSE(covers(Words{""}, "run:read"));
}

TEST(Permissions, ScopesAreNarrowedToWhatIsGranted) {
    EXPECT_EQ(intersect(Words{"run:*"}, Words{"run:read", "workflow:read"}), Words{"run:read"});
    EXPECT_EQ(intersect(Words{"run:read", "user:write"}, Words{"run:*"}), Words{"run:read"});
    EXPECT_EQ(intersect(Words{"*"}, Words{"run:*"}), Words{"run:*"});
    EXPECT_EQ(intersect(Words{"run:read"}, Words{"*"}), Words{"run:read"});
    EXPECT_TRUE(intersect(Words{"user:write"}, Words{"run:*"}).empty());
}

TEST(Permissions, UnknownRolesAndScopesAreRefusedWithAHint) {
    const auto role = checkRoles(Words{"operater"});
    ASSERT_FALSE(role);
    EXPECT_EQ(role.error().hint, "Did you mean \"operator\"?");
    const auto scope = checkScopes(Words{"run:raed"}, Words{"*"});
    ASSERT_FALSE(scope);
    EXPECT_EQ(scope.error().code, "identity.scope-unknown");
    EXPECT_EQ(scope.error().hint, "Did you mean \"run:read\"?");
    EXPECT_FALSE(checkScopes(Words{}, Words{"*"}));
    EXPECT_FALSE(checkScopes(Words{"rocket:*"}, Words{"*"}));
    EXPECT_EQ(checkScopes(Words{"run:*"}, Words{"run:read"}).error().code, "identity.scope-too-wide");
    EXPECT_TRUE(checkScopes(Words{"run:*", "key:read"}, Words{"*"}));
}

}  // namespace
}  // namespace signalbox::identity
