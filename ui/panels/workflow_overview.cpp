#include "ui/panels/workflow_overview.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

WorkflowOverview::WorkflowOverview(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      title_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      file_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      description_(new ThemedLabel(ColourRole::Text)),
      hint_(new ThemedLabel(ColourRole::Muted)),
      facts_(new QWidget),
      grid_(new QGridLayout(facts_)) {
    setObjectName(QStringLiteral("workflowOverview"));
    const int unit = Theme::current().unit();
    title_->setElided(true);
    file_->setElided(true);
    hint_->setText(tr("Select a node to see its parameters, its state and its data."));
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(unit * 2);
    grid_->setVerticalSpacing(unit);
    grid_->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 3 / 2, unit * 3 / 2, unit * 3 / 2, unit * 3 / 2);
    column->setSpacing(unit / 4);
    column->addWidget(title_);
    column->addWidget(file_);
    column->addSpacing(unit);
    column->addWidget(description_);
    column->addSpacing(unit);
    column->addWidget(facts_);
    column->addSpacing(unit * 2);
    column->addWidget(hint_);
    column->addStretch(1);
    connect(&context_, &PanelContext::workflowChanged, this, &WorkflowOverview::refresh);
    refresh();
}

void WorkflowOverview::clearFacts() {
    while (auto* item = grid_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void WorkflowOverview::addFact(const QString& name, const QString& value) {
    const int row = grid_->rowCount();
    auto* label = new ThemedLabel(ColourRole::Muted);
    label->setText(name);
    label->setWordWrap(false);
    auto* text = new ThemedLabel(ColourRole::Text);
    text->setText(value);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid_->addWidget(label, row, 0, Qt::AlignTop);
    grid_->addWidget(text, row, 1);
}

void WorkflowOverview::addInputs() {
    for (const auto& input : context_.workflow()->inputs) {
        auto text = toQString(input.type);
        if (input.required) text += tr(", required");
        if (!input.defaultValue.isNull() && input.defaultValue.isDefined()) {
            text += tr(", default %1").arg(summariseValue(input.defaultValue));
        }
        if (!input.help.empty()) text += QLatin1Char('\n') + toQString(input.help);
        addFact(tr("Input %1").arg(toQString(input.name)), text);
    }
}

void WorkflowOverview::refresh() {
    const auto* workflow = context_.workflow();
    clearFacts();
    if (!workflow) return;
    const auto& summary = workflow->summary;
    title_->setText(toQString(summary.name.empty() ? summary.id : summary.name));
    file_->setText(toQString(summary.file));
    description_->setText(toQString(summary.description));
    description_->setVisible(!summary.description.empty());
    addFact(tr("Version"), QString::number(summary.version));
    addFact(tr("Nodes"), formatCount(summary.nodeCount));
    if (!summary.tags.empty()) {
        QStringList tags;
        for (const auto& tag : summary.tags) tags << toQString(tag);
        addFact(tr("Tags"), tags.join(QStringLiteral(", ")));
    }
    if (summary.modified > 0) addFact(tr("Changed"), formatDateTime(summary.modified));
    addFact(tr("Findings"), workflow->findings.empty() ? tr("none") : formatCount(workflow->findings.size()));
    addInputs();
}

}  // namespace signalbox::ui
