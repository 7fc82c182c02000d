// A workflow that is being edited: its document, every step back, and what validation says of it.
#pragma once

#include <QObject>
#include <QUndoStack>
#include <memory>
#include <string>
#include <vector>

#include "protocol/dto.h"
#include "ui/document/json_edit.h"

namespace signalbox::protocol {
struct ValidationReport;
}

namespace signalbox::ui {

/// What is done to a document in one step of the undo stack. Made by ui/document/workflow_edits.h.
struct Edit {
    QString text;  ///< for the Edit menu and the list of unsaved edits: "Change Path of read"
    std::vector<Change> changes;
    /// Edits of the same key become one step while the gesture goes on (a drag, typing in one field); empty: never.
    QString mergeKey;
};

/// Plain state without a gateway: DocumentSession validates, saves and protects it. Every change is an Edit, so unknown
/// members, comments and the order of members stay as they are. Lives in the window's thread.
///
/// A text that is no JSON object is open all the same: isReadable() is false and only replacing the document works.
class WorkflowDocument : public QObject {
    Q_OBJECT
public:
    explicit WorkflowDocument(QObject* parent = nullptr);
    ~WorkflowDocument() override;

    /// Takes a workflow of the gateway; the history is forgotten.
    void open(const protocol::WorkflowDetail& detail);
    /// What the gateway made of a text that was saved: `sent` counts as saved now. Edits made since stay, as does the
    /// history; what the gateway itself changed (the version) is taken over.
    void adoptSaved(const Value& sent, const protocol::WorkflowDetail& detail);

    /// Another text is the saved one now; the document and its history stay.
    void rebase(const protocol::WorkflowDetail& detail);

    [[nodiscard]] const QString& id() const { return id_; }  ///< under which the gateway knows it
    [[nodiscard]] QString name() const;                      ///< the name, else the id
    [[nodiscard]] bool isReadable() const { return root_.isObject(); }
    [[nodiscard]] const Value& root() const { return root_; }
    [[nodiscard]] std::uint64_t revision() const { return revision_; }  ///< grows with every change
    /// What is saved and validated: the text as it was opened, or the document in readable JSON once it differs.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] const std::string& sourceText() const { return sourceText_; }
    [[nodiscard]] const QString& etag() const { return etag_; }  ///< of the saved text that this one came from
    [[nodiscard]] bool isDirty() const { return dirty_; }

    /// Errors of applied(); then nothing has changed. An edit that changes nothing leaves no step.
    Status apply(Edit edit);
    /// The mouse was released or the field left: what comes next is a step of its own.
    void endGesture() { ++gesture_; }
    [[nodiscard]] QUndoStack& undoStack() { return stack_; }

    [[nodiscard]] const protocol::Graph& graph() const { return graph_; }  ///< of the last text that was understood
    [[nodiscard]] const std::vector<protocol::FindingDto>& findings() const { return findings_; }
    [[nodiscard]] bool hasErrors() const;
    void setReport(const protocol::ValidationReport& report);
    /// Whether a place has changed since the report that the findings are of.
    [[nodiscard]] bool isTouched(std::string_view pointer) const;

Q_SIGNALS:
    void opened();  ///< everything is another one now
    /// After an edit, an undo or a redo; `text` says which.
    void changed(const std::vector<signalbox::ui::Change>& changes, const QString& text);
    void graphChanged();
    void findingsChanged();
    void dirtyChanged(bool dirty);
    void saved();  ///< adoptSaved has been called

private:
    friend class EditCommand;
    void step(Value root, const std::vector<Change>& changes, const QString& text);
    void updateDirty();
    void placeNodes();

    QUndoStack stack_;
    QString id_;
    QString etag_;
    std::string sourceText_;
    Value root_ = Value::undefined();
    Value saved_ = Value::undefined();
    protocol::Graph graph_;
    std::vector<protocol::FindingDto> findings_;
    std::vector<std::string> touched_;  ///< places changed since the last report
    std::uint64_t revision_ = 0;
    quint64 gesture_ = 0;
    bool dirty_ = false;
};

}  // namespace signalbox::ui
