// Writes pictures of the window in its states, to be looked at: render_window FOLDER [light|dark|high-contrast]
// [rtl|LANGUAGE]. QT_SCALE_FACTOR=2 draws it for a dense screen.
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QEventLoop>
#include <QMenu>
#include <QMenuBar>
#include <QTabWidget>
#include <QTimer>

#include "ui/canvas/canvas_view.h"
#include "ui/fake_gateway.h"
#include "ui/panels/panel_context.h"
#include "ui/samples.h"
#include "ui/shell/main_window.h"
#include "ui/text/translations.h"
#include "ui/widgets/theme.h"

namespace {

using namespace signalbox;

struct Stage {
    Stage() {
        auto owned = std::make_unique<test::FakeGateway>();
        gateway = owned.get();
        gateway->workflows = {test::releaseWorkflow(), test::smallWorkflow(), test::workflowWithInputs(),
                              test::brokenWorkflow()};
        addOldRun("0192-a1", "succeeded", 55, 4'120'000);
        addOldRun("0192-a2", "failed", 60 * 9, 12'800'000);
        addOldRun("0192-a3", "cancelled", 60 * 33, 2'000'000);
        client = std::make_unique<client::GatewayClient>(std::move(owned));
        window = std::make_unique<ui::MainWindow>(*client);
        window->context().run().setClock([this] { return gateway->now(); });
        window->resize(1440, 900);
        window->show();
        settle();
    }
    void addOldRun(const std::string& id, const std::string& status, int minutesAgo, std::int64_t took) {
        const auto when = gateway->now() - minutesAgo * 60'000'000LL;
        auto run = test::freshRun(test::releaseWorkflow(), id, when);
        run.summary.status = status;
        run.summary.finished = when + took;
        if (status == "failed") run.summary.errorCode = "http.timeout";
        gateway->runs.push_back(run);
    }
    static void settle() {
        // Longer than the client gathers events.
        QEventLoop loop;
        QTimer::singleShot(250, &loop, &QEventLoop::quit);
        loop.exec();
    }
    void open(const char* id) {
        window->openWorkflow(QLatin1String(id));
        settle();
    }
    void save(const QString& name) const {
        settle();
        window->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }
    QString folder;
    test::FakeGateway* gateway = nullptr;
    std::unique_ptr<client::GatewayClient> client;
    std::unique_ptr<ui::MainWindow> window;
};

void done(test::FakeGateway& gateway, const char* node, std::int64_t took, std::uint32_t attempt = 1) {
    gateway.node("r1", node, "running", attempt);
    gateway.advance(took);
    gateway.node("r1", node, "succeeded", attempt);
}

void runHalf(Stage& stage) {
    auto& gateway = *stage.gateway;
    gateway.nextRun = test::freshRun(test::releaseWorkflow(), "r1", gateway.now());
    gateway.nextRun->summary.started = gateway.now();
    stage.window->runCurrent();
    Stage::settle();
    done(gateway, "status", 38'000);
    gateway.log("r1", "status", "info", "read 2 964 813 bytes");
    done(gateway, "hosts", 300);
    done(gateway, "parse", 412'000);
    gateway.log("r1", "parse", "info", "3 214 records");
    done(gateway, "installed", 21'000);
    gateway.node("r1", "check", "running");
    for (std::uint32_t i = 0; i < 14; ++i) gateway.item("r1", "check", i, i < 9 ? "succeeded" : "running");
    gateway.log("r1", "check", "warning", "build-07.example answered after 4.1 s, retrying");
    done(gateway, "bySection", 16'000);
    gateway.node("r1", "report", "running");
    gateway.node("r1", "store", "backoff", 2,
                 protocol::ErrorDto{"sql.locked", "The database is locked", "store", "", true});
    gateway.advance(1'240'000);
}

void runToApproval(Stage& stage) {
    auto& gateway = *stage.gateway;
    done(gateway, "check", 0);
    gateway.advance(800'000);
    gateway.node("r1", "report", "succeeded");
    done(gateway, "store", 7'000, 3);
    done(gateway, "decide", 200);
    gateway.node("r1", "alert", "skipped");
    gateway.node("r1", "approve", "waiting");
    Stage::settle();
}

void fail(Stage& stage) {
    auto& gateway = *stage.gateway;
    gateway.node("r1", "approve", "succeeded");
    const protocol::ErrorDto error{"http.timeout", "No answer from deploy.example within 30 s", "publish, attempt 3",
                                   "Check that the deploy service is up, or raise the timeout of the node.", true};
    gateway.node("r1", "publish", "running", 3);
    gateway.advance(30'000'000);
    gateway.node("r1", "publish", "failed", 3, error);
    gateway.nodeData["publish"] = {
        gateway.run("r1").nodes[10],
        Value::object({{"input", Value::object({{"release", 42}, {"notes", "Fixes the pager"}})}}),
        Value::undefined(),
        {}};
    gateway.finish("r1", "failed", Value::undefined(), error);
    stage.window->context().selectNode(QStringLiteral("publish"));
    Stage::settle();
}

void finishWell(Stage& stage) {
    auto& gateway = *stage.gateway;
    gateway.nextRun = test::freshRun(test::smallWorkflow(), "r2", gateway.now());
    gateway.nextRun->summary.started = gateway.now();
    stage.window->runCurrent();
    Stage::settle();
    for (const auto* node : {"read", "count", "write"}) {
        gateway.node("r2", node, "running");
        gateway.advance(12'000);
        gateway.node("r2", node, "succeeded");
    }
    gateway.nodeData["count"] = {gateway.run("r2").nodes[1],
                                 Value::object({{"input", "PRETTY_NAME=\"Debian\""}}),
                                 Value::object({{"output", Value::object({{"lines", 9}, {"words", 14}})}}),
                                 {}};
    gateway.finish(
        "r2", "succeeded",
        Value::object({{"lines", 9},
                       {"byLength", Value::array({12, 9, 31})},
                       {"longest", Value::object({{"text", "HOME_URL=https://www.debian.org/"}, {"length", 32}})}}));
    stage.window->context().selectNode(QStringLiteral("count"));
    stage.window->findChild<QTabWidget*>(QStringLiteral("detailsTabs"))->setCurrentIndex(2);
    stage.window->findChild<QTabWidget*>(QStringLiteral("runTabs"))->setCurrentIndex(2);
    Stage::settle();
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    auto& theme = ui::Theme::of(application);
    const auto name = QString::fromLocal8Bit(argc > 2 ? argv[2] : "dark");
    theme.setMode(name == QLatin1String("light")  ? ui::Theme::Mode::Light
                  : name == QLatin1String("dark") ? ui::Theme::Mode::Dark
                                                  : ui::Theme::Mode::HighContrast);
    theme.setReducedMotion(true);
    const auto variant = QString::fromLocal8Bit(argc > 3 ? argv[3] : "");
    if (variant == QLatin1String("rtl")) QApplication::setLayoutDirection(Qt::RightToLeft);
    if (!variant.isEmpty() && variant != QLatin1String("rtl")) ui::installLanguage(application, variant);
    Stage stage;
    stage.folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : ".");
    QDir().mkpath(stage.folder);
    stage.save(QStringLiteral("1-empty"));
    stage.open("release");
    stage.save(QStringLiteral("2-open"));
    runHalf(stage);
    stage.save(QStringLiteral("3-running"));
    runToApproval(stage);
    stage.save(QStringLiteral("4-approval"));
    fail(stage);
    stage.save(QStringLiteral("5-failed"));
    stage.open("orders");
    stage.save(QStringLiteral("6-findings"));
    stage.open("lines");
    finishWell(stage);
    stage.save(QStringLiteral("7-done"));
    if (auto* bar = stage.window->menuBar(); !bar->actions().isEmpty()) {
        auto* menu = bar->actions().last()->menu();
        menu->popup(stage.window->mapToGlobal(QPoint(100, 40)));
        Stage::settle();
        menu->grab().save(stage.folder + QStringLiteral("/10-menu.png"));
        menu->close();
    }
    stage.open("greeting");
    stage.window->runCurrent();
    Stage::settle();
    if (auto* dialog = stage.window->findChild<QDialog*>(QStringLiteral("inputsDialog"))) {
        dialog->grab().save(stage.folder + QStringLiteral("/8-inputs.png"));
        dialog->reject();
    }
    stage.open("nothing");
    stage.save(QStringLiteral("9-error"));
    return 0;
}
