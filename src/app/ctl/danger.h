// What cannot be taken back at a gateway that others depend on: done only by who types the gateway's name.
#pragma once

#include <string>

#include "app/ctl/arguments.h"
#include "app/ctl/report.h"

namespace signalbox::ctl {

class Session;

/// Asks when the command is dangerous (CommandSpec::danger) and the gateway one of production, unless --yes is given.
/// `what` is the thing that it is done to: "run 0192", "nightly". Error "usage.confirmation": another name was typed,
/// or there is nobody to ask.
[[nodiscard]] Status confirmDanger(const Session& session, const Arguments& arguments, const std::string& what,
                                   Output& output);

}  // namespace signalbox::ctl
