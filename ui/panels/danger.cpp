#include "ui/panels/danger.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/panels/environment_mark.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

TypedConfirmation::TypedConfirmation(const Danger& danger, const QString& gateway, QWidget* parent)
    : QDialog(parent), gateway_(gateway), name_(new QLineEdit), go_(nullptr) {
    setObjectName(QStringLiteral("typedConfirmation"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(danger.title);
    build(danger);
    name_->setFocus();
}

void TypedConfirmation::build(const Danger& danger) {
    const int unit = Theme::current().unit();
    auto* column = new QVBoxLayout(this);
    column->setSpacing(unit * 3 / 2);
    auto* mark = new EnvironmentMark;
    mark->setGateway(gateway_, QStringLiteral("production"));
    auto* text = new ThemedLabel(ColourRole::Text);
    text->setText(danger.text);
    text->setMinimumWidth(unit * 50);
    auto* ask = new ThemedLabel(ColourRole::Muted);
    ask->setText(tr("This gateway is in production. Type its name to go on: %1").arg(gateway_));
    name_->setObjectName(QStringLiteral("typedName"));
    name_->setAccessibleName(tr("Name of the gateway"));
    name_->setAccessibleDescription(ask->text());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("typedCancel"));
    go_ = buttons->addButton(danger.action, QDialogButtonBox::AcceptRole);
    go_->setObjectName(QStringLiteral("typedGo"));
    go_->setEnabled(false);
    connect(name_, &QLineEdit::textChanged, this,
            [this](const QString& typed) { HoldBack::setPossible(*go_, typed.trimmed() == gateway_); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (auto* widget : std::initializer_list<QWidget*>{mark, text, ask, name_, buttons}) column->addWidget(widget);
    go_->setDefault(true);
}

void guardDanger(PanelContext& context, QWidget* parent, const Danger& danger, std::function<void()> go) {
    if (!context.connection().isProduction()) return go();
    auto* dialog = new TypedConfirmation(danger, context.connection().gatewayName(), parent);
    holdBackWhileAway(context.connection(), dialog->goButton()).setPossible(false);
    QObject::connect(dialog, &QDialog::accepted, &context, std::move(go));
    dialog->open();
}

}  // namespace signalbox::ui
