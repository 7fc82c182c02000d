// What may be typed at a place of an expression: fields of the sample, functions, variables, words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"

namespace signalbox::expr {

enum class CompletionKind : std::uint8_t { Field, Variable, Function, Keyword };

struct Completion {
    CompletionKind kind = CompletionKind::Field;
    std::string label;     ///< as people read it: "price", "$sum", "$item"
    std::string insert;    ///< what replaces the range: "price", "`unit price`", "$sum("
    std::size_t from = 0;  ///< byte offsets of the range that `insert` replaces
    std::size_t to = 0;
    std::string type;    ///< of a field or variable: a word of port types; of a function: its result
    std::string detail;  ///< a short sample of the value, or how the function is called
    std::string help;    ///< one sentence, of functions
    int score = 0;       ///< higher is better; the list is sorted by it
};

using NamedValues = std::vector<std::pair<std::string, Value>>;

/// Candidates at a caret (a byte offset), best first. What has been typed of a word filters them: first what begins
/// with it, then what holds its letters in order. The sample may be Undefined. Bounded in time whatever the sample:
/// paths before the caret are evaluated on it under small limits. Works in texts that do not parse.
[[nodiscard]] std::vector<Completion> complete(std::string_view text, std::size_t offset, const Value& sample,
                                               const NamedValues& variables = {}, std::size_t maxCandidates = 200);

/// A field's name as an expression writes it: in backticks when it needs them.
[[nodiscard]] std::string quotedName(std::string_view name);

/// The word for a value's type as workflow ports name it: "integer", "array<object>". Of long arrays only the first
/// items are looked at.
[[nodiscard]] std::string typeWord(const Value& value, std::size_t maxItems = 2'000);

/// A value on one short line: strings in quotes, arrays and objects cut to their first parts.
[[nodiscard]] std::string shortSample(const Value& value, std::size_t maxLength = 40);

}  // namespace signalbox::expr
