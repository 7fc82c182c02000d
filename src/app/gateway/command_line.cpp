#include "app/gateway/command_line.h"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "app/gateway/arguments.h"
#include "app/gateway/configuration.h"
#include "app/gateway/exit_code.h"
#include "app/gateway/reference.h"
#include "app/gateway/serve.h"

namespace signalbox::gatewayd {

namespace {

void print(std::FILE* to, const std::string& text) {
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), to));
    static_cast<void>(std::fflush(to));
}

int complain(const Error& error, int code) {
    print(stderr, fmt::format("signalboxd: {}\n", error.message));
    if (!error.hint.empty()) print(stderr, fmt::format("    {}\n", error.hint));
    return code;
}

std::size_t tellProblems(const Configuration& configuration) {
    std::size_t errors = 0;
    for (const ConfigProblem& problem : configuration.problems) {
        print(stderr, formatProblem(problem));
        if (problem.fatal) ++errors;
    }
    return errors;
}

int checkConfig(const Configuration& configuration, bool hasFile) {
    const std::size_t errors = tellProblems(configuration);
    if (errors == 0) {
        print(stdout, "The settings are valid.\n");
        return kOk;
    }
    print(stderr, fmt::format("{} error{}\n", errors, errors == 1 ? "" : "s"));
    if (!hasFile) print(stderr, "No file was read; --config FILE names one.\n");
    return kInvalidConfig;
}

/// Whatever else the environment holds, a file can be named there too.
void takeFileFromEnvironment(Arguments& arguments, const ConfigSources& sources) {
    const auto found = sources.environment.find("SIGNALBOX_CONFIG");
    if (arguments.configFile.empty() && found != sources.environment.end()) arguments.configFile = found->second;
}

}  // namespace

int runCommandLine(const std::vector<std::string>& typed,
                   const std::map<std::string, std::string, std::less<>>& environment) {
    auto arguments = parseArguments(typed);
    if (!arguments) return complain(arguments.error(), kUsage);
    ConfigSources sources;
    sources.environment = environment;
    takeFileFromEnvironment(*arguments, sources);
    sources.file = arguments->configFile;
    sources.flags = arguments->flags;
    switch (arguments->action) {
        case Action::Help:
            print(stdout, helpText());
            return kOk;
        case Action::Version:
            print(stdout, fmt::format("signalboxd {}\n", SIGNALBOX_VERSION));
            return kOk;
        case Action::PrintExample:
            print(stdout, exampleFile());
            return kOk;
        default:
            break;
    }
    const Configuration configuration = loadConfiguration(sources);
    if (arguments->action == Action::CheckConfig) return checkConfig(configuration, !sources.file.empty());
    if (arguments->action == Action::PrintConfig) {
        print(stdout, printConfiguration(configuration));
        return tellProblems(configuration) == 0 ? kOk : kInvalidConfig;
    }
    if (tellProblems(configuration) > 0) return kInvalidConfig;
    return serve(sources, configuration);
}

std::map<std::string, std::string, std::less<>> processEnvironment() {
    std::map<std::string, std::string, std::less<>> variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

}  // namespace signalbox::gatewayd
