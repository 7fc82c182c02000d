// What tests of triggers share: a workspace, a clock that stands still, and runs that only pretend.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "triggers/trigger_set.h"

namespace signalbox::triggers::test {

inline constexpr Micros kSecond = 1'000'000;
inline constexpr Micros kMinute = 60 * kSecond;
inline constexpr Micros kHour = 60 * kMinute;
inline constexpr Micros kDay = 24 * kHour;
/// 2026-03-02T00:00:00Z, a Monday.
inline constexpr Micros kMonday = 1'772'409'600 * kSecond;

/// Gives each key one run, as the engine does. Thread-safe.
class FakeRuns {
public:
    [[nodiscard]] RunPort port();
    /// Keys in the order of their runs.
    [[nodiscard]] std::vector<std::string> keys();
    [[nodiscard]] std::vector<RunPort::Start> starts();
    [[nodiscard]] std::size_t size() { return keys().size(); }
    [[nodiscard]] std::string lastRun();
    /// How often a start was asked for, repeated keys included.
    [[nodiscard]] std::size_t asked();
    void end(const std::string& run);
    void failNext(int count, Error error);

    std::function<void(const std::string& run)> onStart;  ///< within the start
    bool endsAtOnce = false;                              ///< runs have ended when they have started
    std::vector<std::string> cancelled;
    std::vector<std::string> terminated;
    std::map<std::string, std::string> byKey;  ///< may be shared by several programs in turn

private:
    Result<std::string> start(const RunPort::Start& start);

    std::mutex mutex_;
    std::vector<RunPort::Start> starts_;
    std::set<std::string> running_;
    std::size_t asked_ = 0;
    int failures_ = 0;
    Error failure_;
};

class TriggerTest : public ::testing::Test {
protected:
    /// In a fresh folder in `parent`.
    explicit TriggerTest(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
    ~TriggerTest() override;

    /// As a program that starts: closes the one before.
    void open();
    void close() { set_.reset(); }
    [[nodiscard]] std::unique_ptr<TriggerSet> openAnother(bool starts = true);
    TriggerSet& set() { return *set_; }

    /// Lets time pass and looks at what is due once.
    void pass(Micros time);
    /// As pass, in steps.
    void passEach(Micros time, Micros step);

    [[nodiscard]] static protocol::ScheduleDto daily(const std::string& cron = "0 2 * * *");
    protocol::ScheduleDto save(const protocol::ScheduleDto& schedule);
    [[nodiscard]] protocol::ScheduleDto get(const std::string& id);
    /// What was told since the last call: "schedule started nightly run-1", and behind it code and count, if any.
    [[nodiscard]] std::vector<std::string> news();
    /// Ends a run and looks at what waited for it.
    void end(const std::string& run);

    std::filesystem::path folder_;
    ManualClock clock_{kMonday};
    SystemRandom random_;
    FakeRuns runs_;
    std::mutex toldMutex_;
    std::vector<protocol::EventDto> told_;
    std::unique_ptr<TriggerSet> set_;
};

}  // namespace signalbox::triggers::test
