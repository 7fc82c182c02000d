#include "app/ctl/command_table.h"

namespace signalbox::ctl {

namespace {

OptionSpec passwordFile() {
    return {"password-file", "FILE", "Its first line is the password; - reads standard input"};
}

}  // namespace

std::vector<CommandSpec> accountCommands() {
    return {
        {"login",
         "[LOGIN]",
         0,
         1,
         "Sign in at a gateway and keep the token",
         "The gateway is put into the list of gateways, which the console shares. The password is asked for.",
         {passwordFile(),
          {"name", "NAME", "What the gateway is called in the list"},
          {"environment", "WORD", "What depends on it: production, staging or development"}}},
        {"logout", "", 0, 0, "End the session at a gateway and forget its token", "", {}},
        {"whoami", "", 0, 0, "Show who one is at a gateway, and what one may do", "", {}},
        {"setup",
         "LOGIN",
         1,
         1,
         "Make the first administrator of a new gateway, and sign in",
         "A gateway without users writes a token into a file, and says in its log where that is. Token and password "
         "are\n"
         "asked for unless files give them.",
         {{"setup-token", "FILE", "The file with the gateway's one-time token; - reads standard input"},
          passwordFile(),
          {"name", "NAME", "What the administrator is called"}}},
        {"users", "[TEXT]", 0, 1, "List the users of a gateway, or those that match", "", {}},
        {"users add",
         "LOGIN",
         1,
         1,
         "Add a user to a gateway",
         "",
         {{"name", "NAME", "What the user is called"},
          {"role", "ROLE", "viewer, operator, designer or administrator; may be given several times", true},
          passwordFile()}},
        {"keys", "", 0, 0, "List one's own API keys at a gateway", "", {}},
        {"keys create",
         "NAME",
         1,
         1,
         "Make an API key for a program and print its secret, this once",
         "",
         {{"scope", "PERMISSION", "What it may do, \"run:start\" or \"run:*\"; may be given several times", true},
          {"expires", "DURATION", "From now on: 30d; without it the key does not expire"}}},
        {"keys revoke", "ID", 1, 1, "Take one of one's own API keys back", "", {yesOption()}, "takes back"},
    };
}

std::vector<CommandSpec> scheduleCommands() {
    return {
        {"schedules", "[WORKFLOW]", 0, 1, "List the schedules of a gateway, or those of a workflow", "", {}},
        {"schedules add",
         "NAME WORKFLOW CRON",
         3,
         3,
         "Add a schedule to a gateway",
         "CRON has five fields, or six with seconds first, or is a word like @hourly.",
         {{"time-zone", "ZONE", "In which the rule is read: Europe/Berlin (UTC)"},
          {"input", "JSON|@FILE", "Inputs of the runs, an object"},
          {"overlap", "POLICY",
           "When the run before has not ended: skip, buffer-one, buffer-all, cancel-other, terminate-other, allow-all"},
          {"catch-up", "DURATION", "How late a start may be (1m)"},
          {"jitter", "DURATION", "Starts are put off by up to so much"},
          {"paused", "", "It starts nothing until it is resumed"}}},
        {"schedules pause", "ID", 1, 1, "Let a schedule start nothing", "", {{"note", "TEXT", "Why, for others"}}},
        {"schedules resume", "ID", 1, 1, "Let a paused schedule go on", "", {}},
        {"schedules trigger", "ID", 1, 1, "Start a schedule's workflow at once, by its overlap policy", "", {}},
        {"schedules backfill",
         "ID FROM TO",
         3,
         3,
         "Start runs for the times of a schedule that have passed",
         "FROM and TO are times like 2026-03-01T00:00:00Z.",
         {{"overlap", "POLICY", "As of \"schedules add\" (buffer-all)"}, yesOption()},
         "starts the past runs of"},
        {"schedules preview",
         "CRON",
         1,
         1,
         "Show when a rule would start runs",
         "",
         {{"time-zone", "ZONE", "In which the rule is read (UTC)"}, {"count", "N", "So many times (10)"}}},
        {"schedules remove", "ID", 1, 1, "Remove a schedule", "", {yesOption()}, "removes"},
    };
}

}  // namespace signalbox::ctl
