#include "ui/canvas/canvas_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include "ui/canvas/canvas_view.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {

/// A node as a list item: "HTTP request fetch, failed".
class NodeAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    NodeAccessible(CanvasView& canvas, int node) : canvas_(&canvas), node_(node) {}

    bool isValid() const override { return canvas_ && node_ < canvas_->scene().nodes.size(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return canvas_ ? canvas_->window()->windowHandle() : nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(canvas_.data()); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override {
        if (!isValid()) return {};
        const auto& nodes = canvas_->scene().nodes;
        const auto index = static_cast<std::size_t>(node_);
        if (kind == QAccessible::Description) return nodes.subtitle[index];
        if (kind != QAccessible::Name) return {};
        auto name = nodes.type[index].isEmpty() ? nodes.title[index]
                                                : QStringLiteral("%1 %2").arg(nodes.title[index], nodes.id[index]);
        const auto& status = canvas_->states().of(node_).status;
        if (!status.isEmpty()) name += QStringLiteral(", ") + stateLook(status).word.toLower();
        return name;
    }

    QRect rect() const override {
        if (!isValid()) return {};
        const auto view = canvas_->viewport().toView(canvas_->scene().nodes.rect[static_cast<std::size_t>(node_)]);
        return {canvas_->mapToGlobal(view.topLeft().toPoint()), view.size().toSize()};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = true;
        state.focusable = true;
        state.selected = canvas_->selectedIndex() == node_;
        state.focused = state.selected && canvas_->hasFocus();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }
    void doAction(const QString& action) override {
        if (!isValid()) return;
        const auto id = canvas_->scene().nodes.id[static_cast<std::size_t>(node_)];
        canvas_->setFocus();
        canvas_->selectNode(id);
        if (action == pressAction()) Q_EMIT canvas_->nodeActivated(id);
    }

private:
    QPointer<CanvasView> canvas_;
    int node_;
};

class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(CanvasView& canvas) : QAccessibleWidget(&canvas, QAccessible::List) {}
    ~CanvasAccessible() override { forgetNodes(); }

    int childCount() const override { return canvas().scene().nodes.size(); }

    // Made when asked for: a graph may have many thousand nodes.
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) return nullptr;
        auto& id = nodes_[index];
        if (id == 0) id = QAccessible::registerAccessibleInterface(new NodeAccessible(canvas(), index));
        return QAccessible::accessibleInterface(id);
    }

    int indexOfChild(const QAccessibleInterface* wanted) const override {
        for (auto entry = nodes_.cbegin(); entry != nodes_.cend(); ++entry) {
            if (QAccessible::accessibleInterface(entry.value()) == wanted) return entry.key();
        }
        return -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override {
        return child(canvas().nodeAt(canvas().mapFromGlobal(QPoint(x, y))));
    }

    QAccessibleInterface* focusChild() const override {
        return canvas().hasFocus() ? child(canvas().selectedIndex()) : nullptr;
    }

    void forgetNodes() {
        for (const auto id : std::as_const(nodes_)) QAccessible::deleteAccessibleInterface(id);
        nodes_.clear();
    }

private:
    [[nodiscard]] CanvasView& canvas() const { return *static_cast<CanvasView*>(widget()); }
    mutable QHash<int, QAccessible::Id> nodes_;
};

QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
    if (className != QLatin1String("signalbox::ui::CanvasView")) return nullptr;
    auto* canvas = qobject_cast<CanvasView*>(object);
    return canvas ? new CanvasAccessible(*canvas) : nullptr;
}

}  // namespace

void installCanvasAccessibility() { QAccessible::installFactory(makeInterface); }

void resetAccessibility(CanvasView& canvas) {
    if (!QAccessible::isActive()) return;
    if (auto* known = dynamic_cast<CanvasAccessible*>(QAccessible::queryAccessibleInterface(&canvas)))
        known->forgetNodes();
    QAccessibleEvent event(&canvas, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void notifyAccessibleFocus(CanvasView& canvas, int node) {
    if (!QAccessible::isActive() || node < 0) return;
    QAccessibleEvent event(&canvas, QAccessible::Focus);
    event.setChild(node);
    QAccessible::updateAccessibility(&event);
}

void notifyAccessibleState(CanvasView& canvas, int node) {
    if (!QAccessible::isActive()) return;
    QAccessibleEvent event(&canvas, QAccessible::NameChanged);
    event.setChild(node);
    QAccessible::updateAccessibility(&event);
}

}  // namespace signalbox::ui
