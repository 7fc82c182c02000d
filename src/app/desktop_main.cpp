// signalbox: the console, with the engine inside.
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QMessageBox>
#include <QTimer>
#include <cstdio>
#include <memory>

#include "client/gateway_client.h"
#include "embedded/demo_workspace.h"
#include "embedded/embedded_gateway.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

namespace {

using namespace signalbox;

constexpr int kSettleMilliseconds = 600;        ///< for the last batch of events and motion to be painted
constexpr int kPatienceMilliseconds = 300'000;  ///< of --screenshot with a run that does not end
enum ExitCode : int { kFailed = 1, kUsage = 2, kNotFound = 4, kRefused = 5 };

int complain(const Error& error, int code) {
    std::fprintf(stderr, "signalbox: %s [%s]\n", error.message.c_str(), error.code.c_str());
    if (!error.where.empty()) std::fprintf(stderr, "    at %s\n", error.where.c_str());
    if (!error.hint.empty()) std::fprintf(stderr, "    hint: %s\n", error.hint.c_str());
    return code;
}

/// Without a display the window is drawn into memory, which is enough for --screenshot. True when that may happen.
bool choosePlatform() {
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) return false;
    const bool wayland = !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    const bool x11 = !qEnvironmentVariableIsEmpty("DISPLAY");
    qputenv("QT_QPA_PLATFORM", wayland ? "wayland;xcb;offscreen" : x11 ? "xcb;offscreen" : "offscreen");
    return true;
}

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription("Console for durable workflows.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("workspace", "The folder of workflows to open.", "[WORKSPACE]");
    parser.addOptions({
        {"workspace", "The folder of workflows to open.", "DIR"},
        {"demo", "Open the demo workspace; it is made first if it is not there."},
        {"run", "Open this workflow and run it.", "WORKFLOW"},
        {"screenshot", "When the run has ended, write a picture of the window to FILE and quit.", "FILE"},
    });
}

/// What was asked for, or where one stands when there are workflows, or the demo.
Result<std::filesystem::path> chooseWorkspace(const QCommandLineParser& parser) {
    const QStringList operands = parser.positionalArguments();
    if (parser.isSet("workspace")) return parser.value("workspace").toStdString();
    if (!operands.isEmpty()) return operands.first().toStdString();
    const auto here = embedded::workspaceOf(QDir::currentPath().toStdString());
    const bool isWorkspace = embedded::hasRuns(here) || !QDir::current().entryList({"*.workflow.json"}).isEmpty();
    if (isWorkspace && !parser.isSet("demo")) return here;
    const auto demo = embedded::defaultDemoFolder();
    SIGNALBOX_TRY(const auto made, embedded::makeDemoWorkspace(demo));
    static_cast<void>(made);
    return demo;
}

void takeScreenshot(ui::MainWindow& window, const QString& file, int code) {
    QTimer::singleShot(kSettleMilliseconds, &window, [&window, file, code] {
        if (!window.grab().save(file)) {
            complain({"screenshot.write", "The picture cannot be written", file.toStdString(), {}, false}, kFailed);
            return QCoreApplication::exit(kFailed);
        }
        QCoreApplication::exit(code);
    });
}

/// --run and --screenshot.
void automate(ui::MainWindow& window, client::GatewayClient& client, const QCommandLineParser& parser) {
    const QString workflow = parser.value("run");
    const QString file = parser.value("screenshot");
    if (!workflow.isEmpty()) {
        window.openWorkflow(workflow);
        window.runCurrent();
    }
    if (file.isEmpty()) return;
    if (workflow.isEmpty()) return takeScreenshot(window, file, 0);
    QObject::connect(&window, &ui::MainWindow::runFinished, &window,
                     [&window, file](bool succeeded) { takeScreenshot(window, file, succeeded ? 0 : kFailed); });
    client.workflows().get(workflow).then(&window, [](const Result<protocol::WorkflowDetail>& found) {
        if (!found) QCoreApplication::exit(complain(found.error(), kNotFound));
    });
    QTimer::singleShot(kPatienceMilliseconds, &window, [] {
        QCoreApplication::exit(complain({"run.endless", "The run has not ended in time", {}, {}, false}, kFailed));
    });
}

/// A program that was started by a click has nobody who reads its standard error.
int showFailure(const Error& error, bool hasDisplay) {
    complain(error, kRefused);
    if (!hasDisplay) return kRefused;
    QMessageBox box(QMessageBox::Critical, "Signalbox", QString::fromStdString(error.message));
    box.setInformativeText(QString::fromStdString(error.hint));
    box.setDetailedText(QString::fromStdString(error.code + "\n" + error.where));
    box.open();
    QCoreApplication::exec();
    return kRefused;
}

}  // namespace

int main(int argc, char** argv) {
    const bool mayFallBack = choosePlatform();
    QApplication application(argc, argv);
    QApplication::setApplicationName("signalbox");
    QApplication::setApplicationDisplayName("Signalbox");
    QApplication::setApplicationVersion(SIGNALBOX_VERSION);
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
    const bool hasDisplay = QGuiApplication::platformName() != "offscreen";
    if (!hasDisplay && mayFallBack && !parser.isSet("screenshot")) {
        return complain({"display.none",
                         "There is no display to open a window on",
                         {},
                         "Set DISPLAY, take a picture with --screenshot, or use signalboxctl",
                         false},
                        kUsage);
    }
    ui::Theme::of(application);

    auto workspace = chooseWorkspace(parser);
    if (!workspace) return showFailure(workspace.error(), hasDisplay);
    embedded::EmbeddedOptions options;
    options.workspace = *workspace;
    options.version = SIGNALBOX_VERSION;
    options.log = stderrSink();
    auto gateway = embedded::EmbeddedGateway::open(std::move(options));
    if (!gateway) return showFailure(gateway.error(), hasDisplay);
    client::GatewayClient client((*gateway)->connect());
    ui::MainWindow window(client);
    window.show();
    automate(window, client, parser);
    return QApplication::exec();
}
