// A window on a gateway that the test plays.
#pragma once

#include <QTest>
#include <memory>

#include "ui/canvas/canvas_view.h"
#include "ui/fake_gateway.h"
#include "ui/panels/panel_context.h"
#include "ui/samples.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

namespace signalbox::test {

struct WindowFixture {
    explicit WindowFixture(ui::WindowOptions options = {}) {
        auto owned = std::make_unique<FakeGateway>();
        gateway = owned.get();
        gateway->workflows = {releaseWorkflow(), smallWorkflow(), workflowWithInputs(), brokenWorkflow()};
        client = std::make_unique<client::GatewayClient>(std::move(owned));
        ui::Theme::current().setMode(ui::Theme::Mode::Dark);
        ui::Theme::current().setReducedMotion(true);
        window = std::make_unique<ui::MainWindow>(*client, std::move(options));
        window->context().run().setClock([this] { return gateway->now(); });
        window->resize(1440, 900);
        window->show();
        window->activateWindow();
    }

    /// A part of the window by its object name; null fails the test that uses it.
    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        return window->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] ui::CanvasView& canvas() const { return *part<ui::CanvasView>("canvas"); }
    [[nodiscard]] QString openId() const { return window->context().workflowId(); }
    void prepareRun(const protocol::WorkflowDetail& workflow, const char* id) const {
        gateway->nextRun = freshRun(workflow, id, gateway->now());
    }

    FakeGateway* gateway = nullptr;
    std::unique_ptr<client::GatewayClient> client;
    std::unique_ptr<ui::MainWindow> window;
};

}  // namespace signalbox::test
