// The table of commands, and the way from what was typed to an exit code.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/help.h"

namespace signalbox::ctl {

namespace {

using Run = int (*)(const Arguments&, Output&);

constexpr std::size_t kAny = 1'000'000;

const std::vector<OptionSpec>& commonOptions() {
    static const std::vector<OptionSpec> kOptions = {
        {"workspace", "DIR", "The folder of workflows, instead of the one that is found"},
        {"json", "", "Print JSON for machines"},
        {"verbose", "", "Log what happens inside to standard error"},
    };
    return kOptions;
}

const OptionSpec kInput{"input", "JSON|@FILE", "Inputs of the run, an object; @- reads standard input"};
const OptionSpec kWatch{"watch", "", "Print every step as it happens; with --json, every event"};
const OptionSpec kDetach{"detach", "", "Leave when the run waits; it goes on when it is approved or signalled"};

const std::vector<CommandSpec>& commandSpecs() {
    static const std::vector<CommandSpec> kCommands = {
        {"validate", "FILE...", 1, kAny, "Check workflow documents and print what is wrong", "", {}},
        {"run", "FILE", 1, 1, "Run a workflow and print its outputs",
         "Outputs go to standard output, everything else to standard error. Ctrl-C cancels the run; pressed again, it\n"
         "leaves the run to whoever takes it over.",
         {kInput, kWatch, kDetach,
          {"idempotency-key", "KEY", "The same key finds the run that was started with it"},
          {"priority", "N", "Runs with more go first"}}},
        {"workflows", "[TEXT]", 0, 1, "List the workflows of the workspace, or those that match", "", {}},
        {"runs", "", 0, 0, "List runs, the newest first", "",
         {{"failed", "", "Only failed runs"},
          {"status", "STATUS", "Only runs in this state"},
          {"workflow", "ID", "Only runs of this workflow"},
          {"limit", "N", "At most so many (20)"}}},
        {"show", "RUN", 1, 1, "Show a run: its state, nodes, result and errors", "",
         {{"journal", "", "Also every record of its journal"}}},
        {"signal", "RUN NAME", 2, 2, "Send a signal that a run waits for", "",
         {{"value", "JSON|@FILE", "What the signal carries"}, kWatch}},
        {"approve", "RUN NODE", 2, 2, "Answer an approval that a run waits for", "",
         {{"reject", "", "Say no"}, {"comment", "TEXT", "Kept in the journal"}, kWatch}},
        {"cancel", "RUN", 1, 1, "Cancel a run", "", {{"reason", "TEXT", "Kept in the journal"}}},
        {"pause", "RUN", 1, 1, "Let a run start no more nodes", "", {}},
        {"resume", "RUN", 1, 1, "Let a paused run go on", "", {kWatch}},
        {"rerun", "RUN", 1, 1, "Run again, keeping the results that still hold",
         "Without --from or --failed everything runs again.",
         {{"from", "NODE", "This node and what depends on it"},
          {"failed", "", "Only what did not succeed"},
          kInput, kWatch, kDetach}},
        {"nodes", "[TYPE]", 0, 1, "List the node types, or show one with its ports and parameters", "", {}},
        {"demo", "[DIR]", 0, 1, "Make the demo workspace, or bring it up to date",
         "Files that you have edited are left alone.", {}},
    };
    return kCommands;
}

struct Entry {
    std::string_view name;
    Run run;
};
constexpr std::array<Entry, 13> kFunctions = {{
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
