// Whatever is written as CSV is read back, for random tables.
#include <gtest/gtest.h>

#include "base/random.h"
#include "nodes/csv.h"

namespace signalbox::nodes {
namespace {

std::string randomText(SeededRandom& random) {
    constexpr std::string_view kLetters = "ab,;\"'\n\r \t|xé";
    std::string text;
    for (std::uint64_t length = random.below(8); length > 0; --length) {
        const std::size_t at = random.below(kLetters.size() - 2);
        text += kLetters[at];
    }
    return text;
}

TEST(CsvProperty, WhatIsWrittenIsReadBack) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        SCOPED_TRACE(seed);
        SeededRandom random(seed);
        const char delimiter = ",;|\t"[random.below(4)];
        const std::size_t width = 1 + random.below(5);
        std::vector<std::vector<std::string>> table(1 + random.below(6), std::vector<std::string>(width));
        std::string text;
        for (auto& row : table) {
            for (std::size_t i = 0; i < width; ++i) {
                row[i] = randomText(random);
                if (i > 0) text += delimiter;
                appendCsvField(text, row[i], delimiter, row[i].empty());
            }
            text += random.below(2) == 0 ? "\n" : "\r\n";
        }
        CsvCursor cursor(text, {.delimiter = delimiter});
        std::vector<CsvField> fields;
        for (const auto& row : table) {
            const auto more = cursor.next(fields);
            ASSERT_TRUE(more && *more) << text;
            ASSERT_EQ(fields.size(), width) << text;
            for (std::size_t i = 0; i < width; ++i) ASSERT_EQ(fields[i].text, row[i]) << text;
        }
        const auto more = cursor.next(fields);
        ASSERT_TRUE(more && !*more) << text;
    }
}

TEST(NumberFromText, TakesOnlyWhatLosesNothing) {
    EXPECT_EQ(numberFromText("0"), Value(0));
    EXPECT_EQ(numberFromText("-12"), Value(-12));
    EXPECT_EQ(numberFromText("0.5"), Value(0.5));
    EXPECT_EQ(numberFromText("1e3"), Value(1000));
    for (const char* text :
         {"", "-", "007", "+1", "1.", "1e", " 1", "1 ", "0x10", "inf", "nan", "1e999", "1,5", "9223372036854775808"}) {
        EXPECT_TRUE(numberFromText(text).isUndefined()) << text;
    }
}

}  // namespace
}  // namespace signalbox::nodes
