// Matches of a text, from a regular expression or from a matcher function written in JSONata.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "expr/evaluator.h"
#include "expr/regex.h"

namespace signalbox::expr {

/// {match, start, end, groups} of a match, offsets in code units as JavaScript counts them.
[[nodiscard]] Ref<Record> describeMatch(const RegexMatch& match, std::string_view text);
/// An array of groups. Those that took no part in the match are Undefined, which a Value cannot hold.
[[nodiscard]] Item groupsItem(const std::vector<Value>& groups);

/// One match of whatever kind.
struct TextMatch {
    std::string text;
    std::size_t start = 0;  ///< byte offset
    std::size_t end = 0;
    std::size_t index = 0;  ///< where it starts, in UTF-16 code units
    std::vector<Value> groups;
    Item object;  ///< {match, start, end, groups} as a replacement function gets it
};

/// Goes through the matches of a text from left to right. Call and text must outlive it.
class Matcher {
public:
    Matcher(const Call& call, Item pattern, const Value& text)
        : call_(call), function_(std::move(pattern)), text_(text), subject_(text.asString()) {}
    enum class Step { Match, End, Failed };
    [[nodiscard]] Step next(TextMatch& match);

private:
    Step nextOfRegex(const Regex& regex, TextMatch& match);
    Step nextOfFunction(TextMatch& match);
    const Call& call_;
    Item function_;  ///< a regex, or what gives the next match: called with the text the first time
    const Value& text_;
    RegexSubject subject_;
    std::size_t from_ = 0;
    std::size_t fromUnits_ = 0;  ///< from_ in UTF-16 code units
    bool started_ = false;
};

}  // namespace signalbox::expr
