// The ports of a node: their types, and what they are wired to.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace signalbox::ui {

class PanelContext;
struct WireRef;

/// A row a port, a button a wire that selects it.
class InspectorPorts : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPorts(PanelContext& context, QWidget* parent = nullptr);
    void showNode(const QString& nodeId);

private:
    void addPort(const QString& name, const QString& type, const QString& remark);
    void addWire(const WireRef& wire, bool incoming);
    PanelContext& context_;
    QVBoxLayout* column_;
    QWidget* rows_ = nullptr;
};

}  // namespace signalbox::ui
