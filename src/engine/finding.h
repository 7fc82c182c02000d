// What validation has to say about a workflow document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace signalbox::engine {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// One remark with a stable code ("document.unknown-port") and the place it speaks of.
struct Finding {
    std::string code;
    Severity severity = Severity::Error;
    std::string message;
    std::string hint;        ///< what to do, with "did you mean" where a name is near; may be empty
    std::string node;        ///< node id, if about a node
    std::string port;        ///< port name, if about a port
    std::string edge;        ///< "a.output -> b.input", if about an edge
    std::string pointer;     ///< RFC 6901 pointer into the document
    LineColumn place{0, 0};  ///< in the text it was read from; line 0 when unknown
    bool operator==(const Finding&) const = default;
};

[[nodiscard]] std::string_view severityName(Severity severity) noexcept;  ///< "info", "warning", "error"
[[nodiscard]] bool hasErrors(const std::vector<Finding>& findings) noexcept;

}  // namespace signalbox::engine
