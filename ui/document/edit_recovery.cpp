#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "ui/document/edit_journal.h"
#include "ui/document/journal_records.h"

namespace signalbox::ui {

JournalLock::~JournalLock() { ::close(descriptor_); }

Result<RecoveredEdits> readJournal(const std::filesystem::path& file) {
    auto bytes = readFile(file);
    if (!bytes) return fail("journal.unreadable", bytes.error().message, file.string(), bytes.error().hint);
    const std::string_view all(*bytes);
    if (!all.starts_with(journal::kMagic)) {
        return fail("journal.format", "This is no journal of edits", file.string());
    }
    const auto frames = journal::unframe(all.substr(journal::kMagic.size()));
    RecoveredEdits edits;
    edits.file = file;
    edits.torn = frames.torn;
    for (const auto& record : frames.records) {
        if (journal::play(record, edits)) continue;
        edits.torn = true;
        break;
    }
    if (edits.header.workflow.empty()) return fail("journal.format", "The journal has no beginning", file.string());
    return edits;
}

std::vector<RecoveredEdits> findLostEdits(const std::filesystem::path& folder, const std::string& gateway) {
    std::vector<RecoveredEdits> found;
    std::error_code code;
    for (std::filesystem::directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
        if (it->path().extension() != ".edits") continue;
        const int descriptor = ::open(it->path().c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) continue;
        auto lock = std::make_shared<JournalLock>(descriptor);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) continue;  // its process lives
        auto edits = readJournal(it->path());
        if (!edits || edits->header.gateway != gateway || edits->steps.empty()) continue;
        edits->lock = std::move(lock);
        found.push_back(std::move(*edits));
    }
    const auto last = [](const RecoveredEdits& edits) { return edits.steps.back().wall; };
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return last(a) > last(b); });
    return found;
}

std::filesystem::path defaultJournalFolder() {
    const auto variable = [](const char* name) {
        const char* const value = std::getenv(name);
        return value ? std::filesystem::path(value) : std::filesystem::path();
    };
    auto state = variable("XDG_STATE_HOME");
    // The specification has relative paths ignored.
    if (!state.is_absolute()) state = variable("HOME") / ".local" / "state";
    return state / "signalbox" / "edits";
}

}  // namespace signalbox::ui
