// JSONata expressions: compiled once, evaluated over Values any number of times, from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/value.h"

namespace signalbox::expr {

struct Program;

/// What one evaluation may use. Beyond any of them it ends with "expression.limit".
struct Limits {
    std::size_t maxDepth = 500;               ///< nested evaluations and nested results
    std::uint64_t maxSteps = 10'000'000;      ///< nodes evaluated; items and text made count too
    std::size_t maxOutputItems = 10'000'000;  ///< items of one array or result
    std::size_t maxTextBytes = 64U << 20U;    ///< bytes of one text
    Micros maxTime = 5'000'000;               ///< checked only with Environment::clock
};

/// All that an evaluation may see besides its input. There is no access to files, network or the host.
struct Environment {
    Micros wallNow = 0;            ///< for $now and $millis: given, so that a replay gives the same
    std::uint64_t randomSeed = 0;  ///< for $random and $shuffle
    std::vector<std::pair<std::string, Value>> variables;  ///< $name bindings, names without '$'
    Limits limits;
    const Clock* clock = nullptr;  ///< only for the time limit; must outlive the evaluation
};

/// An error in the terms of the JSONata documentation.
struct ExpressionError {
    std::string jsonataCode;           ///< "S0202", "T2001", "D3141", ...
    std::size_t position = 0;          ///< byte offset in the text of the token it is about
    std::string token;                 ///< that token or the function's name; may be empty
    std::string message;               ///< one sentence, without the code
    Value value = Value::undefined();  ///< the offending value where there is one
    bool limit = false;                ///< a limit was reached, the expression itself may be sound
};

/// A compiled expression. Immutable, cheap to copy, may be used from any number of threads at once.
class Expression {
public:
    /// Error "expression.syntax": message begins with the JSONata code ("S0202: ..."), where is "line L, column C".
    [[nodiscard]] static Result<Expression> compile(std::string_view text, std::size_t maxLength = 64 * 1024);
    [[nodiscard]] static tl::expected<Expression, ExpressionError> compileDetailed(std::string_view text,
                                                                                   std::size_t maxLength = 64 * 1024);

    /// The result, Undefined when the expression selects nothing. Functions in it are left out.
    /// Errors: "expression.evaluation" (message begins with the JSONata code, where is the place), "expression.limit".
    [[nodiscard]] Result<Value> evaluate(const Value& input, const Environment& environment = {}) const;
    [[nodiscard]] tl::expected<Value, ExpressionError> evaluateDetailed(const Value& input,
                                                                        const Environment& environment = {}) const;
    [[nodiscard]] const std::string& text() const;

private:
    explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
    std::shared_ptr<const Program> program_;
};

/// JSONata truthiness as $boolean does; Undefined is false.
[[nodiscard]] bool truthy(const Value& value);

/// The JSONata code of an error that compile() or evaluate() gave ("T2001"); empty for any other error.
[[nodiscard]] std::string jsonataCode(const Error& error);

}  // namespace signalbox::expr
