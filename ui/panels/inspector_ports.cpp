#include "ui/panels/inspector_ports.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

InspectorPorts::InspectorPorts(PanelContext& context, QWidget* parent)
    : QWidget(parent), context_(context), column_(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("ports"));
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(Theme::current().unit());
    auto* title = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Strong);
    title->setText(tr("Ports"));
    column_->addWidget(title);
}

void InspectorPorts::addPort(const QString& name, const QString& type, const QString& remark) {
    auto* row = new QHBoxLayout;
    auto* left = new ThemedLabel(ColourRole::Text);
    left->setWordWrap(false);
    left->setText(name);
    auto* right = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Code);
    right->setElided(true);
    right->setText(remark.isEmpty() ? type : QStringLiteral("%1 · %2").arg(type, remark));
    row->setSpacing(Theme::current().unit());
    row->addWidget(left);
    row->addWidget(right, 1);
    static_cast<QVBoxLayout*>(rows_->layout())->addLayout(row);
}

void InspectorPorts::addWire(const WireRef& wire, bool incoming) {
    const auto text = incoming ? QStringLiteral("← %1").arg(wire.from) : QStringLiteral("→ %1").arg(wire.to);
    auto* button = new QPushButton(text);
    button->setProperty("quiet", true);
    button->setObjectName(QStringLiteral("wire.%1-%2").arg(wire.from, wire.to));
    button->setAccessibleName(tr("Wire from %1 to %2").arg(wire.from, wire.to));
    // Queued: the button goes when the wire is shown.
    connect(
        button, &QPushButton::clicked, this, [this, wire] { context_.selectWire(wire); }, Qt::QueuedConnection);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(Theme::current().unit(), 0, 0, 0);
    row->addWidget(button);
    row->addStretch(1);
    static_cast<QVBoxLayout*>(rows_->layout())->addLayout(row);
}

void InspectorPorts::showNode(const QString& nodeId) {
    delete std::exchange(rows_, nullptr);
    const auto* node = context_.node(nodeId);
    if (!node) return;
    rows_ = new QWidget;
    auto* column = new QVBoxLayout(rows_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::current().unit() / 2);
    const auto wires = [&](bool incoming, const std::string& port) {
        for (const auto& edge : context_.graph().edges) {
            const bool here =
                incoming ? edge.to == node->id && edge.toPort == port : edge.from == node->id && edge.fromPort == port;
            if (!here) continue;
            addWire({toQString(edge.from + '.' + edge.fromPort), toQString(edge.to + '.' + edge.toPort)}, incoming);
        }
    };
    for (const auto& port : node->inputs) {
        QStringList remarks;
        if (port.required) remarks << tr("required");
        if (port.many) remarks << tr("several wires");
        addPort(tr("In: %1").arg(toQString(port.name)), toQString(port.type), remarks.join(QStringLiteral(", ")));
        wires(true, port.name);
    }
    for (const auto& port : node->outputs) {
        addPort(tr("Out: %1").arg(toQString(port.name)), toQString(port.type), {});
        wires(false, port.name);
    }
    for (const auto* reserved : {"error", "compensate"}) wires(false, reserved);
    column_->addWidget(rows_);
    rows_->show();
}

}  // namespace signalbox::ui
