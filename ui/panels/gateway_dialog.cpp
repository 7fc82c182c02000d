#include "ui/panels/gateway_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "client/attach_link.h"
#include "client/gateway_address.h"
#include "ui/models/connection_look.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

const QString kEnvironments[] = {QString(), QStringLiteral("production"), QStringLiteral("staging"),
                                 QStringLiteral("development")};

}  // namespace

GatewayDialog::GatewayDialog(GatewayBook& book, const client::GatewayProfile& profile, QWidget* parent)
    : QDialog(parent),
      book_(book),
      profile_(profile),
      notice_(new NoticeBar),
      address_(new QLineEdit(profile.url.toDisplayString())),
      name_(new QLineEdit(profile.name)),
      environment_(new QComboBox),
      plain_(new QCheckBox(tr("Allow it to go &unencrypted over the network"))),
      problem_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      nameIsOwn_(!profile.name.isEmpty()) {
    setObjectName(QStringLiteral("gatewayDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(profile.id.isEmpty() ? tr("Add gateway") : tr("Edit gateway"));
    build();
    check();
    // Wrapped texts hint at more height than they need at this width.
    const int width = sizeHint().width();
    resize(width, std::max(layout()->heightForWidth(width), layout()->minimumSize().height()));
    address_->setFocus();
}

void GatewayDialog::build() {
    const int unit = Theme::current().unit();
    notice_->setObjectName(QStringLiteral("gatewayNotice"));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(unit * 3 / 2);
    column->addWidget(notice_);
    buildForm();
    buildTest();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("gatewayCancel"));
    test_ = buttons->addButton(tr("&Test"), QDialogButtonBox::ActionRole);
    test_->setObjectName(QStringLiteral("gatewayTest"));
    submit_ =
        buttons->addButton(profile_.id.isEmpty() ? tr("&Add and connect") : tr("&Save"), QDialogButtonBox::AcceptRole);
    submit_->setObjectName(QStringLiteral("gatewaySubmit"));
    connect(test_, &QPushButton::clicked, this, &GatewayDialog::test);
    connect(buttons, &QDialogButtonBox::accepted, this, &GatewayDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    submit_->setProperty("primary", true);
    submit_->setDefault(true);
}

void GatewayDialog::buildForm() {
    address_->setObjectName(QStringLiteral("gatewayAddress"));
    address_->setAccessibleName(tr("Address or link"));
    address_->setPlaceholderText(QStringLiteral("https://plant.example:8443"));
    address_->setMinimumWidth(Theme::current().unit() * 56);
    name_->setObjectName(QStringLiteral("gatewayNameEdit"));
    name_->setAccessibleName(tr("Name"));
    environment_->setObjectName(QStringLiteral("gatewayEnvironment"));
    environment_->setAccessibleName(tr("Environment"));
    for (const auto& environment : kEnvironments) {
        environment_->addItem(environment.isEmpty() ? tr("As the gateway says") : environmentWord(environment),
                              environment);
    }
    environment_->setCurrentIndex(std::max(0, environment_->findData(profile_.environment)));
    plain_->setObjectName(QStringLiteral("gatewayPlain"));
    plain_->setChecked(profile_.allowPlain);
    problem_->setObjectName(QStringLiteral("gatewayProblem"));
    auto* form = new QFormLayout;
    form->addRow(tr("A&ddress or link"), address_);
    form->addRow(QString(), problem_);
    form->addRow(QString(), plain_);
    form->addRow(tr("&Name"), name_);
    form->addRow(tr("&Environment"), environment_);
    static_cast<QVBoxLayout*>(layout())->addLayout(form);
    connect(address_, &QLineEdit::textChanged, this, &GatewayDialog::readAddress);
    connect(name_, &QLineEdit::textEdited, this, [this](const QString& text) { nameIsOwn_ = !text.isEmpty(); });
    connect(name_, &QLineEdit::textChanged, this, &GatewayDialog::check);
    connect(plain_, &QCheckBox::toggled, this, &GatewayDialog::check);
}

void GatewayDialog::buildTest() {
    auto* column = static_cast<QVBoxLayout*>(layout());
    outcome_ = new ThemedLabel(ColourRole::Muted);
    outcome_->setObjectName(QStringLiteral("gatewayTestOutcome"));
    outcome_->hide();
    found_ = new KeyValueTable;
    found_->setObjectName(QStringLiteral("gatewayTestFacts"));
    found_->setAccessibleName(tr("What was found"));
    found_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    found_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    found_->hide();
    column->addWidget(outcome_);
    column->addWidget(found_);
}

// A link fills the other fields, as far as nothing was typed there.
void GatewayDialog::readAddress() {
    const auto text = address_->text().trimmed();
    if (text.startsWith(QLatin1String("signalbox:"))) {
        if (const auto link = client::parseAttachLink(text)) {
            if (!nameIsOwn_) name_->setText(link->name);
            environment_->setCurrentIndex(std::max(0, environment_->findData(link->environment)));
            nameIsOwn_ = true;
            return address_->setText(link->url.toDisplayString());
        }
    } else if (const auto url = client::parseGatewayUrl(text); url && !nameIsOwn_) {
        name_->setText(url->host());
    }
    tried_ = {};
    outcome_->hide();
    found_->hide();
    check();
}

Result<client::GatewayProfile> GatewayDialog::typed() const {
    auto profile = profile_;
    SIGNALBOX_TRY(profile.url, client::parseGatewayUrl(address_->text().trimmed()));
    if (profile.url != profile_.url) profile.pinned.clear();
    profile.name = name_->text().simplified();
    profile.environment = environment_->currentData().toString();
    profile.allowPlain = plain_->isChecked();
    return profile;
}

void GatewayDialog::check() {
    const auto text = address_->text().trimmed();
    const auto profile = typed();
    QString wrong;
    if (!text.isEmpty() && !profile) wrong = toQString(profile.error().message);
    const auto plain = profile ? client::checkPlain(profile->url, profile->allowPlain) : Status{};
    if (!plain) wrong = toQString(plain.error().message);
    plain_->setVisible(profile && !client::checkPlain(profile->url, false));
    problem_->setText(wrong.isEmpty() ? tr("Where signalboxd listens, or a signalbox://attach link.") : wrong);
    problem_->setRole(wrong.isEmpty() ? ColourRole::Muted : ColourRole::Error);
    address_->setAccessibleDescription(wrong);
    const bool good = profile && plain;
    test_->setEnabled(good && !tried_.connection);
    submit_->setEnabled(good && !name_->text().trimmed().isEmpty());
}

void GatewayDialog::submit() {
    const auto profile = typed();
    if (!profile) return check();
    QString id = profile->id;
    Status done;
    if (id.isEmpty()) {
        const auto added = book_.add(*profile);
        if (added) {
            id = added->id;
        } else {
            done = fail(added.error());
        }
    } else {
        done = book_.change(*profile);
    }
    if (!done) return showProblem(*notice_, done.error(), false);
    Q_EMIT kept(id);
    accept();
}

void GatewayDialog::test() {
    const auto profile = typed();
    if (!profile) return check();
    tried_ = book_.tryOut(*profile);
    connect(tried_.connection.get(), &client::Connection::changed, this, &GatewayDialog::showTest,
            Qt::QueuedConnection);
    endTest(tr("Trying…"), ColourRole::Muted);
    found_->hide();
    check();
    showTest();
}

void GatewayDialog::endTest(const QString& text, ColourRole role) {
    outcome_->setText(text);
    outcome_->setRole(role);
    outcome_->show();
}

void GatewayDialog::showTest() {
    if (!tried_.connection) return;
    const auto status = tried_.connection->status();
    const bool answered = status.need != client::ConnectionNeed::None || status.gateway;
    const bool failed = status.error && status.need == client::ConnectionNeed::None;
    if (!answered && !failed) return;
    QList<KeyValueTable::Row> rows;
    if (status.gateway) {
        rows << KeyValueTable::Row{tr("Gateway"), toQString(status.gateway->name)};
        rows << KeyValueTable::Row{tr("Version"), toQString(status.gateway->version)};
        rows << KeyValueTable::Row{tr("Environment"), environmentWord(toQString(status.gateway->environment))};
    }
    if (status.latencyMs >= 0) rows << KeyValueTable::Row{tr("Latency"), formatLatency(status.latencyMs)};
    if (status.certificate) {
        rows << KeyValueTable::Row{tr("Certificate"), status.certificate->subject};
        rows << KeyValueTable::Row{tr("SHA-256"), status.certificate->sha256, status.certificate->sha256};
    }
    found_->setRows(rows);
    found_->setVisible(!rows.isEmpty());
    found_->updateGeometry();
    if (failed) {
        endTest(QStringLiteral("✕ %1. %2").arg(toQString(status.error->message), toQString(status.error->hint)),
                ColourRole::Error);
    } else if (status.need == client::ConnectionNeed::Trust) {
        endTest(tr("▲ A gateway answers; its certificate has to be looked at when you connect."), ColourRole::Warn);
    } else if (status.need == client::ConnectionNeed::Credentials) {
        endTest(tr("✓ A gateway answers; it wants you to sign in."), ColourRole::Ok);
    } else {
        endTest(tr("✓ A gateway answers."), ColourRole::Ok);
    }
    tried_.connection->disconnect(this);
    // Not from within its own signal.
    QMetaObject::invokeMethod(
        this,
        [this] {
            tried_ = {};
            check();
        },
        Qt::QueuedConnection);
}

}  // namespace signalbox::ui
