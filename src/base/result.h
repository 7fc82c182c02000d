// Errors as values. Every module of Signalbox returns Result<T>; exceptions stay inside third-party code.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace signalbox {

/// What went wrong, for a person and for a program.
struct Error {
    std::string code;        ///< stable, dotted, lower case: "http.timeout"; programs and retry rules match on it
    std::string message;     ///< one sentence: what happened
    std::string where;       ///< node, file or address it happened at; may be empty
    std::string hint;        ///< what to do next; may be empty
    bool retryable = false;  ///< whether the same call may succeed later

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// Builds the failed side of any Result: return fail("sql.locked", "The database is locked", path).
[[nodiscard]] inline tl::unexpected<Error> fail(std::string code, std::string message, std::string where = {},
                                                std::string hint = {}, bool retryable = false) {
    return tl::unexpected<Error>(
        Error{std::move(code), std::move(message), std::move(where), std::move(hint), retryable});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

/// Whether an error code matches a pattern: exact, or a prefix ending in ".*" ("http.*"), or "*".
[[nodiscard]] bool errorCodeMatches(std::string_view code, std::string_view pattern);

}  // namespace signalbox

// Returns the error of a Result expression from the enclosing function.
#define SIGNALBOX_CONCAT_INNER(a, b) a##b
#define SIGNALBOX_CONCAT(a, b) SIGNALBOX_CONCAT_INNER(a, b)
/// SIGNALBOX_TRY(auto text, readFile(path)): declares text or returns the error.
#define SIGNALBOX_TRY(declaration, expression)                                                    \
    auto SIGNALBOX_CONCAT(signalboxResult, __LINE__) = (expression);                              \
    if (!SIGNALBOX_CONCAT(signalboxResult, __LINE__))                                             \
        return ::signalbox::fail(std::move(SIGNALBOX_CONCAT(signalboxResult, __LINE__)).error()); \
    declaration = std::move(*SIGNALBOX_CONCAT(signalboxResult, __LINE__))
/// SIGNALBOX_CHECK(status): returns the error of a Status, otherwise goes on.
#define SIGNALBOX_CHECK(expression)                                                         \
    do {                                                                                    \
        auto signalboxStatus = (expression);                                                \
        if (!signalboxStatus) return ::signalbox::fail(std::move(signalboxStatus).error()); \
    } while (false)
