#include "embedded/embedded_gateway.h"

#include <system_error>
#include <utility>

#include "embedded/embedded_transport.h"
#include "service/host.h"
#include "service/workspace.h"

namespace signalbox::embedded {

namespace {

service::HostMode modeOf(EmbeddedOptions::Mode mode) {
    switch (mode) {
        case EmbeddedOptions::Mode::Full:
            return service::HostMode::Full;
        case EmbeddedOptions::Mode::OwnRuns:
            return service::HostMode::OwnRuns;
        case EmbeddedOptions::Mode::Documents:
            return service::HostMode::Documents;
    }
    return service::HostMode::Documents;
}

}  // namespace

struct EmbeddedGateway::Parts {
    std::unique_ptr<service::Host> host;
};

EmbeddedGateway::EmbeddedGateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

EmbeddedGateway::~EmbeddedGateway() = default;

Result<std::unique_ptr<EmbeddedGateway>> EmbeddedGateway::open(EmbeddedOptions options) {
    service::HostOptions wanted;
    wanted.workspace = std::move(options.workspace);
    wanted.mode = modeOf(options.mode);
    wanted.version = std::move(options.version);
    wanted.threads = options.threads;
    // Whoever has the workspace may administer its users, also while no gateway runs.
    if (wanted.mode == service::HostMode::Full) wanted.identity.emplace();
    wanted.mayLackUsers = true;
    wanted.log = std::move(options.log);
    wanted.logLevel = options.logLevel;
    auto parts = std::make_unique<Parts>();
    SIGNALBOX_TRY(parts->host, service::Host::open(std::move(wanted)));
    return std::unique_ptr<EmbeddedGateway>(new EmbeddedGateway(std::move(parts)));
}

std::unique_ptr<client::Transport> EmbeddedGateway::connect() {
    return std::make_unique<EmbeddedTransport>(parts_->host->dispatcher(), service::localAdministrator());
}

const std::string& EmbeddedGateway::warning() const { return parts_->host->warning(); }

std::filesystem::path workspaceOf(const std::filesystem::path& file) { return service::workspaceOf(file); }

bool hasRuns(const std::filesystem::path& workspace) {
    std::error_code ignored;
    return std::filesystem::exists(service::stateFileOf(workspace), ignored);
}

}  // namespace signalbox::embedded
