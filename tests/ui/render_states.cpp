// Writes a picture of every layout in every state that its panels can be in, to be looked at: render_states FOLDER
// [light|dark|high-contrast]. QT_SCALE_FACTOR=2 draws it for a dense screen.
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QEventLoop>
#include <QTabWidget>
#include <QTimer>

#include "protocol/envelope.h"
#include "ui/shell/layouts.h"
#include "ui/window_fixture.h"

namespace {

using namespace signalbox;

QString folder;
ui::Theme::Mode mode = ui::Theme::Mode::Dark;

void settle() {
    QEventLoop loop;
    QTimer::singleShot(400, &loop, &QEventLoop::quit);
    loop.exec();
}

void save(QWidget& widget, const QString& name) {
    settle();
    widget.grab().save(QStringLiteral("%1/%2.png").arg(folder, name));
}

/// Each dock in front once, with each of its tabs.
void saveDocks(test::WindowFixture& f, const QString& state) {
    for (auto* dock : f.window->findChildren<QDockWidget*>()) {
        if (!f.window->layouts().includes(dock->objectName())) continue;
        dock->show();
        dock->raise();
        const auto tabs = dock->findChildren<QTabWidget*>();
        if (tabs.isEmpty()) save(*dock, QStringLiteral("%1-%2").arg(state, dock->objectName()));
        for (auto* widget : tabs) {
            for (int i = 0; i < widget->count(); ++i) {
                widget->setCurrentIndex(i);
                if (widget->isVisible()) {
                    save(*dock,
                         QStringLiteral("%1-%2-%3%4").arg(state, dock->objectName(), widget->objectName()).arg(i));
                }
            }
        }
    }
}

void show(const QString& state, const std::function<void(test::WindowFixture&)>& prepare) {
    test::WindowFixture f;
    ui::Theme::current().setMode(mode);
    prepare(f);
    for (const auto* layout : {"design", "monitor"}) {
        f.window->layouts().apply(QLatin1String(layout));
        save(*f.window, QStringLiteral("%1-%2").arg(state, QLatin1String(layout)));
        saveDocks(f, state);
    }
}

void openFailedRun(test::WindowFixture& f) {
    const auto workflow = test::smallWorkflow();
    auto run = test::freshRun(workflow, "old", f.gateway->now() - 60'000'000);
    run.summary.status = "failed";
    run.summary.finished = f.gateway->now();
    run.error = protocol::ErrorDto{"file.missing", "There is no file lines.txt", "read", "Create it first.", false};
    f.gateway->runs.push_back(run);
    f.window->openWorkflow(QStringLiteral("lines"));
    settle();
    f.window->context().run().open(QStringLiteral("old"));
    settle();
    f.canvas().selectNode(QStringLiteral("read"));
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : ".");
    QDir().mkpath(folder);
    const auto theme = QString::fromLocal8Bit(argc > 2 ? argv[2] : "dark");
    if (theme == QLatin1String("light")) mode = ui::Theme::Mode::Light;
    if (theme == QLatin1String("high-contrast")) mode = ui::Theme::Mode::HighContrast;
    ui::Theme::of(application).setReducedMotion(true);
    show(QStringLiteral("empty"), [](test::WindowFixture& f) {
        f.gateway->workflows.clear();
        f.part<QAction>("actionReload")->trigger();
    });
    show(QStringLiteral("loading"), [](test::WindowFixture& f) {
        openFailedRun(f);
        for (const auto& call : protocol::calls()) f.gateway->hold(call.name);
        f.window->context().run().open(QStringLiteral("old"));
    });
    show(QStringLiteral("live"), openFailedRun);
    show(QStringLiteral("error"), [](test::WindowFixture& f) {
        openFailedRun(f);
        f.gateway->failAll = Error{"store.busy", "The database is locked by another program", "state.db",
                                   "Close the other program and try again", true};
    });
    return 0;
}
