// The editors behind makeFieldEditor().
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "ui/panels/inspector_editor.h"

class QTableView;
class QToolButton;

namespace signalbox::ui {

class ObjectRowsModel;

/// A line of text: strings, numbers, paths, secrets. Up and Down step a whole number.
class LineEditor : public FieldEditor {
    Q_OBJECT
public:
    LineEditor(const FieldSpec& spec, const QString& path, const InspectorHelpers& helpers, QWidget* parent);
    void showValue(const Value& value) override;
    void setReadOnly(bool readOnly) override;
    [[nodiscard]] QWidget& stop() override { return *line_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addBrowse(const QString& path, const InspectorHelpers& helpers);
    void browse(const QString& folder);
    void step(std::int64_t by);
    QLineEdit* line_;
    QToolButton* browse_ = nullptr;
};

/// Yes or no; not set shows the default.
class BooleanEditor : public FieldEditor {
    Q_OBJECT
public:
    BooleanEditor(const FieldSpec& spec, const QString& path, QWidget* parent);
    void showValue(const Value& value) override;
    void setReadOnly(bool readOnly) override;
    [[nodiscard]] QWidget& stop() override { return *box_; }

private:
    QCheckBox* box_;
};

/// One of a list; a value that is not in it is shown as it is.
class ChoiceEditor : public FieldEditor {
    Q_OBJECT
public:
    ChoiceEditor(const FieldSpec& spec, const QString& path, QWidget* parent);
    void showValue(const Value& value) override;
    void setReadOnly(bool readOnly) override;
    [[nodiscard]] QWidget& stop() override { return *box_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QComboBox* box_;
};

/// Several lines in a box that grows with its text, within limits. Tab leaves it.
class TextBox : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit TextBox(bool code, QWidget* parent = nullptr);
    void setLineLimits(int least, int most);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void indent(bool more);
    bool code_;
    int least_ = 2;
    int most_ = 12;
};

/// Long text, code, or a list with one item a line.
class LongTextEditor : public FieldEditor {
    Q_OBJECT
public:
    LongTextEditor(const FieldSpec& spec, const QString& path, QWidget* parent);
    void showValue(const Value& value) override;
    void setReadOnly(bool readOnly) override { box_->setReadOnly(readOnly); }
    [[nodiscard]] QWidget& stop() override { return *box_; }

private:
    [[nodiscard]] QString textOf(const Value& value) const;
    [[nodiscard]] Value valueOf(const QString& text) const;
    TextBox* box_;
};

/// Any JSON value, as text. Told as edited whenever it parses.
class JsonEditor : public FieldEditor {
    Q_OBJECT
public:
    JsonEditor(const FieldSpec& spec, const QString& path, QWidget* parent);
    void showValue(const Value& value) override;
    void setReadOnly(bool readOnly) override { box_->setReadOnly(readOnly); }
    [[nodiscard]] QWidget& stop() override { return *box_; }
    [[nodiscard]] TextBox& box() { return *box_; }

private:
    void read();
    TextBox* box_;
    bool unreadable_ = false;
};

/// A JSONata expression with the result on real data.
class ExpressionEditorField : public FieldEditor {
    Q_OBJECT
public:
    ExpressionEditorField(const FieldSpec& spec, const QString& path, const InspectorHelpers& helpers, QWidget* parent);
    void showValue(const Value& value) override;
    void setReadOnly(bool readOnly) override;
    void setInvalid(bool invalid) override;
    [[nodiscard]] QWidget& stop() override;
    [[nodiscard]] ExpressionField& field() { return *field_; }

private:
    ExpressionField* field_;
};

/// A list of objects, a row each.
class TableEditor : public FieldEditor {
    Q_OBJECT
public:
    TableEditor(const FieldSpec& spec, const QString& path, QWidget* parent);
    void showValue(const Value& value) override;
    void setReadOnly(bool readOnly) override;
    [[nodiscard]] QWidget& stop() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildButtons(const QString& path);
    void addRow();
    void removeRow();
    void moveRow(int by);
    void fitHeight();
    void updateButtons();
    ObjectRowsModel* model_;
    QTableView* view_;
    QToolButton* add_;
    QToolButton* remove_;
    QToolButton* up_;
    QToolButton* down_;
    bool readOnly_ = false;
};

}  // namespace signalbox::ui
