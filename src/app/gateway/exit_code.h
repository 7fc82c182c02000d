// What signalboxd's exit codes mean; they are part of its interface.
#pragma once

namespace signalbox::gatewayd {

enum ExitCode : int {
    kOk = 0,             ///< stopped as it was asked to, or did what it was asked for
    kInvalidConfig = 1,  ///< the configuration is not valid
    kUsage = 2,          ///< the command line is not valid
    kCannotOpen = 3,     ///< the workspace, its store, its users or the certificate cannot be opened
    kCannotListen = 4,   ///< the address cannot be listened on
    kStoppedAtOnce = 5,  ///< stopped without waiting for what was under way: asked twice, or the time was over
};

}  // namespace signalbox::gatewayd
