// What can be known of an expression without evaluating it on an input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "expr/expression.h"

namespace signalbox::expr {

/// A place of the input that the expression reads: "user.name", "orders[].price", "*", "**.id". "" is the whole input.
/// [] stands for the items of an array where the expression selects among them or maps over them.
struct PathRead {
    std::string path;
    std::size_t position = 0;  ///< byte offset of its first use
    bool operator==(const PathRead&) const = default;
};

/// Something that compiles but will hardly do what was meant.
struct Warning {
    std::string code;  ///< "expression.unknown-function", ".unknown-variable", ".argument-count", ".argument-type"
    std::size_t position = 0;
    std::size_t length = 0;
    std::string message;
    std::string suggestion;  ///< text to put in place of that range ("did you mean"); may be empty
};

struct Analysis {
    std::optional<ExpressionError> error;  ///< then all below is empty
    std::size_t errorLength = 0;           ///< bytes of the token the error is about; 0 at the end of the text
    std::vector<PathRead> paths;           ///< in order of first use, each once
    std::vector<std::string> variables;    ///< read but bound nowhere in the text, without '$'; sorted
    std::vector<std::string> functions;    ///< built-in functions used, without '$'; sorted
    std::vector<Warning> warnings;         ///< by position
    std::string resultType = "any";  ///< a word of port types: any null boolean integer number string object array<T>
    bool mayBeMissing = true;        ///< the result may be no value at all
    bool constant = false;           ///< reads no input, variable, time or chance
    Value folded = Value::undefined();  ///< of a constant whose evaluation succeeded within small limits
    bool usesTime = false;              ///< $now, $millis
    bool usesRandom = false;            ///< $random, $shuffle
    bool usesEval = false;              ///< $eval: paths, variables and functions may be incomplete
};

struct AnalysisOptions {
    /// The variables an evaluation will bring, without '$'. When given, reading any other one is a warning.
    std::optional<std::vector<std::string>> variables;
    bool fold = true;  ///< evaluate a constant
};

/// Never fails; meant to run at every key.
[[nodiscard]] Analysis analyse(std::string_view text, const AnalysisOptions& options = {});

}  // namespace signalbox::expr
