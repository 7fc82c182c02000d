#include "ui/panels/workflow_overview.h"

#include <QGridLayout>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/inspector_page.h"
#include "ui/panels/inspector_schemas.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

WorkflowOverview::WorkflowOverview(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      title_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      file_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      facts_(new QWidget),
      grid_(new QGridLayout(facts_)),
      tabs_(new QTabWidget),
      form_(new FormPage(context, QStringLiteral("workflow"))),
      json_(new JsonPage(context, QStringLiteral("workflowJson"))) {
    setObjectName(QStringLiteral("workflowOverview"));
    tabs_->setObjectName(QStringLiteral("workflowTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setObjectName(QStringLiteral("workflowTabBar"));
    tabs_->tabBar()->setAccessibleName(tr("Parts of the workflow"));
    tabs_->setAccessibleName(tabs_->tabBar()->accessibleName());
    tabs_->addTab(form_, tr("Workflow"));
    tabs_->addTab(json_, tr("JSON"));
    form_->addBelow(facts_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(tabs_, 1);
    connect(&context_, &PanelContext::workflowChanged, this, &WorkflowOverview::refresh);
    connect(&context_, &PanelContext::documentChanged, this, &WorkflowOverview::refresh);
    connect(&context_, &PanelContext::documentEdited, this, &WorkflowOverview::refreshFacts);
    connect(&context_, &PanelContext::findingsChanged, this, &WorkflowOverview::refreshFacts);
    connect(&context_, &PanelContext::timesChanged, this, &WorkflowOverview::refreshFacts);
    refresh();
}

QWidget* WorkflowOverview::buildHeader() {
    const int unit = Theme::current().unit();
    title_->setElided(true);
    title_->setObjectName(QStringLiteral("overviewTitle"));
    file_->setElided(true);
    grid_->setContentsMargins(0, unit, 0, 0);
    grid_->setHorizontalSpacing(unit * 2);
    grid_->setVerticalSpacing(unit);
    grid_->setColumnStretch(1, 1);
    auto* header = new QWidget;
    auto* column = new QVBoxLayout(header);
    column->setContentsMargins(unit * 3 / 2, unit * 3 / 2, unit * 3 / 2, unit);
    column->setSpacing(unit / 4);
    column->addWidget(title_);
    column->addWidget(file_);
    return header;
}

QWidget& WorkflowOverview::firstStop() { return *tabs_->tabBar(); }

void WorkflowOverview::focusPlace(const std::string& pointer) {
    const bool inForm = form_->focusPlace(pointer);
    tabs_->setCurrentWidget(inForm ? static_cast<QWidget*>(form_) : json_);
    if (!inForm) json_->focusPlace(pointer);
}

// Later, as one of them may have been what was clicked.
void WorkflowOverview::clearFacts() {
    while (auto* item = grid_->takeAt(0)) {
        if (auto* widget = item->widget()) {
            widget->hide();
            widget->setObjectName({});
            widget->deleteLater();
        }
        delete item;
    }
    rows_ = 0;
}

void WorkflowOverview::addFact(const QString& name, const QString& value) {
    auto* text = new ThemedLabel(ColourRole::Text);
    text->setText(value);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addRow(name, text);
}

void WorkflowOverview::addRow(const QString& name, QWidget* content) {
    auto* label = new ThemedLabel(ColourRole::Muted);
    label->setText(name);
    label->setWordWrap(false);
    grid_->addWidget(label, rows_, 0, Qt::AlignTop);
    grid_->addWidget(content, rows_++, 1);
}

// One below the other: names are long, the panel is narrow.
void WorkflowOverview::addLinks(const QString& name, const QString& objectName, const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const auto& each : ids) {
        const auto id = toQString(each);
        auto* link = new QToolButton;
        link->setObjectName(objectName + QLatin1Char('.') + id);
        link->setText(id);
        link->setAccessibleName(tr("%1: open %2").arg(name, id));
        link->setToolTip(tr("Open %1").arg(id));
        link->setIcon(themedIcon(QStringLiteral("workflow"), ColourRole::Muted));
        link->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        link->setAutoRaise(true);
        link->setFocusPolicy(Qt::StrongFocus);
        connect(link, &QToolButton::clicked, this, [this, id] { openWorkflow(id); });
        column->addWidget(link, 0, Qt::AlignLeft);
    }
    addRow(name, content);
}

void WorkflowOverview::openWorkflow(const QString& id) {
    context_.client().workflows().get(id).then(this, [this, id](const Result<protocol::WorkflowDetail>& reply) {
        if (reply) {
            context_.setWorkflow(std::make_shared<const protocol::WorkflowDetail>(*reply));
        } else {
            Q_EMIT context_.problem(reply.error(), [this, id] { openWorkflow(id); });
        }
    });
}

void WorkflowOverview::refresh() {
    refreshFacts();
    FormPage::Content content;
    content.schema = workflowSchema();
    content.except = {"/nodes", "/edges", "/layout"};
    content.missing = !context_.document() || !context_.document()->isReadable();
    content.nothing = tr("The text of this workflow cannot be read. Mend it under JSON.");
    form_->setContent(std::move(content));
    json_->showDocument();
}

void WorkflowOverview::refreshFacts() {
    const auto* workflow = context_.workflow();
    clearFacts();
    if (!workflow || !context_.document()) return;
    const auto& document = *context_.document();
    const auto& summary = workflow->summary;
    title_->setText(document.name());
    file_->setText(toQString(summary.file));
    addFact(tr("Id"), toQString(summary.id));
    addFact(tr("Version"), QString::number(summary.version));
    addFact(tr("Nodes"), formatCount(document.graph().nodes.size()));
    if (summary.modified > 0) addFact(tr("Changed"), formatDateTime(summary.modified));
    const auto findings = document.findings().size();
    addFact(tr("Findings"), findings == 0 ? tr("none") : formatCount(findings));
    addLinks(tr("Uses"), QStringLiteral("overviewUses"), summary.uses);
    addLinks(tr("Used by"), QStringLiteral("overviewUsedBy"), summary.usedBy);
}

}  // namespace signalbox::ui
