#include "gateway/gzip.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace signalbox::gateway {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, with a gzip header
constexpr std::uint64_t kRatioFloor = 64 << 10;
constexpr std::size_t kPiece = 16 << 10;
/// Fast rather than tight: answers are compressed on an I/O thread.
constexpr int kLevel = 2;
constexpr int kMemoryLevel = 8;

Bytef* bytes(std::string_view text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); }

}  // namespace

struct GzipReader::State {
    State(std::uint64_t limitIn, unsigned ratioIn) : limit(limitIn), ratio(ratioIn) {
        ready = inflateInit2(&stream, kGzipWindow) == Z_OK;
    }
    ~State() {
        if (ready) inflateEnd(&stream);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    [[nodiscard]] bool isTooLarge() const {
        return written > limit || (written > kRatioFloor && written / ratio > read);
    }

    z_stream stream{};
    std::uint64_t limit;
    unsigned ratio;
    std::uint64_t read = 0;
    std::uint64_t written = 0;
    bool ready = false;
    bool ended = false;
};

GzipReader::GzipReader(std::uint64_t limit, unsigned ratio)
    : state_(std::make_unique<State>(limit, std::max(ratio, 1U))) {}
GzipReader::~GzipReader() = default;
GzipReader::GzipReader(GzipReader&&) noexcept = default;
GzipReader& GzipReader::operator=(GzipReader&&) noexcept = default;

Status GzipReader::feed(std::string_view piece, std::string& out) {
    auto& state = *state_;
    if (!state.ready) return fail("gzip.damaged", "There is no memory to decompress the body");
    std::array<char, kPiece> buffer;
    state.read += piece.size();
    state.stream.next_in = bytes(piece);
    state.stream.avail_in = static_cast<uInt>(piece.size());
    bool isFull = false;  // zlib may hold more although it has taken all of the piece
    while (state.stream.avail_in > 0 || isFull) {
        if (state.ended) return fail("gzip.damaged", "The body has bytes behind its gzip member");
        state.stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        state.stream.avail_out = static_cast<uInt>(buffer.size());
        const int code = inflate(&state.stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
            return fail("gzip.damaged", "The body is not gzip");
        }
        const std::size_t got = buffer.size() - state.stream.avail_out;
        state.written += got;
        if (state.isTooLarge()) return fail("gzip.too-large", "The body is too large once decompressed");
        out.append(buffer.data(), got);
        state.ended = code == Z_STREAM_END;
        isFull = state.stream.avail_out == 0 && !state.ended;
    }
    return {};
}

Status GzipReader::finish() const {
    if (!state_->ended) return fail("gzip.truncated", "The gzip body ends too early");
    return {};
}

std::string gzip(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = bytes(text);
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = bytes(packed);
    stream.avail_out = static_cast<uInt>(packed.size());
    const int code = deflate(&stream, Z_FINISH);
    packed.resize(code == Z_STREAM_END ? stream.total_out : 0);
    deflateEnd(&stream);
    return packed;
}

}  // namespace signalbox::gateway
