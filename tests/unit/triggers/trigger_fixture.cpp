#include "unit/triggers/trigger_fixture.h"

#include <cstdlib>

#include <fmt/format.h>

namespace signalbox::triggers::test {

namespace fs = std::filesystem;

RunPort FakeRuns::port() {
    RunPort port;
    port.start = [this](const RunPort::Start& wanted) { return start(wanted); };
    port.isRunning = [this](const std::string& run) {
        const std::lock_guard lock(mutex_);
        return running_.contains(run);
    };
    port.cancel = [this](const std::string& run, const std::string&) -> Status {
        const std::lock_guard lock(mutex_);
        cancelled.push_back(run);
        return {};
    };
    port.terminate = [this](const std::string& run, const std::string&) -> Status {
        const std::lock_guard lock(mutex_);
        terminated.push_back(run);
        if (running_.erase(run) == 0) return fail("run.finished", "It has ended");
        return {};
    };
    return port;
}

Result<std::string> FakeRuns::start(const RunPort::Start& wanted) {
    std::unique_lock lock(mutex_);
    ++asked_;
    if (failures_ > 0) {
        --failures_;
        return fail(failure_);
    }
    const auto [place, isNew] = byKey.emplace(wanted.idempotencyKey, fmt::format("run-{}", byKey.size() + 1));
    std::string run = place->second;
    if (isNew) {
        starts_.push_back(wanted);
        if (!endsAtOnce) running_.insert(run);
    }
    lock.unlock();
    if (onStart) onStart(run);
    return run;
}

std::vector<std::string> FakeRuns::keys() {
    std::vector<std::string> all;
    for (const auto& each : starts()) all.push_back(each.idempotencyKey);
    return all;
}

std::vector<RunPort::Start> FakeRuns::starts() {
    const std::lock_guard lock(mutex_);
    return starts_;
}

std::size_t FakeRuns::asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
}

std::string FakeRuns::lastRun() {
    const std::lock_guard lock(mutex_);
    return starts_.empty() ? std::string() : byKey[starts_.back().idempotencyKey];
}

void FakeRuns::end(const std::string& run) {
    const std::lock_guard lock(mutex_);
    running_.erase(run);
}

void FakeRuns::failNext(int count, Error error) {
    const std::lock_guard lock(mutex_);
    failures_ = count;
    failure_ = std::move(error);
}

TriggerTest::TriggerTest(const fs::path& parent) {
    std::string name = (parent / "signalbox-triggers-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no folder " << name;
    folder_ = name;
    open();
}

TriggerTest::~TriggerTest() {
    set_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::unique_ptr<TriggerSet> TriggerTest::openAnother(bool starts) {
    TriggerOptions options;
    options.file = folder_ / ".signalbox" / "triggers.db";
    options.workspace = folder_;
    options.clock = &clock_;
    options.random = &random_;
    options.runs = runs_.port();
    options.starts = starts;
    options.told = [this](std::vector<protocol::EventDto> events) {
        const std::lock_guard lock(toldMutex_);
        for (auto& event : events) told_.push_back(std::move(event));
    };
    auto opened = TriggerSet::open(std::move(options));
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
}

void TriggerTest::open() {
    set_.reset();
    set_ = openAnother();
}

void TriggerTest::pass(Micros time) {
    clock_.advance(time);
    set().tick();
}

void TriggerTest::passEach(Micros time, Micros step) {
    for (Micros passed = 0; passed < time; passed += step) pass(step);
}

protocol::ScheduleDto TriggerTest::daily(const std::string& cron) {
    protocol::ScheduleDto schedule;
    schedule.name = "nightly";
    schedule.workflowId = "backup";
    schedule.cron = cron;
    return schedule;
}

protocol::ScheduleDto TriggerTest::save(const protocol::ScheduleDto& schedule) {
    protocol::SaveSchedule request;
    request.schedule = schedule;
    auto saved = set().save(request);
    EXPECT_TRUE(saved) << saved.error().code << ": " << saved.error().message;
    return saved ? *saved : protocol::ScheduleDto{};
}

protocol::ScheduleDto TriggerTest::get(const std::string& id) {
    auto schedule = set().schedule(id);
    EXPECT_TRUE(schedule);
    return schedule ? *schedule : protocol::ScheduleDto{};
}

std::vector<std::string> TriggerTest::news() {
    std::vector<protocol::EventDto> told;
    {
        const std::lock_guard lock(toldMutex_);
        told.swap(told_);
    }
    std::vector<std::string> lines;
    for (const auto& event : told) {
        std::string line = fmt::format("{} {} {}", event.kind, event.status, event.text);
        if (!event.runId.empty()) line += " " + event.runId;
        if (!event.code.empty()) line += " " + event.code;
        if (const Value count = event.data["count"]; count.isDefined()) line += fmt::format(" x{}", count.asInteger());
        EXPECT_FALSE(event.triggerId.empty()) << line;
        lines.push_back(std::move(line));
    }
    return lines;
}

void TriggerTest::end(const std::string& run) {
    runs_.end(run);
    set().runEnded(run);
    set().tick();
}

}  // namespace signalbox::triggers::test
