// Writes pictures of what the shell opens over the window, to be looked at: render_shell FOLDER
// [light|dark|high-contrast].
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QEventLoop>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QTimer>

#include "ui/settings/settings.h"
#include "ui/shell/key_recorder.h"
#include "ui/shell/layouts.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/window_tools.h"
#include "ui/window_fixture.h"

namespace {

using namespace signalbox;

QString folder;

void settle() {
    QEventLoop loop;
    QTimer::singleShot(250, &loop, &QEventLoop::quit);
    loop.exec();
}

void save(QWidget& widget, const char* name) {
    settle();
    widget.grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
}

void palette(test::WindowFixture& f) {
    auto& tools = f.window->tools();
    tools.openPalette();
    save(*f.window, "s1-palette");
    auto* field = f.part<QLineEdit>("paletteField");
    field->setText(QStringLiteral("rerf"));
    save(*f.window, "s2-palette-fuzzy");
    field->setText(QStringLiteral("?"));
    save(*f.window, "s3-palette-help");
    field->setText(QStringLiteral("#"));
    save(*f.window, "s4-palette-runs");
    field->setText(QStringLiteral("zzzz"));
    save(*f.window, "s5-palette-nothing");
    QTest::keyClick(field, Qt::Key_Escape);
}

void dialogs(test::WindowFixture& f) {
    static_cast<void>(f.window->settings().set(ui::settingId::kToolBarWords, true));
    f.window->tools().openSettings();
    auto* settings = f.part<QDialog>("settingsDialog");
    save(*settings, "s6-settings");
    f.part<QLineEdit>("settingsSearch")->setText(QStringLiteral("how"));
    save(*settings, "s7-settings-search");
    settings->close();
    save(*f.window, "s8-toolbar-words");
    f.window->settings().reset(ui::settingId::kToolBarWords);
    f.window->tools().openShortcuts();
    auto* editor = f.part<QDialog>("shortcutEditor");
    save(*editor, "s9-shortcuts");
    QTest::keyClick(f.part<ui::KeyRecorder>("shortcutRecorder"), Qt::Key_R, Qt::ControlModifier);
    save(*editor, "s10-shortcuts-conflict");
    editor->close();
    f.part<QAction>("actionAbout")->trigger();
    save(*f.part<QDialog>("aboutBox"), "s11-about");
    f.part<QDialog>("aboutBox")->close();
}

void guides(test::WindowFixture& f) {
    f.window->tools().openWelcome();
    save(*f.window, "s12-welcome");
    f.window->tools().startTour();
    auto* next = f.part<QWidget>("tourNext");
    for (const auto* name : {"s13-tour-1", "s14-tour-2", "s15-tour-3", "s16-tour-4", "s17-tour-5"}) {
        save(*f.window, name);
        QTest::keyClick(next, Qt::Key_Space);
    }
}

void menus(test::WindowFixture& f) {
    int number = 0;
    for (auto* action : f.window->menuBar()->actions()) {
        action->menu()->popup(QPoint(0, 0));
        save(*action->menu(), qPrintable(QStringLiteral("s20-menu-%1").arg(number++)));
        action->menu()->close();
    }
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const auto name = QString::fromLocal8Bit(argc > 2 ? argv[2] : "dark");
    folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : ".");
    QDir().mkpath(folder);
    test::WindowFixture f;
    auto& theme = ui::Theme::current();
    theme.setMode(name == QLatin1String("light")  ? ui::Theme::Mode::Light
                  : name == QLatin1String("dark") ? ui::Theme::Mode::Dark
                                                  : ui::Theme::Mode::HighContrast);
    auto run = test::freshRun(test::smallWorkflow(), "0199-a2", f.gateway->now() - 60'000'000);
    run.summary.status = "failed";
    f.gateway->runs.push_back(run);
    settle();
    guides(f);
    f.window->openWorkflow(QStringLiteral("release"));
    settle();
    palette(f);
    dialogs(f);
    menus(f);
    f.window->openRun(QStringLiteral("0199-a2"));
    f.window->layouts().apply(QStringLiteral("monitor"));
    save(*f.window, "s18-monitor");
    ui::WindowOptions options;
    options.safeMode = true;
    test::WindowFixture safe(options);
    theme.setMode(name == QLatin1String("light") ? ui::Theme::Mode::Light : ui::Theme::Mode::Dark);
    static_cast<void>(safe.window->settings().set(ui::settingId::kTimes, QStringLiteral("utc")));
    save(*safe.window, "s19-safe-mode");
    return 0;
}
