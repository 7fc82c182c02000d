// Read connections, lent to one thread at a time. Each read sees its own snapshot and never waits for the writer.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace signalbox::store {

/// Opens connections as they are needed and keeps a few of them. Thread-safe; must outlive what it lends.
class ReaderPool {
public:
    explicit ReaderPool(ConnectionOptions options) : options_(std::move(options)) {}

    /// A connection on loan; goes back when it is destroyed.
    class Loan {
    public:
        Loan(ReaderPool& pool, std::unique_ptr<Database> database) : pool_(&pool), database_(std::move(database)) {}
        Loan(Loan&&) noexcept = default;
        Loan& operator=(Loan&&) = delete;
        ~Loan() {
            if (database_) pool_->giveBack(std::move(database_));
        }
        [[nodiscard]] Database& operator*() const { return *database_; }

    private:
        ReaderPool* pool_;
        std::unique_ptr<Database> database_;
    };

    [[nodiscard]] Result<Loan> borrow();

private:
    void giveBack(std::unique_ptr<Database> database);

    static constexpr std::size_t kKept = 8;
    const ConnectionOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Database>> idle_;
};

}  // namespace signalbox::store
