#include "ui/document/document_journal.h"

#include <QDateTime>
#include <QMetaObject>

#include <unistd.h>

#include "ui/document/workflow_document.h"

namespace signalbox::ui {

namespace {

std::int64_t wallNow() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

/// Journals of one process do not meet, nor those of two.
std::filesystem::path fileFor(const std::string& folder, const std::string& workflow) {
    static int count = 0;
    std::string name;
    for (const char c : workflow.substr(0, 60)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        name += plain ? c : '_';
    }
    name += '-' + std::to_string(wallNow()) + '-' + std::to_string(::getpid()) + '-' + std::to_string(++count);
    return std::filesystem::path(folder) / (name + ".edits");
}

}  // namespace

DocumentJournal::DocumentJournal(WorkflowDocument& document, std::string folder, std::string gatewayKey,
                                 QObject* parent)
    : QObject(parent), document_(document), folder_(std::move(folder)), gateway_(std::move(gatewayKey)) {
    if (folder_.empty()) return;
    connect(&document_, &WorkflowDocument::changed, this, &DocumentJournal::record);
    connect(&document_, &WorkflowDocument::dirtyChanged, this, [this](bool dirty) {
        if (!dirty) discard();
    });
    connect(&document_, &WorkflowDocument::opened, this, &DocumentJournal::discard);
    // What is dirty still was edited while it was being saved: from now on relative to what is saved.
    connect(&document_, &WorkflowDocument::saved, this, [this] {
        if (!journal_ || !document_.isDirty()) return;
        discard();
        record({{{}, document_.root(), document_.root(), {}}}, tr("Edits made while saving"));
    });
}

DocumentJournal::~DocumentJournal() = default;

void DocumentJournal::carryOn(const RecoveredEdits& edits) {
    replaces_ = edits.file.string();
    lock_ = edits.lock;
}

void DocumentJournal::discard() {
    if (journal_) journal_->remove();
    journal_.reset();
}

void DocumentJournal::flush() {
    if (journal_) journal_->flush();
}

void DocumentJournal::begin() {
    JournalHeader header;
    header.gateway = gateway_;
    header.workflow = document_.id().toStdString();
    header.name = document_.name().toStdString();
    header.etag = document_.etag().toStdString();
    header.base = document_.sourceText();
    header.wall = wallNow();
    header.replaces = std::exchange(replaces_, {});
    // Called by the journal's thread, which ends before this does.
    const auto tell = [this](Error error) {
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
    };
    journal_ = std::make_unique<EditJournal>(fileFor(folder_, header.workflow), std::move(header), tell);
}

void DocumentJournal::record(const std::vector<Change>& changes, const QString& text) {
    // Clean again: the journal has gone, or goes.
    if (!document_.isDirty() || changes.empty()) return;
    if (!journal_) begin();
    journal_->append({text.toStdString(), wallNow(), changes, document_.root()});
    lock_.reset();
}

}  // namespace signalbox::ui
