// Unsaved edits on disk: appended as they are made, read again after a crash.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/value.h"
#include "ui/document/json_edit.h"

namespace signalbox::ui {

/// Where the document came from; the first record of a journal.
struct JournalHeader {
    std::string gateway;   ///< which gateway and workspace: edits are offered there only
    std::string workflow;  ///< its id
    std::string name;
    std::string etag;
    std::string base;  ///< the saved text
    std::int64_t wall = 0;
    std::string replaces;  ///< a journal that this one carries on; removed once this one is on disk
};

/// One edit: what the person saw it called, when, what changed, and the document after it.
struct JournalEntry {
    std::string text;
    std::int64_t wall = 0;  ///< microseconds since the epoch
    std::vector<Change> changes;
    Value document;  ///< shared, not copied; written only when the journal is made short again
};

/// A file of records, each with its length and checksum. append() only queues: one thread writes at once, so that a
/// killed process loses at most the edit it was just told of; another flushes to the disk, for a loss of power. A file
/// past its limit is written anew with the document as it stands; a queue past its limit shrinks to that. The file is
/// locked while its process lives. Methods are for the owner's thread; `onError` is called from another, once.
class EditJournal {
public:
    static constexpr std::size_t kMostFileBytes = 8U << 20U;
    static constexpr std::size_t kMostQueued = 256;
    static constexpr std::size_t kMostTexts = 200;  ///< of edits remembered when a file is made short

    EditJournal(std::filesystem::path file, JournalHeader header, std::function<void(Error)> onError,
                std::size_t mostFileBytes = kMostFileBytes);
    ~EditJournal();  ///< writes what is queued; the file stays unless remove() was called
    EditJournal(const EditJournal&) = delete;
    EditJournal& operator=(const EditJournal&) = delete;

    void append(JournalEntry entry);
    /// The edits are saved or given up: the file goes.
    void remove();
    /// Waits until all that was appended is on disk. For tests and for the end of the program.
    void flush();
    [[nodiscard]] const std::filesystem::path& file() const;

private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

/// Keeps a journal's lock, so that no other window offers the same edits; lets go when destroyed.
class JournalLock {
public:
    explicit JournalLock(int descriptor) : descriptor_(descriptor) {}
    ~JournalLock();
    JournalLock(const JournalLock&) = delete;
    JournalLock& operator=(const JournalLock&) = delete;

private:
    int descriptor_;
};

/// What a journal of a process that is gone holds.
struct RecoveredEdits {
    std::filesystem::path file;
    std::shared_ptr<JournalLock> lock;
    JournalHeader header;
    struct Step {
        std::string text;
        std::int64_t wall = 0;
    };
    std::vector<Step> steps;
    std::size_t stepsBefore = 0;          ///< more of them, of which only the number is known
    Value document = Value::undefined();  ///< after the last whole record
    bool torn = false;                    ///< the file ends in the middle of a record
};

/// Reads one journal. What follows the first damaged record is left out. Errors: "journal.unreadable",
/// "journal.format" (no whole header).
[[nodiscard]] Result<RecoveredEdits> readJournal(const std::filesystem::path& file);
/// Journals of processes that are gone, of that gateway, with edits in them; newest first. Files that cannot be read
/// are left alone. Of several for a workflow all are given.
[[nodiscard]] std::vector<RecoveredEdits> findLostEdits(const std::filesystem::path& folder,
                                                        const std::string& gateway);

/// $XDG_STATE_HOME/signalbox/edits, or below ~/.local/state.
[[nodiscard]] std::filesystem::path defaultJournalFolder();

}  // namespace signalbox::ui
