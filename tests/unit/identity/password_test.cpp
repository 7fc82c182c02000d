#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "identity/password_hasher.h"

namespace signalbox::identity {
namespace {

constexpr PasswordCost kCheap{64, 1, 1};

TEST(Password, HashesTellTheirCostAndVerify) {
    PasswordHasher hasher(kCheap);
    const auto hash = hasher.hash("granite otter balloon");
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << *hash;
    EXPECT_EQ(hash->find("granite"), std::string::npos);
    EXPECT_TRUE(hasher.verify(*hash, "granite otter balloon").value());
    EXPECT_FALSE(hasher.verify(*hash, "granite otter ballooN").value());
    EXPECT_FALSE(hasher.verify(*hash, "").value());
    EXPECT_FALSE(hasher.verify("", "granite otter balloon").value());
    EXPECT_FALSE(hasher.verify("$argon2id$v=19$m=64,t=1,p=1$broken", "granite otter balloon").value());
    EXPECT_NE(*hash, hasher.hash("granite otter balloon").value());
}

TEST(Password, AnotherCostIsOutdated) {
    PasswordHasher cheap(kCheap);
    PasswordHasher dear({128, 2, 1});
    const std::string hash = cheap.hash("granite otter balloon").value();
    EXPECT_FALSE(cheap.isOutdated(hash));
    EXPECT_TRUE(dear.isOutdated(hash));
    EXPECT_TRUE(dear.verify(hash, "granite otter balloon").value());
}

TEST(Password, NoMoreThanAFewAreHashedAtOnce) {
    PasswordHasher hasher({1024, 1, 1});
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 20; ++round) static_cast<void>(hasher.waste("granite otter balloon"));
        });
    }
    threads.clear();
    EXPECT_GT(hasher.hashes(), 0U);
    EXPECT_LE(hasher.mostAtOnce(), PasswordHasher::kAtOnce);
}

TEST(Password, ACrowdIsTurnedAway) {
    PasswordHasher hasher({32'768, 3, 1});
    std::atomic<int> turnedAway{0};
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < 20; ++i) {
        threads.emplace_back([&] {
            const Status wasted = hasher.waste("granite otter balloon");
            if (wasted) return;
            EXPECT_EQ(wasted.error().code, "identity.throttled");
            EXPECT_TRUE(wasted.error().retryable);
            ++turnedAway;
        });
    }
    threads.clear();
    EXPECT_GT(turnedAway, 0);
    EXPECT_EQ(hasher.hashes() + static_cast<std::uint64_t>(turnedAway), 20U);
}

}  // namespace
}  // namespace signalbox::identity
