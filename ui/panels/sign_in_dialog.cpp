#include "ui/panels/sign_in_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/environment_mark.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kLongestWait = 3600;

/// "Try again in 12 s": what a throttle says of its end; 0: nothing.
int secondsIn(const QString& hint) {
    static const QRegularExpression kSeconds(QStringLiteral("(\\d+) s\\b"));
    static const QRegularExpression kMinutes(QStringLiteral("(\\d+) m\\b"));
    const int seconds = kSeconds.match(hint).captured(1).toInt() + 60 * kMinutes.match(hint).captured(1).toInt();
    return std::min(seconds, kLongestWait);
}

bool isThrottle(const Error& error) {
    return error.code == "identity.throttled" || error.code.ends_with("rate-limited");
}

}  // namespace

SignInDialog::SignInDialog(client::Connection& connection, const QString& name, const QString& environment,
                           const QString& login, QWidget* parent)
    : QDialog(parent),
      connection_(&connection),
      notice_(new NoticeBar),
      login_(new QLineEdit(login)),
      password_(new QLineEdit),
      keep_(new QCheckBox(tr("S&tay signed in on this computer"))) {
    setObjectName(QStringLiteral("signInDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Sign in"));
    build(name, environment, login);
    wait_.setInterval(1000);
    connect(&wait_, &QTimer::timeout, this, [this] { holdBack(waitSeconds_ - 1); });
    connect(&connection, &client::Connection::changed, this, &SignInDialog::follow);
    connect(&connection, &QObject::destroyed, this, &QDialog::reject);
    // Why one has to sign in, when that is news: the session has ended, the credentials were refused.
    const auto status = connection.status();
    if (status.error && status.error->code != "gateway.credentials-needed") showError(*status.error);
    (login.isEmpty() ? login_ : password_)->setFocus();
    refresh();
}

void SignInDialog::build(const QString& name, const QString& environment, const QString& login) {
    const int unit = Theme::current().unit();
    notice_->setObjectName(QStringLiteral("signInNotice"));
    login_->setObjectName(QStringLiteral("signInLogin"));
    login_->setAccessibleName(tr("Login"));
    login_->setMinimumWidth(unit * 40);
    password_->setObjectName(QStringLiteral("signInPassword"));
    password_->setAccessibleName(tr("Password"));
    password_->setEchoMode(QLineEdit::Password);
    keep_->setObjectName(QStringLiteral("signInKeep"));
    keep_->setChecked(true);
    keep_->setToolTip(
        tr("The session is kept in the system's keychain, or in an encrypted file where there is none; "
           "the password never is."));
    keep_->setAccessibleDescription(keep_->toolTip());
    auto* mark = new EnvironmentMark;
    mark->setGateway(name, environment);
    auto* form = new QFormLayout;
    form->addRow(tr("&Login"), login_);
    form->addRow(tr("&Password"), password_);
    form->addRow(QString(), keep_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("signInCancel"));
    submit_ = buttons->addButton(tr("&Sign in"), QDialogButtonBox::AcceptRole);
    submit_->setObjectName(QStringLiteral("signInSubmit"));
    connect(buttons, &QDialogButtonBox::accepted, this, &SignInDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(login_, &QLineEdit::textChanged, this, &SignInDialog::refresh);
    connect(password_, &QLineEdit::textChanged, this, &SignInDialog::refresh);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(unit * 3 / 2);
    column->addWidget(mark);
    column->addWidget(notice_);
    column->addLayout(form);
    column->addWidget(buttons);
    submit_->setProperty("primary", true);
    submit_->setDefault(true);
    if (!login.isEmpty()) password_->setFocus();
}

void SignInDialog::submit() {
    if (!connection_ || asking_) return;
    asking_ = true;
    notice_->clear();
    refresh();
    connection_->signIn(login_->text().trimmed(), password_->text(), keep_->isChecked());
}

void SignInDialog::follow() {
    if (!connection_) return;
    const auto status = connection_->status();
    if (status.state == client::ConnectionState::Live) return accept();
    if (!asking_ || !status.error || status.error->code == "gateway.credentials-needed") return;
    // While the token is on its way the state is Connecting or Authenticating, without a need.
    if (status.need == client::ConnectionNeed::None && status.state != client::ConnectionState::Lost) return;
    asking_ = false;
    showError(*status.error);
    // What is disabled takes no focus.
    refresh();
    password_->selectAll();
    password_->setFocus();
}

void SignInDialog::showError(const Error& error) {
    showProblem(*notice_, error, false);
    if (isThrottle(error)) holdBack(secondsIn(toQString(error.hint) + QLatin1Char(' ') + toQString(error.message)));
}

void SignInDialog::holdBack(int seconds) {
    waitSeconds_ = std::max(0, seconds);
    waitSeconds_ > 0 ? wait_.start() : wait_.stop();
    refresh();
}

void SignInDialog::refresh() {
    submit_->setText(asking_            ? tr("Signing in…")
                     : waitSeconds_ > 0 ? tr("Sign in again in %1 s").arg(waitSeconds_)
                                        : tr("&Sign in"));
    submit_->setEnabled(!asking_ && waitSeconds_ == 0 && !login_->text().trimmed().isEmpty() &&
                        !password_->text().isEmpty());
    login_->setEnabled(!asking_);
    password_->setEnabled(!asking_);
    keep_->setEnabled(!asking_);
}

}  // namespace signalbox::ui
