// The file behind schedules, webhooks and watched folders.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "base/result.h"
#include "sqlite/sqlite_file.h"

namespace signalbox::triggers {

/// One connection for all of them: whoever uses it holds its lock. Other programs may have the file open as well.
class TriggerDatabase {
public:
    /// Errors "store.*".
    [[nodiscard]] static Result<std::unique_ptr<TriggerDatabase>> open(const std::filesystem::path& path);

    class Use {
    public:
        explicit Use(TriggerDatabase& database) : lock_(database.mutex_), file_(database.file_.get()) {}
        sqlite::SqliteFile& operator*() const { return *file_; }
        sqlite::SqliteFile* operator->() const { return file_; }

    private:
        std::unique_lock<std::mutex> lock_;
        sqlite::SqliteFile* file_;
    };
    [[nodiscard]] Use use() { return Use(*this); }

    /// Another value than before: another program has written.
    [[nodiscard]] std::int64_t foreignVersion();

private:
    explicit TriggerDatabase(std::unique_ptr<sqlite::SqliteFile> file) : file_(std::move(file)) {}

    std::mutex mutex_;
    std::unique_ptr<sqlite::SqliteFile> file_;
};

}  // namespace signalbox::triggers
