// Asks for the inputs of a workflow before it runs: a field each, by its type, filled with its default.
#pragma once

#include <QDialog>
#include <vector>

#include "base/result.h"
#include "protocol/dto.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

/// Opened with QDialog::open(); accepted() comes only when every field holds a value of its type.
class InputsDialog : public QDialog {
    Q_OBJECT
public:
    InputsDialog(const QString& workflow, const std::vector<protocol::WorkflowInput>& inputs,
                 QWidget* parent = nullptr);

    /// Empty optional fields are left out, so that the workflow's default holds.
    [[nodiscard]] Value values() const { return values_; }
    [[nodiscard]] QPushButton& runButton() { return *run_; }

private:
    struct Field {
        protocol::WorkflowInput input;
        QWidget* editor = nullptr;
        QLabel* message = nullptr;
    };
    void addField(QVBoxLayout& form, const protocol::WorkflowInput& input);
    [[nodiscard]] QWidget* makeEditor(const protocol::WorkflowInput& input);
    void buildButtons(QVBoxLayout& column);
    void submit();

    QPushButton* run_ = nullptr;
    std::vector<Field> fields_;
    Value values_ = Value::object();
};

/// Reads what was typed as a value of that type. Undefined for an empty text; errors: "input.type".
[[nodiscard]] Result<Value> parseInput(const QString& text, const std::string& type);
/// How a value is edited as text: strings as they are, everything else as JSON.
[[nodiscard]] QString inputText(const Value& value, const std::string& type);
/// Whether a run can start without asking: nothing that is required lacks a default.
[[nodiscard]] bool haveDefaults(const std::vector<protocol::WorkflowInput>& inputs);

}  // namespace signalbox::ui
