// Regular expressions of JSONata (those of JavaScript without flags but i and m), through PCRE2.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace signalbox::expr {

/// One match: where, and what its groups captured.
struct RegexMatch {
    std::size_t start = 0;  ///< byte offset
    std::size_t end = 0;
    std::vector<std::string_view> groups;  ///< capture groups from 1; data() is null for one that took no part
};

/// A text made ready for searches: valid UTF-8 of the same length, checked once. The text must outlive it.
class RegexSubject {
public:
    explicit RegexSubject(std::string_view text);
    [[nodiscard]] std::string_view text() const noexcept {
        return cleaned_.empty() ? text_ : std::string_view(cleaned_);
    }

private:
    std::string_view text_;
    std::string cleaned_;  ///< with '?' for every malformed byte; empty when the text is sound
};

/// A compiled pattern. Immutable; may be used from any thread. A search that would take too much work fails.
class Regex {
public:
    enum class Outcome { Match, NoMatch, Limit };
    /// The error is a sentence for people.
    [[nodiscard]] static tl::expected<std::shared_ptr<const Regex>, std::string> compile(std::string_view pattern,
                                                                                         std::string_view flags);
    ~Regex();
    Regex(const Regex&) = delete;
    Regex& operator=(const Regex&) = delete;
    /// The first match at or behind a byte offset. Groups point into the subject.
    [[nodiscard]] Outcome search(const RegexSubject& subject, std::size_t from, RegexMatch& match) const;
    Outcome search(RegexSubject&& subject, std::size_t from, RegexMatch& match) const = delete;

private:
    struct Code;
    explicit Regex(std::unique_ptr<Code> code);
    std::unique_ptr<Code> code_;
};

}  // namespace signalbox::expr
