// Where an expression is typed: editor, error at its token, and what it gives on a sample.
#pragma once

#include <QString>
#include <QWidget>
#include <memory>
#include <utility>
#include <vector>

#include "base/value.h"

namespace signalbox::ui {

struct CodeFinding;
struct PreviewOutcome;

/// Names of variables (without '$') and their values.
using ExpressionVariables = std::vector<std::pair<std::string, Value>>;

/// A JSONata field: one line that grows with its text, completion from the sample, the error at its token, the result
/// on the sample below. Window thread only; expressions are evaluated in a pool and results older than the text are
/// dropped. An empty text is valid.
class ExpressionField : public QWidget {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY edited USER true)
public:
    /// SingleLine: Enter commits, Shift+Enter and Alt+Enter begin a line. MultiLine: Enter begins a line, Ctrl+Enter
    /// commits. Both commit a changed text when the keyboard leaves.
    enum class Mode : quint8 { SingleLine, MultiLine };
    /// How much of the result is shown below the editor.
    enum class Preview : quint8 { Hidden, Line, Full };

    /// `name` goes into the object names: the field's own, "<name>Editor", "<name>Message", "<name>Result", ...
    ExpressionField(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);
    ~ExpressionField() override;

    [[nodiscard]] QString text() const;
    /// Replaces the text as the new start: not undoable, tells no edited() and no committed().
    void setText(const QString& text);
    void setPlaceholder(const QString& text);
    void setMode(Mode mode);
    void setReadOnly(bool readOnly);
    void setPreview(Preview preview);
    /// Esc that closes nothing is told by escaped() and goes no further; otherwise it goes on to the window.
    void setTakesEscape(bool takes);

    /// What the expression is tried on, and where that is from: "last run of Count, 3 min ago". Undefined: no sample,
    /// the label then says why.
    void setSample(const Value& sample, const QString& label);
    void setVariables(ExpressionVariables variables);
    /// "boolean", "number", "string", "array" or "object"; another type of the result is a warning. Empty: any.
    void setExpectedType(const QString& kind);

    /// Whether the text compiles.
    [[nodiscard]] bool isValid() const;
    /// The result on the sample; Undefined while there is none.
    [[nodiscard]] const Value& result() const;
    /// For the tab order and for setFocus().
    [[nodiscard]] QWidget& focusStop();

public Q_SLOTS:
    void commit();
    /// Lays the text out anew; one step to undo. Nothing happens to a text with an error.
    void format();

Q_SIGNALS:
    void edited();
    /// Enter, or the keyboard left a changed text. Also of a text with an error: see isValid().
    void committed(const QString& text);
    void validityChanged(bool valid);
    /// A result of the text as it stands has arrived; an Undefined one means that nothing matches.
    void evaluated(const signalbox::Value& result);
    /// Esc when nothing was open to be closed; only with setTakesEscape().
    void escaped();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void textChanged();
    void evaluate();
    void show(const PreviewOutcome& outcome);
    void showIdle();
    void showProblem(const CodeFinding& finding, bool ofSample);
    void complain();
    void refreshWarnings();
    void refreshVisibility();
    void describe(const QString& text);
    struct Private;
    std::unique_ptr<Private> d_;
};

}  // namespace signalbox::ui
