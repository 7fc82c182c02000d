// Compresses a WebSocket message as a client does. Whoever includes it links zlib.
#pragma once

#include <string>
#include <string_view>

#include <zlib.h>

namespace signalbox::test {

/// The payload of a frame of permessage-deflate: raw deflate without its last four bytes.
inline std::string deflated(std::string_view text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, -11, 8, Z_DEFAULT_STRATEGY);
    std::string out(text.size() + 100, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_SYNC_FLUSH);
    out.resize(stream.total_out - 4);
    deflateEnd(&stream);
    return out;
}

}  // namespace signalbox::test
