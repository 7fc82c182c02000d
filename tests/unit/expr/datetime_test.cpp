// Dates, and what evaluations may not take from the machine: the time and chance.
#include <gtest/gtest.h>

#include "expr/calendar.h"
#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

TEST(Calendar, GoesBothWays) {
    for (std::int64_t days = -800'000; days < 800'000; days += 97) {
        const CivilTime time = civilTime(days * kMillisPerDay + 12'345);
        EXPECT_EQ(daysFromCivil(time.year, time.month, time.day), days);
        EXPECT_EQ(time.second, 12);
        EXPECT_EQ(time.milli, 345);
    }
    EXPECT_EQ(daysFromCivil(1970, 0, 1), 0);
    EXPECT_EQ(daysFromCivil(2000, 1, 29), 11016);
    EXPECT_EQ(daysFromCivil(1999, 12, 1), daysFromCivil(2000, 0, 1)) << "months may run over";
}

TEST(Calendar, WeeksAreThoseOfIso8601) {
    const auto component = [](std::int64_t year, int month, int day, char what) {
        return componentOf(civilTime(daysFromCivil(year, month - 1, day) * kMillisPerDay), what);
    };
    EXPECT_EQ(component(2016, 1, 3, 'W'), 53);
    EXPECT_EQ(component(2016, 1, 3, 'X'), 2015);
    EXPECT_EQ(component(2018, 12, 31, 'W'), 1);
    EXPECT_EQ(component(2018, 12, 31, 'X'), 2019);
    EXPECT_EQ(component(2024, 2, 29, 'F'), 4);
    EXPECT_EQ(component(2024, 12, 31, 'd'), 366);
}

TEST(Dates, AreWrittenByPictures) {
    EXPECT_EQ(evaluated("$fromMillis(1700000000123)"), R"("2023-11-14T22:13:20.123Z")");
    EXPECT_EQ(evaluated("$fromMillis(-1)"), R"("1969-12-31T23:59:59.999Z")");
    EXPECT_EQ(evaluated("$fromMillis(1700000000123, '[FNn], [D1o] [MNn] [Y], [h#1]:[m01][P]')"),
              R"("Tuesday, 14th November 2023, 10:13pm")");
    EXPECT_EQ(evaluated("$fromMillis(1700000000123, '[H01]:[m01] [Z]', '-0330')"), R"("18:43 -03:30")");
    EXPECT_EQ(evaluated("$fromMillis(0, '[MN,*-3] [[x]] [Y01]')"), R"("JAN [x] 70")");
    EXPECT_EQ(evaluated("$fromMillis(0, '[Q]')"), "D3132 at 11");
    EXPECT_EQ(evaluated("$fromMillis(1e300)"), "D1001 at 11");
}

TEST(Dates, AreReadBack) {
    EXPECT_EQ(evaluated("$toMillis('2023-11-14T22:13:20.123Z')"), "1700000000123");
    EXPECT_EQ(evaluated("$toMillis('2023-11-14T22:13:20+01:00')"), "1699996400000");
    EXPECT_EQ(evaluated("$toMillis('2023')"), "1672531200000");
    EXPECT_EQ(evaluated("$toMillis('yesterday')"), "D3110 at 9");
    EXPECT_EQ(evaluated("$toMillis('14 November 2023', '[D] [MNn] [Y]') ~> $fromMillis('[Y]-[M01]-[D01]')"),
              R"("2023-11-14")");
    EXPECT_EQ(evaluated("$toMillis('20231114', '[Y0001][M01][D01]') ~> $fromMillis('[d]')"), R"("318")");
    EXPECT_EQ(evaluated("$toMillis('11:05pm', '[h]:[m][P]') % 86400000"), "83100000");
    EXPECT_EQ(evaluated("$toMillis('no match', '[Y]')"), "nothing");
    EXPECT_EQ(evaluated("$toMillis('2023-99999999999999', '[Y]-[M]')"), "nothing") << "beyond all dates";
    EXPECT_EQ(evaluated("$toMillis('2023 20', '[Y] [s]')"), "D3136 at 9");
}

TEST(Environment, TimeAndChanceAreGiven) {
    Environment environment;
    environment.wallNow = 1'700'000'000'123'456;
    environment.randomSeed = 42;
    EXPECT_EQ(evaluated("[$millis(), $now(), $now('[Y]')]", "", environment),
              R"([1700000000123,"2023-11-14T22:13:20.123Z","2023"])");
    const std::string once = evaluated("[$random(), $random(), $shuffle([1..50])]", "", environment);
    EXPECT_EQ(evaluated("[$random(), $random(), $shuffle([1..50])]", "", environment), once);
    environment.randomSeed = 43;
    EXPECT_NE(evaluated("[$random(), $random(), $shuffle([1..50])]", "", environment), once);
    EXPECT_EQ(evaluated("$random() < 1 and $random() >= 0", "", environment), "true");
    EXPECT_EQ(evaluated("$sort($shuffle([1..50])) = [1..50]", "", environment), "true");
}

TEST(DateTime, LettersBetweenDigitsArePartOfThePictureOnly) {
    EXPECT_EQ(evaluated("$toMillis('1S2 70', '[Y0S0] [D]')").substr(0, 7),
              evaluated("$toMillis('12 70', '[Y00] [D]')").substr(0, 7));
    EXPECT_EQ(evaluated("$toMillis('1x2', '[Y0S0]')"), "nothing");
}

TEST(DateTime, FractionsBelongToSeconds) {
    EXPECT_EQ(evaluated("$toMillis('1212.00')").substr(0, 5), "D3110");
    EXPECT_EQ(evaluated("$toMillis('1970-01-01T00:00:01.5Z')"), "1500");
}

}  // namespace
}  // namespace signalbox::expr
