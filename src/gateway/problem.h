// Errors as problem details (RFC 9457), and which status each code has.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/value.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

/// The status that a code is answered with; nothing: the code is not known here.
[[nodiscard]] std::optional<unsigned> statusOfCode(std::string_view code);

struct CodeStatus {
    std::string_view code;
    unsigned status;
};
/// Codes that are known by themselves, sorted; others belong to a family ("json.*").
[[nodiscard]] std::span<const CodeStatus> knownCodes();
/// How families begin: "json.".
[[nodiscard]] std::span<const CodeStatus> codeFamilies();
/// What the reference describes a code under: the code, or "json.*".
[[nodiscard]] std::string documentedCode(std::string_view code);

/// Where a problem happened.
struct ProblemPlace {
    std::string_view requestId;     ///< empty: left out
    std::string_view instance;      ///< the path; empty: left out
    std::string_view pattern = {};  ///< of the route: what a part of the path says is not in the body
    bool takesToken = true;         ///< the route looks at who asks
    std::string_view into = {};     ///< the member of the request that the body is; empty: the body is the request
};

/// {type, title, status, detail, instance, code, where, hint, retryable, requestId}, and for what is wrong with the
/// request itself errors[{pointer, detail}]. `more` is an object whose members are added. With 401 the answer says how
/// to authenticate, with 429 and 503 when to come back.
[[nodiscard]] HttpResponse problemResponse(unsigned status, const Error& error, const ProblemPlace& place,
                                           const Value& more = Value::object());

inline constexpr const char* kProblemType = "application/problem+json";

}  // namespace signalbox::gateway
