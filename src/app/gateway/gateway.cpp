#include "app/gateway/gateway.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/gateway/server_metrics.h"
#include "app/gateway/server_options.h"
#include "app/gateway/tracing.h"
#include "gateway/api.h"
#include "gateway/idempotency_file.h"
#include "gateway/server.h"
#include "identity/identity.h"
#include "service/dispatcher.h"
#include "service/host.h"
#include "telemetry/metrics.h"

namespace signalbox::gatewayd {

namespace {

constexpr Micros kDrainSlice = 100'000;
/// Before the end: callers who still wait for a run learn which it is, and where to ask for it again.
constexpr Micros kHandOver = 1'000'000;
constexpr Micros kDay = Micros{24} * 3600 * 1'000'000;
constexpr Micros kCertificateNotice = 14 * kDay;

std::string titleOf(const Settings& settings) {
    if (!settings.title.empty()) return settings.title;
    // "/srv/orders/" ends with an empty name.
    const auto folder = std::filesystem::absolute(settings.workspace).lexically_normal();
    return (folder.has_filename() ? folder : folder.parent_path()).filename().string();
}

service::HostOptions hostOptionsOf(const Settings& settings, const Clock& clock, const LogSink& sink) {
    service::HostOptions options;
    options.workspace = settings.workspace;
    options.name = titleOf(settings);
    options.version = SIGNALBOX_VERSION;
    options.environment = settings.environment;
    options.tenant = settings.tenant;
    options.threads = static_cast<std::size_t>(settings.engineThreads);
    // Whoever may design workflows reads with the nodes' eyes: not all that this process can read.
    options.files.readRoots = settings.nodes.readFolders;
    options.files.writeRoots = settings.nodes.writeFolders;
    options.files.shut = settings.nodes.shut;
    options.allowsOpenPython = settings.nodes.dangerousOpenPython;
    options.log = sink;
    options.logLevel = LogLevel::Debug;  // what is wanted of it is the sink's business
    options.clock = &clock;
    identity::IdentityOptions users;
    users.idle = settings.sessionIdle;
    users.sessionsPerUser = static_cast<std::uint32_t>(settings.sessionsPerUser);
    options.identity = std::move(users);
    return options;
}

}  // namespace

/// In the order of making; destroyed in the opposite order.
struct Gateway::Parts {
    Parts(const Settings& given, const Clock& time, const LogSink& sink)
        : settings(given), clock(time), log(Logger(time, sink, LogLevel::Debug)) {}

    Settings settings;
    const Clock& clock;
    Logger log;
    std::unique_ptr<telemetry::Metrics> metrics;  ///< null: nothing is counted
    std::unique_ptr<Tracing> tracing;             ///< null: no request is traced
    std::unique_ptr<service::Host> host;          ///< its last answers are still counted and traced
    std::shared_ptr<gateway::IdempotencyFile> keys;
    std::unique_ptr<gateway::Api> api;
    std::unique_ptr<gateway::Server> server;
    std::uint16_t port = 0;
    std::jthread drainer;  ///< first of all to end: it uses the server

    [[nodiscard]] gateway::ApiOptions apiOptions() const {
        gateway::ApiOptions options;
        options.dispatcher = &host->dispatcher();
        options.identity = host->identity();
        options.triggers = host->triggers();
        options.metrics = metrics.get();
        if (tracing) options.tracing = tracing->optionsFor(settings);
        options.clock = &clock;
        options.log = log;
        options.tenant = settings.tenant;
        options.title = titleOf(settings);
        options.version = SIGNALBOX_VERSION;
        options.metricsOpen = settings.metricsOpen;
        if (!settings.authenticates()) options.everybody = gateway::everybody();
        options.limits = apiLimitsOf(settings);
        options.publicUrl = settings.server.publicUrl;
        options.keys = keys;
        return options;
    }

    void noteCertificate() const {
        const Micros expires = server->stats().certificateExpires;
        if (expires == 0) return;
        const Micros left = expires - clock.wallNow();
        const Value fields = Value::object({{"expires", formatTimestamp(expires)}, {"days left", left / kDay}});
        if (left < kCertificateNotice)
            log.warning(left < 0 ? "The certificate has expired" : "The certificate expires soon", fields);
        else
            log.info("The certificate is loaded", fields);
    }
};

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Gateway::~Gateway() = default;

Result<std::unique_ptr<Gateway>> Gateway::open(const Settings& settings, const Clock& clock, const LogSink& sink) {
    auto parts = std::make_unique<Parts>(settings, clock, sink);
    SIGNALBOX_TRY(parts->host, service::Host::open(hostOptionsOf(settings, clock, sink)));
    if (settings.isMonitored()) parts->metrics = std::make_unique<telemetry::Metrics>();
    SIGNALBOX_TRY(parts->tracing, Tracing::open(settings, clock, parts->log, parts->metrics.get()));
    const auto state = service::stateFileOf(settings.workspace).parent_path();
    SIGNALBOX_TRY(parts->keys, gateway::IdempotencyFile::open(state / "idempotency.db"));
    parts->api = std::make_unique<gateway::Api>(parts->apiOptions());
    parts->server = std::make_unique<gateway::Server>(serverOptionsOf(settings), *parts->api, clock,
                                                      parts->log.component("server"));
    if (parts->metrics) addServerMetrics(*parts->metrics, *parts->server);
    return std::unique_ptr<Gateway>(new Gateway(std::move(parts)));
}

Status Gateway::listen() {
    SIGNALBOX_TRY(parts_->port, parts_->server->start());
    parts_->noteCertificate();
    return {};
}

std::string Gateway::address() const { return localAddress(parts_->settings, parts_->port); }

std::string Gateway::warning() const { return parts_->host->warning(); }

Result<std::string> Gateway::setupTokenFile() {
    identity::Identity* const users = parts_->host->identity();
    if (!parts_->settings.authenticates() || users == nullptr || !users->needsSetup()) return std::string();
    SIGNALBOX_TRY(const auto file, users->makeSetupToken());
    return file.string();
}

Status Gateway::reload(const Settings& settings) {
    if (parts_->settings.encrypts()) {
        SIGNALBOX_CHECK(parts_->server->reloadCertificate());
        parts_->noteCertificate();
    }
    parts_->server->setTrustedProxies(trustedProxiesOf(settings));
    parts_->api->reconfigure(apiLimitsOf(settings));
    if (parts_->tracing) parts_->tracing->reconfigure(settings);
    return {};
}

void Gateway::drain(Micros within, std::function<void(bool)> done) {
    parts_->api->drain();
    parts_->drainer = std::jthread([this, within, done = std::move(done)](const std::stop_token& stop) {
        const Micros latest = parts_->clock.monotonicNow() + within;
        const Micros last = std::min(kHandOver, within / 2);
        bool drained = false;
        bool handedOver = false;
        do {
            // In slices, so that a gateway that is destroyed does not wait for the whole of it.
            const Micros left = std::max<Micros>(latest - parts_->clock.monotonicNow(), 0);
            if (!handedOver && left <= last) {
                parts_->api->handOver();
                handedOver = true;
            }
            const Micros until = handedOver ? left : left - last;
            drained = parts_->server->drain(std::min(until, kDrainSlice));
        } while (!drained && !stop.stop_requested() && parts_->clock.monotonicNow() < latest);
        done(drained);
    });
}

void Gateway::probe(std::function<void(bool)> answer) {
    parts_->server->ping([this, answer = std::move(answer)] {
        // Whether work can be taken in does not matter here: a full disk is no reason to be killed. That the store
        // answers does.
        parts_->host->dispatcher().checkReadiness([answer](const service::Readiness&) { answer(true); });
    });
}

}  // namespace signalbox::gatewayd
