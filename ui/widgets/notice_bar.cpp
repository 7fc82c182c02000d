#include "ui/widgets/notice_bar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent),
      icon_(new QLabel),
      message_(new ThemedLabel(ColourRole::Text)),
      hint_(new ThemedLabel(ColourRole::Muted)),
      code_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Code)),
      retry_(new QPushButton(tr("Retry"))),
      copy_(new QPushButton(tr("Copy"))),
      close_(new QToolButton) {
    setObjectName(QStringLiteral("noticeBar"));
    build();
    connect(retry_, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT retryRequested();
    });
    connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(diagnostics()); });
    connect(close_, &QToolButton::clicked, this, &NoticeBar::clear);
    connect(&Theme::current(), &Theme::changed, this, &NoticeBar::restyle);
    hide();
}

void NoticeBar::build() {
    // In a dialog Enter belongs to the dialog's own button, not to the first one that Qt finds, which may be hidden.
    for (auto* button : {retry_, copy_}) button->setAutoDefault(false);
    const auto unit = Theme::current().unit();
    message_->setObjectName(QStringLiteral("noticeMessage"));
    hint_->setObjectName(QStringLiteral("noticeHint"));
    code_->setObjectName(QStringLiteral("noticeCode"));
    retry_->setObjectName(QStringLiteral("noticeRetry"));
    retry_->setAccessibleName(tr("Retry"));
    copy_->setObjectName(QStringLiteral("noticeCopy"));
    copy_->setAccessibleName(tr("Copy the error"));
    close_->setObjectName(QStringLiteral("noticeClose"));
    close_->setAccessibleName(tr("Close the message"));
    close_->setIcon(themedIcon(QStringLiteral("close"), ColourRole::Muted));
    close_->setAutoRaise(true);
    message_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(unit / 4);
    texts->addWidget(message_);
    texts->addWidget(hint_);
    texts->addWidget(code_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 3 / 2, unit, unit, unit);
    row->setSpacing(unit);
    row->addWidget(icon_, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(retry_, 0, Qt::AlignTop);
    row->addWidget(copy_, 0, Qt::AlignTop);
    row->addWidget(close_, 0, Qt::AlignTop);
}

void NoticeBar::restyle() {
    const auto& theme = Theme::current();
    const auto name = role_ == ColourRole::Error ? QStringLiteral("error") : QStringLiteral("info");
    icon_->setPixmap(theme.icons().pixmap(name, theme.iconSize(), devicePixelRatioF(), theme.colour(role_)));
    update();
}

void NoticeBar::showError(const QString& message, const QString& hint, const QString& code, const QString& where,
                          bool retry) {
    role_ = ColourRole::Error;
    where_ = where;
    message_->setText(message);
    hint_->setText(hint);
    hint_->setVisible(!hint.isEmpty());
    code_->setText(where.isEmpty() ? code : QStringLiteral("%1 · %2").arg(code, where));
    code_->setVisible(!code.isEmpty());
    retry_->setVisible(retry);
    copy_->show();
    setAccessibleName(message);
    setAccessibleDescription(hint);
    restyle();
    show();
}

void NoticeBar::showInfo(const QString& message) {
    role_ = ColourRole::Info;
    where_.clear();
    message_->setText(message);
    hint_->hide();
    code_->hide();
    code_->clear();
    hint_->clear();
    retry_->hide();
    copy_->hide();
    setAccessibleName(message);
    restyle();
    show();
}

void NoticeBar::clear() { hide(); }

QString NoticeBar::message() const { return message_->text(); }

QString NoticeBar::diagnostics() const {
    QStringList lines{message_->text()};
    if (!hint_->text().isEmpty()) lines << hint_->text();
    if (!code_->text().isEmpty()) lines << code_->text();
    return lines.join(QLatin1Char('\n'));
}

void NoticeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.fillRect(rect(), mixed(theme.colour(ColourRole::Surface), theme.colour(role_), 0.1));
    const QRect stripe(0, 0, std::max(2, theme.unit() / 3), height());
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), stripe), theme.colour(role_));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colour(ColourRole::Line));
}

}  // namespace signalbox::ui
