#include "ui/panels/workflow_name_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <utility>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

QString idFromName(const QString& name) {
    static const QRegularExpression kOther(QStringLiteral("[^a-z0-9]+"));
    auto id = name.normalized(QString::NormalizationForm_KD).toLower();
    // Accents go, the letters under them stay.
    id.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    id.replace(kOther, QStringLiteral("-"));
    while (id.startsWith(QLatin1Char('-'))) id.remove(0, 1);
    while (id.endsWith(QLatin1Char('-'))) id.chop(1);
    return id;
}

WorkflowNameDialog::WorkflowNameDialog(Content content, QWidget* parent)
    : QDialog(parent),
      content_(std::move(content)),
      name_(new QLineEdit(content_.name)),
      id_(new QLineEdit(content_.id)),
      template_(new QComboBox),
      problem_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      notice_(new NoticeBar),
      idIsOwn_(!content_.id.isEmpty()) {
    setObjectName(QStringLiteral("workflowNameDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(content_.title);
    notice_->setObjectName(QStringLiteral("workflowNameNotice"));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(Theme::current().unit() * 3 / 2);
    column->addWidget(notice_);
    buildForm();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("workflowNameCancel"));
    submit_ = buttons->addButton(content_.action, QDialogButtonBox::AcceptRole);
    submit_->setObjectName(QStringLiteral("workflowNameSubmit"));
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        HoldBack::setPossible(*submit_, false);
        Q_EMIT submitted();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    // Told once the dialog has it: before, Qt would take the first button that Enter could mean, which is Cancel.
    submit_->setDefault(true);
    check();
    name_->selectAll();
    name_->setFocus();
}

void WorkflowNameDialog::buildForm() {
    name_->setObjectName(QStringLiteral("workflowNameEdit"));
    name_->setAccessibleName(tr("Name"));
    id_->setObjectName(QStringLiteral("workflowIdEdit"));
    id_->setAccessibleName(tr("Id"));
    id_->setMaxLength(100);
    problem_->setObjectName(QStringLiteral("workflowNameProblem"));
    for (auto* edit : {name_, id_}) edit->setMinimumWidth(fontMetrics().averageCharWidth() * 44);
    auto* form = new QFormLayout;
    form->addRow(tr("&Name"), name_);
    form->addRow(tr("I&d"), id_);
    if (content_.templates) {
        buildTemplates();
        form->addRow(tr("&Start from"), template_);
    } else {
        template_->setParent(this);
        template_->hide();
    }
    form->addRow(QString(), problem_);
    static_cast<QVBoxLayout*>(layout())->addLayout(form);
    connect(name_, &QLineEdit::textChanged, this, &WorkflowNameDialog::deriveId);
    connect(id_, &QLineEdit::textEdited, this, [this](const QString& text) { idIsOwn_ = !text.isEmpty(); });
    connect(id_, &QLineEdit::textChanged, this, &WorkflowNameDialog::check);
}

void WorkflowNameDialog::buildTemplates() {
    template_->setObjectName(QStringLiteral("workflowTemplate"));
    template_->setAccessibleName(tr("Start from"));
    template_->addItem(tr("An empty workflow"));
    if (!content_.copyOf.isEmpty()) template_->addItem(tr("A copy of “%1”").arg(content_.copyOf));
}

void WorkflowNameDialog::deriveId() {
    if (!idIsOwn_) id_->setText(idFromName(name_->text()));
    check();
}

QString WorkflowNameDialog::problem() const {
    static const QRegularExpression kAllowed(QStringLiteral("\\A[A-Za-z0-9_-][A-Za-z0-9._-]*\\z"));
    if (id().isEmpty()) return tr("An id is needed.");
    if (!kAllowed.match(id()).hasMatch()) {
        return tr("An id has letters, digits, “-”, “_” and “.”, and does not begin with a “.”.");
    }
    if (content_.taken.contains(id())) return tr("Another workflow has this id.");
    return {};
}

void WorkflowNameDialog::check() {
    const auto wrong = problem();
    problem_->setText(wrong.isEmpty() ? tr("Saved as %1.workflow.json").arg(id()) : wrong);
    problem_->setRole(wrong.isEmpty() ? ColourRole::Muted : ColourRole::Error);
    id_->setAccessibleDescription(wrong);
    if (submit_) HoldBack::setPossible(*submit_, wrong.isEmpty());
}

QString WorkflowNameDialog::id() const { return id_->text().trimmed(); }

QString WorkflowNameDialog::name() const { return name_->text().trimmed(); }

bool WorkflowNameDialog::copies() const { return template_->currentIndex() == 1; }

void WorkflowNameDialog::showError(const Error& error) {
    showProblem(*notice_, error, false);
    check();
}

}  // namespace signalbox::ui
