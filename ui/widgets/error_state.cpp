#include "ui/widgets/error_state.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kCopiedMilliseconds = 1500;

}  // namespace

// In English whatever the language of the window: it is read by those who mend it.
QString diagnosticsOf(const Error& error, const QString& requestId, std::int64_t wallMicros) {
    const auto time = QDateTime::fromMSecsSinceEpoch(wallMicros / 1000).toUTC().toString(Qt::ISODateWithMs);
    QStringList lines{toQString(error.message)};
    const auto add = [&lines](const char* name, const QString& text) {
        if (!text.isEmpty()) lines << QStringLiteral("%1: %2").arg(QLatin1String(name), text);
    };
    add("hint", toQString(error.hint));
    add("code", toQString(error.code));
    add("where", toQString(error.where));
    add("request", requestId);
    add("time", time);
    add("version", QStringLiteral("%1 %2, Qt %3, %4")
                       .arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion(),
                            QLatin1String(qVersion()), QSysInfo::prettyProductName()));
    return lines.join(QLatin1Char('\n'));
}

ErrorState::ErrorState(QWidget* parent)
    : QWidget(parent),
      icon_(new QLabel),
      message_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      hint_(new ThemedLabel(ColourRole::Text)),
      code_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Code)),
      retry_(new QPushButton(tr("&Retry"))),
      copy_(new QPushButton(tr("&Copy diagnostics"))) {
    setObjectName(QStringLiteral("errorState"));
    for (auto* button : {retry_, copy_}) button->setAutoDefault(false);  // in a dialog Enter is the dialog's own
    build();
    connect(retry_, &QPushButton::clicked, this, &ErrorState::retryRequested);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(diagnostics_);
        copy_->setText(tr("Copied"));
        QTimer::singleShot(kCopiedMilliseconds, copy_, [this] { copy_->setText(tr("&Copy diagnostics")); });
    });
    connect(&Theme::current(), &Theme::changed, this, &ErrorState::restyle);
    restyle();
}

void ErrorState::build() {
    const auto unit = Theme::current().unit();
    message_->setObjectName(QStringLiteral("errorMessage"));
    hint_->setObjectName(QStringLiteral("errorHint"));
    code_->setObjectName(QStringLiteral("errorCode"));
    retry_->setObjectName(QStringLiteral("errorRetry"));
    retry_->setAccessibleName(tr("Retry"));
    retry_->setProperty("primary", true);
    copy_->setObjectName(QStringLiteral("errorCopy"));
    copy_->setAccessibleName(tr("Copy diagnostics"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(unit);
    buttons->addStretch();
    buttons->addWidget(retry_);
    buttons->addWidget(copy_);
    buttons->addStretch();
    auto* column = new QWidget;
    column->setMaximumWidth(unit * 60);
    auto* texts = new QVBoxLayout(column);
    texts->setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 2);
    texts->setSpacing(unit);
    texts->addStretch(2);
    for (auto* label :
         {icon_, static_cast<QLabel*>(message_), static_cast<QLabel*>(hint_), static_cast<QLabel*>(code_)}) {
        label->setAlignment(Qt::AlignHCenter);
        texts->addWidget(label);
    }
    texts->addSpacing(unit);
    texts->addLayout(buttons);
    texts->addStretch(3);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(column, 1000);
    row->addStretch(1);
}

void ErrorState::setError(const Error& error, const QString& requestId, std::int64_t wallMicros) {
    diagnostics_ = diagnosticsOf(error, requestId, wallMicros);
    message_->setText(toQString(error.message));
    hint_->setText(toQString(error.hint));
    hint_->setVisible(!error.hint.empty());
    QStringList facts{toQString(error.code)};
    if (!error.where.empty()) facts << toQString(error.where);
    facts << formatTimeOfDay(wallMicros);
    code_->setText(facts.join(QStringLiteral(" · ")));
    retry_->setVisible(error.retryable);
    setAccessibleName(message_->text());
    setAccessibleDescription(hint_->text());
}

void ErrorState::restyle() {
    const auto& theme = Theme::current();
    icon_->setPixmap(theme.icons().pixmap(QStringLiteral("error"), theme.unit() * 3, devicePixelRatioF(),
                                          theme.colour(ColourRole::Error)));
}

}  // namespace signalbox::ui
