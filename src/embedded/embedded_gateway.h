// A gateway inside this process: what the console and the command line run on when they need no server.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/log.h"
#include "base/result.h"
#include "client/transport.h"

namespace signalbox::embedded {

struct EmbeddedOptions {
    enum class Mode : std::uint8_t {
        Full,       ///< runs workflows, and goes on with the runs that others left behind
        OwnRuns,    ///< runs what it is asked to, and takes over only runs it is asked about
        Documents,  ///< looks at documents; nothing runs, and nothing is written
    };
    std::filesystem::path workspace;
    Mode mode = Mode::Full;
    std::string version;      ///< of the program
    std::size_t threads = 0;  ///< of the engine; 0: one a core
    LogSink log;              ///< empty: nothing is logged
    LogLevel logLevel = LogLevel::Warning;
};

/// Owns store, engine and dispatcher of one workspace. Must outlive the transports it has made. Thread-safe.
class EmbeddedGateway {
public:
    /// Errors: "workspace.*", "store.*".
    [[nodiscard]] static Result<std::unique_ptr<EmbeddedGateway>> open(EmbeddedOptions options);
    EmbeddedGateway(const EmbeddedGateway&) = delete;
    EmbeddedGateway& operator=(const EmbeddedGateway&) = delete;
    ~EmbeddedGateway();

    /// As the local administrator.
    [[nodiscard]] std::unique_ptr<client::Transport> connect();
    /// What went wrong with something that it can do without; empty: nothing.
    [[nodiscard]] const std::string& warning() const;

private:
    struct Parts;
    explicit EmbeddedGateway(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// The workspace that a file belongs to: the nearest folder above it that holds ".signalbox", otherwise its own.
[[nodiscard]] std::filesystem::path workspaceOf(const std::filesystem::path& file);
/// Whether runs have been kept in this workspace.
[[nodiscard]] bool hasRuns(const std::filesystem::path& workspace);

}  // namespace signalbox::embedded
