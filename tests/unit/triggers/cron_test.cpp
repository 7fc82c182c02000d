#include "triggers/cron.h"

#include <gtest/gtest.h>

namespace signalbox::triggers {
namespace {

constexpr std::int64_t kDay = 86'400;

std::int64_t at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0, int second = 0) {
    const std::chrono::sys_days date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return date.time_since_epoch().count() * kDay + hour * 3600 + minute * 60 + second;
}

CronRule rule(std::string_view text) {
    auto parsed = CronRule::parse(text);
    EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : parsed.error().message);
    return parsed ? *parsed : *CronRule::parse("* * * * *");
}

TEST(Cron, FindsTheNextTime) {
    EXPECT_EQ(rule("30 2 * * *").next(at(2026, 3, 1, 2, 30)), at(2026, 3, 1, 2, 30)) << "the moment itself counts";
    EXPECT_EQ(rule("30 2 * * *").next(at(2026, 3, 1, 2, 30, 1)), at(2026, 3, 2, 2, 30));
    EXPECT_EQ(rule("*/15 9-17 * * MON-FRI").next(at(2026, 3, 6, 17, 46)), at(2026, 3, 9, 9, 0)) << "over a weekend";
    EXPECT_EQ(rule("15,45 30 8 1 1 *").next(at(2026, 1, 1, 8, 30, 16)), at(2026, 1, 1, 8, 30, 45));
    EXPECT_EQ(rule("0 0 29 2 *").next(at(2026, 1, 1)), at(2028, 2, 29));
    EXPECT_EQ(rule("0 0 29 2 *").next(at(2096, 3, 1)), at(2104, 2, 29)) << "2100 is no leap year";
    EXPECT_EQ(rule("59 59 23 31 12 *").next(at(2026, 12, 31, 23, 59, 59)), at(2026, 12, 31, 23, 59, 59));
    EXPECT_EQ(rule("5/20 * * * *").next(at(2026, 1, 1, 0, 6)), at(2026, 1, 1, 0, 25));
    EXPECT_EQ(rule("0 0 1 1 *").next(at(1960, 6, 1)), at(1961, 1, 1)) << "before 1970 as well";
}

TEST(Cron, KnowsTheEndsOfMonthsAndWeeks) {
    EXPECT_EQ(rule("0 0 L * *").next(at(2028, 2, 1)), at(2028, 2, 29));
    EXPECT_EQ(rule("0 0 L-2 * *").next(at(2026, 4, 1)), at(2026, 4, 28));
    EXPECT_EQ(rule("0 0 * * 5L").next(at(2026, 10, 1)), at(2026, 10, 30));
    EXPECT_EQ(rule("0 0 * * friL").next(at(2026, 10, 31)), at(2026, 11, 27));
    EXPECT_EQ(rule("0 0 * * MON#5").next(at(2026, 1, 1)), at(2026, 3, 30)) << "few months have five of them";
    EXPECT_EQ(rule("0 0 * * FRI-MON").fields().weekdays, Bits{0b1100011});
    EXPECT_EQ(rule("0 0 * * 5-7").fields().weekdays, Bits{0b1100001});
    EXPECT_EQ(rule("0 0 * * 7").fields().weekdays, rule("0 0 * * SUN").fields().weekdays);
}

TEST(Cron, TakesEitherDayWhenBothFieldsSaySomething) {
    const CronRule either = rule("0 0 13 * FRI");
    EXPECT_EQ(either.next(at(2026, 1, 3)), at(2026, 1, 9)) << "a Friday";
    EXPECT_EQ(either.next(at(2026, 1, 10)), at(2026, 1, 13)) << "a thirteenth";
    const CronRule both = rule("0 0 */2 * FRI");
    EXPECT_EQ(both.next(at(2026, 1, 1)), at(2026, 1, 9)) << "a field that begins with a star leaves it to the other";
    EXPECT_EQ(rule("0 0 ? * MON").next(at(2026, 1, 1)), at(2026, 1, 5));
}

TEST(Cron, SaysNeverForDatesThatNeverCome) {
    EXPECT_EQ(rule("0 0 30 2 *").next(at(2026, 1, 1)), std::nullopt);
    EXPECT_EQ(rule("0 0 31 4,6,9,11 *").next(at(2026, 1, 1)), std::nullopt);
    EXPECT_EQ(rule("0 0 L-30 2 *").next(at(2026, 1, 1)), std::nullopt);
    EXPECT_EQ(rule("0 0 * 2 MON#5").next(at(2026, 1, 1)), at(2044, 2, 29)) << "rare is not never";
}

TEST(Cron, KnowsItsShortForms) {
    EXPECT_EQ(rule("@hourly").next(at(2026, 1, 1, 5, 1)), at(2026, 1, 1, 6));
    EXPECT_EQ(rule("@weekly").next(at(2026, 1, 1)), at(2026, 1, 4));
    EXPECT_EQ(rule("@yearly").next(at(2026, 1, 2)), rule("@annually").next(at(2026, 1, 2)));
    EXPECT_EQ(rule("  @daily ").next(at(2026, 1, 1, 1)), at(2026, 1, 2));
    EXPECT_EQ(rule("@monthly").next(at(2026, 1, 2)), at(2026, 2, 1));
}

struct Wrong {
    const char* text;
    const char* where;
};

TEST(Cron, TellsWhereARuleIsWrong) {
    const std::vector<Wrong> all{{"", "column 1"},
                                 {"* * * *", "column 8"},
                                 {"* * * * * * *", "column 13"},
                                 {"60 * * * *", "column 1"},
                                 {"* 24 * * *", "column 3"},
                                 {"* * 0 * *", "column 5"},
                                 {"* * * 13 *", "column 7"},
                                 {"* * * JAM *", "column 7"},
                                 {"* * * * 8", "column 9"},
                                 {"1,,2 * * * *", "column 3"},
                                 {"1-2-3 * * * *", "column 4"},
                                 {"*/0 * * * *", "column 3"},
                                 {"*/ * * * *", "column 3"},
                                 {"30-10 * * * *", "column 1"},
                                 {"? * * * *", "column 1"},
                                 {"* * L-31 * *", "column 7"},
                                 {"* * 15W * *", "column 7"},
                                 {"* * * * L", "column 9"},
                                 {"* * * * MON#6", "column 13"},
                                 {"* * * * MON#", "column 13"},
                                 {"-1 * * * *", "column 1"},
                                 {"99999999999999999999 * * * *", "column 1"},
                                 {"@fortnightly", "column 1"}};
    for (const auto& [text, where] : all) {
        const auto parsed = CronRule::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, "schedule.cron") << text;
        EXPECT_EQ(parsed.error().where, where) << text << ": " << parsed.error().message;
    }
    EXPECT_FALSE(CronRule::parse(std::string(10'000, '*')));
}

TEST(Cron, DescribesItselfInWords) {
    const std::vector<std::pair<const char*, const char*>> all{
        {"30 2 * * *", "at 02:30 every day"},
        {"30 2 * * MON-FRI", "at 02:30 on Monday to Friday"},
        {"0 9,17 * * 6,0", "at 09:00 and 17:00 on Saturday and Sunday"},
        {"* * * * *", "every minute"},
        {"*/15 * * * *", "every 15 minutes"},
        {"@hourly", "every hour"},
        {"0 */6 * * *", "at 00:00, 06:00, 12:00 and 18:00 every day"},
        {"0 */2 * * *", "every 2 hours"},
        {"20 * * * *", "at minute 20 of every hour"},
        {"*/10 9-17 * * *", "every 10 minutes of the hours 09 to 17"},
        {"*/5 * * * * *", "every 5 seconds"},
        {"0 0 1,15 * *", "at 00:00 on the 1st and the 15th of the month"},
        {"0 0 L * *", "at 00:00 on the last day of the month"},
        {"0 8 * * MON#2", "at 08:00 on the month's second Monday"},
        {"0 8 * * FRIL", "at 08:00 on the month's last Friday"},
        {"0 0 13 * FRI", "at 00:00 on the 13th of the month, and on Friday"},
        {"0 0 1 1 *", "at 00:00 on the 1st of the month in January"},
        {"15 30 4 * JUN-AUG *", "at 04:30:15 every day in June to August"}};
    for (const auto& [text, words] : all) EXPECT_EQ(rule(text).describe(), words) << text;
}

}  // namespace
}  // namespace signalbox::triggers
