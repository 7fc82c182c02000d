#include "ui/shell/window_notices.h"

#include <QMainWindow>
#include <QStatusBar>

#include "ui/actions/action_registry.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/desktop_notifier.h"
#include "ui/widgets/notification_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toast_stack.h"

namespace signalbox::ui {

WindowNotices::WindowNotices(QMainWindow& window, PanelContext& context, ActionRegistry& actions)
    : QObject(&window),
      window_(window),
      context_(context),
      toasts_(new ToastStack(centre_, window)),
      notifier_(new DesktopNotifier(
          centre_, [&window] { return window.isActiveWindow(); }, this)),
      bell_(new NotificationButton(centre_)) {
    toasts_->setParent(this);
    toasts_->setBottomMargin(window.statusBar()->sizeHint().height());
    centre_.setClock([&context] { return context.run().now(); });
    window.statusBar()->addPermanentWidget(bell_);
    connect(bell_, &QAbstractButton::clicked, this, &WindowNotices::openHistory);
    connect(notifier_, &DesktopNotifier::windowRequested, this, &WindowNotices::windowRequested);
    connect(&context_.run(), &RunSession::finished, this, &WindowNotices::tellEnd, Qt::QueuedConnection);
    connect(&context_.run(), &RunSession::nodeChanged, this, &WindowNotices::tellWaiting);
    connect(&context_.run(), &RunSession::refreshed, this, &WindowNotices::tellWaiting);
    declareActions(actions);
}

void WindowNotices::declareActions(ActionRegistry& actions) {
    ActionSpec history;
    history.id = QStringLiteral("notifications");
    history.text = tr("&Notifications…");
    history.section = 4;
    history.icon = QStringLiteral("notification");
    history.keywords = tr("bell history messages toasts");
    actions.add(history, this, [this] { openHistory(); });
    ActionSpec newest;
    newest.id = QStringLiteral("focusToast");
    newest.text = tr("Go to the newest &message");
    newest.category = ActionCategory::Go;
    newest.section = 4;
    newest.shortcuts = {QKeySequence(Qt::ALT | Qt::Key_M)};
    newest.keywords = tr("toast notification focus");
    actions.add(newest, this, [this] {
        if (auto* toast = toasts_->newest()) {
            toast->setFocus(Qt::ShortcutFocusReason);
        } else {
            openHistory();
        }
    });
}

void WindowNotices::setDesktopNotices(bool wanted) { notifier_->setEnabled(wanted); }

bool WindowNotices::desktopNotices() const { return notifier_->isEnabled(); }

void WindowNotices::openHistory() {
    if (history_) return history_->dismiss();
    auto* panel = new NotificationPanel(centre_);
    const int unit = Theme::current().unit();
    panel->setMinimumSize(unit * 45, unit * 40);
    history_ = Popover::open(*bell_, *panel);
}

// What was asked for in the window and ended before anybody looked away needs no message: the panel shows it. A run
// that took its time does, and one that failed always.
void WindowNotices::tellEnd(bool succeeded) {
    constexpr std::int64_t kLong = 5'000'000;
    const auto& run = context_.run().detail().summary;
    const auto took = run.finished - run.started;
    if (succeeded && took < kLong && window_.isActiveWindow()) return;
    const auto name = run.workflowName.empty() ? toQString(run.workflowId) : toQString(run.workflowName);
    Notification told;
    told.severity = succeeded ? Severity::Success : Severity::Error;
    told.title = succeeded ? tr("%1 is done").arg(name) : tr("%1 failed").arg(name);
    told.text = succeeded ? tr("after %1").arg(formatDuration(took)) : toQString(run.errorMessage);
    told.actionLabel = tr("Show the run");
    told.action = [this, id = toQString(run.runId)] { Q_EMIT runRequested(id); };
    centre_.post(std::move(told));
}

void WindowNotices::tellWaiting() {
    const auto waiting = context_.run().waitingApprovals();
    if (waiting.isEmpty()) return;
    const auto key = context_.run().runId() + QLatin1Char('/') + waiting.front();
    if (key == toldWaiting_) return;
    toldWaiting_ = key;
    if (window_.isActiveWindow()) return;
    Notification told;
    told.severity = Severity::Warning;
    told.title = tr("A run waits for an answer");
    told.text = context_.run().titleOf(waiting.front());
    told.actionLabel = tr("Show the run");
    told.action = [this, id = context_.run().runId()] { Q_EMIT runRequested(id); };
    centre_.post(std::move(told));
}

}  // namespace signalbox::ui
