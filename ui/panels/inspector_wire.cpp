#include "ui/panels/inspector_wire.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/document/workflow_edits.h"
#include "ui/expression/expression_field.h"
#include "ui/panels/inspector_schemas.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

QString nodeOf(const QString& port) { return port.section(QLatin1Char('.'), 0, 0); }
QString portOf(const QString& port) { return port.section(QLatin1Char('.'), 1); }

QPushButton* link(const QString& name) {
    auto* button = new QPushButton;
    button->setProperty("quiet", true);
    button->setObjectName(name);
    return button;
}

}  // namespace

InspectorWire::InspectorWire(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      samples_(context),
      from_(link(QStringLiteral("wireFrom"))),
      to_(link(QStringLiteral("wireTo"))),
      form_(new FormPage(context, QStringLiteral("wire"))) {
    setObjectName(QStringLiteral("wireInspector"));
    const int unit = Theme::current().unit();
    auto* title = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong);
    title->setText(tr("Wire"));
    title->setContentsMargins(unit / 2, 0, 0, unit / 2);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(unit, unit * 3 / 2, unit, 0);
    head->setSpacing(0);
    head->addWidget(title);
    head->addWidget(from_, 0, Qt::AlignLeft);
    head->addWidget(to_, 0, Qt::AlignLeft);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(form_, 1);
    const auto go = [this](const QString& port) { context_.selectNode(nodeOf(port)); };
    connect(from_, &QPushButton::clicked, this, [this, go] { go(context_.selectedWire().from); });
    connect(to_, &QPushButton::clicked, this, [this, go] { go(context_.selectedWire().to); });
    connect(&samples_, &InspectorSamples::changed, this, &InspectorWire::giveSample);
    InspectorHelpers helpers;
    helpers.prepareExpression = [this](ExpressionField& field, const FieldSpec&) {
        samples_.prepareWire(field, portOf(context_.selectedWire().from));
    };
    form_->setHelpers(std::move(helpers));
}

QWidget& InspectorWire::firstStop() { return *from_; }

void InspectorWire::showWire() {
    const auto& wire = context_.selectedWire();
    if (wire.from.isEmpty() || !context_.document()) return;
    from_->setText(tr("From %1").arg(wire.from));
    from_->setAccessibleName(tr("Go to %1").arg(nodeOf(wire.from)));
    to_->setText(tr("To %1").arg(wire.to));
    to_->setAccessibleName(tr("Go to %1").arg(nodeOf(wire.to)));
    // Inputs of the run are no node to go to.
    from_->setEnabled(!wire.from.startsWith(QLatin1Char('$')));
    FormPage::Content content;
    content.part = edgePointer(context_.document()->root(), wire.from, wire.to);
    content.missing = content.part.empty();
    content.schema = wireSchema();
    content.owner = QStringLiteral("%1 → %2").arg(wire.from, wire.to);
    content.nothing = tr("This wire comes from the workflow that this one extends, or is not there any more.");
    form_->setContent(std::move(content));
    samples_.request(nodeOf(wire.from));
}

void InspectorWire::giveSample() {
    for (auto* field : form_->findChildren<ExpressionField*>()) {
        samples_.prepareWire(*field, portOf(context_.selectedWire().from));
    }
}

}  // namespace signalbox::ui
