// How results, errors and findings are written.
#pragma once

#include <string>
#include <vector>

#include "app/ctl/exit_code.h"
#include "app/ctl/terminal.h"
#include "base/result.h"
#include "protocol/dto.h"

namespace signalbox::ctl {

/// Where a command writes: results to standard output, everything about getting there to standard error.
struct Output {
    Terminal out{stdout};
    Terminal err{stderr};
    bool json = false;

    /// One JSON text, on several lines for people or, with --json, on one.
    void value(const Value& value);
    /// Says what went wrong, as JSON on standard output with --json. Gives the exit code that goes with it.
    ExitCode error(const Error& error);
};

/// "file:line:col: error: message [code]" and, under it, the hint.
void printFinding(Terminal& out, const std::string& file, const protocol::FindingDto& finding);
/// "error: message [code]" with place and hint.
void printError(Terminal& out, const Error& error);

}  // namespace signalbox::ctl
