// What it costs to know who a request is from: authenticate() beside the SHA-256 that it cannot do without.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/random.h"
#include "identity/local_identity.h"
#include "identity/secrets.h"

namespace {

using namespace signalbox;
using namespace signalbox::identity;

constexpr int kUsers = 200;
constexpr int kRounds = 400'000;
const std::string kPassword = "granite otter balloon";

/// Nanoseconds a call, the best of five.
template <class Act>
double nanosecondsOf(Act act) {
    double best = 1e12;
    for (int repeat = 0; repeat < 5; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < kRounds; ++i) act(i);
        const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count() / kRounds);
    }
    return best;
}

std::vector<std::string> makeSessions(LocalIdentity& users) {
    std::vector<std::string> tokens;
    for (int i = 0; i < kUsers; ++i) {
        const std::string login = fmt::format("user{}", i);
        if (!users.createUser("default", {login, "", kPassword, {"designer"}})) std::abort();
        tokens.push_back(users.login(login, kPassword, {}).value().token);
    }
    return tokens;
}

}  // namespace

int main() {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("bench-identity-{}", ::getpid());
    std::filesystem::create_directory(folder);
    SystemClock clock;
    SystemRandom random;
    IdentityOptions options;
    options.file = folder / "identity.db";
    options.clock = &clock;
    options.random = &random;
    options.cost = {64, 1, 1};
    {
        const auto users = LocalIdentity::open(std::move(options)).value();
        const auto tokens = makeSessions(*users);
        const auto tokenAt = [&](int i) -> const std::string& {
            return tokens[static_cast<std::size_t>(i) % tokens.size()];
        };
        std::size_t kept = 0;
        const double bare = nanosecondsOf([&](int i) { kept += digestOf(tokenAt(i))[0]; });
        const double session =
            nanosecondsOf([&](int i) { kept += users->authenticate(tokenAt(i), {}).has_value() ? 1U : 0U; });
        const Caller caller = users->authenticate(tokens.front(), {}).value();
        const double again = nanosecondsOf([&](int) { kept += users->refresh(caller).has_value() ? 1U : 0U; });
        fmt::print("{} sessions, {} calls each ({})\n", tokens.size(), kRounds, kept % 10);
        fmt::print("SHA-256 of a token       {:7.0f} ns\n", bare);
        fmt::print("authenticate, a session  {:7.0f} ns   {:.1f} times SHA-256\n", session, session / bare);
        fmt::print("refresh                  {:7.0f} ns   {:.1f} times SHA-256\n", again, again / bare);
        const auto start = std::chrono::steady_clock::now();
        std::vector<std::jthread> threads;
        for (int t = 0; t < 2; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < kRounds; ++i) static_cast<void>(users->authenticate(tokenAt(i), {}));
            });
        }
        threads.clear();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        fmt::print("authenticate, 2 threads  {:7.2f} million a second together\n", 2.0 * kRounds / took.count() / 1e6);
    }
    std::filesystem::remove_all(folder);
    PasswordHasher hasher(PasswordCost{});
    const auto start = std::chrono::steady_clock::now();
    static_cast<void>(hasher.hash(kPassword));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    fmt::print("a password's hash        {:7.0f} ms, {} MiB\n", took.count(), PasswordCost{}.memoryKiB / 1024);
    return 0;
}
