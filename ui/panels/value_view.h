// A value to look into: as a tree or as text, cut where it is too large to read.
#pragma once

#include <QWidget>

#include "base/value.h"
#include "ui/models/value_tree_model.h"

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace signalbox::ui {

class EmptyState;
class NumberLabel;

class ValueView : public QWidget {
    Q_OBJECT
public:
    /// `name` goes into the object names of the parts: "<name>Tree", "<name>Text".
    ValueView(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);

    void setValue(const Value& value);
    /// Instead of a value: why there is none.
    void setNothing(const QString& title, const QString& text);
    [[nodiscard]] const Value& value() const { return model_.value(); }

private:
    void buildBar(const QString& name);
    void buildViews(const QString& name, const QString& accessibleName);
    void refreshText();
    void copy();

    static constexpr std::size_t kMostText = 64 * 1024;
    ValueTreeModel model_;
    QWidget* bar_;
    QStackedWidget* stack_;
    QTreeView* tree_;
    QPlainTextEdit* text_;
    EmptyState* empty_;
    NumberLabel* size_;
    QToolButton* asText_;
    QToolButton* copy_;
};

}  // namespace signalbox::ui
