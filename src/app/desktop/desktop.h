// The windows of one process, a gateway for each workspace.
#pragma once

#include <QObject>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "app/desktop/arguments.h"

namespace signalbox::client {
class GatewayClient;
}
namespace signalbox::embedded {
class EmbeddedGateway;
struct EmbeddedOptions;
}  // namespace signalbox::embedded
namespace signalbox::ui {
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

private:
    struct Place;
    [[nodiscard]] Result<std::filesystem::path> folderOf(const Arguments& arguments) const;
    [[nodiscard]] Place* placeOf(const std::filesystem::path& folder) const;
    [[nodiscard]] Place* activePlace() const;
    [[nodiscard]] embedded::EmbeddedOptions gatewayOptions(const std::filesystem::path& folder) const;
    Place& addPlace(const std::filesystem::path& folder, std::unique_ptr<embedded::EmbeddedGateway> gateway,
                    const Arguments& arguments);
    void openLater(const std::filesystem::path& folder, const Arguments& arguments);
    using Gateway = Result<std::unique_ptr<embedded::EmbeddedGateway>>;
    void finishOpening(const std::filesystem::path& folder, Gateway& gateway);
    void show(Place& place, const Arguments& arguments);
    void tellProblems(ui::MainWindow& window) const;

    Options options_;
    std::vector<std::unique_ptr<Place>> places_;
    std::map<std::filesystem::path, std::vector<Arguments>> opening_;  ///< and what is wanted of each when it is there
};

}  // namespace signalbox::desktop
