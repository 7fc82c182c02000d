#include "ui/panels/error_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ErrorView::ErrorView(QWidget* parent)
    : QWidget(parent),
      code_(new ThemedLabel(ColourRole::Error, ThemedLabel::Kind::Code)),
      message_(new ThemedLabel(ColourRole::Text)),
      hint_(new ThemedLabel(ColourRole::Muted)),
      where_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)) {
    setObjectName(QStringLiteral("errorView"));
    code_->setObjectName(QStringLiteral("errorCode"));
    message_->setObjectName(QStringLiteral("errorMessage"));
    hint_->setObjectName(QStringLiteral("errorHint"));
    where_->setObjectName(QStringLiteral("errorWhere"));
    for (auto* label : {code_, message_, hint_, where_}) label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* copy = new QToolButton;
    copy->setObjectName(QStringLiteral("errorCopy"));
    copy->setIcon(themedIcon(QStringLiteral("copy"), ColourRole::Muted));
    copy->setToolTip(tr("Copy the error"));
    copy->setAccessibleName(tr("Copy the error"));
    copy->setAutoRaise(true);
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(diagnostics()); });
    const int unit = Theme::current().unit();
    auto* head = new QHBoxLayout;
    head->addWidget(code_, 1);
    head->addWidget(copy, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(unit * 2, unit / 2, unit / 2, unit);
    layout->setSpacing(unit / 2);
    layout->addLayout(head);
    layout->addWidget(message_);
    layout->addWidget(hint_);
    layout->addWidget(where_);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void ErrorView::setError(const protocol::ErrorDto& error) {
    code_->setText(error.retryable ? tr("%1 (may work later)").arg(toQString(error.code)) : toQString(error.code));
    message_->setText(toQString(error.message));
    hint_->setText(toQString(error.hint));
    hint_->setVisible(!error.hint.empty());
    where_->setText(tr("at %1").arg(toQString(error.where)));
    where_->setVisible(!error.where.empty());
    setAccessibleName(toQString(error.code));
    setAccessibleDescription(toQString(error.message));
    show();
}

QString ErrorView::diagnostics() const {
    QStringList lines{code_->text(), message_->text()};
    if (!hint_->text().isEmpty()) lines << hint_->text();
    if (!where_->isHidden()) lines << where_->text();
    return lines.join(QLatin1Char('\n'));
}

void ErrorView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.fillRect(rect(), mixed(theme.colour(ColourRole::Surface), theme.colour(ColourRole::Error), 0.08));
    painter.fillRect(QRect(0, 0, std::max(2, theme.unit() / 3), height()), theme.colour(ColourRole::Error));
}

}  // namespace signalbox::ui
