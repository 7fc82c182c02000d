// One small document for each way of being wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::engine {

struct ValidateCase {
    std::string_view code;
    /// The document; the first '@' marks where the finding must point to and is taken out before reading.
    std::string_view text;
    std::string_view hint = {};  ///< part of the hint
    bool onlyWarning = false;
};

[[nodiscard]] const std::vector<ValidateCase>& formCases();     ///< members, ids, names
[[nodiscard]] const std::vector<ValidateCase>& nodeCases();     ///< types, parameters
[[nodiscard]] const std::vector<ValidateCase>& policyCases();   ///< sub-workflows, retries, timeouts, memos
[[nodiscard]] const std::vector<ValidateCase>& edgeCases();     ///< ends, ports, types, conditions
[[nodiscard]] const std::vector<ValidateCase>& graphCases();    ///< cycles, loops
[[nodiscard]] const std::vector<ValidateCase>& failureCases();  ///< error routes, compensation, extends

/// A case's text as it is read.
[[nodiscard]] std::string withoutMark(std::string_view text);

}  // namespace signalbox::engine
