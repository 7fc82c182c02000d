#include "ui/shell/tour.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

/// Lies over the target and lets everything through.
class Tour::Marker : public QWidget {
public:
    explicit Marker(QWidget* window) : QWidget(window) { setAttribute(Qt::WA_TransparentForMouseEvents); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::current().colour(ColourRole::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::current().radius(),
                                Theme::current().radius());
    }
};

namespace {

QPushButton* button(const char* name, const QString& text) {
    auto* made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    auto plain = text;
    made->setAccessibleName(plain.remove(QLatin1Char('&')));
    return made;
}

}  // namespace

Tour::Tour(QWidget& window)
    : QFrame(&window),
      marker_(new Marker(&window)),
      title_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      text_(new ThemedLabel(ColourRole::Text)),
      count_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      back_(button("tourBack", tr("&Back"))),
      next_(button("tourNext", tr("&Next"))),
      skip_(button("tourSkip", tr("&Skip"))) {
    setObjectName(QStringLiteral("tour"));
    setAccessibleName(tr("Tour"));
    QFrame::hide();
    marker_->hide();
    build();
    connect(back_, &QPushButton::clicked, this, [this] { show(at_ - 1); });
    connect(next_, &QPushButton::clicked, this, [this] { show(at_ + 1); });
    connect(skip_, &QPushButton::clicked, this, &Tour::end);
    for (auto* each : {back_, next_, skip_}) each->installEventFilter(this);
    window.installEventFilter(this);
}

Tour::~Tour() { delete marker_; }

void Tour::build() {
    const int unit = Theme::current().unit();
    title_->setObjectName(QStringLiteral("tourTitle"));
    text_->setObjectName(QStringLiteral("tourText"));
    next_->setProperty("primary", true);
    auto* row = new QHBoxLayout;
    row->setSpacing(unit);
    row->addWidget(count_);
    row->addStretch(1);
    row->addWidget(skip_);
    row->addWidget(back_);
    row->addWidget(next_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 3 / 2);
    column->setSpacing(unit / 2);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addSpacing(unit / 2);
    column->addLayout(row);
}

QWidget* Tour::target(const TourStep& step) const {
    auto* found = parentWidget()->findChild<QWidget*>(step.target);
    return found && found->isVisible() ? found : nullptr;
}

void Tour::start(const QList<TourStep>& steps) {
    steps_.clear();
    for (const auto& step : steps) {
        if (target(step)) steps_ << step;
    }
    if (!steps_.isEmpty()) show(0);
}

void Tour::show(int step) {
    if (step < 0) return;
    if (step >= count()) return end();
    at_ = step;
    const auto& now = steps_[step];
    title_->setText(now.title);
    text_->setText(now.text);
    setAccessibleDescription(now.title + QStringLiteral(". ") + now.text);
    count_->setText(tr("%1 of %2").arg(step + 1).arg(count()));
    back_->setEnabled(step > 0);
    const bool last = step + 1 == count();
    next_->setText(last ? tr("&Done") : tr("&Next"));
    next_->setAccessibleName(last ? tr("Done") : tr("Next"));
    skip_->setVisible(!last);
    place();
    marker_->show();
    marker_->raise();
    QFrame::show();
    raise();
    next_->setFocus();
}

// Beside the target where there is room, right of it if possible; over a target that fills the window.
void Tour::place() {
    if (at_ < 0) return;
    const auto* aim = target(steps_[at_]);
    if (!aim) return end();
    const int unit = Theme::current().unit();
    auto* host = parentWidget();
    const QRect around(aim->mapTo(host, QPoint(0, 0)), aim->size());
    marker_->setGeometry(around.adjusted(-2, -2, 2, 2).intersected(host->rect()));
    const int width = std::min(unit * 46, host->width() - unit * 2);
    const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    QPoint at(around.right() + unit, around.top() + unit);
    if (at.x() + width > host->width()) at.setX(around.left() - unit - width);
    if (at.x() < 0) {
        at = QPoint(around.center().x() - width / 2, around.bottom() + unit);
        if (at.y() + height > host->height()) at.setY(around.top() - unit - height);
        if (at.y() < 0) at.setY(around.center().y() - height / 2);
    }
    at.setX(std::clamp(at.x(), unit, std::max(unit, host->width() - width - unit)));
    at.setY(std::clamp(at.y(), unit, std::max(unit, host->height() - height - unit)));
    setGeometry(QRect(at, QSize(width, height)));
}

void Tour::end() {
    if (at_ < 0) return;
    at_ = -1;
    marker_->hide();
    hide();
    parentWidget()->setFocus();
    Q_EMIT ended();
}

void Tour::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return end();
    QFrame::keyPressEvent(event);
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    // Buttons would take the arrows to go to their neighbours.
    if (event->type() == QEvent::KeyPress && watched != parentWidget()) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Right) show(at_ + 1);
        if (key == Qt::Key_Left) show(at_ - 1);
        return key == Qt::Key_Right || key == Qt::Key_Left;
    }
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    return QFrame::eventFilter(watched, event);
}

void Tour::paintEvent(QPaintEvent* /*event*/) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.colour(ColourRole::Raised));
    painter.setPen(theme.colour(ColourRole::Accent));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

QList<TourStep> windowTour(const QString& paletteKeys) {
    return {
        {QStringLiteral("workflowListPanel"), Tour::tr("Workflows"),
         Tour::tr("What this workspace holds. Click one, or type a part of its name, to see it as a graph.")},
        {QStringLiteral("canvasPanel"), Tour::tr("The graph"),
         Tour::tr("Nodes and what flows between them. Drag to move, Ctrl and the wheel to zoom, arrow keys to follow "
                  "wires. While a run goes, each node shows how it is doing.")},
        {QStringLiteral("runButton"), Tour::tr("Run"),
         Tour::tr("Starts the workflow that is open. A run survives a crash of the program and goes on by itself.")},
        {QStringLiteral("detailsPanel"), Tour::tr("Details"),
         Tour::tr("What the selected node is told to do, what went in and what came out. When it fails, the reason is "
                  "here.")},
        {QStringLiteral("actionPaletteButton"), Tour::tr("Everything else"),
         Tour::tr(
             "%1 finds any action, workflow, node, run or setting by a few letters. Esc goes back to the graph from "
             "anywhere.")
             .arg(paletteKeys.isEmpty() ? Tour::tr("This") : paletteKeys)}};
}

}  // namespace signalbox::ui
