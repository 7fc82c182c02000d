#include "triggers/occurrences.h"

#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/triggers/zone_oracle.h"

namespace signalbox::triggers {
namespace {

using test::ZoneOracle;

std::shared_ptr<const TimeZone> zone(std::string_view name) {
    auto loaded = TimeZone::load(name);
    EXPECT_TRUE(loaded) << name;
    return loaded ? *loaded : nullptr;
}

std::vector<std::string> nextLocals(const Occurrences& rule, Seconds after, int count) {
    std::vector<std::string> all;
    for (auto next = rule.next(after); next && count > 0; next = rule.next(*next), --count) {
        all.push_back(rule.zone().format(*next));
    }
    return all;
}

Seconds utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    const std::chrono::sys_days date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return date.time_since_epoch().count() * 86'400 + hour * 3600 + minute * 60;
}

using Texts = std::vector<std::string>;

TEST(Occurrences, RunAfterOrSkipATimeThatDoesNotExist) {
    const auto berlin = zone("Europe/Berlin");
    const Occurrences after(*CronRule::parse("30 2 * * *"), berlin, DstGap::RunAfter, DstRepeat::First);
    EXPECT_EQ(nextLocals(after, utc(2026, 3, 28, 12), 2),
              (Texts{"2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"}));
    const Occurrences skip(*CronRule::parse("30 2 * * *"), berlin, DstGap::Skip, DstRepeat::First);
    EXPECT_EQ(nextLocals(skip, utc(2026, 3, 28, 12), 1), (Texts{"2026-03-30T02:30:00+02:00"}));
    const Occurrences twice(*CronRule::parse("10,20,30 2,3 * * *"), berlin, DstGap::RunAfter, DstRepeat::First);
    EXPECT_EQ(nextLocals(twice, utc(2026, 3, 28, 12), 2),
              (Texts{"2026-03-29T03:00:00+02:00", "2026-03-29T03:10:00+02:00"}))
        << "all times in the gap are one";
}

TEST(Occurrences, TakeTheTimeThatComesTwiceAsTold) {
    const auto berlin = zone("Europe/Berlin");
    const auto times = [&](DstRepeat repeat) {
        const Occurrences rule(*CronRule::parse("30 2 * * *"), berlin, DstGap::RunAfter, repeat);
        return nextLocals(rule, utc(2026, 10, 24, 12), 2);
    };
    EXPECT_EQ(times(DstRepeat::First), (Texts{"2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"}));
    EXPECT_EQ(times(DstRepeat::Second), (Texts{"2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00"}));
    EXPECT_EQ(times(DstRepeat::Both), (Texts{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"}));
}

TEST(Occurrences, GoOnEvenlyWhenTheRuleIsForEveryHour) {
    const Occurrences rule(*CronRule::parse("*/30 * * * *"), zone("Europe/Berlin"), DstGap::RunAfter, DstRepeat::First);
    for (const Seconds start : {utc(2026, 3, 28, 20), utc(2026, 10, 24, 20)}) {
        Seconds expected = start;
        for (int i = 0; i < 40; ++i) {
            expected += 1800;
            ASSERT_EQ(rule.next(expected - 1), expected);
            ASSERT_EQ(rule.next(expected - 1800), expected);
        }
    }
}

TEST(Occurrences, KnowDaysThatWereLeftOut) {
    // Samoa went over the date line and had no December 30 in 2011.
    const Occurrences after(*CronRule::parse("0 9 * * *"), zone("Pacific/Apia"), DstGap::RunAfter, DstRepeat::First);
    EXPECT_EQ(nextLocals(after, utc(2011, 12, 29, 20), 3),
              (Texts{"2011-12-31T00:00:00+14:00", "2011-12-31T09:00:00+14:00", "2012-01-01T09:00:00+14:00"}));
}

TEST(Occurrences, EndWithTheYear9999AndWithDatesThatNeverCome) {
    const Occurrences never(*CronRule::parse("0 0 30 2 *"), zone("UTC"), DstGap::RunAfter, DstRepeat::First);
    EXPECT_EQ(never.next(0), std::nullopt);
    const Occurrences daily(*CronRule::parse("@daily"), zone("Europe/Berlin"), DstGap::RunAfter, DstRepeat::First);
    EXPECT_EQ(daily.next(INT64_MAX), std::nullopt);
    EXPECT_EQ(daily.next(253'402'300'799), std::nullopt);
    EXPECT_TRUE(daily.next(INT64_MIN));
    EXPECT_TRUE(daily.next(utc(2500, 6, 1))) << "by the rule at the end of the zone's file";
}

TEST(TimeZones, AgreeWithTheCLibrary) {
    for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
                             "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Europe/Dublin", "Asia/Tehran",
                             "Pacific/Kwajalein", "Antarctica/Troll", "Africa/Monrovia", "UTC", "Asia/Gaza"}) {
        const auto here = zone(name);
        const ZoneOracle oracle(name);
        for (Seconds at = utc(1880, 1, 1); at < utc(2120, 1, 1); at += 17 * 3600 + 11) {
            ASSERT_EQ(here->spanAt(at).offset, oracle.offsetAt(at)) << name << " at " << at;
        }
    }
}

TEST(TimeZones, NameTheNearestWhenOneIsUnknown) {
    const auto wrong = TimeZone::load("Europe/Berlim");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "time-zone.unknown");
    EXPECT_NE(wrong.error().hint.find("Europe/Berlin"), std::string::npos) << wrong.error().hint;
    for (const char* name : {"", "/etc/passwd", "../../etc/passwd", "Europe", "posix/../../../etc/passwd", "a b"}) {
        EXPECT_FALSE(TimeZone::load(name)) << name;
    }
    EXPECT_FALSE(TimeZone::parse("x", "TZif2 and nothing else"));
}

TEST(TimeZones, RefuseDamagedFilesWithoutReadingPastTheirEnd) {
    std::FILE* file = std::fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
    ASSERT_NE(file, nullptr);
    std::string content(100'000, '\0');
    content.resize(std::fread(content.data(), 1, content.size(), file));
    std::fclose(file);
    for (std::size_t size = 0; size < content.size(); size += 3) {
        static_cast<void>(TimeZone::parse("cut", content.substr(0, size)));
    }
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    for (int i = 0; i < 3000; ++i) {
        std::string damaged = content;
        for (int k = 0; k < 5; ++k) damaged[random() % damaged.size()] = static_cast<char>(random());
        if (auto parsed = TimeZone::parse("damaged", damaged)) {
            static_cast<void>((*parsed)->spanAt(static_cast<Seconds>(random()) * 4));
        }
    }
}

/// A rule of five fields that is neither too rare nor too frequent to tell something in two months.
std::string randomRule(std::mt19937& random) {
    const auto below = [&](unsigned bound) { return static_cast<unsigned>(random() % bound); };
    const std::vector<std::string> minutes{"0", "30", "*/20", "15,45", fmt::format("{}", below(60))};
    const std::vector<std::string> hours{"*", "1-3", "2", "0,2", "*/3", fmt::format("{}", below(24)), "23"};
    const std::vector<std::string> days{"*", "*", "*", "L", "1-7", fmt::format("{}", 1 + below(31))};
    const std::vector<std::string> weekdays{"*", "*", "SUN", "SUN#2", "0L", "MON-FRI"};
    return fmt::format("{} {} {} * {}", minutes[below(5)], hours[below(7)], days[below(6)], weekdays[below(6)]);
}

TEST(OccurrencesProperty, AgreeWithTryingEveryMinute) {
    const unsigned seed = std::random_device{}();
    fmt::print("seed {}\n", seed);
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    struct Place {
        const char* zone;
        Seconds around;  ///< a change of the clock
    };
    const std::vector<Place> places{{"Europe/Berlin", utc(2026, 3, 29)},      {"Europe/Berlin", utc(2026, 10, 25)},
                                    {"America/New_York", utc(2031, 3, 9)},    {"America/New_York", utc(2031, 11, 2)},
                                    {"Australia/Lord_Howe", utc(2026, 4, 5)}, {"Australia/Lord_Howe", utc(2026, 10, 4)},
                                    {"Pacific/Apia", utc(2011, 12, 30)},      {"Africa/Casablanca", utc(2026, 2, 15)},
                                    {"Africa/Casablanca", utc(2026, 3, 22)},  {"America/Sao_Paulo", utc(2018, 11, 4)},
                                    {"Asia/Tehran", utc(2022, 3, 22)},        {"Europe/Dublin", utc(2045, 10, 29)},
                                    {"Antarctica/Troll", utc(2027, 3, 28)},   {"Pacific/Kwajalein", utc(1993, 8, 21)},
                                    {"America/Godthab", utc(2024, 3, 31)},    {"Asia/Kathmandu", utc(1986, 1, 1)},
                                    {"Europe/Lisbon", utc(1996, 3, 31)},      {"Africa/Cairo", utc(2026, 4, 24)}};
    for (const auto& [name, around] : places) {
        const auto here = zone(name);
        const ZoneOracle oracle(name);
        for (int i = 0; i < 12; ++i) {
            const std::string text = randomRule(random);
            const auto gap = static_cast<DstGap>(random() % 2);
            const auto repeat = static_cast<DstRepeat>(random() % 3);
            const Occurrences rule(*CronRule::parse(text), here, gap, repeat);
            const Seconds from = around - 3 * 86'400 + static_cast<Seconds>(random() % 86'400);
            const Seconds until = from + 7 * 86'400;
            std::vector<Seconds> found;
            for (auto next = rule.next(from); next && *next <= until; next = rule.next(*next)) found.push_back(*next);
            ASSERT_EQ(found, oracle.due(rule.rule(), gap, repeat, from, until))
                << name << " \"" << text << "\" gap " << int(gap) << " repeat " << int(repeat) << " from " << from;
        }
    }
}

}  // namespace
}  // namespace signalbox::triggers
