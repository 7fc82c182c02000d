// The window on the real engine, in a folder with the workflows that a test writes.
#pragma once

#include <QFile>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "embedded/embedded_gateway.h"
#include "ui/canvas/canvas_view.h"
#include "ui/panels/panel_context.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

namespace signalbox::test {

class EmbeddedWindow {
public:
    void write(const char* name, const QByteArray& text) const {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QByteArray read(const char* name) const {
        QFile file(folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool open() {
        embedded::EmbeddedOptions options;
        options.workspace = folder.path().toStdString();
        options.version = "test";
        options.threads = 2;
        auto opened = embedded::EmbeddedGateway::open(std::move(options));
        if (!opened) return false;
        gateway = *std::move(opened);
        client = std::make_unique<client::GatewayClient>(gateway->connect());
        ui::Theme::current().setReducedMotion(true);
        window = std::make_unique<ui::MainWindow>(*client);
        window->resize(1440, 900);
        window->show();
        window->activateWindow();
        return true;
    }
    void closeWindow() {
        window.reset();
        client.reset();
        gateway.reset();
    }
    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        return window->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] ui::CanvasView& canvas() const { return *part<ui::CanvasView>("canvas"); }
    /// Set SIGNALBOX_PICTURES to look at what the real engine shows.
    void picture(const char* name) const {
        const auto target = qEnvironmentVariable("SIGNALBOX_PICTURES");
        if (target.isEmpty()) return;
        // Layouts settle in several rounds.
        for (int round = 0; round < 20; ++round) QCoreApplication::processEvents();
        window->grab().save(QStringLiteral("%1/%2.png").arg(target, QLatin1String(name)));
    }

    QTemporaryDir folder;
    std::unique_ptr<embedded::EmbeddedGateway> gateway;
    std::unique_ptr<client::GatewayClient> client;
    std::unique_ptr<ui::MainWindow> window;
};

}  // namespace signalbox::test
