// How the window gets to a workflow, a run or a file, and what it says about it.
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <utility>

#include "ui/panels/canvas_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/shell/link.h"
#include "ui/shell/main_window.h"
#include "ui/shell/recent_items.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"

namespace signalbox::ui {

namespace {

/// The one file or folder of this machine that is dragged; empty: something else is.
QString draggedPath(const QMimeData& data) {
    const auto urls = data.urls();
    if (urls.size() != 1 || !urls.first().isLocalFile()) return {};
    const QFileInfo file(urls.first().toLocalFile());
    const bool fits = file.isDir() || file.fileName().endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
    return fits ? file.absoluteFilePath() : QString();
}

}  // namespace

void MainWindow::openWorkflow(const QString& id) {
    if (id == opening_) return;
    opening_ = wanted_ = id;
    if (!context_->workflow()) canvas_->setEmptyTexts(tr("Opening %1…").arg(id), {});
    client_.workflows().get(id).then(this, [this, id](const Result<protocol::WorkflowDetail>& reply) {
        if (id != opening_) return;
        opening_.clear();
        canvas_->setEmptyTexts(tr("No workflow open"), tr("Choose one from the list on the left."));
        if (!reply) {
            runWhenOpen_ = false;
            canvas_->showError(reply.error(), [this, id] { openWorkflow(id); });
            // A run outlives its workflow, and brings its own graph.
            openRunWhenShown();
            return;
        }
        canvas_->notice().clear();
        context_->setWorkflow(std::make_shared<const protocol::WorkflowDetail>(*reply));
        noteRecent();
        openRunWhenShown();
        if (std::exchange(runWhenOpen_, false)) runCurrent();
    });
}

void MainWindow::openRunWhenShown() {
    if (const auto run = std::exchange(runToOpen_, QString()); !run.isEmpty()) context_->run().open(run);
}

void MainWindow::openRun(const QString& id) {
    client_.runs().get(id).then(this, [this, id](const Result<protocol::RunDetail>& reply) {
        if (!reply) return canvas_->showError(reply.error(), [this, id] { openRun(id); });
        runToOpen_ = id;
        const auto workflow = toQString(reply->summary.workflowId);
        if (workflow == context_->workflowId() && opening_.isEmpty()) {
            openRunWhenShown();
        } else {
            openWorkflow(workflow);
        }
    });
}

void MainWindow::openLink(const QString& text) {
    if (isAttachLink(text)) return addGateway(text);
    const auto link = parseLink(text);
    if (!link) return complain(link.error());
    link->kind == Link::Kind::Run ? openRun(link->id) : openWorkflow(link->id);
}

void MainWindow::openPath(const QString& path) {
    const QFileInfo file(path);
    const auto folder = QDir(options_.workspace).absolutePath() + QLatin1Char('/');
    const bool here = !options_.workspace.isEmpty() && file.absoluteFilePath().startsWith(folder);
    if (!file.exists()) {
        complain({"file.not-found", "There is no such file", path.toStdString(), {}, false});
        recent_->remove(path);
    } else if (here && file.isFile()) {
        openFileIn(file.absoluteFilePath());
    } else {
        Q_EMIT placeRequested(file.absoluteFilePath());
    }
}

void MainWindow::openFileIn(const QString& path) {
    const auto wanted = QDir(options_.workspace).relativeFilePath(path).toStdString();
    client_.workflows().list().then(this, [this, wanted, path](const Result<protocol::WorkflowList>& reply) {
        if (!reply) return complain(reply.error());
        for (const auto& workflow : reply->workflows) {
            if (workflow.file == wanted) return openWorkflow(toQString(workflow.id));
        }
        complain({"workflow.unknown", "The file holds no workflow of this workspace", path.toStdString(),
                  "Workflows are in files named *.workflow.json.", false});
    });
}

void MainWindow::choosePath(bool folder) {
    auto* dialog = new QFileDialog(this, folder ? tr("Open workspace") : tr("Open workflow"), options_.workspace,
                                   folder ? QString() : tr("Workflows (*.workflow.json);;All files (*)"));
    dialog->setObjectName(folder ? QStringLiteral("openWorkspaceDialog") : QStringLiteral("openFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, folder);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPath);
    dialog->open();
}

// Remembers the workspace and the workflow that is open in it, the workflow in front.
void MainWindow::noteRecent() {
    if (options_.workspace.isEmpty()) return;
    const QDir folder(options_.workspace);
    if (const auto* workflow = context_->workflow()) {
        if (workflow->summary.file.empty()) return;
        recent_->add({folder.absoluteFilePath(toQString(workflow->summary.file)), title_->text()});
    } else {
        recent_->add({folder.absolutePath(), {}});
    }
}

void MainWindow::showWorkflowTitle() {
    const auto* workflow = context_->workflow();
    if (!workflow) {
        title_->setText(tr("No workflow open"));
        version_->setText({});
        setWindowTitle(tr("Signalbox"));
        return;
    }
    const auto& summary = workflow->summary;
    const bool unsaved = context_->document() && context_->document()->isDirty();
    title_->setText(toQString(summary.name.empty() ? summary.id : summary.name));
    QStringList parts{tr("v%1").arg(summary.version), tr("%n node(s)", nullptr, static_cast<int>(summary.nodeCount))};
    if (summary.errors > 0) parts << tr("%n error(s), cannot run", nullptr, static_cast<int>(summary.errors));
    if (unsaved) parts << tr("unsaved edits");
    version_->setText(parts.join(QStringLiteral(" · ")));
    version_->setRole(summary.errors > 0 ? ColourRole::Error : ColourRole::Muted);
    setWindowTitle(tr("%1 – Signalbox").arg(title_->text()));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!draggedPath(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto path = draggedPath(*event->mimeData());
    if (path.isEmpty()) return;
    event->acceptProposedAction();
    openPath(path);
}

}  // namespace signalbox::ui
