// Function signatures such as <s-n?:s>: check and complete the arguments of a call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "expr/expression.h"
#include "expr/item.h"

namespace signalbox::expr {

/// A compiled signature. Immutable.
class Signature {
public:
    /// Error S0401, S0402 or S0403, position counted from the start of the signature.
    [[nodiscard]] static tl::expected<Signature, ExpressionError> parse(std::string_view text);
    /// Puts single values into arrays where arrays are wanted and fills in the context. On failure gives the code
    /// (T0410, T0411, T0412) and the number of the argument, from 1.
    struct Mismatch {
        std::string_view code;
        std::size_t argument = 0;
    };
    [[nodiscard]] tl::expected<void, Mismatch> apply(std::vector<Item>& arguments, const Item& context) const;
    [[nodiscard]] std::size_t parameterCount() const noexcept { return parameters_.size(); }

private:
    struct Parameter {
        std::string types;  ///< symbols it takes: a s n b l o f, m for a missing one
        char subtype = 0;   ///< of the items of an array
        bool array = false;
        bool optional = false;
        bool repeated = false;
        bool context = false;
    };
    [[nodiscard]] bool fitsAsItIs(const std::vector<Item>& arguments) const;
    [[nodiscard]] bool match(std::string_view symbols, std::size_t parameter, std::vector<std::size_t>& counts) const;
    [[nodiscard]] std::size_t mismatchedArgument(std::string_view symbols) const;
    [[nodiscard]] static tl::expected<Parameter, std::string_view> parseType(std::string_view text, std::size_t& at);
    std::vector<Parameter> parameters_;
};

}  // namespace signalbox::expr
