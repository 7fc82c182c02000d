#include "ui/shell/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

Actions::Actions(QWidget& window) : QObject(&window), window_(window) {
    reload = make("actionReload", tr("&Reload workflows"), QStringLiteral("refresh"), QKeySequence::Refresh);
    find = make("actionFind", tr("&Find workflow"), QStringLiteral("search"), QKeySequence(tr("Ctrl+P")));
    quit = make("actionQuit", tr("&Quit"), {}, QKeySequence(tr("Ctrl+Q")));
    makeRunActions();
    makeViewActions();
    makeThemes();
}

QAction* Actions::make(const char* name, const QString& text, const QString& icon, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    if (!icon.isEmpty()) action->setIcon(themedIcon(icon));
    action->setShortcut(keys);
    // "Run (Ctrl+R)", without the mark of the mnemonic.
    auto plain = text;
    plain.remove(QLatin1Char('&'));
    action->setToolTip(keys.isEmpty() ? plain
                                      : QStringLiteral("%1 (%2)").arg(plain, keys.toString(QKeySequence::NativeText)));
    window_.addAction(action);
    return action;
}

void Actions::makeRunActions() {
    run = make("actionRun", tr("&Run"), QStringLiteral("run"), QKeySequence(tr("Ctrl+R")));
    pause = make("actionPause", tr("&Pause"), QStringLiteral("pause"), QKeySequence(tr("Ctrl+Shift+P")));
    resume = make("actionResume", tr("R&esume"), QStringLiteral("resume"), QKeySequence(tr("Ctrl+Shift+R")));
    cancel = make("actionCancel", tr("&Cancel run"), QStringLiteral("stop"), QKeySequence(tr("Ctrl+.")));
    rerunFailed = make("actionRerunFailed", tr("Rerun &failed"), QStringLiteral("rerun"));
    rerunFrom = make("actionRerunFrom", tr("Rerun from selected &node"), QStringLiteral("rerun"));
    closeRun = make("actionCloseRun", tr("C&lose run"), QStringLiteral("close"));
}

void Actions::makeViewActions() {
    fit = make("actionFit", tr("&Fit graph"), QStringLiteral("fit"), QKeySequence(tr("Ctrl+0")));
    zoomIn = make("actionZoomIn", tr("Zoom &in"), QStringLiteral("zoom-in"), QKeySequence::ZoomIn);
    zoomOut = make("actionZoomOut", tr("Zoom &out"), QStringLiteral("zoom-out"), QKeySequence::ZoomOut);
    actualSize = make("actionActualSize", tr("&Actual size"), {}, QKeySequence(tr("Ctrl+1")));
    compact = make("actionCompact", tr("&Compact rows"), {});
    compact->setCheckable(true);
    reducedMotion = make("actionReducedMotion", tr("Reduce &motion"), {});
    reducedMotion->setCheckable(true);
    reducedMotion->setChecked(Theme::current().reducedMotion());
}

void Actions::makeThemes() {
    themes = new QActionGroup(this);
    const auto add = [this](const char* name, const QString& text, Theme::Mode mode) {
        auto* action = make(name, text, {});
        action->setCheckable(true);
        action->setData(static_cast<int>(mode));
        action->setChecked(Theme::current().mode() == mode);
        themes->addAction(action);
    };
    add("actionThemeSystem", tr("As the &desktop"), Theme::Mode::System);
    add("actionThemeLight", tr("&Light"), Theme::Mode::Light);
    add("actionThemeDark", tr("D&ark"), Theme::Mode::Dark);
    add("actionThemeHighContrast", tr("&High contrast"), Theme::Mode::HighContrast);
}

void Actions::fill(QMenuBar& bar, const QList<QAction*>& docks) {
    auto* file = bar.addMenu(tr("&File"));
    file->addActions({find, reload});
    file->addSeparator();
    file->addAction(quit);
    auto* runs = bar.addMenu(tr("&Run"));
    runs->addActions({run, pause, resume, cancel});
    runs->addSeparator();
    runs->addActions({rerunFailed, rerunFrom});
    runs->addSeparator();
    runs->addAction(closeRun);
    auto* view = bar.addMenu(tr("&View"));
    view->addActions({fit, zoomIn, zoomOut, actualSize});
    view->addSeparator();
    view->addActions(docks);
    view->addSeparator();
    auto* theme = view->addMenu(tr("&Theme"));
    theme->addActions(themes->actions());
    view->addActions({compact, reducedMotion});
}

}  // namespace signalbox::ui
