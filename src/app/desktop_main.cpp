// signalbox: the console, with the engine inside.
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>

#include "app/desktop/arguments.h"
#include "app/desktop/automation.h"
#include "app/desktop/desktop.h"
#include "app/desktop/failure.h"
#include "app/desktop/single_instance.h"
#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"
#include "ui/shell/main_window.h"
#include "ui/shell/shell_settings.h"
#include "ui/widgets/theme.h"

namespace {

using namespace signalbox;
using desktop::SingleInstance;

/// Without a display the window is drawn into memory, which is enough for --screenshot. True when that may happen.
bool choosePlatform() {
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) return false;
    const bool wayland = !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    const bool x11 = !qEnvironmentVariableIsEmpty("DISPLAY");
    qputenv("QT_QPA_PLATFORM", wayland ? "wayland;xcb;offscreen" : x11 ? "xcb;offscreen" : "offscreen");
    return true;
}

/// A picture is taken of a window as it comes, without what a person left behind.
std::unique_ptr<ui::StateStore> openStore(const QString& path, const QString& format, bool inMemory) {
    if (inMemory) return std::make_unique<ui::StateStore>();
    return std::make_unique<ui::StateStore>(ui::JsonFile(path, format, 1));
}

int run(const desktop::Arguments& arguments, bool hasDisplay, SingleInstance& instance) {
    const bool picture = !arguments.screenshot.isEmpty();
    const auto settings = openStore(ui::defaultSettingsPath(), QStringLiteral("signalbox-settings"), picture);
    const auto state = openStore(ui::defaultStatePath(), QStringLiteral("signalbox-windows"), picture);
    ui::Preferences preferences(settings.get());
    ui::applyLanguageSetting(*settings);
    ui::declareShellSettings(preferences.settings());
    desktop::Desktop console({preferences, *state, SIGNALBOX_VERSION, arguments.safeMode, !picture});
    QObject::connect(&instance, &SingleInstance::received, &console,
                     [&console](const QJsonObject& message) { console.handle(desktop::fromMessage(message)); });
    const auto opened = console.open(arguments);
    if (!opened) return desktop::showFailure(opened.error(), hasDisplay);
    if (!picture && !arguments.safeMode) console.attachGateways();
    if (const auto problem = settings->problem()) opened->window->complain(*problem);
    if (picture) {
        desktop::takeScreenshotWhenDone(*opened->window, *opened->client, arguments.run, arguments.screenshot);
    }
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    const bool mayFallBack = choosePlatform();
    QApplication application(argc, argv);
    QApplication::setApplicationName("signalbox");
    QApplication::setApplicationDisplayName("Signalbox");
    QApplication::setApplicationVersion(SIGNALBOX_VERSION);
    QApplication::setDesktopFileName("signalbox");
    QCommandLineParser parser;
    desktop::describeArguments(parser);
    parser.process(application);
    const auto arguments = desktop::readArguments(parser, QDir::currentPath());
    if (!arguments) return desktop::complain(arguments.error(), desktop::kUsage);
    const bool hasDisplay = QGuiApplication::platformName() != "offscreen";
    const bool picture = !arguments->screenshot.isEmpty();
    if (!hasDisplay && mayFallBack && !picture) {
        return desktop::complain({"display.none",
                                  "There is no display to open a window on",
                                  {},
                                  "Set DISPLAY, take a picture with --screenshot, or use signalboxctl",
                                  false},
                                 desktop::kUsage);
    }
    SingleInstance instance(SingleInstance::defaultFolder());
    if (!picture && !arguments->newInstance && !arguments->safeMode &&
        instance.claim(desktop::toMessage(*arguments)) == SingleInstance::Outcome::HandedOver) {
        return 0;
    }
    ui::Theme::of(application);
    return run(*arguments, hasDisplay, instance);
}
