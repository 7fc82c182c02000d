#include "integration/ctl/ctl_process.h"

#include "base/json.h"

namespace signalbox::ctl::test {

namespace {

Value parsed(const std::string& text) {
    auto value = parseJson(text);
    return value ? *value : Value::undefined();
}

std::vector<std::string> commandOf(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), SIGNALBOX_BINARY_DIR "/bin/signalboxctl");
    return arguments;
}

}  // namespace

CtlProcess::CtlProcess(const Workspace& workspace, std::vector<std::string> arguments, const std::string& input)
    : Program({.command = commandOf(std::move(arguments)), .folder = workspace.path(), .input = input}) {}

Value CtlProcess::json() { return parsed(out()); }

Value Finished::json() const { return parsed(out); }

Finished ctl(const Workspace& workspace, std::vector<std::string> arguments, const std::string& input) {
    CtlProcess process(workspace, std::move(arguments), input);
    const int code = process.wait();
    return {code, process.out(), process.err()};
}

}  // namespace signalbox::ctl::test
