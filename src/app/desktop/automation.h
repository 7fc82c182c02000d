// --screenshot: a picture of the window when the run that was asked for has ended.
#pragma once

#include <QString>

namespace signalbox::client {
class GatewayClient;
}
namespace signalbox::ui {
class MainWindow;
}

namespace signalbox::desktop {

/// Ends the program when the picture is written. `workflow` is the one that runs; empty: none, the picture is taken at
/// once.
void takeScreenshotWhenDone(ui::MainWindow& window, client::GatewayClient& client, const QString& workflow,
                            const QString& file);

}  // namespace signalbox::desktop
