// The disk watermark: intake stops before the disk is full.
#include <atomic>

#include <gtest/gtest.h>

#include "store/disk_watermark.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

class WatermarkTest : public testing::Test {
protected:
    WatermarkTest() {
        bench_.options.watermarkBytes = 512 * kMiB;
        bench_.options.freeBytes = [this](const std::filesystem::path&) -> Result<std::uint64_t> {
            ++probes_;
            return free_.load();
        };
        bench_.open();
    }
    std::atomic<std::uint64_t> free_ = 1000 * kMiB;
    std::atomic<int> probes_ = 0;
    StoreBench bench_;
};

TEST_F(WatermarkTest, IntakeStopsUnderTheMarkAndSaysWhatIsMissing) {
    EXPECT_TRUE(bench_.store().intakeAllowed());
    free_ = 300 * kMiB;
    bench_.clock.advance(1'000'000);
    const auto refused = bench_.store().intakeAllowed();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.low-space");
    EXPECT_TRUE(refused.error().retryable);
    EXPECT_NE(refused.error().message.find("212 MiB"), std::string::npos) << refused.error().message;
    free_ = 512 * kMiB;
    bench_.clock.advance(1'000'000);
    EXPECT_TRUE(bench_.store().intakeAllowed());
}

TEST_F(WatermarkTest, TheDiskIsAskedOnceASecond) {
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(bench_.store().intakeAllowed());
    EXPECT_EQ(probes_, 1);
    bench_.clock.advance(999'999);
    ASSERT_TRUE(bench_.store().intakeAllowed());
    EXPECT_EQ(probes_, 1);
    bench_.clock.advance(1);
    ASSERT_TRUE(bench_.store().intakeAllowed());
    EXPECT_EQ(probes_, 2);
}

TEST_F(WatermarkTest, RunsUnderWayMayStillWrite) {
    const RunId run = newRun();
    ASSERT_TRUE(appendNow(bench_.store(), creation(run)));
    free_ = 0;
    bench_.clock.advance(1'000'000);
    EXPECT_FALSE(bench_.store().intakeAllowed());
    EXPECT_TRUE(appendNow(bench_.store(), batch(run, 2, 1)));
}

TEST(DiskWatermark, ARefusedWriteStopsIntakeForAMoment) {
    ManualClock clock;
    store::DiskWatermark watermark("/", 1, clock, [](const auto&) -> Result<std::uint64_t> { return 1000U; });
    EXPECT_TRUE(watermark.check());
    watermark.noteRefused(Error{"store.io", "x", "", "", true});
    EXPECT_TRUE(watermark.check());
    watermark.noteRefused(Error{"store.no-space", "x", "", "", true});
    EXPECT_FALSE(watermark.check());
    clock.advance(1'000'000);
    EXPECT_TRUE(watermark.check());
}

TEST(DiskWatermark, TheRealDiskHasAnAnswer) {
    const TempFolder folder;
    EXPECT_GT(store::freeBytesOnDisk(folder.path()).value(), 0U);
    EXPECT_EQ(store::freeBytesOnDisk(folder.path() / "missing").error().code, "store.io");
}

}  // namespace
}  // namespace signalbox::test
