#include "ui/widgets/empty_state.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

EmptyState::EmptyState(const QString& icon, QWidget* parent)
    : QWidget(parent),
      iconName_(icon),
      icon_(new QLabel),
      title_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      text_(new ThemedLabel(ColourRole::Muted)),
      action_(new QPushButton) {
    action_->setAutoDefault(false);  // in a dialog Enter is the dialog's own
    const auto unit = Theme::current().unit();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 2);
    layout->setSpacing(unit / 2);
    layout->addStretch(2);
    for (auto* label : {icon_, static_cast<QLabel*>(title_), static_cast<QLabel*>(text_)}) {
        label->setAlignment(Qt::AlignHCenter);
        layout->addWidget(label);
    }
    layout->addSpacing(unit);
    layout->addWidget(action_, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    action_->hide();
    action_->setObjectName(QStringLiteral("emptyStateAction"));
    connect(action_, &QPushButton::clicked, this, &EmptyState::actionRequested);
    connect(&Theme::current(), &Theme::changed, this, &EmptyState::restyle);
    restyle();
}

void EmptyState::restyle() {
    const auto& theme = Theme::current();
    icon_->setPixmap(
        theme.icons().pixmap(iconName_, theme.unit() * 3, devicePixelRatioF(), theme.colour(ColourRole::Idle)));
}

void EmptyState::setIcon(const QString& icon) {
    iconName_ = icon;
    restyle();
}

void EmptyState::setTexts(const QString& title, const QString& text) {
    title_->setText(title);
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void EmptyState::setAction(const QString& label) {
    action_->setText(label);
    action_->setProperty("primary", true);
    action_->setVisible(!label.isEmpty());
    QString plain = label;
    action_->setAccessibleName(plain.remove(QLatin1Char('&')));
}

}  // namespace signalbox::ui
