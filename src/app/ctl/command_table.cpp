#include "app/ctl/command_table.h"

#include <iterator>

namespace signalbox::ctl {

namespace {

constexpr std::size_t kAny = 1'000'000;

OptionSpec input() { return {"input", "JSON|@FILE", "Inputs of the run, an object; @- reads standard input"}; }
OptionSpec watch() { return {"watch", "", "Print every step as it happens; with --json, every event"}; }
OptionSpec detach() { return {"detach", "", "Leave when the run waits; it goes on when it is approved or signalled"}; }

std::vector<CommandSpec> documentCommands() {
    return {
        {"validate", "FILE...", 1, kAny, "Check workflow documents and print what is wrong", "", {}},
        {"workflows", "[TEXT]", 0, 1, "List the workflows of the workspace, or those that match", "", {}},
        {"nodes", "[TYPE]", 0, 1, "List the node types, or show one with its ports and parameters", "", {}},
        {"eval",
         "EXPR",
         1,
         1,
         "Evaluate an expression and print its result",
         "An EXPR that begins with - goes behind --. An expression that selects nothing prints nothing.",
         {{"input", "FILE|JSON|-", "What it is evaluated on; - reads standard input"},
          {"var", "NAME=JSON", "A variable, $NAME in the expression; may be given several times", true},
          {"format", "", "Print the expression in its canonical layout instead of evaluating it"}}},
        {"demo",
         "[DIR]",
         0,
         1,
         "Make the demo workspace, or bring it up to date",
         "Files that you have edited are left alone.",
         {}},
    };
}

std::vector<CommandSpec> startCommands() {
    return {
        {"run",
         "FILE",
         1,
         1,
         "Run a workflow and print its outputs",
         "With --gateway, what is no file is the id of one of its workflows.\n"
         "Outputs go to standard output, everything else to standard error. Ctrl-C cancels the run; pressed again, it\n"
         "leaves the run to whoever takes it over.",
         {input(),
          watch(),
          detach(),
          {"idempotency-key", "KEY", "The same key finds the run that was started with it"},
          {"priority", "N", "Runs with more go first"}}},
        {"rerun",
         "RUN",
         1,
         1,
         "Run again, keeping the results that still hold",
         "Without --from or --failed everything runs again.",
         {{"from", "NODE", "This node and what depends on it"},
          {"failed", "", "Only what did not succeed"},
          input(),
          watch(),
          detach()}},
    };
}

std::vector<CommandSpec> runCommands() {
    return {
        {"runs",
         "",
         0,
         0,
         "List runs, the newest first",
         "",
         {{"failed", "", "Only failed runs"},
          {"status", "STATUS", "Only runs in this state"},
          {"workflow", "ID", "Only runs of this workflow"},
          {"limit", "N", "At most so many (20)"}}},
        {"show",
         "RUN",
         1,
         1,
         "Show a run: its state, nodes, result and errors",
         "",
         {{"journal", "", "Also every record of its journal"}}},
        {"signal",
         "RUN NAME",
         2,
         2,
         "Send a signal that a run waits for",
         "",
         {{"value", "JSON|@FILE", "What the signal carries"}, watch()}},
        {"approve",
         "RUN NODE",
         2,
         2,
         "Answer an approval that a run waits for",
         "",
         {{"reject", "", "Say no"}, {"comment", "TEXT", "Kept in the journal"}, watch()}},
        {"cancel",
         "RUN",
         1,
         1,
         "Cancel a run",
         "",
         {{"reason", "TEXT", "Kept in the journal"}, yesOption()},
         "cancels"},
        {"pause", "RUN", 1, 1, "Let a run start no more nodes", "", {}},
        {"resume", "RUN", 1, 1, "Let a paused run go on", "", {watch()}},
    };
}

}  // namespace

OptionSpec yesOption() { return {"yes", "", "Do not ask, also where the gateway is in production"}; }

const std::vector<OptionSpec>& commonOptions() {
    static const std::vector<OptionSpec> kOptions = {
        {"workspace", "DIR", "The folder of workflows, instead of the one that is found"},
        {"gateway", "NAME|URL", "Do it at this gateway, instead of here"},
        {"token-file", "FILE", "Its first line is the token for the gateway; - reads standard input"},
        {"pin", "FINGERPRINT", "Trust the gateway's certificate if it has this SHA-256 fingerprint, and no other"},
        {"allow-unencrypted", "", "Talk to a gateway without TLS, though others may listen in"},
        {"json", "", "Print JSON for machines"},
        {"verbose", "", "Log what happens inside to standard error"},
    };
    return kOptions;
}

const std::vector<CommandSpec>& commandSpecs() {
    static const std::vector<CommandSpec> kCommands = [] {
        std::vector<CommandSpec> all = startCommands();
        for (auto commands : {runCommands(), documentCommands(), accountCommands(), scheduleCommands()}) {
            std::move(commands.begin(), commands.end(), std::back_inserter(all));
        }
        return all;
    }();
    return kCommands;
}

}  // namespace signalbox::ctl
