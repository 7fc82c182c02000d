// What is in sight at a caret: the values that a name there would be looked up in, and the variables.
#pragma once

#include <string_view>
#include <vector>

#include "expr/completion_sample.h"

namespace signalbox::expr {

/// The tokens before a word, and what they mean for it.
class CompletionScope {
public:
    /// `before`: the text up to the word at the caret.
    CompletionScope(std::string_view before, const Value& sample, const NamedValues& variables);

    [[nodiscard]] bool inLiteral() const { return inLiteral_; }        ///< a string, comment, number: nothing to offer
    [[nodiscard]] bool afterOperand() const { return afterOperand_; }  ///< only an operator can follow
    [[nodiscard]] bool afterDot() const { return afterDot_; }
    [[nodiscard]] bool declares() const { return declares_; }            ///< a new name is being made up
    [[nodiscard]] bool takesFunction() const { return takesFunction_; }  ///< where a function is given, not called
    [[nodiscard]] const std::vector<Value>& contexts() const { return contexts_; }
    [[nodiscard]] const NamedValues& variables() const { return variables_; }  ///< nearest last

private:
    void resolve();
    void enter(std::size_t open);
    void enterLambda(std::size_t open);
    void enterTransform(std::size_t open);
    void bindAssignments(std::size_t first, std::size_t last);
    void bindMark(std::size_t mark);
    void bindParameters(std::size_t open, std::size_t call, std::string_view name, std::size_t argument);
    void select(std::size_t first, std::size_t last);
    [[nodiscard]] std::size_t operandStart(std::size_t last) const;
    [[nodiscard]] std::size_t chainStart(std::size_t last) const;
    [[nodiscard]] std::vector<Value> valuesOf(std::size_t first, std::size_t last);
    [[nodiscard]] std::vector<Value> firstArgument(std::size_t call, bool& piped);
    [[nodiscard]] bool is(std::size_t index, std::string_view text) const;
    [[nodiscard]] std::size_t argumentOf(std::size_t call, std::size_t last) const;
    [[nodiscard]] std::string_view calledName(std::size_t open) const;

    std::string text_;
    std::vector<ScannedToken> tokens_;  ///< without comments
    NamedValues variables_;
    std::vector<Value> contexts_;
    SampleEvaluator evaluator_;
    bool inLiteral_ = false;
    bool afterOperand_ = false;
    bool afterDot_ = false;
    bool declares_ = false;
    bool takesFunction_ = false;
};

}  // namespace signalbox::expr
