#include "ui/shell/window_tools.h"

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QInputDialog>
#include <QJsonArray>
#include <QMainWindow>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

#include "base/file.h"
#include "ui/actions/action_registry.h"
#include "ui/panels/panel_context.h"
#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"
#include "ui/shell/actions.h"
#include "ui/shell/layouts.h"
#include "ui/shell/palette/command_palette.h"
#include "ui/shell/palette/gateway_source.h"
#include "ui/shell/palette/palette_model.h"
#include "ui/shell/palette/palette_sources.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/shortcut_editor.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/shell/tour.h"
#include "ui/shell/welcome.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {
const auto kGreeted = QStringLiteral("welcomeSeen");
const auto kRecentKey = QStringLiteral("recentCommands");
}  // namespace

WindowTools::WindowTools(Parts parts) : QObject(&parts.window), parts_(std::move(parts)) { connectActions(); }

void WindowTools::connectActions() {
    const auto& actions = parts_.actions;
    connect(actions.palette, &QAction::triggered, this, [this] { openPalette(); });
    connect(actions.goToNode, &QAction::triggered, this, [this] { openPalette(QStringLiteral("@")); });
    connect(actions.goToRun, &QAction::triggered, this, [this] { openPalette(QStringLiteral("#")); });
    connect(actions.settings, &QAction::triggered, this, [this] { openSettings(); });
    connect(actions.shortcuts, &QAction::triggered, this, &WindowTools::openShortcuts);
    connect(actions.shortcutSheet, &QAction::triggered, this, &WindowTools::openShortcutSheet);
    connect(actions.welcome, &QAction::triggered, this, &WindowTools::openWelcome);
    connect(actions.tour, &QAction::triggered, this, &WindowTools::startTour);
    connect(actions.about, &QAction::triggered, this, &WindowTools::openAbout);
    connect(actions.saveLayout, &QAction::triggered, this, &WindowTools::askLayoutName);
    connect(actions.resetLayout, &QAction::triggered, &parts_.layouts, &Layouts::reset);
    connect(actions.removeLayout, &QAction::triggered, this,
            [this] { parts_.layouts.remove(parts_.layouts.current()); });
}

void WindowTools::buildPalette() {
    palette_ = new CommandPalette(parts_.window);
    palette_->addSource(std::make_unique<ActionSource>(parts_.registry, QStringLiteral("palette")));
    palette_->addSource(std::make_unique<WorkflowSource>(parts_.context, parts_.openWorkflow));
    palette_->addSource(std::make_unique<NodeSource>(parts_.context, parts_.goToNode));
    palette_->addSource(std::make_unique<RunSource>(parts_.context, parts_.openRun));
    if (parts_.gateways) palette_->addSource(std::make_unique<GatewaySource>(*parts_.gateways));
    palette_->addSource(std::make_unique<SettingSource>(parts_.preferences.settings(),
                                                        [this](const QString& id) { openSettings(id); }));
    auto& model = palette_->model();
    connect(&model, &PaletteModel::recentChanged, this,
            [this, &model] { parts_.state.setValue(kRecentKey, QJsonArray::fromStringList(model.recent())); });
}

void WindowTools::openPalette(const QString& text) {
    if (!palette_) buildPalette();
    QStringList recent;
    for (const auto& value : parts_.state.value(kRecentKey).toArray()) recent << value.toString();
    palette_->model().setRecent(recent, parts_.preferences.settings().number(settingId::kRecentCommands));
    palette_->open(text);
}

void WindowTools::openSettings(const QString& id) {
    if (!settings_) settings_ = new SettingsDialog(parts_.preferences, &parts_.window);
    settings_->open();
    if (!id.isEmpty()) settings_->reveal(id);
}

void WindowTools::openShortcuts() {
    if (!shortcuts_) {
        shortcuts_ = new ShortcutEditor(parts_.registry, &parts_.window);
        connect(shortcuts_, &ShortcutEditor::sheetRequested, this, &WindowTools::openShortcutSheet);
    }
    shortcuts_->open();
}

void WindowTools::openShortcutSheet() {
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                      QStringLiteral("/signalbox"));
    folder.mkpath(QStringLiteral("."));
    const auto path = folder.filePath(QStringLiteral("shortcuts.html"));
    const auto written = writeFileAtomically(path.toStdString(), shortcutSheet(parts_.registry).toStdString());
    if (!written) return parts_.complain(written.error());
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path))) {
        parts_.complain({"desktop.open", "The desktop cannot show the sheet", path.toStdString(),
                         "It is written; open it in a browser.", false});
    }
}

void WindowTools::openWelcome() {
    if (!welcome_) {
        welcome_ = new Welcome(parts_.window, parts_.workspace, parts_.demo);
        // Somebody who goes to work needs no welcome.
        connect(&parts_.context, &PanelContext::workflowChanged, welcome_, &Welcome::leave);
        connect(welcome_, &Welcome::tourRequested, this, &WindowTools::startTour);
        connect(welcome_, &Welcome::workspaceRequested, this, &WindowTools::openWorkspaceRequested);
        connect(welcome_, &Welcome::demoRequested, this, &WindowTools::openDemoRequested);
    }
    markGreeted();
    welcome_->open();
}

void WindowTools::startTour() {
    if (!tour_) tour_ = new Tour(parts_.window);
    markGreeted();
    if (welcome_) welcome_->leave();
    tour_->start(windowTour(parts_.actions.palette->shortcut().toString(QKeySequence::NativeText)));
}

void WindowTools::markGreeted() { parts_.state.setValue(kGreeted, true); }

void WindowTools::greet() {
    if (!parts_.state.value(kGreeted).toBool()) openWelcome();
}

void WindowTools::askLayoutName() {
    auto* dialog = new QInputDialog(&parts_.window);
    dialog->setObjectName(QStringLiteral("layoutNameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save layout"));
    dialog->setLabelText(tr("Name of the layout. One of your own with this name is replaced."));
    dialog->setOkButtonText(tr("&Save"));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this](const QString& name) { parts_.layouts.saveAs(name); });
    dialog->open();
}

void WindowTools::openAbout() {
    const int unit = Theme::current().unit();
    auto* dialog = new QDialog(&parts_.window);
    dialog->setObjectName(QStringLiteral("aboutBox"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("About Signalbox"));
    auto* title = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Title);
    title->setText(QStringLiteral("Signalbox %1").arg(QApplication::applicationVersion()).trimmed());
    auto* text = new ThemedLabel(ColourRole::Text);
    text->setText(tr("A console for durable workflows."));
    auto* more = new ThemedLabel(ColourRole::Muted);
    more->setText(tr("Free software under the GNU General Public License, version 3 or later. Made with Qt %1.")
                      .arg(QLatin1String(qVersion())));
    more->setMinimumWidth(unit * 46);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(unit * 3, unit * 3, unit * 3, unit * 2);
    column->setSpacing(unit);
    for (auto* label : {title, text, more}) column->addWidget(label);
    column->addWidget(buttons);
    dialog->open();
}

}  // namespace signalbox::ui
