#include "ui/actions/fuzzy.h"

#include <QChar>
#include <algorithm>
#include <array>

namespace signalbox::ui {

namespace {

constexpr std::size_t kMostLetters = 32;  ///< of a word typed; longer ones are cut
constexpr std::size_t kMostText = FuzzyText::kMost;
constexpr int kNone = -1'000'000;

constexpr int kLetter = 16;
constexpr int kWordStart = 24;
constexpr int kTextStart = 12;  ///< more, at the very beginning
constexpr int kConsecutive = 20;
constexpr int kSkipped = 1;       ///< cost of a letter of the text between two that match
constexpr int kMostSkipped = 12;  ///< a gap costs no more
constexpr int kFewerLetters = 8;  ///< up to this for a text that is hardly longer than what was typed

std::uint64_t bitOf(char16_t letter) {
    if (letter >= u'a' && letter <= u'z') return 1ULL << (letter - u'a');
    if (letter >= u'0' && letter <= u'9') return 1ULL << (26 + letter - u'0');
    return 1ULL << (36 + letter % 28);
}

/// What decides where a word begins.
enum class Sort : std::uint8_t { Separator, Small, Capital, Digit };

Sort sortOf(QChar letter) {
    const auto unit = letter.unicode();
    if (unit < 128) {
        if (unit >= u'a' && unit <= u'z') return Sort::Small;
        if (unit >= u'A' && unit <= u'Z') return Sort::Capital;
        return unit >= u'0' && unit <= u'9' ? Sort::Digit : Sort::Separator;
    }
    if (!letter.isLetterOrNumber()) return Sort::Separator;
    if (letter.isDigit()) return Sort::Digit;
    return letter.isUpper() ? Sort::Capital : Sort::Small;
}

bool beginsWord(Sort before, Sort now) {
    if (now == Sort::Separator) return false;
    return before == Sort::Separator || (now == Sort::Capital && before == Sort::Small) ||
           (now == Sort::Digit) != (before == Sort::Digit);
}

char16_t fold(QChar letter) {
    const auto unit = letter.unicode();
    if (unit < 128) return unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + 32) : unit;
    return letter.toCaseFolded().unicode();
}

int startBonus(const FuzzyText& text, std::size_t at) {
    if (at == 0) return kWordStart + kTextStart;
    return text.startsWord(at) ? kWordStart : 0;
}

/// The places that a letter of a word can have at all: not before the letters in front of it, nor behind those after
/// it.
struct Span {
    std::int16_t first = 0;
    std::int16_t last = 0;
};

/// False when the word is no subsequence of the text.
bool findSpans(std::u16string_view word, std::u16string_view text, std::array<Span, kMostLetters>& spans) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < word.size(); ++i, ++at) {
        at = text.find(word[i], at);
        if (at == std::u16string_view::npos) return false;
        spans[i].first = static_cast<std::int16_t>(at);
    }
    at = text.size();
    for (std::size_t i = word.size(); i-- > 0;) {
        at = text.rfind(word[i], at - 1);
        spans[i].last = static_cast<std::int16_t>(at);
    }
    return true;
}

using Places = std::array<std::int16_t, kMostText>;
using Steps = std::vector<Places>;

/// Where the word lies best. Row by row over its letters: here[j] is the best score with this letter at j.
class Table {
public:
    Table(std::u16string_view word, const FuzzyText& text, const std::array<Span, kMostLetters>& spans)
        : word_(word), text_(text), spans_(spans) {}

    /// The score, and in `last` the place of the last letter. `steps`, when asked for: from where each place came.
    int fill(Steps* steps, std::size_t* last) {
        for (std::size_t i = 0; i < word_.size(); ++i) {
            if (steps) steps->emplace_back();
            i == 0 ? fillFirst() : fillRow(i, steps ? &steps->back() : nullptr);
        }
        const auto& row = rows_[(word_.size() - 1) % 2];
        const auto span = spans_[word_.size() - 1];
        const auto* best =
            std::max_element(&row[static_cast<std::size_t>(span.first)], &row[static_cast<std::size_t>(span.last)] + 1);
        if (last) *last = static_cast<std::size_t>(best - row.data());
        return *best;
    }

private:
    void fillFirst() {
        for (int j = spans_[0].first; j <= spans_[0].last; ++j) {
            const auto at = static_cast<std::size_t>(j);
            rows_[0][at] =
                text_.folded[at] == word_[0] ? kLetter + startBonus(text_, at) - std::min(j, kMostSkipped) : kNone;
        }
    }

    void fillRow(std::size_t i, Places* steps) {
        auto& here = rows_[i % 2];
        const auto& before = rows_[(i + 1) % 2];
        const Span from = spans_[i - 1];
        const auto scoreBefore = [&](int j) {
            return j < from.first || j > from.last ? kNone : before[static_cast<std::size_t>(j)];
        };
        int carried = kNone;  // the best of the row before with a gap behind it, and its cost so far
        int carriedFrom = from.first;
        for (int j = from.first + 1; j <= spans_[i].last; ++j) {
            const int far = scoreBefore(j - 2) - kSkipped;
            carried = std::max(carried - kSkipped, scoreBefore(carriedFrom) - kMostSkipped);
            if (far >= carried) carried = far, carriedFrom = j - 2;
            if (j < spans_[i].first) continue;
            const auto at = static_cast<std::size_t>(j);
            if (text_.folded[at] != word_[i]) {
                here[at] = kNone;
                continue;
            }
            const int near = scoreBefore(j - 1) + kConsecutive;
            here[at] = std::max(near, carried) + kLetter + startBonus(text_, at);
            if (steps) (*steps)[at] = static_cast<std::int16_t>(near >= carried ? j - 1 : carriedFrom);
        }
    }

    std::u16string_view word_;
    const FuzzyText& text_;
    const std::array<Span, kMostLetters>& spans_;
    std::array<std::array<int, kMostText>, 2> rows_;
};

}  // namespace

FuzzyText::FuzzyText(QStringView text) {
    text = text.left(static_cast<qsizetype>(kMost));
    folded.resize(static_cast<std::size_t>(text.size()));
    auto before = Sort::Separator;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const auto letter = text[static_cast<qsizetype>(i)];
        folded[i] = fold(letter);
        letters |= bitOf(folded[i]);
        const auto now = sortOf(letter);
        if (beginsWord(before, now)) wordStarts[i / 64] |= 1ULL << (i % 64);
        before = now;
    }
}

FuzzyQuery::FuzzyQuery(QStringView query) {
    for (const auto part : query.split(u' ', Qt::SkipEmptyParts)) {
        Word word;
        for (const auto letter : part.left(static_cast<qsizetype>(kMostLetters))) {
            word.letters.push_back(fold(letter));
            word.mask |= bitOf(word.letters.back());
        }
        words_.push_back(std::move(word));
    }
}

int FuzzyQuery::score(const FuzzyText& text) const {
    if (words_.empty()) return 0;
    std::array<Span, kMostLetters> spans;
    int sum = 0;
    std::size_t typed = 0;
    for (const auto& word : words_) {
        if ((word.mask & ~text.letters) != 0 || !findSpans(word.letters, text.folded, spans)) return -1;
        sum += Table(word.letters, text, spans).fill(nullptr, nullptr);
        typed += word.letters.size();
    }
    const auto rest =
        static_cast<int>(std::min<std::size_t>(text.folded.size() - std::min(typed, text.folded.size()), 64));
    return std::max(0, sum + kFewerLetters - rest / 8);
}

bool FuzzyQuery::startsWordsOf(const FuzzyText& text) const {
    return std::all_of(words_.begin(), words_.end(), [&text](const Word& word) {
        if ((word.mask & ~text.letters) != 0) return false;
        for (auto at = text.folded.find(word.letters); at != std::u16string::npos;
             at = text.folded.find(word.letters, at + 1)) {
            if (text.startsWord(at)) return true;
        }
        return false;
    });
}

QList<int> FuzzyQuery::places(const FuzzyText& text) const {
    QList<int> found;
    std::array<Span, kMostLetters> spans;
    for (const auto& word : words_) {
        if (!findSpans(word.letters, text.folded, spans)) return {};
        Steps steps;
        std::size_t at = 0;
        Table(word.letters, text, spans).fill(&steps, &at);
        for (std::size_t i = word.letters.size(); i-- > 0;) {
            found << static_cast<int>(at);
            if (i > 0) at = static_cast<std::size_t>(steps[i][at]);
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool FuzzyQuery::narrows(const FuzzyQuery& earlier) const {
    return std::all_of(earlier.words_.begin(), earlier.words_.end(), [this](const Word& old) {
        return std::any_of(words_.begin(), words_.end(), [&old](const Word& word) {
            return word.letters.compare(0, old.letters.size(), old.letters) == 0;
        });
    });
}

}  // namespace signalbox::ui
