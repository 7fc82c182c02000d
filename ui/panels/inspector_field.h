// One field of a form: its name, its editor, what is wrong with it, and how to put it back.
#pragma once

#include <QWidget>

#include "ui/panels/inspector_editor.h"

class QLabel;
class QStackedLayout;
class QToolButton;

namespace signalbox::ui {

class ThemedLabel;

/// What validation says of a field.
struct FieldMessage {
    QString text;
    QString hint;
    bool error = true;  ///< otherwise a warning
    bool operator==(const FieldMessage&) const = default;
};

/// Any parameter may be computed instead ({"$expr": ...}): the editor is then that of the expression.
class InspectorField : public QWidget {
    Q_OBJECT
public:
    InspectorField(const FieldSpec& spec, const QString& path, const InspectorHelpers& helpers, bool computable,
                   QWidget* parent = nullptr);

    void showValue(const Value& value);
    void setReadOnly(bool readOnly);
    void setMessage(const FieldMessage& message);  ///< without a text: nothing is wrong
    void focusEditor();
    [[nodiscard]] const FieldSpec& spec() const { return spec_; }
    [[nodiscard]] bool isSet() const { return value_.isDefined(); }
    [[nodiscard]] bool isComputedNow() const { return isComputed(value_); }

    void reset();  ///< to the default: not set
    void setComputed(bool computed);

Q_SIGNALS:
    void edited(const signalbox::Value& value);
    void left();  ///< the keyboard has gone elsewhere

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildHead(const QString& path);
    void connectEditor(FieldEditor& editor);
    [[nodiscard]] FieldEditor& current() const;
    void makeExpression();
    void showMessage();
    void updateHead();

    FieldSpec spec_;
    QString path_;
    InspectorHelpers helpers_;
    bool computable_;
    bool readOnly_ = false;
    Value value_ = Value::undefined();
    FieldMessage message_;
    QString unreadable_;
    ThemedLabel* title_ = nullptr;
    ThemedLabel* needed_ = nullptr;
    QToolButton* compute_ = nullptr;
    QToolButton* reset_ = nullptr;
    FieldEditor* editor_;
    FieldEditor* expression_ = nullptr;  ///< made when it is needed
    ThemedLabel* help_;
    ThemedLabel* problem_;
};

}  // namespace signalbox::ui
