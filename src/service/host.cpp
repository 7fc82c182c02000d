#include "service/host.h"

#include <array>
#include <atomic>
#include <optional>
#include <utility>

#include <unistd.h>

#include "engine/engine.h"
#include "engine/registry.h"
#include "nodes/builtin.h"
#include "service/catalog.h"
#include "service/claim_gate.h"
#include "service/engine_monitor.h"
#include "service/peers.h"
#include "service/run_views.h"
#include "service/trigger_port.h"
#include "service/worker_threads.h"
#include "service/workspace.h"
#include "service/workspace_watch.h"
#include "store/sqlite_store.h"
#include "triggers/triggers.h"

namespace signalbox::service {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kWorkers = 4;

std::string computerName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("this computer");
}

}  // namespace

/// In the order of making; destroyed in the opposite order.
struct Host::Parts {
    explicit Parts(HostOptions given) : options(std::move(given)) {}
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() {
        // Calls under way may use everything else, and the engine's last callbacks may still post.
        if (triggers) triggers->stop();
        watch.reset();
        peers.reset();
        if (bus) bus->setResolver({});
        if (workers) workers->stop();
        worker = nullptr;
        monitor.reset();
        engine.reset();
        views.reset();
        if (dispatcher) dispatcher->stop();
    }

    [[nodiscard]] const Clock& clock() const { return options.clock != nullptr ? *options.clock : systemClock; }
    [[nodiscard]] Status openStore();
    [[nodiscard]] Status startEngine();
    void limitFiles(nodes::NodeEnvironment& environment) const;
    void makeDispatcher();
    void listenForPeers();
    [[nodiscard]] bool adopt(RunId run);
    void prepareViews(RunId run);
    void keepLog(std::span<const engine::EngineEvent> events);
    void watchFiles();
    void openTriggers();
    [[nodiscard]] Status openIdentity();

    HostOptions options;
    SystemClock systemClock;
    SystemRandom random;
    Logger log;
    std::string owner;
    std::string warning;
    std::unique_ptr<Workspace> workspace;
    engine::Registry registry;
    std::shared_ptr<void> nodes;
    std::unique_ptr<store::SqliteStore> store;
    std::unique_ptr<ClaimGate> gate;
    std::unique_ptr<Catalog> catalog;
    std::unique_ptr<EventBus> bus;
    std::unique_ptr<WorkerThreads> workers;
    std::unique_ptr<identity::Identity> identity;
    std::unique_ptr<triggers::Triggers> triggers;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<RunViews> views;
    std::atomic<triggers::Triggers*> trigger{nullptr};  ///< what is told of runs that end
    /// The engine, once it and its views are there. It calls back while it is being made and while it is destroyed.
    std::atomic<engine::Engine*> worker{nullptr};
    std::unique_ptr<EngineMonitor> monitor;
    std::unique_ptr<PeerServer> peers;
    std::unique_ptr<WorkspaceWatch> watch;
};

Status Host::Parts::openStore() {
    store::StoreOptions wanted;
    wanted.path = stateFileOf(workspace->folder());
    wanted.clock = &clock();
    wanted.log = log.component("store");
    // Tidying up is for those who stay.
    wanted.maintenanceThread = options.mode == HostMode::Full;
    SIGNALBOX_TRY(store, store::SqliteStore::open(std::move(wanted)));
    gate = std::make_unique<ClaimGate>(*store, options.mode == HostMode::Full);
    return {};
}

Status Host::Parts::startEngine() {
    engine::EnginePorts ports;
    ports.clock = &clock();
    ports.random = &random;
    ports.runs = gate.get();
    ports.memos = store.get();
    ports.workflows = store.get();
    ports.registry = &registry;
    ports.log = log.component("engine");
    ports.events = [this, sink = bus->sink()](std::span<const engine::EngineEvent> events) {
        sink(events);
        keepLog(events);
    };
    engine::EngineOptions wanted;
    wanted.threads = options.threads;
    wanted.workspace = workspace->folder().string();
    wanted.owner = owner;
    engine = std::make_unique<engine::Engine>(std::move(ports), std::move(wanted));
    bus->setResolver([this](RunId run) -> std::optional<EventBus::RunNames> {
        auto plan = engine->planOf(run);
        if (!plan) return std::nullopt;
        return EventBus::RunNames{(*plan)->workflowId, *plan};
    });
    views = std::make_unique<RunViews>(*engine, *store);
    worker = engine.get();
    monitor = std::make_unique<EngineMonitor>(*engine, *store, clock());
    monitor->publishTo([this] { return bus->wantsMetrics(); },
                       [this](protocol::EventDto event) { bus->publishNotices({std::move(event)}); });
    if (options.mode == HostMode::Full) monitor->start();
    return {};
}

/// Called from the engine, which still has the run: nothing is read for those with few nodes.
void Host::Parts::prepareViews(RunId run) {
    engine::Engine* const working = worker.load();
    if (working == nullptr || !working->has(run)) return;
    const auto plan = working->planOf(run);
    if (!plan || (*plan)->nodes.size() < RunViews::kManyNodes) return;
    workers->post([this, run] { views->prepare(run); });
}

void Host::Parts::keepLog(std::span<const engine::EngineEvent> events) {
    std::vector<store::RunLogLine> lines;
    for (const auto& event : events) {
        if (event.kind == engine::EngineEvent::Kind::RunStatus && engine::isTerminal(event.runStatus)) {
            prepareViews(event.run);
            if (triggers::Triggers* const told = trigger.load()) told->runEnded(event.run.toString());
        }
        if (event.kind != engine::EngineEvent::Kind::NodeLog) continue;
        lines.push_back(
            {event.run, 0, event.wall, event.logLevel, event.node, event.item, event.attempt, event.text, event.data});
    }
    if (!lines.empty()) store->logs().add(std::move(lines));
}

void Host::Parts::watchFiles() {
    watch = std::make_unique<WorkspaceWatch>(*workspace, [this](const std::vector<WorkflowChange>& changes) {
        static constexpr const char* kStatuses[] = {"created", "changed", "deleted"};
        std::vector<protocol::EventDto> notices;
        for (const auto& change : changes) {
            protocol::EventDto notice;
            notice.kind = "workflow";
            notice.workflowId = change.workflowId;
            notice.status = kStatuses[static_cast<std::size_t>(change.kind)];
            notice.text = change.file;
            notice.wall = clock().wallNow();
            notices.push_back(std::move(notice));
        }
        bus->publishNotices(std::move(notices));
    });
}

bool Host::Parts::adopt(RunId run) {
    gate->want(run);
    return engine->recoverNow() > 0;
}

/// Without it everything else still works. A tool that does one thing has none: they are edited where they run.
void Host::Parts::openTriggers() {
    DispatcherParts known;
    known.catalog = catalog.get();
    known.engine = engine.get();
    known.store = store.get();
    known.bus = bus.get();
    triggers::TriggerOptions wanted;
    wanted.file = workspace->stateFolder() / "triggers.db";
    wanted.workspace = workspace->folder();
    wanted.clock = &clock();
    wanted.random = &random;
    wanted.log = log.component("triggers");
    wanted.runs = makeRunPort(known, [this]() -> Dispatcher& { return *dispatcher; });
    wanted.told = [this](std::vector<protocol::EventDto> events) { bus->publishNotices(std::move(events)); };
    auto opened = triggers::Triggers::open(std::move(wanted));
    if (!opened) {
        warning = "Schedules, webhooks and watched folders do not work: " + opened.error().message;
        log.error(warning);
        return;
    }
    triggers = std::move(*opened);
    trigger = triggers.get();
}

Status Host::Parts::openIdentity() {
    if (!options.identity) return {};
    identity::IdentityOptions wanted = *options.identity;
    wanted.file = identityFileOf(workspace->folder());
    wanted.clock = &clock();
    wanted.random = &random;
    wanted.log = log.component("identity");
    if (!options.tenant.empty()) wanted.tenant = options.tenant;
    auto opened = identity::Identity::open(std::move(wanted));
    if (opened) {
        identity = std::move(*opened);
        return {};
    }
    if (!options.mayLackUsers) return fail(std::move(opened).error());
    warning = "Users cannot be administered: " + opened.error().message;
    log.error(warning);
    return {};
}

void Host::Parts::limitFiles(nodes::NodeEnvironment& environment) const {
    const nodes::FileAccess& files = options.files;
    environment.files = files;
    nodes::HiddenFiles& hidden = environment.python.hidden;
    hidden.always = files.shut;
    hidden.always.push_back(workspace->stateFolder().string());
    environment.python.needsNamespaces = !options.allowsOpenPython;
    if (!files.readRoots) return;
    hidden.seen = *files.readRoots;
    hidden.seen->insert(hidden.seen->end(), files.writeRoots.begin(), files.writeRoots.end());
    hidden.seen->push_back(workspace->folder().string());
}

void Host::Parts::makeDispatcher() {
    DispatcherParts parts;
    parts.catalog = catalog.get();
    parts.registry = &registry;
    parts.workers = workers.get();
    parts.bus = bus.get();
    parts.engine = engine.get();
    parts.store = store.get();
    parts.views = views.get();
    parts.monitor = monitor.get();
    parts.identity = identity.get();
    parts.triggers = triggers.get();
    parts.clock = &clock();
    parts.tenant = options.tenant;
    parts.stateFile = stateFileOf(workspace->folder()).string();
    parts.info.name = options.name.empty() ? computerName() : options.name;
    parts.info.version = options.version;
    parts.info.workspace = workspace->folder().string();
    parts.info.started = clock().wallNow();
    parts.info.instance = owner;
    parts.info.tenant = options.tenant;
    parts.info.environment = options.environment;
    if (engine) {
        parts.adopt = [this](RunId run) { return adopt(run); };
        parts.askPeers = [this](const protocol::Request& request) {
            return askPeers(workspace->stateFolder() / "peers", owner, request);
        };
    }
    dispatcher = std::make_unique<Dispatcher>(std::move(parts));
}

void Host::Parts::listenForPeers() {
    auto server = PeerServer::listen(workspace->stateFolder() / "peers", owner,
                                     [this](protocol::Request request, PeerServer::Answer answer) {
                                         dispatcher->dispatch(localAdministrator(), std::move(request),
                                                              std::move(answer), Dispatcher::Reach::HereOnly);
                                     });
    if (server)
        peers = std::move(*server);
    else
        warning = server.error().message;
}

Host::Host(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Host::~Host() = default;

Result<std::unique_ptr<Host>> Host::open(HostOptions options) {
    auto parts = std::make_unique<Parts>(std::move(options));
    const bool runs = parts->options.mode != HostMode::Documents;
    if (parts->options.log) parts->log = Logger(parts->clock(), parts->options.log, parts->options.logLevel);
    parts->owner = Uuid::v7(parts->clock().wallNow(), parts->random).toString();
    SIGNALBOX_TRY(parts->workspace, Workspace::open(parts->options.workspace));
    nodes::NodeEnvironment environment;
    environment.clock = &parts->clock();
    environment.log = parts->log.component("nodes");
    parts->limitFiles(environment);
    SIGNALBOX_TRY(parts->nodes, nodes::registerBuiltinNodes(parts->registry, environment));
    if (runs) SIGNALBOX_CHECK(parts->openStore());
    parts->catalog = std::make_unique<Catalog>(*parts->workspace, parts->registry, parts->store.get(), parts->clock(),
                                               parts->random);
    parts->bus = std::make_unique<EventBus>(parts->clock());
    parts->workers = std::make_unique<WorkerThreads>(kWorkers);
    if (runs) SIGNALBOX_CHECK(parts->startEngine());
    if (runs) SIGNALBOX_CHECK(parts->openIdentity());
    if (parts->options.mode == HostMode::Full) parts->openTriggers();
    parts->makeDispatcher();
    if (runs) parts->listenForPeers();
    if (parts->triggers) parts->triggers->start();
    // Tools that do one thing and end have nobody to tell.
    if (parts->options.mode == HostMode::Full) parts->watchFiles();
    return std::unique_ptr<Host>(new Host(std::move(parts)));
}

Dispatcher& Host::dispatcher() { return *parts_->dispatcher; }

identity::Identity* Host::identity() { return parts_->identity.get(); }

triggers::Triggers* Host::triggers() { return parts_->triggers.get(); }

const std::string& Host::warning() const { return parts_->warning; }

fs::path identityFileOf(const fs::path& workspace) { return workspace / Workspace::kStateFolder / "identity.db"; }

fs::path stateFileOf(const fs::path& workspace) { return workspace / Workspace::kStateFolder / "state.db"; }

}  // namespace signalbox::service
