// How a store is doing, in numbers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "store/database.h"
#include "store/maintenance.h"
#include "store/retention.h"
#include "store/writer.h"

namespace signalbox::store {

struct StoreStats {
    WriterStats writer;
    std::uint64_t databaseBytes = 0;
    std::uint64_t unusedBytes = 0;  ///< of them, in pages without content
    std::uint64_t walBytes = 0;
    std::uint64_t blobs = 0;
    std::uint64_t blobBytes = 0;
    std::uint64_t runs = 0;
    std::uint64_t logLines = 0;
    std::uint64_t logLinesDropped = 0;
    Retention retention;
    SweepStats sweeps;
    std::uint64_t freeBytes = 0;  ///< of the disk
    std::uint64_t watermarkBytes = 0;
    Status intake;
};

/// Fills in what is read from the database and its files. `blobs` are counted only when asked: that takes as long as
/// there are many.
[[nodiscard]] Status readSizes(Database& database, const std::filesystem::path& path, bool blobs, StoreStats& stats);

}  // namespace signalbox::store
