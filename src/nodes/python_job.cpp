#include "nodes/python_job.h"

#include <csignal>
#include <cstring>

#include <fmt/format.h>
#include <sys/wait.h>

#include "base/json.h"

namespace signalbox::nodes {
namespace {

tl::unexpected<Error> crashed(int waitStatus, const PythonLimits& limits) {
    if (WIFSIGNALED(waitStatus)) {
        const int number = WTERMSIG(waitStatus);
        if (number == SIGXCPU) {
            return fail("python.timeout", fmt::format("The code used more than {} s of CPU time", limits.cpuSeconds),
                        {}, "Raise the CPU time, or split the work with a MapNode.");
        }
        return fail("python.crashed",
                    fmt::format("The Python process was ended by signal {} ({})", number, ::strsignal(number)), {}, {},
                    true);
    }
    return fail(
        "python.crashed",
        fmt::format("The Python process ended with exit code {} before it gave a result", WEXITSTATUS(waitStatus)), {},
        {}, true);
}

tl::unexpected<Error> codeError(const Value& told) {
    Error error;
    error.code = told["code"].asString();
    error.message = told["message"].asString();
    if (told["line"].isInteger()) error.where = fmt::format("line {}", told["line"].asInteger());
    error.hint = told["trace"].asString();
    if (error.code == "python.memory") {
        error.message = error.message.empty() || error.message == "MemoryError"
                            ? "The code used more memory than it is allowed"
                            : error.message;
    }
    return fail(std::move(error));
}

}  // namespace

std::string pythonJobText(std::string_view code, const Value& inputs, const Value& params, int iteration) {
    return writeJson(Value::object({{"code", code}, {"inputs", inputs}, {"params", params}, {"iteration", iteration}}));
}

Result<Value> pythonOutcome(int waitStatus, std::string_view outcome, const PythonLimits& limits) {
    if (!WIFEXITED(waitStatus) || WEXITSTATUS(waitStatus) != 0 || outcome.empty()) return crashed(waitStatus, limits);
    auto told = parseJson(outcome, true);
    if (!told) {
        return fail("python.result", "The result cannot be read: " + told.error().message, {},
                    "Keys of dictionaries must be different texts, and nesting is limited.");
    }
    if (const Value* result = told->find("result")) return *result;
    if (!(*told)["code"].isString()) return crashed(waitStatus, limits);
    return codeError(*told);
}

}  // namespace signalbox::nodes
