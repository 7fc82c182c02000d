#include "app/desktop/arguments.h"

#include <QCommandLineParser>
#include <QDir>
#include <QUrl>

#include "embedded/embedded_gateway.h"
#include "ui/shell/link.h"

namespace signalbox::desktop {

namespace {

const auto kPath = QStringLiteral("path");
const auto kLink = QStringLiteral("link");
const auto kRun = QStringLiteral("run");
const auto kDemo = QStringLiteral("demo");

/// Where one stands, when that is a workspace.
QString workspaceHere(const QString& folder) {
    const auto here = embedded::workspaceOf(folder.toStdString());
    const bool documents = !QDir(folder).entryList({QStringLiteral("*.workflow.json")}, QDir::Files).isEmpty();
    return documents || embedded::hasRuns(here) ? QString::fromStdString(here.string()) : QString();
}

}  // namespace

void describeArguments(QCommandLineParser& parser) {
    parser.setApplicationDescription("Console for durable workflows.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("what", "A folder of workflows, the file of one, or a signalbox:// link.", "[WHAT]");
    parser.addOptions({
        {"workspace", "The folder of workflows to open.", "DIR"},
        {"demo", "Open the demo workspace; it is made first if it is not there."},
        {"run", "Open this workflow and run it.", "WORKFLOW"},
        {"screenshot", "When the run has ended, write a picture of the window to FILE and quit.", "FILE"},
        {"new-instance", "Do not hand over to a console that is open already."},
        {"safe-mode", "Default layout and shortcuts, nothing of the last session, and nothing is kept of this one."},
    });
}

Result<Arguments> readArguments(const QCommandLineParser& parser, const QString& currentFolder) {
    Arguments arguments;
    const QDir folder(currentFolder);
    const auto operands = parser.positionalArguments();
    if (operands.size() > 1) {
        return fail("usage", "One folder, file or link can be named, not " + std::to_string(operands.size()));
    }
    if (!operands.isEmpty() && ui::isLink(operands.first())) {
        arguments.link = operands.first();
    } else if (!operands.isEmpty()) {
        // Desktops name files by their address.
        const QUrl url(operands.first());
        const auto path = url.isLocalFile() ? url.toLocalFile() : operands.first();
        arguments.path = QDir::cleanPath(folder.absoluteFilePath(path));
    }
    if (parser.isSet("workspace")) arguments.path = QDir::cleanPath(folder.absoluteFilePath(parser.value("workspace")));
    arguments.demo = parser.isSet("demo");
    if (arguments.path.isEmpty() && arguments.link.isEmpty() && !arguments.demo)
        arguments.path = workspaceHere(currentFolder);
    arguments.run = parser.value("run");
    arguments.screenshot = parser.value("screenshot");
    arguments.newInstance = parser.isSet("new-instance");
    arguments.safeMode = parser.isSet("safe-mode");
    return arguments;
}

QJsonObject toMessage(const Arguments& arguments) {
    return {{kPath, arguments.path}, {kLink, arguments.link}, {kRun, arguments.run}, {kDemo, arguments.demo}};
}

Arguments fromMessage(const QJsonObject& message) {
    Arguments arguments;
    arguments.path = message.value(kPath).toString();
    if (!QDir::isAbsolutePath(arguments.path)) arguments.path.clear();
    arguments.link = message.value(kLink).toString();
    arguments.run = message.value(kRun).toString();
    arguments.demo = message.value(kDemo).toBool();
    return arguments;
}

}  // namespace signalbox::desktop
