// Fuzzy matching of names: every word typed must occur as a subsequence; starts of words count more.
#pragma once

#include <QList>
#include <QString>
#include <QStringView>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace signalbox::ui {

/// A text made ready to be searched: folded to lower case, with the places where words begin. What lies behind the
/// first kMost letters is not searched.
struct FuzzyText {
    static constexpr std::size_t kMost = 256;
    explicit FuzzyText(QStringView text);
    [[nodiscard]] bool startsWord(std::size_t at) const { return (wordStarts[at / 64] >> (at % 64) & 1U) != 0; }

    std::u16string folded;  ///< one unit for each unit of the text, so that places are those of the text
    std::array<std::uint64_t, kMost / 64>
        wordStarts{};           ///< after a space, a dot, a dash, or a capital after a small letter
    std::uint64_t letters = 0;  ///< a bit for each letter or digit that occurs, to refuse quickly
};

/// What is searched for, folded and cut into words. Kept while many texts are asked.
class FuzzyQuery {
public:
    explicit FuzzyQuery(QStringView query);

    [[nodiscard]] bool isEmpty() const { return words_.empty(); }
    /// Higher is better; negative: no match. An empty query matches everything with 0.
    ///
    /// The best way to lay the letters of a word into the text, found by going through both at once (as edit distances
    /// are): a letter that follows the one before, or begins a word, earns more; what is skipped costs a little.
    [[nodiscard]] int score(const FuzzyText& text) const;
    /// Stricter: each word typed begins a word of the text. For texts of many words, in which any letters can be found.
    [[nodiscard]] bool startsWordsOf(const FuzzyText& text) const;
    /// The places of the letters that score() counted, in order.
    [[nodiscard]] QList<int> places(const FuzzyText& text) const;
    /// Whether every text that matches this matches `earlier` too, so that only its matches need be looked at.
    [[nodiscard]] bool narrows(const FuzzyQuery& earlier) const;

private:
    struct Word {
        std::u16string letters;
        std::uint64_t mask = 0;
    };
    std::vector<Word> words_;
};

}  // namespace signalbox::ui
