// What each command of the command line does.
#pragma once

#include "app/ctl/arguments.h"
#include "app/ctl/report.h"

namespace signalbox::ctl {

// Each runs to its end and gives the program's exit code (exit_code.h).

// Documents and node types (commands_documents.cpp).
[[nodiscard]] int validateCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int workflowsCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int demoCommand(const Arguments& arguments, Output& output);

// Node types (commands_nodes.cpp).
[[nodiscard]] int nodesCommand(const Arguments& arguments, Output& output);

// Expressions (commands_eval.cpp).
[[nodiscard]] int evalCommand(const Arguments& arguments, Output& output);

// Looking at runs (commands_runs.cpp).
[[nodiscard]] int runsCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int showCommand(const Arguments& arguments, Output& output);

// Starting runs (commands_start.cpp).
[[nodiscard]] int runCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int rerunCommand(const Arguments& arguments, Output& output);

// Acting on runs (commands_control.cpp).
[[nodiscard]] int signalCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int approveCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int cancelCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int pauseCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int resumeCommand(const Arguments& arguments, Output& output);

// Who one is at a gateway (commands_account.cpp).
[[nodiscard]] int loginCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int logoutCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int whoamiCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int setupCommand(const Arguments& arguments, Output& output);

// Users and keys of a gateway (commands_users.cpp).
[[nodiscard]] int usersCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int addUserCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int keysCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int createKeyCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int revokeKeyCommand(const Arguments& arguments, Output& output);

// Schedules of a gateway (commands_schedules.cpp).
[[nodiscard]] int schedulesCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int addScheduleCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int pauseScheduleCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int resumeScheduleCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int triggerScheduleCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int backfillScheduleCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int previewScheduleCommand(const Arguments& arguments, Output& output);
[[nodiscard]] int removeScheduleCommand(const Arguments& arguments, Output& output);

/// The whole command line: parses, runs, and gives the exit code.
[[nodiscard]] int runCommandLine(const std::vector<std::string>& typed);

}  // namespace signalbox::ctl
