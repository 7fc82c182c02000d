#include "ui/shell/shell_settings.h"

#include <QCoreApplication>
#include <QJsonObject>

#include "ui/settings/settings.h"
#include "ui/settings/state_store.h"
#include "ui/text/format.h"
#include "ui/text/translations.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ShellSettings)
};

using Type = SettingSpec::Type;

SettingSpec flag(const QString& id, bool value, const QString& category, const QString& title, const QString& help) {
    SettingSpec spec;
    spec.id = id;
    spec.type = Type::Switch;
    spec.defaultValue = value;
    spec.category = category;
    spec.title = title;
    spec.help = help;
    return spec;
}

SettingSpec choice(const QString& id, const QString& category, const QString& title, const QString& help,
                   QList<SettingSpec::Option> options) {
    auto spec = flag(id, false, category, title, help);
    spec.type = Type::Choice;
    spec.defaultValue = options.first().value;
    spec.options = std::move(options);
    return spec;
}

SettingSpec number(const QString& id, int value, int minimum, int maximum, const QString& category,
                   const QString& title, const QString& help) {
    auto spec = flag(id, false, category, title, help);
    spec.type = Type::Number;
    spec.defaultValue = value;
    spec.minimum = minimum;
    spec.maximum = maximum;
    return spec;
}

void declareLook(Settings& settings) {
    const auto page = Words::tr("Appearance");
    auto theme = choice(settingId::kTheme, page, Words::tr("Theme"), Words::tr("Colours of all windows."),
                        {{QStringLiteral("system"), Words::tr("As the desktop")},
                         {QStringLiteral("light"), Words::tr("Light")},
                         {QStringLiteral("dark"), Words::tr("Dark")},
                         {QStringLiteral("high-contrast"), Words::tr("High contrast")}});
    theme.keywords = Words::tr("colours dark mode contrast");
    settings.declare(theme);
    settings.declare(choice(settingId::kDensity, page, Words::tr("Rows"),
                            Words::tr("How high rows of lists and tables are."),
                            {{QStringLiteral("comfortable"), Words::tr("Comfortable")},
                             {QStringLiteral("compact"), Words::tr("Compact")}}));
    settings.declare(flag(settingId::kReducedMotion, false, page, Words::tr("Reduce motion"),
                          Words::tr("Nothing slides, fades or moves along wires.")));
    settings.declare(flag(settingId::kToolBarWords, false, page, Words::tr("Words in the tool bar"),
                          Words::tr("Shows what a button does beside its icon.")));
    auto times =
        choice(settingId::kTimes, page, Words::tr("Times"), Words::tr("The zone that times are told in."),
               {{QStringLiteral("local"), Words::tr("Local")}, {QStringLiteral("utc"), QStringLiteral("UTC")}});
    times.keywords = Words::tr("time zone clock date");
    settings.declare(times);
    QList<SettingSpec::Option> languages{{QStringLiteral("system"), Words::tr("As the desktop")}};
    for (const auto& code : availableLanguages()) languages << SettingSpec::Option{code, languageName(code)};
    auto language =
        choice(settingId::kLanguage, page, Words::tr("Language"), Words::tr("Words of all windows."), languages);
    language.needsRestart = true;
    settings.declare(language);
}

void declareRuns(Settings& settings) {
    const auto page = Words::tr("Runs");
    settings.declare(choice(settingId::kAskInputs, page, Words::tr("Ask for inputs"),
                            Words::tr("Whether starting a run shows its inputs first."),
                            {{QStringLiteral("always"), Words::tr("Whenever there are any")},
                             {QStringLiteral("required"), Words::tr("Only if one is missing")}}));
    auto confirm = flag(settingId::kConfirmCancel, false, page, Words::tr("Confirm cancelling"),
                        Words::tr("Asks before a run is cancelled."));
    confirm.keywords = Words::tr("confirmation safety");
    settings.declare(confirm);
}

void declareWindow(Settings& settings) {
    const auto page = Words::tr("Window");
    settings.declare(flag(settingId::kRestoreSession, true, page, Words::tr("Open what was open"),
                          Words::tr("At the start, shows the workflow and the run that were looked at last.")));
    auto notices = flag(settingId::kDesktopNotices, true, page, Words::tr("Desktop notifications"),
                        Words::tr("Tells how runs ended also while no window of Signalbox is in front."));
    notices.keywords = Words::tr("toast message popup do not disturb");
    settings.declare(notices);
    settings.declare(number(settingId::kRecentFiles, 10, 0, 30, page, Words::tr("Recent files"),
                            Words::tr("How many are listed in the File menu.")));
    settings.declare(number(settingId::kRecentCommands, 20, 0, 50, page, Words::tr("Recent commands"),
                            Words::tr("How many the command palette remembers and shows first.")));
    auto interval = number(settingId::kEngineInterval, 1, 1, 60, page, Words::tr("Engine numbers"),
                           Words::tr("How often the status bar asks the engine."));
    interval.suffix = Words::tr(" s");
    settings.declare(interval);
}

Theme::Mode modeOf(const QString& name) {
    if (name == QLatin1String("light")) return Theme::Mode::Light;
    if (name == QLatin1String("dark")) return Theme::Mode::Dark;
    return name == QLatin1String("high-contrast") ? Theme::Mode::HighContrast : Theme::Mode::System;
}

}  // namespace

void applyLanguageSetting(const StateStore& store) {
    const auto wanted = store.value(QStringLiteral("settings")).toObject().value(settingId::kLanguage).toString();
    installLanguage(*QCoreApplication::instance(), wanted == QLatin1String("system") ? QString() : wanted);
}

void declareShellSettings(Settings& settings) {
    declareLook(settings);
    declareRuns(settings);
    declareWindow(settings);
}

void applyLookSetting(const Settings& settings, const QString& id) {
    auto& theme = Theme::current();
    if (id == settingId::kTheme) {
        theme.setMode(modeOf(settings.text(id)));
    } else if (id == settingId::kDensity) {
        const bool compact = settings.text(id) == QLatin1String("compact");
        theme.setDensity(compact ? Theme::Density::Compact : Theme::Density::Comfortable);
    } else if (id == settingId::kReducedMotion) {
        theme.setReducedMotion(settings.flag(id));
    } else if (id == settingId::kTimes) {
        setTimeZone(settings.text(id) == QLatin1String("utc") ? TimeZone::Utc : TimeZone::Local);
    }
}

void applyLookSettings(const Settings& settings) {
    for (const auto& spec : settings.specs()) {
        if (!settings.isDefault(spec.id)) applyLookSetting(settings, spec.id);
    }
}

}  // namespace signalbox::ui
