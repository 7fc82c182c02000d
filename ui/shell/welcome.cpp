#include "ui/shell/welcome.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMainWindow>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

Welcome::Welcome(QMainWindow& window, const QString& workspace, bool demo) : QFrame(&window) {
    setObjectName(QStringLiteral("welcome"));
    setAccessibleName(tr("Welcome"));
    hide();
    build(workspace, demo);
    window.installEventFilter(this);
}

void Welcome::build(const QString& workspace, bool demo) {
    const int unit = Theme::current().unit();
    auto* title = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Title);
    title->setText(tr("Welcome to Signalbox"));
    auto* text = new ThemedLabel(ColourRole::Text);
    text->setObjectName(QStringLiteral("welcomeText"));
    text->setText(
        demo ? tr("This is the demo workspace: workflows to look at, run and change. They read only this machine, "
                  "and every step of a run is kept, so nothing is lost if it is interrupted.")
             : tr("Workflows of this folder are on the left. Open one to see it as a graph, and run it: every step "
                  "is kept, so nothing is lost if it is interrupted."));
    auto* where = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Code);
    where->setText(workspace);
    where->setElided(true);
    if (workspace.isEmpty()) where->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(unit);
    const auto add = [this, row](const char* name, const QString& label, bool primary, auto signal) {
        auto* button = new QPushButton(label);
        button->setObjectName(QLatin1String(name));
        auto plain = label;
        button->setAccessibleName(plain.remove(QLatin1Char('&')));
        button->setProperty("primary", primary);
        if (!first_) first_ = button;
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, signal] {
            leave();
            Q_EMIT(this->*signal)();
        });
    };
    add("welcomeTour", tr("Take the &tour"), true, &Welcome::tourRequested);
    if (!demo) add("welcomeDemo", tr("Open the &demo"), false, &Welcome::demoRequested);
    add("welcomeWorkspace", tr("Open a &workspace…"), false, &Welcome::workspaceRequested);
    row->addStretch(1);
    add("welcomeSkip", tr("&Skip"), false, &Welcome::closed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 3, unit * 3, unit * 3, unit * 2);
    column->setSpacing(unit);
    column->addWidget(title);
    column->addWidget(text);
    column->addWidget(where);
    column->addSpacing(unit);
    column->addLayout(row);
}

void Welcome::open() {
    place();
    show();
    raise();
    first_->setFocus();
}

void Welcome::leave() {
    if (!isVisible()) return;
    const bool focused = isAncestorOf(QApplication::focusWidget());
    hide();
    if (focused) parentWidget()->setFocus();
}

void Welcome::place() {
    const int unit = Theme::current().unit();
    auto* host = parentWidget();
    const int width = std::min(unit * 66, host->width() - unit * 4);
    const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    // Over the middle, where an empty window has nothing else to say.
    const auto* middle = static_cast<QMainWindow*>(host)->centralWidget();
    const QPoint centre = middle->mapTo(host, middle->rect().center());
    const int left = std::clamp(centre.x() - width / 2, 0, std::max(0, host->width() - width));
    const int above = middle->height() / 20;
    setGeometry(left, std::max(unit * 8, centre.y() - above - height / 2), width, height);
}

void Welcome::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) return QFrame::keyPressEvent(event);
    leave();
    Q_EMIT closed();
}

bool Welcome::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    return QFrame::eventFilter(watched, event);
}

void Welcome::paintEvent(QPaintEvent* /*event*/) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.colour(ColourRole::Raised));
    painter.setPen(theme.colour(ColourRole::Line));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace signalbox::ui
