#include <QAction>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QStatusBar>
#include <QStyle>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>

#include "ui/canvas/canvas_view.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/details_panel.h"
#include "ui/panels/findings_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_list_panel.h"
#include "ui/panels/run_panel.h"
#include "ui/panels/workflow_list_panel.h"
#include "ui/shell/actions.h"
#include "ui/shell/main_window.h"
#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

/// A push button that does what an action does and is enabled when it is.
QPushButton* primaryButton(QAction& action) {
    auto* button = new QPushButton(action.text());
    button->setObjectName(QStringLiteral("runButton"));
    auto plain = action.text();
    button->setAccessibleName(plain.remove(QLatin1Char('&')));
    button->setIcon(themedIcon(QStringLiteral("run"), ColourRole::OnAccent));
    button->setToolTip(action.toolTip());
    button->setProperty("primary", true);
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    const auto follow = [button, &action] { button->setEnabled(action.isEnabled()); };
    QObject::connect(&action, &QAction::changed, button, follow);
    follow();
    return button;
}

QWidget* stretch() {
    auto* widget = new QWidget;
    widget->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    return widget;
}

QWidget* gap(int width) {
    auto* widget = new QWidget;
    widget->setFixedWidth(width);
    return widget;
}

void nameButtons(QToolBar& bar) {
    for (auto* action : bar.actions()) {
        auto* button = qobject_cast<QToolButton*>(bar.widgetForAction(action));
        if (!button) continue;
        auto plain = action->text();
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setAccessibleName(plain.remove(QLatin1Char('&')));
        button->setFocusPolicy(Qt::TabFocus);
    }
}

}  // namespace

void MainWindow::buildPanels() {
    canvas_ = new CanvasPanel(*context_);
    setCentralWidget(canvas_);
    workflows_ = new WorkflowListPanel(*context_);
    runs_ = new RunListPanel(*context_);
    details_ = new DetailsPanel(*context_);
    findings_ = new FindingsPanel(*context_);
    run_ = new RunPanel(*context_);
    workflowDock_ = addDock(QStringLiteral("workflowDock"), tr("Workflows"), workflows_, Qt::LeftDockWidgetArea);
    runListDock_ = addDock(QStringLiteral("runListDock"), tr("Recent runs"), runs_, Qt::LeftDockWidgetArea);
    detailsDock_ = addDock(QStringLiteral("detailsDock"), tr("Details"), details_, Qt::RightDockWidgetArea);
    findingsDock_ = addDock(QStringLiteral("findingsDock"), tr("Findings"), findings_, Qt::RightDockWidgetArea);
    runDock_ = addDock(QStringLiteral("runDock"), tr("Run"), run_, Qt::BottomDockWidgetArea);
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable |
                      QDockWidget::DockWidgetFloatable);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::arrangeDocks() {
    const int unit = Theme::current().unit();
    // The side docks go all the way down; the run belongs to the graph above it.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    resize(unit * 180, unit * 112);
    resizeDocks({workflowDock_, detailsDock_}, {unit * 29, unit * 37}, Qt::Horizontal);
    resizeDocks({workflowDock_, runListDock_}, {unit * 50, unit * 50}, Qt::Vertical);
    resizeDocks({detailsDock_, findingsDock_}, {unit * 64, unit * 32}, Qt::Vertical);
    resizeDocks({runDock_}, {unit * 38}, Qt::Vertical);
    findingsDock_->hide();
    actions_->fill(*menuBar(),
                   {workflowDock_->toggleViewAction(), runListDock_->toggleViewAction(),
                    detailsDock_->toggleViewAction(), findingsDock_->toggleViewAction(), runDock_->toggleViewAction()});
}

void MainWindow::buildToolBar() {
    const int unit = Theme::current().unit();
    auto* bar = new QToolBar(tr("Run and view"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonIconOnly);
    title_ = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Title);
    title_->setObjectName(QStringLiteral("workflowTitle"));
    title_->setElided(true);
    version_ = new ThemedLabel(ColourRole::Muted);
    version_->setObjectName(QStringLiteral("workflowVersion"));
    version_->setElided(true);
    auto* names = new QWidget;
    auto* row = new QHBoxLayout(names);
    row->setContentsMargins(unit * 3 / 2, 0, unit * 3 / 2, 0);
    row->setSpacing(unit * 3 / 2);
    row->addWidget(title_);
    row->addWidget(version_);
    zoom_ = new NumberLabel(ColourRole::Muted);
    zoom_->setText(tr("%1 %").arg(100));
    bar->addWidget(names);
    bar->addWidget(stretch());
    bar->addAction(actions_->zoomOut);
    bar->addWidget(zoom_);
    bar->addAction(actions_->zoomIn);
    bar->addAction(actions_->fit);
    bar->addSeparator();
    bar->addAction(actions_->pause);
    bar->addAction(actions_->resume);
    bar->addAction(actions_->cancel);
    bar->addWidget(gap(unit));
    bar->addWidget(primaryButton(*actions_->run));
    bar->addWidget(gap(unit / 2));
    nameButtons(*bar);
    addToolBar(Qt::TopToolBarArea, bar);
}

// As one reads: left, middle, right, below, and the tool bar last.
void MainWindow::orderTabs() {
    QList<QWidget*> order;
    const auto add = [&order](QWidget* stop) {
        // A tab widget hands the focus to its bar; both have to lie at the same place in the order.
        auto* tabs = qobject_cast<QTabWidget*>(stop->parentWidget());
        if (tabs && tabs->focusProxy() == stop && !order.contains(tabs)) order << tabs;
        if (!order.contains(stop)) order << stop;
    };
    const auto append = [&add](QWidget& panel) {
        for (auto* child : panel.findChildren<QWidget*>()) {
            if ((child->focusPolicy() & Qt::TabFocus) && !child->focusProxy()) add(child);
        }
    };
    for (auto* panel : panels()) {
        add(&panel->firstStop());
        append(*panel);
    }
    append(*findChild<QToolBar*>(QStringLiteral("toolBar")));
    for (qsizetype i = 1; i < order.size(); ++i) {
        if (order[i - 1]->focusProxy() != order[i]) setTabOrder(order[i - 1], order[i]);
    }
}

void MainWindow::buildStatusBar() {
    engine_ = new NumberLabel(ColourRole::Muted);
    engine_->setObjectName(QStringLiteral("engineStats"));
    gateway_ = new ThemedLabel(ColourRole::Muted);
    gateway_->setObjectName(QStringLiteral("gatewayName"));
    gateway_->setElided(true);
    const int unit = Theme::current().unit();
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(unit + 2, 0, unit + 2, 0);
    statusBar()->addWidget(engine_);
    statusBar()->addPermanentWidget(gateway_);
    client_.info().then(this, [this](const Result<protocol::GatewayInfo>& reply) {
        if (!reply) return;
        gateway_->setText(QStringLiteral("%1 %2 · %3")
                              .arg(toQString(reply->name), toQString(reply->version), toQString(reply->workspace)));
        gateway_->setToolTip(tr("Signed in as %1").arg(toQString(reply->principal)));
    });
}

}  // namespace signalbox::ui
