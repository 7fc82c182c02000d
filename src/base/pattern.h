// Regular expressions from outside (schemas, expressions, filters), matched with limits so that none can hang or crash.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox {

/// A compiled regular expression in the spirit of ECMAScript, by PCRE2. Immutable, cheap to copy, thread-safe.
class Pattern {
public:
    enum class Match : std::uint8_t { No, Yes, LimitReached };

    /// Error "pattern.syntax" with "offset N" in where.
    [[nodiscard]] static Result<Pattern> compile(std::string_view text);
    /// Whether it occurs anywhere in the text. Bounded in steps and memory: LimitReached when it cannot be told.
    [[nodiscard]] Match search(std::string_view text) const;
    [[nodiscard]] const std::string& text() const noexcept;

private:
    struct Code;
    explicit Pattern(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
    std::shared_ptr<const Code> code_;
};

}  // namespace signalbox
