#include "ui/document/edit_journal.h"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/document/journal_records.h"

namespace signalbox::ui {

namespace {

Error fileError(const char* what, const std::filesystem::path& file) {
    return {"journal.write", std::string(what) + ": " + std::strerror(errno), file.string(),
            "Unsaved edits are not protected against a crash. Save often.", true};
}

bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

int openLocked(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor >= 0) ::flock(descriptor, LOCK_EX | LOCK_NB);
    return descriptor;
}

void syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

/// The file and the two threads at it.
class EditJournal::Worker {
public:
    Worker(std::filesystem::path file, JournalHeader header, std::function<void(Error)> onError, std::size_t most)
        : file_(std::move(file)), header_(std::move(header)), onError_(std::move(onError)), mostFileBytes_(most) {
        writer_ = std::thread([this] { writeLoop(); });
        syncer_ = std::thread([this] { syncLoop(); });
    }

    ~Worker() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        changed_.notify_all();
        writer_.join();
        syncer_.join();
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    void append(JournalEntry entry) {
        {
            const std::lock_guard lock(mutex_);
            // The disk does not keep up: the state as it is now stands for all the steps to it.
            if (queue_.size() >= kMostQueued) {
                for (auto& waiting : queue_) remember({std::move(waiting.text), waiting.wall});
                queue_.clear();
                shorten_ = true;
            }
            queue_.push_back(std::move(entry));
        }
        changed_.notify_all();
    }

    void remove() {
        {
            const std::lock_guard lock(mutex_);
            removed_ = true;
            queue_.clear();
        }
        changed_.notify_all();
    }

    void flush() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return queue_.empty() && !writing_ && synced_ == written_; });
    }

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

private:
    void writeLoop() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return ending_ || removed_ || !queue_.empty(); });
            if (removed_) return unlinkFile();
            if (queue_.empty()) return;
            auto entry = std::move(queue_.front());
            queue_.pop_front();
            const bool shorten = std::exchange(shorten_, false) || fileBytes_ > mostFileBytes_;
            remember({entry.text, entry.wall});
            // Made under the lock: the list of steps is the owner's too. Written without it.
            const auto record =
                shorten ? journal::snapshotRecord(entry.document, steps_, stepsBefore_) : journal::editRecord(entry);
            writing_ = true;
            lock.unlock();
            const bool written = descriptor_ < 0 || shorten ? begin(record) : put(record);
            lock.lock();
            writing_ = false;
            if (written) {
                ++written_;
            } else {
                reportOnce(lock);
            }
            changed_.notify_all();
        }
    }

    void syncLoop() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return removed_ || ending_ || synced_ != written_; });
            if (removed_) return;
            if (synced_ == written_) {
                if (ending_ && queue_.empty() && !writing_) return;
                changed_.wait(lock);
                continue;
            }
            const auto upTo = written_;
            const int copy = ::dup(descriptor_);
            lock.unlock();
            ::fdatasync(copy);
            ::close(copy);
            if (upTo == 1) settle();
            lock.lock();
            synced_ = upTo;
            changed_.notify_all();
        }
    }

    /// The first record is on disk: the journal that this one carries on is not needed any more.
    void settle() {
        syncFolder(file_.parent_path());
        if (header_.replaces.empty()) return;
        std::error_code ignored;
        std::filesystem::remove(header_.replaces, ignored);
    }

    /// A new file beside the old one, which it replaces: a crash finds one or the other.
    bool begin(const Value& record) {
        std::error_code code;
        std::filesystem::create_directories(file_.parent_path(), code);
        auto fresh = file_;
        fresh += ".new";
        const int descriptor = openLocked(fresh);
        if (descriptor < 0) return false;
        std::string bytes(journal::kMagic);
        bytes += journal::frame(journal::headerRecord(header_));
        bytes += journal::frame(record);
        if (!writeAll(descriptor, bytes) || ::rename(fresh.c_str(), file_.c_str()) != 0) {
            ::close(descriptor);
            return false;
        }
        const std::lock_guard lock(mutex_);
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = descriptor;
        fileBytes_ = bytes.size();
        return true;
    }

    bool put(const Value& record) {
        const auto bytes = journal::frame(record);
        fileBytes_ += bytes.size();
        return writeAll(descriptor_, bytes);
    }

    void remember(RecoveredEdits::Step step) {
        steps_.push_back(std::move(step));
        if (steps_.size() <= kMostTexts) return;
        steps_.erase(steps_.begin());
        ++stepsBefore_;
    }

    void reportOnce(std::unique_lock<std::mutex>& lock) {
        const auto error = fileError("Edits cannot be written down", file_);
        // A file with half a record in it takes no more; the next edit begins a new one.
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = -1;
        shorten_ = true;
        if (std::exchange(failed_, true)) return;
        lock.unlock();
        onError_(error);
        lock.lock();
    }

    void unlinkFile() {
        if (descriptor_ >= 0) ::unlink(file_.c_str());
        if (!header_.replaces.empty()) ::unlink(header_.replaces.c_str());
    }

    std::filesystem::path file_;
    JournalHeader header_;
    std::function<void(Error)> onError_;
    std::size_t mostFileBytes_;
    std::mutex mutex_;  ///< guards what follows, but for what only the writer touches
    std::condition_variable changed_;
    std::deque<JournalEntry> queue_;
    std::vector<RecoveredEdits::Step> steps_;
    std::size_t stepsBefore_ = 0;
    std::uint64_t written_ = 0;
    std::uint64_t synced_ = 0;
    std::size_t fileBytes_ = 0;  ///< the writer's
    int descriptor_ = -1;        ///< changed by the writer under the lock
    bool shorten_ = false;
    bool writing_ = false;
    bool removed_ = false;
    bool ending_ = false;
    bool failed_ = false;  ///< told already
    std::thread writer_;
    std::thread syncer_;
};

EditJournal::EditJournal(std::filesystem::path file, JournalHeader header, std::function<void(Error)> onError,
                         std::size_t mostFileBytes)
    : worker_(std::make_unique<Worker>(std::move(file), std::move(header), std::move(onError), mostFileBytes)) {}

EditJournal::~EditJournal() = default;

void EditJournal::append(JournalEntry entry) { worker_->append(std::move(entry)); }
void EditJournal::remove() { worker_->remove(); }
void EditJournal::flush() { worker_->flush(); }
const std::filesystem::path& EditJournal::file() const { return worker_->file(); }

}  // namespace signalbox::ui
