// Patterns of JavaScript rewritten so that PCRE2 reads the same in them.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace signalbox::expr {

/// The pattern for PCRE2, to be compiled without any option that changes `.`, `^`, `$` or the classes. What JavaScript
/// (without its flags u and v) reads differently is spelled out: `\s` with the blanks of Unicode, the four line ends,
/// letters that escape only themselves, brackets within classes. What it does not know, such as atomic groups, inline
/// options and possessive quantifiers, is an error, a sentence for people.
[[nodiscard]] tl::expected<std::string, std::string> pcrePattern(std::string_view pattern, bool multiline);

}  // namespace signalbox::expr
