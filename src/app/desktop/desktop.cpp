#include "app/desktop/desktop.h"

#include <QApplication>
#include <QCoreApplication>
#include <QThreadPool>

#include "app/desktop/desktop_place.h"
#include "client/credential_store.h"
#include "client/gateway_profiles.h"
#include "embedded/demo_workspace.h"
#include "ui/models/gateway_book.h"
#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"

namespace signalbox::desktop {

namespace {

const auto kThreads = QStringLiteral("engine.threads");

void declareEngineSettings(ui::Settings& settings) {
    ui::SettingSpec threads;
    threads.id = kThreads;
    threads.type = ui::SettingSpec::Type::Number;
    threads.defaultValue = 0;
    threads.maximum = 64;
    threads.category = QCoreApplication::translate("Desktop", "Engine");
    threads.title = QCoreApplication::translate("Desktop", "Threads");
    threads.help =
        QCoreApplication::translate("Desktop", "How many the engine in this program works with; 0 is one a core.");
    threads.keywords = QCoreApplication::translate("Desktop", "cores cpu parallel");
    threads.needsRestart = true;
    settings.declare(threads);
}

std::filesystem::path normal(const std::filesystem::path& path) {
    std::error_code failed;
    auto canonical = std::filesystem::weakly_canonical(path, failed);
    return failed ? path : canonical;
}

}  // namespace

Desktop::Desktop(Options options) : options_(std::move(options)) {
    declareEngineSettings(options_.preferences.settings());
    makeBook();
}

// What still opens a workspace calls back into this.
Desktop::~Desktop() { QThreadPool::globalInstance()->waitForDone(); }

Result<std::filesystem::path> Desktop::folderOf(const Arguments& arguments) const {
    if (!arguments.path.isEmpty()) {
        const std::filesystem::path path(arguments.path.toStdString());
        std::error_code failed;
        const bool file = std::filesystem::is_regular_file(path, failed);
        return normal(file ? embedded::workspaceOf(path) : path);
    }
    const auto demo = embedded::defaultDemoFolder();
    SIGNALBOX_TRY(const auto made, embedded::makeDemoWorkspace(demo));
    static_cast<void>(made);
    return normal(demo);
}

Desktop::Place* Desktop::placeOf(const std::filesystem::path& folder) const {
    for (const auto& place : places_) {
        if (place->folder == folder) return place.get();
    }
    return nullptr;
}

Desktop::Place* Desktop::placeOf(const QString& gateway) const {
    for (const auto& place : places_) {
        if (place->id == gateway) return place.get();
    }
    return nullptr;
}

Desktop::Place* Desktop::activePlace() const {
    for (const auto& place : places_) {
        if (place->window.get() == QApplication::activeWindow()) return place.get();
    }
    for (const auto& place : places_) {
        if (place->window->isVisible()) return place.get();
    }
    return places_.empty() ? nullptr : places_.front().get();
}

embedded::EmbeddedOptions Desktop::gatewayOptions(const std::filesystem::path& folder) const {
    embedded::EmbeddedOptions options;
    options.workspace = folder;
    options.version = options_.version;
    options.log = stderrSink();
    options.threads = static_cast<std::size_t>(options_.preferences.settings().number(kThreads));
    return options;
}

Desktop::Place& Desktop::addPlace(const std::filesystem::path& folder,
                                  std::unique_ptr<embedded::EmbeddedGateway> gateway, const Arguments& arguments) {
    auto place = std::make_unique<Place>();
    place->folder = folder;
    place->gateway = std::move(gateway);
    place->client = std::make_unique<client::GatewayClient>(place->gateway->connect());
    const auto path = QString::fromStdString(folder.string());
    place->id = ui::GatewayBook::workspaceId(path);
    book_->addWorkspace(path);
    return addWindow(std::move(place), arguments);
}

Desktop::Place& Desktop::addWindow(std::unique_ptr<Place> place, const Arguments& arguments) {
    const auto& folder = place->folder;
    ui::WindowOptions window;
    window.preferences = &options_.preferences;
    window.state = &options_.state;
    window.workspace = QString::fromStdString(folder.string());
    window.gateways = book_.get();
    window.gateway = place->id;
    window.demo = folder == normal(embedded::defaultDemoFolder());
    window.welcome = options_.welcome && place->client;
    window.safeMode = options_.safeMode;
    const bool file = window.workspace != arguments.path && !arguments.path.isEmpty();
    window.restoreDocuments = arguments.link.isEmpty() && arguments.run.isEmpty() && !file;
    auto& client = place->client ? *place->client : *book_->client(place->id);
    place->window = std::make_unique<ui::MainWindow>(client, window);
    connect(place->window.get(), &ui::MainWindow::closed, this, [this] {
        // When all of them close the program ends, and they come back at its next start.
        QMetaObject::invokeMethod(this, &Desktop::noteWindows, Qt::QueuedConnection);
    });
    connect(place->window.get(), &ui::MainWindow::placeRequested, this, [this](const QString& path) {
        Arguments wanted;
        wanted.path = path;
        handle(wanted);
    });
    connect(place->window.get(), &ui::MainWindow::demoRequested, this, [this] {
        Arguments wanted;
        wanted.demo = true;
        handle(wanted);
    });
    places_.push_back(std::move(place));
    return *places_.back();
}

void Desktop::show(Place& place, const Arguments& arguments) {
    place.window->bringToFront();
    std::error_code failed;
    if (!arguments.path.isEmpty() && std::filesystem::is_regular_file(arguments.path.toStdString(), failed)) {
        place.window->openPath(QString::fromStdString(normal(arguments.path.toStdString()).string()));
    }
    if (!arguments.link.isEmpty()) place.window->openLink(arguments.link);
    if (!arguments.run.isEmpty()) {
        place.window->openWorkflow(arguments.run);
        place.window->runCurrent();
    }
}

Result<Desktop::Opened> Desktop::open(const Arguments& arguments) {
    SIGNALBOX_TRY(const auto folder, folderOf(arguments));
    SIGNALBOX_TRY(auto gateway, embedded::EmbeddedGateway::open(gatewayOptions(folder)));
    auto& place = addPlace(folder, std::move(gateway), arguments);
    tellProblems(*place.window);
    show(place, arguments);
    return Opened{place.window.get(), place.client.get()};
}

void Desktop::handle(const Arguments& arguments) {
    auto* active = activePlace();
    // A link is about what is looked at; no argument at all asks for the window.
    if (active && arguments.path.isEmpty() && !arguments.demo) return show(*active, arguments);
    const auto folder = folderOf(arguments);
    if (!folder) {
        if (active) active->window->complain(folder.error());
    } else if (auto* place = placeOf(*folder)) {
        show(*place, arguments);
    } else {
        openLater(*folder, arguments);
    }
}

// Opening a workspace reads its journal and may take a while.
void Desktop::openLater(const std::filesystem::path& folder, const Arguments& arguments) {
    auto& waiting = opening_[folder];
    waiting.push_back(arguments);
    if (waiting.size() > 1) return;
    QThreadPool::globalInstance()->start([this, folder, options = gatewayOptions(folder)] {
        auto gateway = std::make_shared<Gateway>(embedded::EmbeddedGateway::open(options));
        QMetaObject::invokeMethod(this, [this, folder, gateway] { finishOpening(folder, *gateway); });
    });
}

void Desktop::finishOpening(const std::filesystem::path& folder, Gateway& gateway) {
    const auto waiting = std::move(opening_.extract(folder).mapped());
    if (!gateway) {
        if (auto* active = activePlace()) active->window->complain(gateway.error());
        return;
    }
    auto& place = addPlace(folder, *std::move(gateway), waiting.front());
    for (const auto& arguments : waiting) show(place, arguments);
}

void Desktop::tellProblems(ui::MainWindow& window) const {
    const auto& refused = options_.preferences.refused();
    if (!refused.isEmpty()) window.complain(refused.first());
}

}  // namespace signalbox::desktop
