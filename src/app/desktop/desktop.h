// The windows of one process: one for each workspace, whose gateway is inside, and one for each remote gateway.
#pragma once

#include <QObject>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "app/desktop/arguments.h"

namespace signalbox::client {
class CredentialStore;
class GatewayClient;
class GatewayProfiles;
}  // namespace signalbox::client
namespace signalbox::embedded {
class EmbeddedGateway;
struct EmbeddedOptions;
}  // namespace signalbox::embedded
namespace signalbox::ui {
class GatewayBook;
class MainWindow;
class Preferences;
class StateStore;
}  // namespace signalbox::ui

namespace signalbox::desktop {

/// Preferences and state must outlive it. Window thread. A workspace whose window was closed stays open until the
/// program ends, so that its runs go on while another window is there; asking for it again shows the window.
class Desktop : public QObject {
    Q_OBJECT
public:
    struct Options {
        ui::Preferences& preferences;
        ui::StateStore& state;
        std::string version;
        bool safeMode = false;
        bool welcome = true;
        /// Of the gateways that are attached to; empty: where all programs of the person keep them.
        QString gatewaysFile = {};
        std::shared_ptr<client::CredentialStore> credentials = {};  ///< null: the system's
    };
    explicit Desktop(Options options);
    ~Desktop() override;

    struct Opened {
        ui::MainWindow* window = nullptr;
        client::GatewayClient* client = nullptr;
    };
    /// At the start: waits for the gateway. Errors: "demo.*", "workspace.*", "store.*".
    Result<Opened> open(const Arguments& arguments);
    /// Later, from another process or a menu: opens without blocking, and tells in a window what goes wrong.
    void handle(const Arguments& arguments);
    /// Connects to the gateways that were attached, and opens the windows that were open on them.
    void attachGateways();
    [[nodiscard]] ui::GatewayBook& gateways() { return *book_; }

private:
    struct Place;
    [[nodiscard]] Result<std::filesystem::path> folderOf(const Arguments& arguments) const;
    [[nodiscard]] Place* placeOf(const std::filesystem::path& folder) const;
    [[nodiscard]] Place* placeOf(const QString& gateway) const;
    [[nodiscard]] Place* activePlace() const;
    [[nodiscard]] embedded::EmbeddedOptions gatewayOptions(const std::filesystem::path& folder) const;
    Place& addPlace(const std::filesystem::path& folder, std::unique_ptr<embedded::EmbeddedGateway> gateway,
                    const Arguments& arguments);
    void makeBook();
    Place& addWindow(std::unique_ptr<Place> place, const Arguments& arguments);
    void openGateway(const QString& id);
    void openRemote(const QString& id);
    void closeGateway(const QString& id);
    void noteWindows();
    void openLater(const std::filesystem::path& folder, const Arguments& arguments);
    using Gateway = Result<std::unique_ptr<embedded::EmbeddedGateway>>;
    void finishOpening(const std::filesystem::path& folder, Gateway& gateway);
    void show(Place& place, const Arguments& arguments);
    void tellProblems(ui::MainWindow& window) const;

    Options options_;
    std::unique_ptr<client::GatewayProfiles> profiles_;
    std::unique_ptr<ui::GatewayBook> book_;  ///< before the windows that use its connections
    std::vector<std::unique_ptr<Place>> places_;
    std::map<std::filesystem::path, std::vector<Arguments>> opening_;  ///< and what is wanted of each when it is there
};

}  // namespace signalbox::desktop
