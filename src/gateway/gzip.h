// gzip in memory: bodies decompressed as they arrive, within limits, and answers compressed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::gateway {

/// Decompresses one gzip body piece by piece. Not thread-safe.
class GzipReader {
public:
    /// Past `limit` bytes, or past `ratio` times the compressed size (judged from 64 KiB on), it refuses to go on.
    GzipReader(std::uint64_t limit, unsigned ratio);
    ~GzipReader();
    GzipReader(GzipReader&&) noexcept;
    GzipReader& operator=(GzipReader&&) noexcept;

    /// Appends what the piece holds. Errors: "gzip.damaged", "gzip.too-large".
    [[nodiscard]] Status feed(std::string_view piece, std::string& out);
    /// After the last piece. Error "gzip.truncated".
    [[nodiscard]] Status finish() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The text as one gzip member; empty when it could not be compressed for want of memory.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace signalbox::gateway
