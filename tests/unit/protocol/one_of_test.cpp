#include "protocol/one_of.h"

#include <string>
#include <variant>

#include <gtest/gtest.h>

namespace signalbox::protocol {
namespace {

struct Word {
    std::string text;
};
struct Number {
    int value = 0;
};
struct Choice {
    using Types = boost::mp11::mp_list<Word, Number>;
};
using Either = OneOf<Choice>;

TEST(OneOf, KnowsWhichAlternativeItHolds) {
    const Either word(Word{"semaphore"});
    EXPECT_EQ(word.index(), 0U);
    EXPECT_TRUE(word.is<Word>());
    EXPECT_EQ(word.get<Number>(), nullptr);
    EXPECT_EQ(word.as<Word>().text, "semaphore");
    EXPECT_THROW((void)word.as<Number>(), std::bad_variant_access);
    EXPECT_EQ(Either(Number{7}).index(), 1U);
}

TEST(OneOf, CopiesStandAlone) {
    Either first(Word{"up"});
    Either second = first;
    second.get<Word>()->text = "down";
    EXPECT_EQ(first.as<Word>().text, "up");
    first = second;
    EXPECT_EQ(first.as<Word>().text, "down");
    first = *&first;
    EXPECT_EQ(first.as<Word>().text, "down");
    second = Number{3};
    EXPECT_EQ(second.as<Number>().value, 3);
}

TEST(OneOf, GivesItsValueAwayWhenItIsMoved) {
    Either word(Word{std::string(100, 'x')});
    const char* const letters = word.as<Word>().text.data();
    Either moved = std::move(word);
    const Word taken = std::move(moved).as<Word>();
    EXPECT_EQ(taken.text.data(), letters) << "nothing was copied";
}

TEST(OneOf, VisitsTheAlternativeItHolds) {
    struct Name {
        std::string operator()(const Word& word) const { return word.text; }
        std::string operator()(const Number& number) const { return std::to_string(number.value); }
    };
    EXPECT_EQ(Either(Word{"up"}).visit(Name{}), "up");
    EXPECT_EQ(Either(Number{4}).visit(Name{}), "4");
}

static_assert(!std::is_constructible_v<Either, std::string>, "only its alternatives");

}  // namespace
}  // namespace signalbox::protocol
