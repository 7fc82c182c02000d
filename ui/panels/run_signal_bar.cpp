#include "ui/panels/run_signal_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

#include "base/json.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kSettleMilliseconds = 150;

}  // namespace

RunSignalBar::RunSignalBar(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      icon_(new QLabel),
      text_(new ThemedLabel(ColourRole::Text)),
      name_(new QLineEdit),
      value_(new QLineEdit),
      message_(new ThemedLabel(ColourRole::Error, ThemedLabel::Kind::Caption)),
      send_(new QPushButton(tr("&Send"))) {
    setObjectName(QStringLiteral("signalBar"));
    build();
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    connect(&settle_, &QTimer::timeout, this, &RunSignalBar::ask);
    connect(send_, &QPushButton::clicked, this, &RunSignalBar::send);
    connect(value_, &QLineEdit::returnPressed, this, &RunSignalBar::send);
    connect(value_, &QLineEdit::textEdited, this, [this] { showMessage({}); });
    connectRun();
    hide();
}

void RunSignalBar::build() {
    const int unit = Theme::current().unit();
    text_->setObjectName(QStringLiteral("signalText"));
    name_->setObjectName(QStringLiteral("signalName"));
    name_->setAccessibleName(tr("Name of the signal"));
    name_->setPlaceholderText(tr("Name"));
    name_->setMaximumWidth(unit * 30);
    value_->setObjectName(QStringLiteral("signalValue"));
    value_->setAccessibleName(tr("Value of the signal, as JSON"));
    value_->setPlaceholderText(tr("JSON value, such as {\"ok\": true}"));
    value_->setFont(Theme::current().monospaceFont());
    message_->setObjectName(QStringLiteral("signalMessage"));
    message_->hide();
    send_->setObjectName(QStringLiteral("signalSend"));
    send_->setAccessibleName(tr("Send the signal"));
    send_->setProperty("primary", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 3 / 2, unit, unit * 3 / 2, unit);
    row->setSpacing(unit);
    row->addWidget(icon_);
    row->addWidget(text_, 1);
    row->addWidget(message_);
    row->addWidget(name_, 1);
    row->addWidget(value_, 2);
    row->addWidget(send_);
    holdBackWhileAway(context_.connection(), *send_);
}

void RunSignalBar::connectRun() {
    auto& run = context_.run();
    connect(&run, &RunSession::opened, this, [this] {
        ++turn_;
        items_.clear();
        asked_.clear();
        refresh();
        noticeChange();
    });
    connect(&run, &RunSession::refreshed, this, &RunSignalBar::noticeChange);
    connect(&run, &RunSession::nodeChanged, this, &RunSignalBar::noticeChange);
    connect(&run, &RunSession::statusChanged, this, &RunSignalBar::noticeChange);
    connect(&context_, &PanelContext::selectionChanged, this, &RunSignalBar::refresh);
    connect(&Theme::current(), &Theme::changed, this, &RunSignalBar::refresh);
}

void RunSignalBar::setActive(bool active) {
    active_ = active;
    noticeChange();
}

void RunSignalBar::noticeChange() {
    if (active_ && !settle_.isActive()) settle_.start();
}

QStringList RunSignalBar::waitingNodes() const {
    const auto& run = context_.run();
    if (!run.isOpen() || run.isStarting() || run.isFinished()) return {};
    QStringList waiting;
    for (const auto& state : run.nodes()) {
        if (state.status == "waiting") waiting << toQString(state.nodeId);
    }
    for (const auto& id : run.waitingApprovals()) waiting.removeAll(id);
    return waiting;
}

void RunSignalBar::ask() {
    if (!active_) return;
    const auto waiting = waitingNodes();
    if (waiting == asked_) return;
    asked_ = waiting;
    std::erase_if(items_, [&](const auto& item) { return !waiting.contains(toQString(item.nodeId)); });
    refresh();
    if (waiting.isEmpty()) return;
    const auto run = context_.run().runId();
    context_.client()
        .runs()
        .pending(toQString(context_.run().detail().summary.workflowId))
        .then(this, [this, run, turn = ++turn_](const Result<protocol::PendingList>& reply) {
            if (turn != turn_) return;
            if (!reply) {
                asked_.clear();  // the next change asks again
                return;
            }
            items_ = reply->items;
            std::erase_if(items_,
                          [&](const auto& item) { return item.kind != "signal" || toQString(item.runId) != run; });
            refresh();
        });
}

void RunSignalBar::refresh() {
    if (items_.empty()) {
        node_.clear();
        hide();
        return;
    }
    const auto at = [this](const QString& id) {
        return std::find_if(items_.begin(), items_.end(), [&](const auto& i) { return toQString(i.nodeId) == id; });
    };
    auto wanted = at(context_.selectedNode());
    if (wanted == items_.end()) wanted = at(node_);
    if (wanted == items_.end()) wanted = items_.begin();
    const auto& theme = Theme::current();
    icon_->setPixmap(theme.icons().pixmap(QStringLiteral("signal"), theme.iconSize(), devicePixelRatioF(),
                                          theme.colour(ColourRole::Info)));
    if (toQString(wanted->nodeId) == node_) return;
    node_ = toQString(wanted->nodeId);
    name_->setText(toQString(wanted->name));
    value_->clear();
    showMessage({});
    const auto title = toQString(wanted->title.empty() ? wanted->nodeId : wanted->title);
    text_->setText(wanted->message.empty() ? tr("%1 waits for a signal").arg(title)
                                           : tr("%1: %2").arg(title, toQString(wanted->message)));
    setAccessibleName(text_->text());
    show();
}

void RunSignalBar::showMessage(const QString& text) {
    message_->setText(text);
    message_->setVisible(!text.isEmpty());
    value_->setAccessibleDescription(text);
}

void RunSignalBar::send() {
    const auto name = name_->text().trimmed();
    const auto typed = value_->text().trimmed();
    if (name.isEmpty()) return showMessage(tr("A signal has a name"));
    Result<Value> value = Value();
    if (!typed.isEmpty()) value = parseJson(typed.toStdString());
    if (!value) {
        value_->setFocus();
        return showMessage(tr("This is no JSON: %1").arg(toQString(value.error().message)));
    }
    HoldBack::setPossible(*send_, false);
    context_.client()
        .runs()
        .signal(context_.run().runId(), name, *value)
        .then(this, [this, node = node_](const Result<protocol::Empty>& done) {
            HoldBack::setPossible(*send_, true);
            if (!done) return showMessage(toQString(done.error().message));
            std::erase_if(items_, [&](const auto& item) { return toQString(item.nodeId) == node; });
            refresh();
        });
}

void RunSignalBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.fillRect(rect(), mixed(theme.colour(ColourRole::Surface), theme.colour(ColourRole::Info), 0.1));
    painter.fillRect(QRect(0, 0, std::max(2, theme.unit() / 3), height()), theme.colour(ColourRole::Info));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colour(ColourRole::Line));
}

}  // namespace signalbox::ui
