// A document at its gateway: checked while it is edited, saved, protected against a crash, compared with the file.
#pragma once

#include <QFuture>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

#include "client/gateway_client.h"
#include "ui/document/workflow_document.h"

namespace signalbox::ui {

class DocumentJournal;
struct RecoveredEdits;

/// Owns the document. Validation is asked for at most ten times a second, with one request at a time; a reply about an
/// older text is dropped. Nothing here waits.
class DocumentSession : public QObject {
    Q_OBJECT
public:
    /// `journalFolder` empty: edits are not protected.
    DocumentSession(client::GatewayClient& client, std::string journalFolder, std::string gatewayKey,
                    QObject* parent = nullptr);
    ~DocumentSession() override;

    void open(const protocol::WorkflowDetail& detail);
    /// Unsaved edits of an earlier process, as one step on what they were made from. If the file is another one by now
    /// that shows as conflict().
    void restore(const RecoveredEdits& edits, const protocol::WorkflowDetail& current);
    [[nodiscard]] WorkflowDocument& document() { return document_; }
    [[nodiscard]] DocumentJournal& journal() { return *journal_; }
    [[nodiscard]] bool isSaving() const { return saving_; }
    [[nodiscard]] bool isValidating() const { return validating_ || throttle_.isActive(); }
    /// The file is another one than the document came from; null when it is not.
    [[nodiscard]] const protocol::WorkflowDetail* outside() const { return outside_ ? &*outside_ : nullptr; }

    /// Saves unless the file has changed meanwhile, which shows as conflict(). Draft or not.
    void save();
    /// Saves, then calls `done` if that went well; calls it at once when nothing is to be saved.
    void saveThen(std::function<void()> done);
    // The choices in a conflict.
    void reload();                        ///< the file's content as one step that can be undone
    void overwrite();                     ///< the document instead of the file, which must be the one that was shown
    void saveCopy(const QString& newId);  ///< as another workflow; this one becomes the file's again
    /// Asks whether the file has changed. Without unsaved edits its content is taken over at once.
    void checkOutside();
    /// As checkOutside, with the answer at hand.
    void noticeOutside(const protocol::WorkflowDetail& detail);

Q_SIGNALS:
    void savingChanged();
    void saved(const signalbox::protocol::WorkflowDetail& detail);
    void copySaved(const QString& id);
    /// The file has changed since this document was opened and there are unsaved edits: reload, saveCopy or overwrite.
    void conflict();
    void conflictEnded();
    void tookOver(const signalbox::protocol::WorkflowDetail& detail);  ///< the file's new content, there being no edits
    void failed(const signalbox::Error& error, std::function<void()> retry);

private:
    void scheduleValidation();
    void validate();
    void takeReport(const Result<protocol::ValidationReport>& reply);
    void send(const QString& expectedEtag);
    void finishSave(const Value& sent, const Result<protocol::WorkflowDetail>& reply);
    void fetchForConflict();
    void setOutside(std::optional<protocol::WorkflowDetail> detail);

    client::GatewayClient& client_;
    WorkflowDocument document_;
    std::unique_ptr<DocumentJournal> journal_;
    QTimer throttle_;
    std::optional<protocol::WorkflowDetail> outside_;
    std::function<void()> afterSave_;
    bool validating_ = false;
    bool saving_ = false;
    bool checking_ = false;
    bool stale_ = false;
};

}  // namespace signalbox::ui
