#include "ui/panels/search_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kSearchAfterMs = 100;

QToolButton* makeButton(const QString& name, const QString& icon, const QString& words) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themedIcon(icon, ColourRole::Muted));
    button->setAccessibleName(words);
    button->setToolTip(words);
    button->setAutoRaise(true);
    return button;
}

}  // namespace

SearchBar::SearchBar(const QString& name, QWidget* parent)
    : QWidget(parent), edit_(new QLineEdit), count_(new NumberLabel(ColourRole::Muted)) {
    const auto base = name + QStringLiteral("Search");
    previous_ = makeButton(base + QStringLiteral("Previous"), QStringLiteral("chevron-up"), tr("Previous match"));
    next_ = makeButton(base + QStringLiteral("Next"), QStringLiteral("chevron-down"), tr("Next match"));
    close_ = makeButton(base + QStringLiteral("Close"), QStringLiteral("close"), tr("Close the search"));
    build(base);
    soon_.setSingleShot(true);
    soon_.setInterval(kSearchAfterMs);
    connect(&soon_, &QTimer::timeout, this, [this] { Q_EMIT textChanged(edit_->text()); });
    connect(edit_, &QLineEdit::textChanged, &soon_, qOverload<>(&QTimer::start));
    connect(previous_, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    connect(close_, &QToolButton::clicked, this, &SearchBar::close);
    setCount(-1, 0, false);
    hide();
}

void SearchBar::build(const QString& name) {
    const int unit = Theme::current().unit();
    edit_->setObjectName(name);
    edit_->setAccessibleName(tr("Search in the value"));
    edit_->setPlaceholderText(tr("Search keys and values"));
    makeSearchLine(*edit_, false);
    count_->setObjectName(name + QStringLiteral("Count"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit, unit / 4, unit / 2, unit / 2);
    row->setSpacing(unit / 2);
    row->addWidget(edit_, 1);
    row->addWidget(count_);
    row->addWidget(previous_);
    row->addWidget(next_);
    row->addWidget(close_);
}

void SearchBar::open() {
    show();
    edit_->setFocus(Qt::ShortcutFocusReason);
    edit_->selectAll();
}

void SearchBar::close() {
    if (isHidden()) return;
    hide();
    soon_.stop();
    Q_EMIT closed();
}

QString SearchBar::text() const { return isHidden() ? QString() : edit_->text(); }

void SearchBar::setCount(int current, int count, bool more) {
    const bool searched = !edit_->text().isEmpty();
    const auto all = formatCount(static_cast<std::uint64_t>(count)) + (more ? QStringLiteral("+") : QString());
    count_->setText(!searched     ? QString()
                    : count == 0  ? tr("none")
                    : current < 0 ? all
                                  : tr("%1 of %2").arg(formatCount(static_cast<std::uint64_t>(current) + 1), all));
    previous_->setEnabled(count > 0);
    next_->setEnabled(count > 0);
}

void SearchBar::keyPressEvent(QKeyEvent* event) {
    const bool back = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
        case Qt::Key_Escape:
            close();
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            // At once what would come a moment later.
            if (soon_.isActive()) {
                soon_.stop();
                Q_EMIT textChanged(edit_->text());
            } else {
                Q_EMIT stepRequested(back ? -1 : 1);
            }
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace signalbox::ui
