#include "telemetry/gzip_text.h"

#include <zlib.h>

namespace signalbox::telemetry {

std::string gzipText(std::string_view text) {
    constexpr int kFast = 1;
    constexpr int kGzipWindow = 15 + 16;
    constexpr int kUsualMemory = 8;
    z_stream stream{};
    if (deflateInit2(&stream, kFast, Z_DEFLATED, kGzipWindow, kUsualMemory, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT: zlib only reads it
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(isWhole ? stream.total_out : 0);
    deflateEnd(&stream);
    return out;
}

}  // namespace signalbox::telemetry
