// Remembered results of pure nodes.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/value.h"
#include "store/reader_pool.h"
#include "store/writer.h"

namespace signalbox::store {

/// Writes behind: a result is found at once, on disk a little later, and lost without harm by a crash. Thread-safe.
class MemoTable {
public:
    MemoTable(Writer& writer, ReaderPool& readers) : writer_(writer), readers_(readers) {}

    /// Nothing when it is unknown, ran out, is damaged, or cannot be read.
    [[nodiscard]] std::optional<Value> lookUp(const std::string& key, Micros wallNow);
    /// Results over 1 MiB are not remembered.
    void remember(const std::string& key, const Value& outputs, Micros expiresWall);

private:
    struct Pending {
        Value outputs;
        Micros expiresWall = 0;
        std::uint64_t order = 0;
    };
    [[nodiscard]] std::optional<Value> lookUpPending(const std::string& key, Micros wallNow, bool& found);
    void written(const std::string& key, std::uint64_t order);

    Writer& writer_;
    ReaderPool& readers_;
    std::mutex mutex_;
    std::unordered_map<std::string, Pending> pending_;  ///< until they are on disk
    std::uint64_t lastOrder_ = 0;
};

}  // namespace signalbox::store
