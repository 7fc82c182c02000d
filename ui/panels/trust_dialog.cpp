#include "ui/panels/trust_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/environment_mark.h"
#include "ui/text/format.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

TrustDialog::TrustDialog(const client::CertificateFacts& facts, const QString& name, const QString& environment,
                         QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("trustDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(facts.pinned.isEmpty() ? tr("Certificate of the gateway") : tr("The certificate has changed"));
    build(facts, name, environment);
}

QCheckBox* TrustDialog::addFacts(const client::CertificateFacts& facts, QVBoxLayout& column) {
    auto* table = new KeyValueTable;
    table->setObjectName(QStringLiteral("trustFacts"));
    table->setAccessibleName(tr("Certificate"));
    QList<KeyValueTable::Row> rows{{tr("Issued to"), facts.subject},
                                   {tr("Issued by"), facts.issuer},
                                   {tr("Valid from"), formatDateTime(facts.validFrom * 1000)},
                                   {tr("Valid until"), formatDateTime(facts.validUntil * 1000)},
                                   {tr("SHA-256"), facts.sha256, facts.sha256}};
    if (!facts.pinned.isEmpty()) rows << KeyValueTable::Row{tr("Trusted before"), facts.pinned, facts.pinned};
    table->setRows(rows);
    table->setMinimumWidth(Theme::current().unit() * 96);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    column.addWidget(table);
    if (facts.pinned.isEmpty()) return nullptr;
    auto* sure = new QCheckBox(tr("I have asked who runs the gateway: the &new certificate is theirs"));
    sure->setObjectName(QStringLiteral("trustSure"));
    column.addWidget(sure);
    return sure;
}

void TrustDialog::build(const client::CertificateFacts& facts, const QString& name, const QString& environment) {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(Theme::current().unit() * 3 / 2);
    auto* mark = new EnvironmentMark;
    mark->setGateway(name, environment);
    column->addWidget(mark);
    if (facts.pinned.isEmpty()) {
        auto* problem = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong);
        problem->setObjectName(QStringLiteral("trustProblem"));
        problem->setText(facts.problem + QLatin1Char('.'));
        auto* advice = new ThemedLabel(ColourRole::Muted);
        advice->setObjectName(QStringLiteral("trustAdvice"));
        QStringList sentences;
        if (!facts.advice.isEmpty()) sentences << facts.advice + QLatin1Char('.');
        sentences << tr("Trust it only if its SHA-256 is the one that whoever runs the gateway tells you.");
        advice->setText(sentences.join(QLatin1Char(' ')));
        column->addWidget(problem);
        column->addWidget(advice);
    } else {
        auto* danger = new NoticeBar;
        danger->setObjectName(QStringLiteral("trustDanger"));
        danger->showError(tr("This is another certificate than the one that was trusted"),
                          tr("Somebody may stand between and read everything, the password included."),
                          QStringLiteral("gateway.certificate-changed"), {}, false);
        // A danger is not to be put away as a note is.
        if (auto* close = danger->findChild<QWidget*>(QStringLiteral("noticeClose"))) close->hide();
        column->addWidget(danger);
    }
    auto* sure = addFacts(facts, *column);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto* cancel = buttons->button(QDialogButtonBox::Cancel);
    cancel->setObjectName(QStringLiteral("trustCancel"));
    auto* trust = buttons->addButton(sure ? tr("&Trust the new one") : tr("&Trust this certificate"),
                                     QDialogButtonBox::AcceptRole);
    trust->setObjectName(QStringLiteral("trustAccept"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    cancel->setDefault(true);
    cancel->setFocus();
    // Also on a small screen nothing of what is to be compared is cut off.
    setMinimumHeight(column->totalHeightForWidth(column->totalMinimumSize().width()));
    if (!sure) return;
    trust->setEnabled(false);
    connect(sure, &QCheckBox::toggled, trust, &QWidget::setEnabled);
}

}  // namespace signalbox::ui
