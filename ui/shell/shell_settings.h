// The settings of the window: what they are, and those that act on the whole program.
#pragma once

#include <QString>

namespace signalbox::ui {

class Settings;
class StateStore;

namespace settingId {
inline const auto kTheme = QStringLiteral("look.theme");
inline const auto kDensity = QStringLiteral("look.density");
inline const auto kReducedMotion = QStringLiteral("look.reducedMotion");
inline const auto kLanguage = QStringLiteral("look.language");
inline const auto kToolBarWords = QStringLiteral("look.toolBarWords");
inline const auto kTimes = QStringLiteral("look.times");
inline const auto kAskInputs = QStringLiteral("runs.askInputs");
inline const auto kConfirmCancel = QStringLiteral("runs.confirmCancel");
inline const auto kRestoreSession = QStringLiteral("window.restoreSession");
inline const auto kRecentFiles = QStringLiteral("window.recentFiles");
inline const auto kRecentCommands = QStringLiteral("window.recentCommands");
inline const auto kDesktopNotices = QStringLiteral("window.desktopNotifications");
inline const auto kEngineInterval = QStringLiteral("window.engineInterval");
}  // namespace settingId

/// Before the settings are declared, because these have words already; straight from their store for that reason.
void applyLanguageSetting(const StateStore& store);
void declareShellSettings(Settings& settings);
/// Theme, density, motion and the way times are written, as far as the setting of that id acts on them.
void applyLookSetting(const Settings& settings, const QString& id);
/// All of them that are not the default. Before the first window.
void applyLookSettings(const Settings& settings);

}  // namespace signalbox::ui
