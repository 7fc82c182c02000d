// A small likeness of an input, and what parts of an expression select from it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "expr/completion.h"
#include "expr/syntax_scan.h"

namespace signalbox::expr {

/// The same value with only the first items of its arrays, so that any expression over it is quick.
[[nodiscard]] Value likenessOf(const Value& value);
/// The items of an array, or the value itself; only the first few.
void appendItems(std::vector<Value>& out, const Value& value);

/// Evaluates pieces of a text that need not parse as a whole. Bounded: after some pieces it gives nothing.
class SampleEvaluator {
public:
    SampleEvaluator(std::string_view text, const std::vector<ScannedToken>& tokens, Value root)
        : text_(text), tokens_(tokens), root_(std::move(root)) {}

    /// What the tokens [first, last) select from each of the contexts. Where predicates leave nothing of a sample,
    /// they are left out.
    [[nodiscard]] std::vector<Value> values(std::size_t first, std::size_t last, const std::vector<Value>& contexts,
                                            const NamedValues& variables);
    [[nodiscard]] const Value& root() const { return root_; }

private:
    [[nodiscard]] bool isPlain(std::size_t first, std::size_t last) const;
    [[nodiscard]] std::vector<Value> walk(std::size_t first, std::size_t last, const std::vector<Value>& contexts,
                                          const NamedValues& variables) const;
    [[nodiscard]] std::vector<Value> start(std::string_view variable, const std::vector<Value>& contexts,
                                           const NamedValues& variables) const;

    std::string_view text_;
    const std::vector<ScannedToken>& tokens_;
    Value root_;
    int left_ = 24;  ///< evaluations
};

}  // namespace signalbox::expr
