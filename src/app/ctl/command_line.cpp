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
constexpr std::array kFunctions = {
    Entry{"validate", validateCommand},
    Entry{"run", runCommand},
    Entry{"workflows", workflowsCommand},
    Entry{"runs", runsCommand},
    Entry{"show", showCommand},
    Entry{"signal", signalCommand},
    Entry{"approve", approveCommand},
    Entry{"cancel", cancelCommand},
    Entry{"pause", pauseCommand},
    Entry{"resume", resumeCommand},
    Entry{"rerun", rerunCommand},
    Entry{"nodes", nodesCommand},
    Entry{"eval", evalCommand},
    Entry{"demo", demoCommand},
    Entry{"login", loginCommand},
    Entry{"logout", logoutCommand},
    Entry{"whoami", whoamiCommand},
    Entry{"setup", setupCommand},
    Entry{"users", usersCommand},
    Entry{"users add", addUserCommand},
    Entry{"keys", keysCommand},
    Entry{"keys create", createKeyCommand},
    Entry{"keys revoke", revokeKeyCommand},
    Entry{"schedules", schedulesCommand},
    Entry{"schedules add", addScheduleCommand},
    Entry{"schedules pause", pauseScheduleCommand},
    Entry{"schedules resume", resumeScheduleCommand},
    Entry{"schedules trigger", triggerScheduleCommand},
    Entry{"schedules backfill", backfillScheduleCommand},
    Entry{"schedules preview", previewScheduleCommand},
    Entry{"schedules remove", removeScheduleCommand},
};

constexpr std::array<std::string_view, 2> kDoneHere = {"eval", "demo"};

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
        output.out.write(arguments->command != nullptr
                             ? commandHelp(*arguments->command, commonOptions(), commandSpecs())
                             : generalHelp(commandSpecs(), commonOptions()));
        return kOk;
    }
    output.json = arguments->has("json");
    const std::string_view name = arguments->command->name;
    if (arguments->has("gateway") && std::find(kDoneHere.begin(), kDoneHere.end(), name) != kDoneHere.end()) {
        return output.error({"usage.option",
                             fmt::format("\"{}\" needs no gateway: it is done here", name),
                             {},
                             "Leave --gateway out",
                             false});
    }
    const auto entry =
        std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Entry& e) { return e.name == name; });
    return entry->run(*arguments, output);
}

}  // namespace signalbox::ctl
