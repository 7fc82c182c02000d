#include "app/desktop/automation.h"

#include <QCoreApplication>
#include <QTimer>

#include "app/desktop/failure.h"
#include "client/gateway_client.h"
#include "ui/shell/main_window.h"

namespace signalbox::desktop {

namespace {

constexpr int kSettleMilliseconds = 600;        ///< for the last batch of events and motion to be painted
constexpr int kPatienceMilliseconds = 300'000;  ///< with a run that does not end

void takeScreenshot(ui::MainWindow& window, const QString& file, int code) {
    QTimer::singleShot(kSettleMilliseconds, &window, [&window, file, code] {
        if (!window.grab().save(file)) {
            complain({"screenshot.write", "The picture cannot be written", file.toStdString(), {}, false}, kFailed);
            return QCoreApplication::exit(kFailed);
        }
        QCoreApplication::exit(code);
    });
}

}  // namespace

void takeScreenshotWhenDone(ui::MainWindow& window, client::GatewayClient& client, const QString& workflow,
                            const QString& file) {
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

}  // namespace signalbox::desktop
