#include "ui/panels/environment_mark.h"

#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>

#include "ui/models/connection_look.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

EnvironmentMark::EnvironmentMark(QWidget* parent)
    : QWidget(parent),
      name_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      word_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Strong)) {
    const int unit = Theme::current().unit();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 3 / 2, unit / 2, unit * 3 / 2, unit / 2);
    row->setSpacing(unit);
    name_->setElided(true);
    word_->setWordWrap(false);
    row->addWidget(name_, 1);
    row->addWidget(word_);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void EnvironmentMark::setGateway(const QString& name, const QString& environment) {
    role_ = environmentRole(environment);
    name_->setText(name);
    word_->setText(environmentWord(environment));
    word_->setRole(role_);
    setAccessibleName(QStringLiteral("%1, %2").arg(name, word_->text()));
    update();
}

void EnvironmentMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    const int width = std::max(2, theme.unit() * 3 / 8);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(rect(), mixed(theme.colour(ColourRole::Surface), theme.colour(role_), 0.1));
    painter.fillRect(QRect(mirrored ? this->width() - width : 0, 0, width, height()), theme.colour(role_));
}

}  // namespace signalbox::ui
