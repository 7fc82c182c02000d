// Values given on the command line.
#pragma once

#include <string>

#include "base/result.h"
#include "base/value.h"

namespace signalbox::ctl {

/// JSON text, "@file" or "@-" for standard input. Errors: "json.*", "file.*".
[[nodiscard]] Result<Value> readValue(const std::string& typed);
/// As readValue; error "usage.input" when it is no object.
[[nodiscard]] Result<Value> readInputs(const std::string& typed);
/// A workflow document's text; "-" is standard input. Errors "file.*".
[[nodiscard]] Result<std::string> readDocument(const std::string& file);

}  // namespace signalbox::ctl
