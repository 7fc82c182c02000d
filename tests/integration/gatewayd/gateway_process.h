// A signalboxd that a test has started.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/program.h"
#include "support/temporary_folder.h"

namespace signalbox::gatewayd::test {

using signalbox::test::TemporaryFolder;
using Environment = std::map<std::string, std::string>;

/// The process, of which standard error is the log.
class GatewayProcess : public signalbox::test::Program {
public:
    /// Nothing of the test's own SIGNALBOX_* environment comes along.
    explicit GatewayProcess(std::vector<std::string> arguments, const Environment& environment = {});

    /// Waits until the log holds the text (behind what an earlier call found); false when the process ends without it.
    [[nodiscard]] bool waitForLog(const std::string& text) { return waitForError(text); }
    /// Where it listens, as it says in its log; empty when it ends before.
    [[nodiscard]] std::string waitForAddress() { return waitForErrorWord("Serving address="); }
    [[nodiscard]] std::string log() { return err(); }
};

/// Of an address as waitForAddress() gives it; 0: there is none.
[[nodiscard]] std::uint16_t portNumberOf(const std::string& address);

}  // namespace signalbox::gatewayd::test
