#include <QAction>
#include <QApplication>
#include <QChildEvent>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/actions/action_registry.h"
#include "ui/canvas/canvas_view.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/details_panel.h"
#include "ui/panels/engine_panel.h"
#include "ui/panels/findings_panel.h"
#include "ui/panels/outline_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_list_panel.h"
#include "ui/panels/run_panel.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/workflow_list_panel.h"
#include "ui/settings/settings.h"
#include "ui/shell/actions.h"
#include "ui/shell/gateway_label.h"
#include "ui/shell/layouts.h"
#include "ui/shell/main_window.h"
#include "ui/shell/menus.h"
#include "ui/shell/recent_items.h"
#include "ui/shell/run_progress.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/tab_order.h"
#include "ui/shell/window_notices.h"
#include "ui/shell/window_tools.h"
#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
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

/// Whether a bar of dock tabs stands at the edge of the dock that a panel is in.
bool belongsTo(const QTabBar& bar, const QWidget& panel) {
    const auto* dock = panel.parentWidget();
    while (dock && !qobject_cast<const QDockWidget*>(dock)) dock = dock->parentWidget();
    if (!dock || dock->isWindow()) return false;
    const int reach = bar.height() / 2;
    return dock->geometry().adjusted(0, -reach, 0, reach).intersects(bar.geometry());
}

}  // namespace

void MainWindow::buildPanels() {
    notice_ = new NoticeBar;
    notice_->setObjectName(QStringLiteral("windowNotice"));
    canvas_ = new CanvasPanel(*context_);
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(notice_);
    column->addWidget(canvas_, 1);
    setCentralWidget(middle);
    workflows_ = new WorkflowListPanel(*context_);
    runs_ = new RunListPanel(*context_);
    details_ = new DetailsPanel(*context_);
    findings_ = new FindingsPanel(*context_);
    run_ = new RunPanel(*context_);
    workflowDock_ = addDock(QStringLiteral("workflowDock"), tr("Workflows"), workflows_);
    runListDock_ = addDock(QStringLiteral("runListDock"), tr("Recent runs"), runs_);
    detailsDock_ = addDock(QStringLiteral("detailsDock"), tr("Details"), details_);
    findingsDock_ = addDock(QStringLiteral("findingsDock"), tr("Findings"), findings_);
    runDock_ = addDock(QStringLiteral("runDock"), tr("Run"), run_);
    outline_ = new OutlinePanel(*context_);
    addDock(QStringLiteral("outlineDock"), tr("Outline"), outline_);
    allRuns_ = new RunsPanel(*context_);
    addDock(QStringLiteral("allRunsDock"), tr("All runs"), allRuns_);
    engineView_ = new EnginePanel(*context_);
    addDock(QStringLiteral("engineDock"), tr("Engine"), engineView_);
    buildGatewayPanel();
}

// The layouts say where it goes.
QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* content) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    // Qt only moves a dock behind a tab out of sight: what is in it would go on asking the gateway, and Tab would lead
    // there.
    connect(dock, &QDockWidget::visibilityChanged, content, &QWidget::setVisible);
    auto policy = content->sizePolicy();
    policy.setRetainSizeWhenHidden(true);  // docks keep their sizes while what is in them is not seen
    content->setSizePolicy(policy);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable |
                      QDockWidget::DockWidgetFloatable);
    addDockAction(*dock);
    return dock;
}

// Docks that lie over each other get a tab bar from Qt, which has no name by itself.
void MainWindow::childEvent(QChildEvent* event) {
    QMainWindow::childEvent(event);
    auto* tabs = event->polished() ? qobject_cast<QTabBar*>(event->child()) : nullptr;
    if (!tabs || !tabs->objectName().isEmpty()) return;
    tabs->setObjectName(QStringLiteral("dockTabs"));
    tabs->setAccessibleName(tr("Panels of this place"));
}

void MainWindow::addDockAction(QDockWidget& dock) {
    ActionSpec spec;
    spec.id = dock.objectName();
    spec.text = dock.windowTitle();
    spec.section = 1;
    spec.submenu = tr("&Panels");
    spec.keywords = tr("panel dock show hide");
    spec.checkable = true;
    auto* action = registry_->add(spec, &dock);
    connect(action, &QAction::toggled, &dock, [&dock](bool shown) {
        if (shown == !dock.isHidden()) return;
        dock.setVisible(shown);
        if (shown) dock.raise();
    });
    connect(dock.toggleViewAction(), &QAction::toggled, action, &QAction::setChecked);
}

void MainWindow::prepareDocks() {
    const int unit = Theme::current().unit();
    // The side docks go all the way down; the run belongs to the graph above it.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks | GroupedDragging);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    resize(unit * 180, unit * 112);
}

void MainWindow::buildLayouts() {
    int number = 0;
    for (const auto& layout : designedLayouts()) {
        layouts_->declare(layout);
        ActionSpec spec;
        spec.id = QStringLiteral("layout.") + layout.id;
        spec.text = layout.title;
        spec.section = 2;
        spec.submenu = tr("&Layout");
        spec.keywords = tr("layout arrangement perspective");
        spec.shortcuts = {QKeySequence(QStringLiteral("Ctrl+Alt+%1").arg(++number))};
        spec.checkable = true;
        registry_->add(spec, layouts_, [this, id = layout.id] { layouts_->apply(id); });
    }
    layouts_->apply(designedLayouts().first().id);
    connect(layouts_, &Layouts::currentChanged, this, &MainWindow::refreshLayoutActions);
    connect(layouts_, &Layouts::listChanged, this, &MainWindow::refreshLayoutActions);
    connect(layouts_, &Layouts::currentChanged, this, [this] { showFindings(findings_->count()); });
    refreshLayoutActions();
}

// An action for each layout, those of the user's own included, and the current one checked.
void MainWindow::refreshLayoutActions() {
    const auto prefix = QStringLiteral("layout.");
    QStringList wanted;
    bool own = false;
    for (const auto& entry : layouts_->entries()) {
        const auto id = prefix + entry.id;
        wanted << id;
        const bool current = entry.id == layouts_->current();
        own = own || (current && entry.own);
        if (!registry_->action(id)) {
            ActionSpec spec;
            spec.id = id;
            spec.text = QString(entry.title).replace(QLatin1Char('&'), QStringLiteral("&&"));
            spec.section = 2;
            spec.submenu = tr("&Layout");
            spec.keywords = tr("layout arrangement perspective");
            spec.checkable = true;
            registry_->add(spec, layouts_, [this, layout = entry.id] { layouts_->apply(layout); });
        }
        registry_->action(id)->setChecked(current);
    }
    const auto all = registry_->actions();
    for (const auto* action : all) {
        const auto id = registry_->spec(*action).id;
        if (id.startsWith(prefix) && !wanted.contains(id)) registry_->remove(id);
    }
    ActionRegistry::setReason(*actions_->removeLayout, own ? QString() : tr("This layout came with the program"));
}

void MainWindow::buildMenus() {
    recent_ = new RecentItems(*options_.state, this);
    connect(recent_, &RecentItems::chosen, this, &MainWindow::openPath);
    auto* menus = new Menus(*menuBar(), *registry_, this);
    auto* recentMenu = new QMenu(tr("Open r&ecent"), this);
    recentMenu->setObjectName(QStringLiteral("recentMenu"));
    connect(recentMenu, &QMenu::aboutToShow, this,
            [this, recentMenu] { recent_->fill(*recentMenu, settings().number(settingId::kRecentFiles)); });
    menus->addMenu(ActionCategory::File, 1, recentMenu);
}

void MainWindow::buildTools() {
    tools_ = new WindowTools(
        {*this, *context_, *registry_, *actions_, *layouts_, *options_.preferences, *options_.state, options_.workspace,
         options_.demo, [this](const QString& id) { openWorkflow(id); }, [this](const QString& id) { openRun(id); },
         [this](const QString& id) {
             context_->selectNode(id);
             canvas_->canvas().setFocus();
         },
         [this](const Error& error) { complain(error); }, options_.gateways});
    connect(tools_, &WindowTools::openWorkspaceRequested, this, [this] { choosePath(true); });
    connect(tools_, &WindowTools::openDemoRequested, this, &MainWindow::demoRequested);
    notices_ = new WindowNotices(*this, *context_, *registry_);
    connect(notices_, &WindowNotices::windowRequested, this, &MainWindow::bringToFront);
    connect(notices_, &WindowNotices::runRequested, this, &MainWindow::openRun);
}

void MainWindow::buildToolBar() {
    const int unit = Theme::current().unit();
    auto* bar = new QToolBar(tr("Run and view"));
    toolBar_ = bar;
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
    bar->addAction(actions_->palette);
    bar->addSeparator();
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

// As one reads: left, middle, right, below, then the tool bar and the status bar. What lies over the window, such as a
// popover, keeps the focus to itself.
QList<QWidget*> MainWindow::stopsAround(const QWidget* focused) const {
    for (auto* part = focused; part && part != this; part = part->parentWidget()) {
        if (part->parentWidget() != this || part == centralWidget() || part == toolBar_ || part == statusBar() ||
            qobject_cast<const QDockWidget*>(part) || qobject_cast<const QTabBar*>(part)) {
            continue;
        }
        const auto own = tabStops(const_cast<QWidget&>(*part));
        if (!own.isEmpty()) return own;
    }
    QList<QWidget*> stops;
    const auto add = [&stops](const QList<QWidget*>& more) {
        for (auto* stop : more) {
            if (!stops.contains(stop)) stops << stop;
        }
    };
    const auto bars = findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly);
    for (auto* panel : panels()) {
        if (panel == canvas_) add(tabStops(*centralWidget()));
        for (auto* bar : bars) {
            if (panel->isVisible() && belongsTo(*bar, *panel)) add(tabStops(*bar));
        }
        add(tabStops(*panel));
    }
    return stops + tabStops(*toolBar_) + tabStops(*statusBar());
}

bool MainWindow::focusNextPrevChild(bool next) {
    return focusNeighbour(stopsAround(QApplication::focusWidget()), next);
}

void MainWindow::buildStatusBar() {
    engine_ = new NumberLabel(ColourRole::Muted);
    engine_->setObjectName(QStringLiteral("engineStats"));
    const int unit = Theme::current().unit();
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(unit + 2, 0, unit + 2, 0);
    statusBar()->addWidget(engine_);
    statusBar()->addWidget(new RunProgress(*context_, *actions_->cancel));
    mode_ = new ThemedLabel(ColourRole::Warn);
    mode_->setObjectName(QStringLiteral("timeZone"));
    statusBar()->addPermanentWidget(mode_);
    if (options_.safeMode) {
        auto* safe = new ThemedLabel(ColourRole::Warn);
        safe->setObjectName(QStringLiteral("safeMode"));
        safe->setText(tr("Safe mode"));
        statusBar()->addPermanentWidget(safe);
    }
    statusBar()->addPermanentWidget(new GatewayLabel(context_->connection(), client_));
}

}  // namespace signalbox::ui
