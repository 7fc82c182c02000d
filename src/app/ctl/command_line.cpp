// From what was typed to an exit code.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/ctl/command_table.h"
#include "app/ctl/commands.h"
#include "app/ctl/help.h"

namespace signalbox::ctl {

namespace {

using Run = int (*)(const Arguments&, Output&);

struct Entry {
    std::string_view name;
    Run run;
};
constexpr std::array<Entry, 14> kFunctions = {{
    {"validate", validateCommand},
    {"run", runCommand},
    {"workflows", workflowsCommand},
    {"runs", runsCommand},
    {"show", showCommand},
    {"signal", signalCommand},
    {"approve", approveCommand},
    {"cancel", cancelCommand},
    {"pause", pauseCommand},
    {"resume", resumeCommand},
    {"rerun", rerunCommand},
    {"nodes", nodesCommand},
    {"eval", evalCommand},
    {"demo", demoCommand},
}};

}  // namespace

int runCommandLine(const std::vector<std::string>& typed) {
    Output output;
    output.json = std::find(typed.begin(), typed.end(), "--json") != typed.end();
    const auto arguments = parseArguments(commandSpecs(), commonOptions(), typed);
    if (!arguments) return output.error(arguments.error());
    if (arguments->wantsVersion) {
        output.out.line(fmt::format("signalboxctl {}", SIGNALBOX_VERSION));
        return kOk;
    }
    if (arguments->wantsHelp) {
        output.out.write(arguments->command != nullptr ? commandHelp(*arguments->command, commonOptions())
                                                       : generalHelp(commandSpecs(), commonOptions()));
        return kOk;
    }
    output.json = arguments->has("json");
    const auto entry = std::find_if(kFunctions.begin(), kFunctions.end(),
                                    [&](const Entry& e) { return e.name == arguments->command->name; });
    return entry->run(*arguments, output);
}

}  // namespace signalbox::ctl
