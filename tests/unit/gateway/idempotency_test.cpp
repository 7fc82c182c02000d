// Keys of requests that are done once, over restarts too.
#include "gateway/idempotency.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

#include "gateway/idempotency_file.h"
#include "gateway/idempotency_owed.h"
#include "sqlite/sqlite_file.h"
#include "unit/service/service_fixture.h"

namespace signalbox::gateway::test {
namespace {

constexpr Micros kHour = Micros{3600} * 1'000'000;
using Kind = KeyedRequest::Kind;
using Begun = Result<std::optional<HttpResponse>>;

KeyedRequest request(const std::string& key, const std::string& asked = "asked", Kind kind = Kind::Plain) {
    return {"default", "ada", key, asked, kind};
}

HttpResponse response(const std::string& body) { return {201, {{"Location", "/x"}, {"ETag", "\"1\""}}, body, false}; }

class IdempotencyTest : public ::testing::Test {
protected:
    IdempotencyTest() { restart(); }

    [[nodiscard]] std::filesystem::path path() const { return folder.path() / ".signalbox/idempotency.db"; }
    [[nodiscard]] std::unique_ptr<Idempotency> open() {
        auto file = IdempotencyFile::open(path());
        EXPECT_TRUE(file) << (file ? "" : file.error().message);
        return std::make_unique<Idempotency>(clock, Logger(), *std::move(file), rule);
    }
    /// As a process that ends, however it does: what was begun stays begun.
    void restart() {
        keys.reset();
        keys = open();
    }
    static Begun begin(Idempotency& in, const KeyedRequest& wanted) {
        std::promise<Begun> promise;
        in.begin(wanted, [&](Begun outcome) { promise.set_value(std::move(outcome)); });
        return promise.get_future().get();
    }
    Begun begin(const KeyedRequest& wanted) { return begin(*keys, wanted); }
    /// "free", the answer's body, or the error's code.
    std::string ask(const KeyedRequest& wanted) {
        const Begun outcome = begin(wanted);
        if (!outcome) return outcome.error().code;
        return *outcome ? (*outcome)->body : "free";
    }
    void doIt(const KeyedRequest& wanted, const std::string& body) {
        ASSERT_EQ(ask(wanted), "free");
        keys->keep(wanted, response(body));
    }
    [[nodiscard]] std::vector<KeyRow> rows() {
        keys.reset();
        auto file = IdempotencyFile::open(path());
        auto all = (*file)->load();
        EXPECT_TRUE(all);
        return all ? *std::move(all) : std::vector<KeyRow>();
    }
    [[nodiscard]] std::string bytesOnDisk() const {
        std::string all;
        for (const char* suffix : {"", "-wal"}) {
            std::ifstream file(path().string() + suffix, std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
        return all;
    }

    void meddle(const std::string& sql) {
        sqlite::SqliteOptions options;
        options.path = path();
        options.applicationId = 0x53626b79;
        constexpr std::array<const char*, 2> kNone{"", ""};
        options.migrations = kNone;
        auto meddler = sqlite::SqliteFile::open(options);
        ASSERT_TRUE(meddler) << meddler.error().message;
        ASSERT_TRUE((*meddler)->execute(sql.c_str()));
    }
    /// As a disk that is full at that moment, for such statements.
    void breakIt(const std::string& what, const std::string& when = "1") {
        meddle("CREATE TRIGGER broken BEFORE " + what + " ON keys WHEN " + when +
               " BEGIN SELECT RAISE(ABORT, 'full'); END");
    }
    void mendIt() { meddle("DROP TRIGGER broken"); }
    /// All that was to be written before it has been tried.
    void flush() {
        const std::string name = "flush " + std::to_string(flushes++);
        EXPECT_EQ(ask(request(name)), "free");
    }
    [[nodiscard]] std::vector<KeyRow> look() const {
        auto file = IdempotencyFile::open(path());
        EXPECT_TRUE(file);
        auto all = (*file)->load();
        EXPECT_TRUE(all);
        return all ? *std::move(all) : std::vector<KeyRow>();
    }
    [[nodiscard]] bool hasAnswer(const std::string& body) const {
        const auto all = look();
        return std::any_of(all.begin(), all.end(), [&](const KeyRow& row) { return row.response.body == body; });
    }

    int flushes = 0;
    service::test::Folder folder;
    ManualClock clock;
    IdempotencyRule rule;
    std::unique_ptr<Idempotency> keys;
};

TEST_F(IdempotencyTest, AnAnswerOutlivesTheProcess) {
    doIt(request("a"), "made");
    restart();
    const Begun again = begin(request("a"));
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->status, 201U);
    EXPECT_EQ((*again)->headers, response("").headers);
    EXPECT_EQ((*again)->body, "made");
    EXPECT_EQ(ask(request("a", "something else")), "idempotency.mismatch");
}

TEST_F(IdempotencyTest, CallersAndTenantsNeverMeet) {
    doIt(request("a"), "mine");
    restart();
    EXPECT_EQ(ask({"default", "bob", "a", "asked", Kind::Plain}), "free");
    EXPECT_EQ(ask({"other", "ada", "a", "asked", Kind::Plain}), "free");
    EXPECT_EQ(ask({"defaulta", "da", "a", "asked", Kind::Plain}), "free");
    EXPECT_EQ(ask(request("a")), "mine");
}

TEST_F(IdempotencyTest, WhatWasInterruptedIsNotDoneAgainUnlessThatIsSafe) {
    EXPECT_EQ(ask(request("plain")), "free");
    EXPECT_EQ(ask(request("safe", "asked", Kind::Safe)), "free");
    EXPECT_EQ(ask(request("plain")), "idempotency.in-progress");
    restart();
    EXPECT_EQ(ask(request("plain")), "idempotency.unfinished");
    EXPECT_EQ(ask(request("plain", "another")), "idempotency.mismatch");
    EXPECT_EQ(ask(request("safe", "another", Kind::Safe)), "idempotency.mismatch");
    EXPECT_EQ(ask(request("safe", "asked", Kind::Safe)), "free");
    EXPECT_EQ(ask(request("safe", "asked", Kind::Safe)), "idempotency.in-progress");
    keys->keep(request("safe", "asked", Kind::Safe), response("one run"));
    restart();
    EXPECT_EQ(ask(request("safe", "asked", Kind::Safe)), "one run");
    EXPECT_EQ(ask(request("plain")), "idempotency.unfinished");
}

TEST_F(IdempotencyTest, WhatIsReleasedIsFreeAfterARestartToo) {
    EXPECT_EQ(ask(request("a")), "free");
    keys->release(request("a"));
    EXPECT_EQ(ask(request("a", "another")), "free");
    keys->release(request("a", "another"));
    restart();
    EXPECT_EQ(ask(request("a")), "free");
}

TEST_F(IdempotencyTest, ASecretIsNeverOnTheDisk) {
    const KeyedRequest wanted = request("a", "fingerprint-of-a-password", Kind::Secret);
    doIt(wanted, "the secret, shown once");
    EXPECT_EQ(ask(wanted), "the secret, shown once") << "as long as the process lives";
    EXPECT_EQ(ask(request("a", "another", Kind::Secret)), "idempotency.mismatch");
    EXPECT_EQ(ask(request("b", "fingerprint-of-a-password", Kind::Secret)), "free");
    restart();
    const std::string bytes = bytesOnDisk();
    EXPECT_GT(bytes.size(), 1000U);
    EXPECT_EQ(bytes.find("shown once"), std::string::npos);
    EXPECT_EQ(bytes.find("fingerprint-of"), std::string::npos);
    EXPECT_EQ(ask(wanted), "idempotency.not-kept");
    EXPECT_EQ(ask(request("b", "fingerprint-of-a-password", Kind::Secret)), "idempotency.unfinished");
}

TEST_F(IdempotencyTest, AgeIsCountedOverRestarts) {
    doIt(request("old"), "old");
    clock.advance(20 * kHour);
    doIt(request("young"), "young");
    EXPECT_EQ(ask(request("stuck")), "free");
    restart();
    clock.advance(5 * kHour);
    EXPECT_EQ(ask(request("young")), "young");
    EXPECT_EQ(ask(request("old")), "free");
    clock.advance(24 * kHour);
    restart();
    EXPECT_EQ(keys->size(), 0U);
    EXPECT_TRUE(rows().empty()) << "forgotten on the disk too";
}

TEST_F(IdempotencyTest, BytesAndKeysAreBounded) {
    rule.keys = 10;
    rule.bytes = 20'000;
    restart();
    for (int i = 0; i < 50; ++i) doIt(request(std::to_string(i)), "x");
    EXPECT_EQ(keys->size(), 10U);
    EXPECT_EQ(ask(request("49")), "x");
    for (int i = 50; i < 60; ++i) doIt(request(std::to_string(i)), std::string(5000, 'y'));
    EXPECT_LT(keys->size(), 5U);
    EXPECT_EQ(ask(request("59")), std::string(5000, 'y'));
    doIt(request("larger than all"), std::string(20'000, 'z'));
    EXPECT_EQ(keys->size(), 0U) << "more than may be kept";
    for (int i = 60; i < 63; ++i) doIt(request(std::to_string(i)), "x");
    const auto left = rows();
    EXPECT_LT(left.size(), 5U);
    EXPECT_FALSE(left.empty());
}

TEST_F(IdempotencyTest, TwoProgramsOnOneWorkspaceShareTheKeys) {
    const auto other = open();
    EXPECT_EQ(ask(request("a")), "free");
    EXPECT_EQ(begin(*other, request("a")).error().code, "idempotency.in-progress");
    EXPECT_EQ(begin(*other, request("a", "another")).error().code, "idempotency.mismatch");
    keys->keep(request("a"), response("done"));
    EXPECT_EQ(ask(request("flush")), "free") << "written after it";
    const Begun again = begin(*other, request("a"));
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->body, "done");
    EXPECT_EQ(begin(*other, request("a", "another")).error().code, "idempotency.mismatch");
}

TEST_F(IdempotencyTest, ManyAtOnceAreEachAnswered) {
    constexpr int kMany = 2000;
    std::atomic<int> free{0};
    std::promise<void> all;
    for (int i = 0; i < kMany; ++i) {
        keys->begin(request(std::to_string(i)), [&, i](const Begun& outcome) {
            if (outcome && !*outcome) keys->keep(request(std::to_string(i)), response("x"));
            if (++free == kMany) all.set_value();
        });
    }
    all.get_future().wait();
    EXPECT_EQ(rows().size(), static_cast<std::size_t>(kMany));
}

TEST_F(IdempotencyTest, NothingIsBegunThatIsNotOnTheDisk) {
    breakIt("INSERT");
    EXPECT_EQ(ask(request("a")), "store.constraint");
    EXPECT_EQ(keys->size(), 0U);
    mendIt();
    EXPECT_EQ(ask(request("a")), "free") << "it may be tried again";
}

TEST_F(IdempotencyTest, AKeyThatCouldNotBeReleasedIsFreeAllTheSame) {
    EXPECT_EQ(ask(request("a")), "free");
    breakIt("DELETE");
    keys->release(request("a"));
    EXPECT_EQ(ask(request("a", "another")), "free") << "its own row is no other program";
    EXPECT_EQ(ask(request("a", "another")), "idempotency.in-progress");
    mendIt();
    flush();
    restart();
    EXPECT_EQ(ask(request("a", "another")), "idempotency.unfinished") << "what was owed of it is not done to the next";
}

TEST_F(IdempotencyTest, AReleaseThatFailedIsDoneWithTheNextBatch) {
    EXPECT_EQ(ask(request("a")), "free");
    breakIt("DELETE");
    keys->release(request("a"));
    flush();
    mendIt();
    flush();
    restart();
    EXPECT_EQ(ask(request("a", "another")), "free");
}

TEST_F(IdempotencyTest, AnAnswerThatCouldNotBeWrittenIsWrittenWithTheNextBatch) {
    EXPECT_EQ(ask(request("a")), "free");
    breakIt("UPDATE");
    keys->keep(request("a"), response("done"));
    flush();
    EXPECT_EQ(ask(request("a")), "done");
    EXPECT_FALSE(hasAnswer("done"));
    mendIt();
    flush();
    EXPECT_TRUE(hasAnswer("done"));
    restart();
    EXPECT_EQ(ask(request("a")), "done");
}

TEST_F(IdempotencyTest, AnAnswerThatCouldNotBeWrittenIsWrittenAtTheEnd) {
    EXPECT_EQ(ask(request("a")), "free");
    breakIt("UPDATE");
    keys->keep(request("a"), response("done"));
    flush();
    mendIt();
    restart();
    EXPECT_EQ(ask(request("a")), "done");
}

TEST_F(IdempotencyTest, WhatIsOwedIsTriedAgainWhenNothingElseIsWritten) {
    rule.retry = 1000;
    restart();
    EXPECT_EQ(ask(request("a")), "free");
    breakIt("UPDATE");
    keys->keep(request("a"), response("done"));
    flush();
    mendIt();
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!hasAnswer("done") && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    EXPECT_TRUE(hasAnswer("done"));
}

TEST_F(IdempotencyTest, WhileNothingCanBeWrittenNothingBeginsAndNothingIsLost) {
    EXPECT_EQ(ask(request("a")), "free");
    meddle("ALTER TABLE keys RENAME TO gone");
    keys->keep(request("a"), response("done"));
    EXPECT_EQ(ask(request("b")), "store.sql");
    EXPECT_EQ(ask(request("b")), "store.sql") << "and not in progress";
    EXPECT_EQ(ask(request("a")), "done");
    meddle("ALTER TABLE gone RENAME TO keys");
    EXPECT_EQ(ask(request("b")), "free");
    EXPECT_TRUE(hasAnswer("done"));
}

TEST(OwedChanges, OfEachNameTheNewestUpToABound) {
    const auto keep = [](const std::string& name, const std::string& body) {
        return KeyChange{KeyChange::Kind::Keep, {name, {}, 1, KeyRow::State::Answered, response(body)}};
    };
    OwedChanges owed;
    owed.addFailed(keep("a", "old"));
    owed.addFailed(keep("b", "b"));
    owed.add(keep("a", "new"));
    EXPECT_EQ(owed.size(), 2U);
    const auto next = owed.takeNext(1);
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(next[0].row.response.body, "new") << "what failed before waits";
    EXPECT_FALSE(owed.take("a"));
    EXPECT_TRUE(owed.take("b"));
    for (std::size_t i = 0; i < OwedChanges::kMost + 5; ++i) owed.addFailed(keep(std::to_string(i), ""));
    EXPECT_EQ(owed.size(), OwedChanges::kMost);
    EXPECT_EQ(owed.lost(), 5U);
    EXPECT_FALSE(owed.take("4")) << "the longest waiting are given up";
    EXPECT_TRUE(owed.take("5"));
    owed.addFailed(keep("large", std::string(OwedChanges::kMostBytes, 'x')));
    EXPECT_EQ(owed.size(), 0U);
}

TEST_F(IdempotencyTest, WhatFailsDoesNotTakeTheOthersWithIt) {
    auto opened = IdempotencyFile::open(path());
    ASSERT_TRUE(opened);
    breakIt("INSERT", "NEW.fingerprint = 'bad'");
    const auto begins = [](const std::string& name, const std::string& asked) {
        return KeyChange{KeyChange::Kind::Begin, {name, asked, 1, KeyRow::State::UnderWay, {}}};
    };
    const auto written = (*opened)->write({begins("a", "good"), begins("b", "bad"), begins("c", "good")});
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_TRUE((*written)[0]);
    EXPECT_EQ((*written)[1].error().code, "store.constraint");
    EXPECT_TRUE((*written)[2]);
    EXPECT_EQ(look().size(), 2U);
    meddle("ALTER TABLE keys RENAME TO gone");
    EXPECT_FALSE((*opened)->write({begins("d", "good")})) << "no file, nobody begins";
    meddle("ALTER TABLE gone RENAME TO keys");
    EXPECT_TRUE((*opened)->write({begins("d", "good")}));
}

TEST_F(IdempotencyTest, WhatAnotherProgramLeftIsNotUnderWayForGood) {
    auto other = open();
    EXPECT_FALSE(*begin(*other, request("plain")));
    EXPECT_FALSE(*begin(*other, request("safe", "asked", Kind::Safe)));
    EXPECT_FALSE(*begin(*other, request("late")));
    const auto late = [&] { other->keep(request("late"), response("answered late")); };
    EXPECT_EQ(ask(request("plain")), "idempotency.in-progress");
    clock.advance(rule.others);
    EXPECT_EQ(ask(request("plain", "another")), "idempotency.mismatch");
    EXPECT_EQ(ask(request("plain")), "idempotency.unfinished");
    EXPECT_EQ(ask(request("late")), "idempotency.unfinished");
    EXPECT_EQ(ask(request("safe", "asked", Kind::Safe)), "free");
    EXPECT_EQ(ask(request("safe", "asked", Kind::Safe)), "idempotency.in-progress");
    late();
    other.reset();
    EXPECT_EQ(ask(request("late")), "answered late");
    clock.advance(24 * kHour);
    EXPECT_EQ(ask(request("plain", "another")), "free") << "older than any key is kept";
}

TEST_F(IdempotencyTest, WithoutAFileARestartForgets) {
    Idempotency memory(clock);
    EXPECT_FALSE(*begin(memory, request("a")));
    memory.keep(request("a"), response("x"));
    EXPECT_EQ((*begin(memory, request("a")))->body, "x");
    Idempotency next(clock);
    EXPECT_FALSE(*begin(next, request("a")));
}

TEST_F(IdempotencyTest, StoppingWritesWhatWasKeptAndTellsNobody) {
    ASSERT_EQ(ask(request("a")), "free");
    keys->keep(request("a"), response("x"));
    keys->stop();
    bool isTold = false;
    keys->begin(request("late"), [&](const Begun&) { isTold = true; });
    restart();
    EXPECT_FALSE(isTold);
    EXPECT_EQ(ask(request("a")), "x");
}

}  // namespace
}  // namespace signalbox::gateway::test
