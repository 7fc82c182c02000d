#include <fstream>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "unit/triggers/trigger_fixture.h"

namespace signalbox::triggers {
namespace {

namespace fs = std::filesystem;
using namespace test;

class FileWatchTest : public TriggerTest {
protected:
    explicit FileWatchTest(const fs::path& parent = fs::temp_directory_path()) : TriggerTest(parent) {
        fs::create_directory(folder_ / "in");
    }

    void write(const std::string& name, const std::string& text = "x") const {
        std::ofstream(folder_ / name, std::ios::trunc) << text;
    }
    protocol::FileWatchDto watch(const std::string& pattern = "*.csv", std::vector<std::string> events = {}) {
        protocol::SaveFileWatch save;
        save.watch.name = "inbox";
        save.watch.workflowId = "import";
        save.watch.folder = "in";
        save.watch.pattern = pattern;
        save.watch.events = std::move(events);
        auto saved = set().save(save);
        EXPECT_TRUE(saved) << saved.error().message;
        look();
        return saved ? *saved : protocol::FileWatchDto{};
    }
    Result<protocol::FileWatchDto> change(const protocol::FileWatchDto& watch) {
        protocol::SaveFileWatch save;
        save.watch = watch;
        return set().save(save);
    }
    protocol::FileWatchDto current(const std::string& id) { return *set().fileWatch(id); }
    /// The kernel's notices of what the test did are there as soon as it was done.
    void look() { set().lookAtFiles(); }
    void settle() {
        look();
        clock_.advance(2 * kSecond);
        look();
    }
    /// "created in/a.csv 3" for each run, in order.
    std::vector<std::string> seen() {
        std::vector<std::string> all;
        for (const auto& start : runs_.starts()) {
            all.push_back(fmt::format("{} {} {}", start.inputs["event"].asString(), start.inputs["path"].asString(),
                                      start.inputs["size"].asInteger()));
        }
        return all;
    }
    using Seen = std::vector<std::string>;
};

TEST_F(FileWatchTest, StartsARunForAFileThatComesOrChanges) {
    const auto made = watch();
    write("in/a.csv", "one");
    write("in/a.txt", "not this");
    write("in/.b.csv", "nor this");
    fs::create_directory(folder_ / "in" / "c.csv");
    settle();
    ASSERT_EQ(seen(), (Seen{"created in/a.csv 3"}));
    const auto start = runs_.starts().front();
    EXPECT_EQ(start.workflowId, "import");
    EXPECT_EQ(start.startedBy, "file watch inbox");
    EXPECT_TRUE(start.onlyDeclared);
    EXPECT_TRUE(start.inputs["modified"].asString().starts_with("20")) << "the file's own time";
    write("in/a.csv", "three");
    settle();
    EXPECT_EQ(seen(), (Seen{"created in/a.csv 3", "changed in/a.csv 5"}));
    fs::remove(folder_ / "in" / "a.csv");
    settle();
    EXPECT_EQ(runs_.size(), 2U) << "deleted is said only to those who ask";
    EXPECT_EQ(current(made.id).started, 2U);
    EXPECT_EQ(current(made.id).problem, "");
    EXPECT_EQ(current(made.id).etag, made.etag);
}

TEST_F(FileWatchTest, WhatWasThereAtFirstIsNoNews) {
    write("in/old.csv");
    watch("*.csv", {"created", "changed", "deleted"});
    settle();
    EXPECT_EQ(seen(), Seen{});
    fs::remove(folder_ / "in" / "old.csv");
    settle();
    EXPECT_EQ(seen(), (Seen{"deleted in/old.csv 1"}));
}

TEST_F(FileWatchTest, WaitsUntilAFileIsLeftAlone) {
    watch();
    for (int part = 1; part <= 5; ++part) {
        write("in/a.csv", std::string(static_cast<std::size_t>(part), 'x'));
        look();
        clock_.advance(900'000);
        look();
        ASSERT_EQ(runs_.size(), 0U) << "part " << part;
    }
    clock_.advance(100'000);
    look();
    EXPECT_EQ(seen(), (Seen{"created in/a.csv 5"}));
}

TEST_F(FileWatchTest, AFileThatComesAndGoesIsNone) {
    watch("*", {"created", "changed", "deleted"});
    write("in/a.tmp");
    look();
    fs::rename(folder_ / "in" / "a.tmp", folder_ / "in" / "a.csv");
    settle();
    EXPECT_EQ(seen(), (Seen{"created in/a.csv 1"}));
}

TEST_F(FileWatchTest, FindsWhatHappenedWhileNobodyWasThere) {
    write("in/gone.csv");
    write("in/same.csv");
    write("in/more.csv");
    watch("*.csv", {"created", "changed", "deleted"});
    close();
    fs::remove(folder_ / "in" / "gone.csv");
    write("in/more.csv", "more");
    write("in/new.csv", "ne");
    open();
    settle();
    auto all = seen();
    std::sort(all.begin(), all.end());
    EXPECT_EQ(all, (Seen{"changed in/more.csv 4", "created in/new.csv 2", "deleted in/gone.csv 1"}));
    open();
    settle();
    EXPECT_EQ(runs_.asked(), 3U) << "once";
}

TEST_F(FileWatchTest, SurvivesAFolderThatGoesAndComesAgain) {
    const auto made = watch("*.csv", {"created", "changed", "deleted"});
    write("in/a.csv");
    settle();
    ASSERT_EQ(runs_.size(), 1U);
    fs::rename(folder_ / "in", folder_ / "elsewhere");
    settle();
    EXPECT_NE(current(made.id).problem, "");
    EXPECT_EQ(runs_.size(), 1U) << "while it is away nothing is said";
    write("elsewhere/b.csv");
    settle();
    EXPECT_EQ(runs_.size(), 1U);
    fs::remove_all(folder_ / "elsewhere");
    fs::create_directory(folder_ / "in");
    write("in/c.csv", "cc");
    settle();
    EXPECT_EQ(current(made.id).problem, "");
    EXPECT_EQ(seen(), (Seen{"created in/a.csv 1", "deleted in/a.csv 1", "created in/c.csv 2"}));
    write("in/d.csv");
    settle();
    EXPECT_EQ(seen().back(), "created in/d.csv 1");
}

/// In memory, where there is such a folder: thousands of renames would wait for whoever else writes to the disk.
class CrowdedFolderTest : public FileWatchTest {
protected:
    CrowdedFolderTest() : FileWatchTest(inMemory()) {}

private:
    static fs::path inMemory() {
        const fs::path memory = "/dev/shm";
        return ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
    }
};

TEST_F(CrowdedFolderTest, MissesNothingWhenTheKernelsQueueOverflows) {
    watch();
    std::ifstream limit("/proc/sys/fs/inotify/max_queued_events");
    int most = 16384;
    limit >> most;
    const auto x = folder_ / "in" / "x.tmp";
    const auto y = folder_ / "in" / "y.tmp";
    write("in/x.tmp");
    // There and back are four notices.
    for (int i = 0; i <= most / 4 + 10; ++i) {
        fs::rename(x, y);
        fs::rename(y, x);
    }
    write("in/a.csv");
    settle();
    EXPECT_EQ(seen(), (Seen{"created in/a.csv 1"}));
}

TEST_F(FileWatchTest, StaysInsideTheWorkspace) {
    fs::create_directory_symlink("/tmp", folder_ / "out");
    fs::create_directory_symlink(folder_ / "in", folder_ / "alias");
    protocol::SaveFileWatch save;
    save.watch.name = "x";
    save.watch.workflowId = "import";
    fs::create_directory_symlink(folder_ / ".signalbox", folder_ / "own");
    for (const char* folder : {"", "..", "in/../..", "/tmp", "out", "missing", ".signalbox", "own", "../"}) {
        save.watch.folder = folder;
        const auto refused = set().save(save);
        ASSERT_FALSE(refused) << folder;
        EXPECT_EQ(refused.error().code, "watch.folder") << folder;
    }
    save.watch.folder = "alias";
    EXPECT_TRUE(set().save(save)) << "a link that stays inside";
    save.watch.folder = ".";
    EXPECT_TRUE(set().save(save));
    const auto made = watch();
    fs::create_symlink("/etc/passwd", folder_ / "in" / "link.csv");
    settle();
    EXPECT_EQ(runs_.size(), 0U) << "a link is no file";
    fs::rename(folder_ / "in", folder_ / "moved");
    fs::create_directory_symlink("/tmp", folder_ / "in");
    settle();
    EXPECT_NE(current(made.id).problem.find("out of the workspace"), std::string::npos) << current(made.id).problem;
}

TEST_F(FileWatchTest, TriesAgainWhatMayPass) {
    const auto made = watch();
    runs_.failNext(2, {"store.no-space", "The disk is full", {}, {}, true});
    write("in/a.csv");
    settle();
    EXPECT_EQ(runs_.size(), 0U);
    close();
    open();
    settle();
    settle();
    EXPECT_EQ(seen(), (Seen{"created in/a.csv 1"})) << "over a restart too";
    runs_.failNext(1, {"workflow.invalid", "It has errors", {}, {}, false});
    write("in/b.csv");
    settle();
    settle();
    EXPECT_EQ(runs_.size(), 1U);
    EXPECT_EQ(current(made.id).failed, 1U);
    EXPECT_EQ(current(made.id).started, 1U);
}

TEST_F(FileWatchTest, TheSameFileAgainIsNewsAgain) {
    watch();
    write("in/a.csv");
    settle();
    const auto time = fs::last_write_time(folder_ / "in" / "a.csv");
    fs::remove(folder_ / "in" / "a.csv");
    settle();
    write("in/a.csv");
    fs::last_write_time(folder_ / "in" / "a.csv", time);
    settle();
    EXPECT_EQ(runs_.size(), 2U) << "with the same time and size as before it was taken away";
}

TEST_F(FileWatchTest, WhatHappensWhileItIsOffIsNoNews) {
    auto made = watch();
    made.enabled = false;
    ASSERT_TRUE(change(made));
    write("in/a.csv");
    settle();
    made.enabled = true;
    ASSERT_TRUE(change(made));
    settle();
    EXPECT_EQ(runs_.size(), 0U);
    write("in/b.csv");
    settle();
    EXPECT_EQ(seen(), (Seen{"created in/b.csv 1"}));
    made.name = "letterbox";
    ASSERT_TRUE(change(made));
    write("in/c.csv");
    settle();
    EXPECT_EQ(runs_.starts().back().startedBy, "file watch letterbox");
    EXPECT_EQ(runs_.size(), 2U) << "another name is no new start";
}

TEST_F(FileWatchTest, TwoWatchesMayLookAtOneFolder) {
    const auto first = watch("*.csv");
    watch("*");
    write("in/a.csv");
    settle();
    EXPECT_EQ(runs_.size(), 2U);
    protocol::DeleteFileWatch remove;
    remove.id = first.id;
    ASSERT_TRUE(set().remove(remove));
    look();
    write("in/b.csv");
    settle();
    EXPECT_EQ(runs_.size(), 3U) << "the other one still looks";
    EXPECT_EQ(set().fileWatch(first.id).error().code, "watch.not-found");
    EXPECT_EQ(set().fileWatches().watches.size(), 1U);
}

TEST_F(FileWatchTest, EditsAreChecked) {
    const auto made = watch();
    auto wrong = made;
    wrong.pattern = "a/b";
    EXPECT_EQ(change(wrong).error().code, "watch.invalid");
    wrong = made;
    wrong.events = {"renamed"};
    EXPECT_EQ(change(wrong).error().code, "watch.invalid");
    wrong = made;
    wrong.settle = 0;
    EXPECT_EQ(change(wrong).error().code, "watch.invalid");
    protocol::SaveFileWatch stale;
    stale.watch = made;
    stale.expectedEtag = made.etag;
    ASSERT_TRUE(set().save(stale));
    EXPECT_EQ(set().save(stale).error().code, "watch.conflict");
}

}  // namespace
}  // namespace signalbox::triggers
