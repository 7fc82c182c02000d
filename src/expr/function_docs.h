// What each built-in function is for: for completion, hints and hover help.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::expr {

struct FunctionDoc {
    std::string_view name;        ///< without '$'
    std::string_view parameters;  ///< "str, start, [length]": optional ones in brackets, "..." for any number more
    std::string_view result;      ///< a word of port types: "string", "array<any>"
    std::string_view help;        ///< one sentence
};

/// All of them, sorted by name.
[[nodiscard]] std::span<const FunctionDoc> functionDocs() noexcept;
/// By name, with or without '$'; null when there is none.
[[nodiscard]] const FunctionDoc* findFunctionDoc(std::string_view name) noexcept;
/// "$substring(str, start, [length])".
[[nodiscard]] std::string functionUsage(const FunctionDoc& doc);
/// "str", "start", "[length]".
[[nodiscard]] std::vector<std::string_view> functionParameters(const FunctionDoc& doc);

}  // namespace signalbox::expr
