#include <QCoreApplication>

#include "ui/shell/layouts.h"

namespace signalbox::ui {

namespace {

using How = DockPlace::How;

const auto kWorkflows = QStringLiteral("workflowDock");
const auto kRuns = QStringLiteral("runListDock");
const auto kDetails = QStringLiteral("detailsDock");
const auto kFindings = QStringLiteral("findingsDock");
const auto kRun = QStringLiteral("runDock");
const auto kOutline = QStringLiteral("outlineDock");
const auto kAllRuns = QStringLiteral("allRunsDock");
const auto kEngine = QStringLiteral("engineDock");
const auto kGateways = QStringLiteral("gatewaysDock");

// The graph between what there is and what is selected; its run below.
LayoutSpec design() {
    return {QStringLiteral("design"),
            QCoreApplication::translate("Layouts", "Design"),
            {
                {.dock = kWorkflows, .area = Qt::LeftDockWidgetArea, .width = 29, .height = 50},
                {.dock = kRuns, .how = How::Below, .other = kWorkflows, .width = 29, .height = 50},
                {.dock = kDetails, .area = Qt::RightDockWidgetArea, .width = 43, .height = 64},
                {.dock = kFindings,
                 .area = Qt::RightDockWidgetArea,
                 .how = How::Below,
                 .other = kDetails,
                 .width = 43,
                 .height = 32,
                 .open = false},
                {.dock = kRun, .area = Qt::BottomDockWidgetArea, .height = 38},
                {.dock = kOutline, .how = How::Tab, .other = kWorkflows},
            }};
}

// The runs at full height, the run that is followed over half of the window.
LayoutSpec monitor() {
    return {QStringLiteral("monitor"),
            QCoreApplication::translate("Layouts", "Monitor"),
            {
                {.dock = kRuns, .area = Qt::LeftDockWidgetArea, .width = 33},
                {.dock = kWorkflows, .how = How::Tab, .other = kRuns},
                {.dock = kOutline, .how = How::Tab, .other = kRuns},
                {.dock = kRun, .area = Qt::BottomDockWidgetArea, .height = 62},
                {.dock = kDetails,
                 .area = Qt::BottomDockWidgetArea,
                 .how = How::Right,
                 .other = kRun,
                 .width = 45,
                 .height = 62},
                {.dock = kAllRuns, .how = How::Tab, .other = kRun},
                {.dock = kEngine, .how = How::Tab, .other = kDetails},
            }};
}

// The gateways over half of the window, the engine of the one that is looked at behind them.
LayoutSpec administer() {
    return {QStringLiteral("administer"),
            QCoreApplication::translate("Layouts", "Administer"),
            {
                {.dock = kWorkflows, .area = Qt::LeftDockWidgetArea, .width = 29},
                {.dock = kOutline, .how = How::Tab, .other = kWorkflows},
                {.dock = kGateways, .area = Qt::BottomDockWidgetArea, .height = 62},
                {.dock = kEngine, .area = Qt::BottomDockWidgetArea, .how = How::Tab, .other = kGateways, .height = 62},
                {.dock = kAllRuns, .area = Qt::BottomDockWidgetArea, .how = How::Tab, .other = kEngine},
            }};
}

}  // namespace

QList<LayoutSpec> designedLayouts() { return {design(), monitor(), administer()}; }

}  // namespace signalbox::ui
