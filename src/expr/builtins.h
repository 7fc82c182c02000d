// The function library: one table, one function each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace signalbox::expr {

struct Call;
class Signature;

/// A function that every program sees. `run` gives false after an error, which the evaluator then holds.
struct Builtin {
    std::string_view name;
    std::string_view signature;
    std::uint8_t arity;  ///< how many arguments a higher-order function may give it
    bool (*run)(const Call& call);
};

/// The function of that name (without '$'), or null.
[[nodiscard]] const Builtin* findBuiltin(std::string_view name) noexcept;
[[nodiscard]] const Signature& signatureOf(const Builtin& builtin);

// One list a family; the table is made of them.
[[nodiscard]] std::span<const Builtin> stringBuiltins() noexcept;
[[nodiscard]] std::span<const Builtin> patternBuiltins() noexcept;
[[nodiscard]] std::span<const Builtin> encodingBuiltins() noexcept;
[[nodiscard]] std::span<const Builtin> numericBuiltins() noexcept;
[[nodiscard]] std::span<const Builtin> arrayBuiltins() noexcept;
[[nodiscard]] std::span<const Builtin> objectBuiltins() noexcept;
[[nodiscard]] std::span<const Builtin> higherOrderBuiltins() noexcept;
[[nodiscard]] std::span<const Builtin> dateTimeBuiltins() noexcept;

}  // namespace signalbox::expr
