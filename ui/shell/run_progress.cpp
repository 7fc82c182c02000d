#include "ui/shell/run_progress.h"

#include <QAction>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>
#include <algorithm>

#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kTickMilliseconds = 250;
constexpr std::int64_t kLongFrom = 1'000'000;  // microseconds
constexpr std::uint32_t kEarlierRuns = 9;

}  // namespace

std::optional<std::int64_t> remainingTime(std::vector<std::int64_t> earlier, std::int64_t elapsed) {
    if (earlier.empty()) return std::nullopt;
    const auto middle = earlier.begin() + static_cast<std::ptrdiff_t>(earlier.size() / 2);
    std::nth_element(earlier.begin(), middle, earlier.end());
    return *middle > elapsed ? std::optional(*middle - elapsed) : std::nullopt;
}

RunProgress::RunProgress(PanelContext& context, QAction& cancel, QWidget* parent)
    : QWidget(parent),
      context_(context),
      bar_(new QProgressBar),
      text_(new NumberLabel(ColourRole::Muted)),
      cancel_(new QToolButton) {
    const int unit = Theme::current().unit();
    setObjectName(QStringLiteral("longRun"));
    bar_->setObjectName(QStringLiteral("longRunBar"));
    bar_->setAccessibleName(tr("Progress of the run"));
    bar_->setTextVisible(false);
    bar_->setFixedSize(unit * 12, unit / 2);
    text_->setObjectName(QStringLiteral("longRunText"));
    cancel_->setObjectName(QStringLiteral("longRunCancel"));
    cancel_->setDefaultAction(&cancel);
    cancel_->setAccessibleName(tr("Cancel the run"));
    cancel_->setToolButtonStyle(Qt::ToolButtonIconOnly);
    cancel_->setAutoRaise(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit, 0, unit, 0);
    row->setSpacing(unit);
    row->addWidget(bar_);
    row->addWidget(text_);
    row->addWidget(cancel_);
    hide();
    tick_.setInterval(kTickMilliseconds);
    connect(&tick_, &QTimer::timeout, this, &RunProgress::refresh);
    auto& run = context_.run();
    connect(&run, &RunSession::opened, this, &RunProgress::follow);
    connect(&run, &RunSession::refreshed, this, &RunProgress::follow);
    connect(&run, &RunSession::statusChanged, this, &RunProgress::follow);
}

void RunProgress::follow() {
    const auto& run = context_.run();
    const bool going = run.isOpen() && !run.runId().isEmpty() && !run.isFinished();
    if (!going) {
        tick_.stop();
        runId_.clear();
        hide();
        return;
    }
    if (runId_ != run.runId()) {
        runId_ = run.runId();
        earlier_.clear();
        askForEarlier();
    }
    if (!tick_.isActive()) tick_.start();
    refresh();
}

void RunProgress::askForEarlier() {
    protocol::ListRuns request;
    request.workflowId = context_.run().detail().summary.workflowId;
    if (request.workflowId.empty()) return;
    request.statuses = {"succeeded"};
    request.limit = kEarlierRuns;
    context_.client().runs().list(request).then(this, [this, asked = runId_](const Result<protocol::RunList>& reply) {
        if (!reply || asked != runId_) return;
        for (const auto& run : reply->runs) earlier_.push_back(run.finished - run.started);
        refresh();
    });
}

void RunProgress::refresh() {
    const auto& run = context_.run();
    const auto& summary = run.detail().summary;
    const auto elapsed = summary.started > 0 ? run.now() - summary.started : 0;
    if (runId_.isEmpty() || elapsed < kLongFrom) return hide();
    bar_->setRange(0, std::max(1, static_cast<int>(summary.nodesTotal)));
    bar_->setValue(run.finishedNodes());
    text_->setText(words(elapsed));
    show();
}

QString RunProgress::words(std::int64_t elapsed) const {
    const auto& run = context_.run();
    const auto done = tr("%1 of %2 nodes")
                          .arg(formatCount(static_cast<std::uint64_t>(run.finishedNodes())),
                               formatCount(run.detail().summary.nodesTotal));
    // A run that waits for somebody or is held says nothing about its end.
    if (run.status() != QLatin1String("running")) return done;
    if (const auto left = remainingTime(earlier_, elapsed)) {
        return tr("%1, about %2 left").arg(done, formatDuration(*left / 1'000'000 * 1'000'000 + 1'000'000));
    }
    return earlier_.empty() ? done : tr("%1, longer than usual").arg(done);
}

}  // namespace signalbox::ui
