#include "app/ctl/exit_code.h"

namespace signalbox::ctl {

ExitCode exitCodeFor(const Error& error) {
    const std::string& code = error.code;
    if (code == "workflow.invalid" || code == "plan.invalid" || code.starts_with("document.")) return kInvalidDocument;
    if (code == "expression.syntax") return kInvalidDocument;
    if (code.starts_with("expression.")) return kRunFailed;
    if (code.ends_with(".not-found") || code.ends_with("-not-found")) return kNotFound;
    if (code.starts_with("usage.") || code.starts_with("json.") || code == "request.invalid" ||
        code == "run.ambiguous" || code == "gateway.address" || code == "gateway.fingerprint" ||
        code == "profiles.environment" || code.starts_with("run.input-") || code == "run.idempotency-key-empty") {
        return kUsage;
    }
    return kRefused;
}

}  // namespace signalbox::ctl
