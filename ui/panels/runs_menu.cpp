#include "ui/panels/runs_menu.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>

#include "ui/actions/reason_tips.h"
#include "ui/panels/danger.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/icon_set.h"

namespace signalbox::ui {

RunsMenu::RunsMenu(PanelContext& context, const protocol::RunSummaryDto& run, QWidget* parent)
    : QMenu(parent), context_(context), run_(run) {
    setObjectName(QStringLiteral("runMenu"));
    showReasonsIn(*this);
    auto* open = addAction(themedIcon(QStringLiteral("play"), ColourRole::Muted), tr("&Open"));
    open->setObjectName(QStringLiteral("runMenuOpen"));
    connect(open, &QAction::triggered, this, [this] { Q_EMIT openRequested(toQString(run_.runId)); });
    addControls();
    addSeparator();
    auto* copy = addAction(themedIcon(QStringLiteral("copy"), ColourRole::Muted), tr("Copy the run's &id"));
    copy->setObjectName(QStringLiteral("runMenuCopy"));
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(toQString(run_.runId)); });
    connect(this, &QMenu::aboutToHide, this, [this] {
        // An action is triggered after its menu is gone from the screen.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (onTheWay_ == 0) deleteLater();
            },
            Qt::QueuedConnection);
    });
}

void RunsMenu::addControls() {
    const auto status = toQString(run_.status);
    const bool over = isFinalRunStatus(status);
    const auto id = toQString(run_.runId);
    auto& runs = context_.client().runs();
    addCall(QStringLiteral("runMenuPause"), QStringLiteral("pause"), tr("&Pause"),
            !over && status != QLatin1String("paused"), [&runs, id] { return runs.pause(id); });
    addCall(QStringLiteral("runMenuResume"), QStringLiteral("play"), tr("&Resume"), status == QLatin1String("paused"),
            [&runs, id] { return runs.resume(id); });
    addCall(
        QStringLiteral("runMenuCancel"), QStringLiteral("stop"), tr("&Cancel"), !over,
        [&runs, id] { return runs.cancel(id, {}); }, true);
    auto* again = addAction(themedIcon(QStringLiteral("rerun"), ColourRole::Muted), tr("R&un again"));
    again->setObjectName(QStringLiteral("runMenuRerun"));
    holdBack(*again, over);
    connect(again, &QAction::triggered, this, [this] {
        ++onTheWay_;
        protocol::RerunRun request;
        request.runId = run_.runId;
        context_.client().runs().rerun(std::move(request)).then(this, [this](const Result<protocol::RunRef>& reply) {
            --onTheWay_;
            deleteLater();
            if (!reply) {
                Q_EMIT failed(reply.error());
                return;
            }
            Q_EMIT openRequested(toQString(reply->runId));
        });
    });
}

// The gateway may go and come back while the menu is open.
void RunsMenu::holdBack(QAction& action, bool possible) {
    auto& connection = context_.connection();
    const auto refresh = [&connection, &action, possible, tip = action.toolTip()] {
        const auto why = connection.writeReason();
        action.setEnabled(possible && why.isEmpty());
        action.setToolTip(why.isEmpty() ? tip : why);
    };
    connect(&connection, &ConnectionMonitor::changed, &action, refresh);
    refresh();
}

void RunsMenu::addCall(const QString& name, const QString& icon, const QString& text, bool possible,
                       std::function<QFuture<Result<protocol::Empty>>()> call, bool dangerous) {
    auto* action = addAction(themedIcon(icon, ColourRole::Muted), text);
    action->setObjectName(name);
    holdBack(*action, possible);
    connect(action, &QAction::triggered, this, [this, dangerous, call = std::move(call)] {
        ++onTheWay_;
        dangerous&& context_.connection().isProduction() ? askFirst(call) : send(call);
    });
}

void RunsMenu::send(const std::function<QFuture<Result<protocol::Empty>>()>& call) {
    call().then(this, [this](const Result<protocol::Empty>& reply) {
        --onTheWay_;
        deleteLater();
        if (!reply) {
            Q_EMIT failed(reply.error());
            return;
        }
        Q_EMIT done();
    });
}

void RunsMenu::askFirst(const std::function<QFuture<Result<protocol::Empty>>()>& call) {
    const Danger danger{
        tr("Cancel run"),
        tr("The run of “%1” is stopped. Steps that are done stay as they are.").arg(toQString(run_.workflowName)),
        tr("&Cancel the run")};
    auto* dialog = new TypedConfirmation(danger, context_.connection().gatewayName(), parentWidget());
    holdBackWhileAway(context_.connection(), dialog->goButton()).setPossible(false);
    connect(dialog, &QDialog::accepted, this, [this, call] { send(call); });
    connect(dialog, &QDialog::rejected, this, [this] {
        --onTheWay_;
        deleteLater();
    });
    dialog->open();
}

}  // namespace signalbox::ui
