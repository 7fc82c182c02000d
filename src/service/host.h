// A workspace with everything that runs it: store, node types, engine, dispatcher.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "identity/identity.h"
#include "nodes/file_access.h"
#include "service/dispatcher.h"

namespace signalbox::service {

enum class HostMode : std::uint8_t {
    Full,       ///< runs workflows, and goes on with the runs that others left behind
    OwnRuns,    ///< runs what it is asked to, and takes over only runs it is asked about
    Documents,  ///< looks at documents; nothing runs, and nothing is written
};

struct HostOptions {
    std::filesystem::path workspace;
    HostMode mode = HostMode::Full;
    std::string name;         ///< shown to people; empty: the computer's
    std::string version;      ///< of the program
    std::string tenant;       ///< whose workspace it is; empty: principals' tenants are not looked at
    std::string environment;  ///< "production", "staging", "development"; empty: not told
    /// Users are kept, unless the mode is Documents; the host fills in file, clock, random, log and tenant. None: calls
    /// about users are refused.
    std::optional<identity::IdentityOptions> identity;
    bool mayLackUsers = false;  ///< when the users cannot be opened that is a warning, not an error
    std::size_t threads = 0;    ///< of the engine; 0: one a core
    /// What nodes may touch beside the workspace. With readRoots Python code sees no other data either.
    nodes::FileAccess files;
    bool allowsOpenPython = true;  ///< whether Python code runs where the machine cannot hide files from it
    LogSink log;                   ///< empty: nothing is logged
    LogLevel logLevel = LogLevel::Warning;
    const Clock* clock = nullptr;  ///< null: the system's; otherwise it must outlive the host
};

/// Owns all its parts. Destruction ends what runs here without finishing it; the next host goes on with it.
/// Subscriptions must have ended before.
class Host {
public:
    /// Errors: "workspace.*", "store.*", "registry.*". Makes the state folder unless the mode is Documents.
    [[nodiscard]] static Result<std::unique_ptr<Host>> open(HostOptions options);
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    ~Host();

    [[nodiscard]] Dispatcher& dispatcher();
    /// Schedules, webhooks and watched folders; null unless the mode is Full, and when their file cannot be opened.
    [[nodiscard]] triggers::Triggers* triggers();
    /// Users, sessions and keys; null when they are not kept here.
    [[nodiscard]] identity::Identity* identity();
    /// What went wrong with something that it can do without; empty: nothing.
    [[nodiscard]] const std::string& warning() const;

private:
    struct Parts;
    explicit Host(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// The file that holds a workspace's users.
[[nodiscard]] std::filesystem::path identityFileOf(const std::filesystem::path& workspace);
/// The file that holds a workspace's runs.
[[nodiscard]] std::filesystem::path stateFileOf(const std::filesystem::path& workspace);

}  // namespace signalbox::service
