// Keeps the edit journal of one document: begun with its first edit, gone once everything is saved.
#pragma once

#include <QObject>
#include <memory>
#include <string>

#include "ui/document/edit_journal.h"

namespace signalbox::ui {

class WorkflowDocument;

/// Follows a document, which must outlive it. Window thread.
class DocumentJournal : public QObject {
    Q_OBJECT
public:
    /// An empty folder: nothing is kept.
    DocumentJournal(WorkflowDocument& document, std::string folder, std::string gatewayKey, QObject* parent = nullptr);
    ~DocumentJournal() override;

    /// The next edit carries on what was restored from this file.
    void carryOn(const RecoveredEdits& edits);
    /// The unsaved edits are given up on purpose.
    void discard();
    void flush();
    [[nodiscard]] const std::string& gateway() const { return gateway_; }
    void setGateway(std::string key) { gateway_ = std::move(key); }

Q_SIGNALS:
    void failed(const signalbox::Error& error);

private:
    void record(const std::vector<Change>& changes, const QString& text);
    void begin();

    WorkflowDocument& document_;
    std::string folder_;
    std::string gateway_;
    std::string replaces_;
    std::shared_ptr<JournalLock> lock_;  ///< of what is carried on, until that is written down
    std::unique_ptr<EditJournal> journal_;
};

}  // namespace signalbox::ui
