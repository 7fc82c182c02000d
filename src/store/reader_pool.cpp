#include "store/reader_pool.h"

namespace signalbox::store {

Result<ReaderPool::Loan> ReaderPool::borrow() {
    {
        const std::scoped_lock lock(mutex_);
        if (!idle_.empty()) {
            auto database = std::move(idle_.back());
            idle_.pop_back();
            return Loan(*this, std::move(database));
        }
    }
    SIGNALBOX_TRY(auto database, Database::open(options_));
    return Loan(*this, std::move(database));
}

void ReaderPool::giveBack(std::unique_ptr<Database> database) {
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < kKept) idle_.push_back(std::move(database));
}

}  // namespace signalbox::store
