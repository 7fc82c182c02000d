#include "ui/shell/actions.h"

#include <QAction>
#include <QActionGroup>

#include "ui/actions/action_registry.h"

namespace signalbox::ui {

namespace {

QList<QKeySequence> keys(const QString& text) { return {QKeySequence(text)}; }

ActionSpec spec(const char* id, const QString& text, ActionCategory category, int section,
                QList<QKeySequence> shortcuts = {}, const char* icon = "") {
    ActionSpec made;
    made.id = QLatin1String(id);
    made.text = text;
    made.category = category;
    made.section = section;
    made.icon = QLatin1String(icon);
    made.shortcuts = std::move(shortcuts);
    return made;
}

ActionSpec withWords(ActionSpec made, const QString& keywords) {
    made.keywords = keywords;
    return made;
}

ActionSpec atGateway(ActionSpec made) {
    made.needsGateway = true;
    return made;
}

}  // namespace

Actions::Actions(ActionRegistry& registry, QObject* parent) : QObject(parent), registry_(registry) {
    addFile();
    addRun();
    addView();
    addLayouts();
    addThemes();
    addGo();
    addHelp();
}

void Actions::addFile() {
    const auto add = [this](const ActionSpec& made) { return registry_.add(made, this); };
    constexpr auto kFile = ActionCategory::File;
    openFile = add(spec("openFile", tr("&Open file…"), kFile, 0, {QKeySequence::Open}, "folder"));
    openWorkspace =
        add(spec("openWorkspace", tr("Open &workspace…"), kFile, 0, keys(QStringLiteral("Ctrl+Shift+O")), "folder"));
    find = add(spec("find", tr("&Find workflow"), kFile, 2, keys(QStringLiteral("Ctrl+P")), "search"));
    reload = add(atGateway(withWords(
        spec("reload", tr("&Reload workflows"), kFile, 2, {QKeySequence::Refresh}, "refresh"), tr("refresh"))));
    settings = add(withWords(spec("settings", tr("&Settings…"), kFile, 4, keys(QStringLiteral("Ctrl+,"))),
                             tr("preferences options configuration")));
    shortcuts = add(withWords(spec("shortcuts", tr("&Keyboard shortcuts…"), kFile, 4), tr("keys bindings")));
    closeWindow = add(spec("closeWindow", tr("&Close window"), kFile, 6, keys(QStringLiteral("Ctrl+W"))));
    quit = add(withWords(spec("quit", tr("&Quit"), kFile, 6, keys(QStringLiteral("Ctrl+Q"))), tr("exit leave")));
}

void Actions::addRun() {
    const auto add = [this](const ActionSpec& made) { return registry_.add(atGateway(made), this); };
    constexpr auto kRun = ActionCategory::Run;
    run = add(withWords(spec("run", tr("&Run"), kRun, 0, keys(QStringLiteral("Ctrl+R")), "run"), tr("start execute")));
    pause = add(spec("pause", tr("&Pause"), kRun, 0, keys(QStringLiteral("Ctrl+Shift+H")), "pause"));
    resume = add(spec("resume", tr("R&esume"), kRun, 0, keys(QStringLiteral("Ctrl+Shift+R")), "resume"));
    cancel = add(withWords(spec("cancel", tr("&Cancel run"), kRun, 0, keys(QStringLiteral("Ctrl+.")), "stop"),
                           tr("stop abort")));
    rerunFailed = add(spec("rerunFailed", tr("Rerun &failed"), kRun, 1, {}, "rerun"));
    rerunFrom = add(spec("rerunFrom", tr("Rerun from selected &node"), kRun, 1, {}, "rerun"));
    closeRun = registry_.add(spec("closeRun", tr("C&lose run"), kRun, 2, {}, "close"), this);
}

void Actions::addView() {
    const auto add = [this](const ActionSpec& made) { return registry_.add(made, this); };
    constexpr auto kView = ActionCategory::View;
    fit = add(spec("fit", tr("&Fit graph"), kView, 0, keys(QStringLiteral("Ctrl+0")), "fit"));
    zoomIn = add(spec("zoomIn", tr("Zoom &in"), kView, 0, {QKeySequence::ZoomIn}, "zoom-in"));
    zoomOut = add(spec("zoomOut", tr("Zoom &out"), kView, 0, {QKeySequence::ZoomOut}, "zoom-out"));
    actualSize = add(spec("actualSize", tr("&Actual size"), kView, 0, keys(QStringLiteral("Ctrl+1"))));
}

void Actions::addLayouts() {
    const auto add = [this](ActionSpec made) {
        made.submenu = tr("&Layout");
        return registry_.add(made, this);
    };
    // Behind the layouts themselves, which have section 2.
    saveLayout =
        add(withWords(spec("saveLayout", tr("&Save layout as…"), ActionCategory::View, 3), tr("layout arrangement")));
    resetLayout = add(withWords(spec("resetLayout", tr("&Reset layout"), ActionCategory::View, 3), tr("arrangement")));
    removeLayout = add(spec("removeLayout", tr("&Delete layout"), ActionCategory::View, 3));
}

void Actions::addThemes() {
    constexpr auto kView = ActionCategory::View;
    themes = new QActionGroup(this);
    const auto addTheme = [this](const char* id, const QString& text, const char* value) {
        auto made = withWords(spec(id, text, kView, 5), tr("theme colours"));
        made.submenu = tr("&Theme");
        made.checkable = true;
        auto* action = registry_.add(made, this);
        action->setData(QLatin1String(value));
        themes->addAction(action);
    };
    addTheme("themeSystem", tr("As the &desktop"), "system");
    addTheme("themeLight", tr("&Light"), "light");
    addTheme("themeDark", tr("D&ark"), "dark");
    addTheme("themeHighContrast", tr("&High contrast"), "high-contrast");
    auto made = withWords(spec("compact", tr("&Compact rows"), kView, 5), tr("density small"));
    made.checkable = true;
    compact = registry_.add(made, this);
    made = withWords(spec("reducedMotion", tr("Reduce &motion"), kView, 5), tr("animation"));
    made.checkable = true;
    reducedMotion = registry_.add(made, this);
}

void Actions::addGo() {
    const auto add = [this](const ActionSpec& made) { return registry_.add(made, this); };
    constexpr auto kGo = ActionCategory::Go;
    palette =
        add(spec("palette", tr("&Command palette"), kGo, 0,
                 {QKeySequence(QStringLiteral("Ctrl+K")), QKeySequence(QStringLiteral("Ctrl+Shift+P"))}, "search"));
    goToNode = add(spec("goToNode", tr("Go to &node…"), kGo, 0, keys(QStringLiteral("Ctrl+G")), "node"));
    goToRun = add(spec("goToRun", tr("Go to &run…"), kGo, 0, keys(QStringLiteral("Ctrl+Shift+G")), "history"));
    nextPanel =
        add(withWords(spec("nextPanel", tr("Ne&xt panel"), kGo, 1, keys(QStringLiteral("F6"))), tr("focus dock")));
    previousPanel = add(withWords(
        spec("previousPanel", tr("&Previous panel"), kGo, 1, keys(QStringLiteral("Shift+F6"))), tr("focus dock")));
    goToGraph =
        add(withWords(spec("goToGraph", tr("&Graph"), kGo, 1, keys(QStringLiteral("Ctrl+J"))), tr("canvas focus")));
}

void Actions::addHelp() {
    const auto add = [this](const ActionSpec& made) { return registry_.add(made, this); };
    constexpr auto kHelp = ActionCategory::Help;
    welcome = add(spec("welcome", tr("&Welcome"), kHelp, 0));
    tour = add(withWords(spec("tour", tr("Take the &tour"), kHelp, 0), tr("introduction help")));
    shortcutSheet =
        add(withWords(spec("shortcutSheet", tr("&Sheet of shortcuts"), kHelp, 1), tr("keys print cheat sheet")));
    about = add(withWords(spec("about", tr("&About Signalbox"), kHelp, 2, {}, "info"), tr("version licence")));
}

}  // namespace signalbox::ui
