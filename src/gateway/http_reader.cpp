#include "gateway/http_reader.h"

#include <algorithm>
#include <optional>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "gateway/gzip.h"
#include "gateway/http_target.h"

namespace signalbox::gateway {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

constexpr std::string_view kHeadEnd = "\r\n\r\n";
/// Of the last chunk with its empty trailer. Beast asserts that it sees no less when it comes back to one.
constexpr std::size_t kShortestLastChunk = 5;
/// Of a chunk's size line or the trailers, which are read in one piece.
constexpr std::size_t kLongestChunkLine = 4096;

std::string lowerCase(BeastView text) {
    std::string lowered(text.data(), text.size());
    for (char& letter : lowered) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 32);
    }
    return lowered;
}

Refusal malformed(std::string detail) { return {400, "http.malformed", std::move(detail)}; }

Refusal bodyTooLarge() { return {413, "http.body-too-large", "The body is larger than this server takes"}; }

Refusal fromBeast(const error_code& error) {
    if (error == http::error::body_limit) return bodyTooLarge();
    if (error == http::error::header_limit) return {431, "http.headers-too-large", "The headers are too large"};
    if (error == http::error::bad_version) return {505, "http.version", "Only HTTP/1.0 and HTTP/1.1 are spoken"};
    return malformed("The request is not HTTP: " + error.message());
}

/// Beast's events for one request, kept in an HttpRequest. What our own rules refuse is put in `refused`.
class Parser final : public http::basic_parser<true> {
public:
    explicit Parser(const Limits& limits) : request(std::make_shared<HttpRequest>()), limits_(limits) {
        header_limit(static_cast<std::uint32_t>(limits.header + 4));
        body_limit(limits.body);
    }

    std::shared_ptr<HttpRequest> request;
    std::optional<Refusal> refused;
    HeadRules rules;

private:
    void refuse(Refusal refusal, error_code& error) {
        refused = std::move(refusal);
        error = http::error::bad_value;
    }

    void on_request_impl(http::verb, BeastView method, BeastView target, int version, error_code& error) override {
        isHttp11_ = version == 11;
        request->method.assign(method.data(), method.size());
        request->target.assign(target.data(), target.size());
        auto parsed = parseTarget(request->target);
        if (!parsed) return refuse({400, parsed.error().code, parsed.error().message}, error);
        request->path = std::move(parsed->path);
        request->query = std::move(parsed->query);
        if (request->path == "*" && request->method != "OPTIONS") {
            refuse(malformed("Only OPTIONS asks for \"*\""), error);
        }
    }

    void on_response_impl(int, BeastView, int, error_code&) override {}

    void on_field_impl(http::field, BeastView name, BeastView value, error_code& error) override {
        if (isHeadRead_) return;  // trailers: their framing was checked, nobody asks for their content
        if (request->headers.size() >= limits_.headerCount) {
            return refuse({431, "http.too-many-headers", "The request has too many headers"}, error);
        }
        request->headers.emplace_back(lowerCase(name), std::string(value.data(), value.size()));
    }

    void on_header_impl(error_code& error) override {
        isHeadRead_ = true;
        auto read = readHead(*request, isHttp11_);
        if (!read) return refuse(std::move(read.error()), error);
        rules = *read;
        if (rules.isGzipped && rules.hasBody) gzip_.emplace(limits_.decompressedBody, limits_.decompressionRatio);
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        constexpr std::uint64_t kReservedAtOnce = 64 << 10;  // more is believed when it arrives
        if (length) request->body.reserve(static_cast<std::size_t>(std::min(*length, kReservedAtOnce)));
    }

    std::size_t on_body_impl(BeastView body, error_code& error) override {
        const std::string_view piece(body.data(), body.size());
        if (!gzip_) {
            request->body.append(piece);
        } else if (const auto fed = gzip_->feed(piece, request->body); !fed) {
            refuse({fed.error().code == "gzip.too-large" ? 413U : 400U, fed.error().code, fed.error().message}, error);
        }
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t, BeastView, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, BeastView body, error_code& error) override {
        return on_body_impl(body, error);
    }

    void on_finish_impl(error_code& error) override {
        if (!gzip_) return;
        if (const auto finished = gzip_->finish(); !finished) {
            refuse({400, finished.error().code, finished.error().message}, error);
        }
        gzip_.reset();
    }

    const Limits& limits_;
    std::optional<GzipReader> gzip_;
    bool isHttp11_ = false;
    bool isHeadRead_ = false;
};

}  // namespace

struct RequestReader::State {
    explicit State(const Limits& limitsIn) : limits(limitsIn) {}

    Progress refuse(Refusal why) {
        refusal = std::move(why);
        isRefused = true;
        return Progress::Refused;
    }
    Progress refuseHeadTooLarge(std::string_view data) {
        if (data.find("\r\n") > limits.target) {
            return refuse({414, "http.target-too-long", "The request target is too long"});
        }
        return refuse({431, "http.headers-too-large", "The headers are too large"});
    }
    Progress feedHead(std::string_view& data);
    Progress feedBody(std::string_view& data);
    /// One step of Beast. False: it refused.
    bool put(std::string_view& data);

    const Limits& limits;
    std::optional<Parser> parser;
    Refusal refusal;
    std::size_t scanned = 0;  ///< bytes at the front of the data that hold no end of a head
    bool isInBody = false;
    bool isRefused = false;
};

bool RequestReader::State::put(std::string_view& data) {
    error_code error;
    const auto used = parser->put(boost::asio::const_buffer(data.data(), data.size()), error);
    data.remove_prefix(used);
    if (!error || error == http::error::need_more) return true;
    refuse(parser->refused ? std::move(*parser->refused) : fromBeast(error));
    return false;
}

RequestReader::Progress RequestReader::State::feedHead(std::string_view& data) {
    while (scanned == 0 && data.starts_with("\r\n")) data.remove_prefix(2);  // RFC 9112 section 2.2
    const auto end = data.find(kHeadEnd, scanned);
    if (end == std::string_view::npos) {
        if (data.size() > limits.header) return refuseHeadTooLarge(data);
        scanned = data.size() < kHeadEnd.size() ? 0 : data.size() - kHeadEnd.size() + 1;
        return Progress::NeedMore;
    }
    scanned = 0;
    auto head = data.substr(0, end + kHeadEnd.size());
    if (head.size() > limits.header || head.find("\r\n") > limits.target + 32) return refuseHeadTooLarge(data);
    if (auto refused = scanHead(head)) return refuse(std::move(*refused));
    data.remove_prefix(head.size());
    parser.emplace(limits);
    if (!put(head)) return Progress::Refused;
    if (!parser->is_header_done()) return refuse(malformed("The head is not complete"));
    if (parser->request->target.size() > limits.target) return refuseHeadTooLarge({});
    if (parser->is_done()) return Progress::Complete;
    parser->eager(true);
    isInBody = true;
    return Progress::Head;
}

RequestReader::Progress RequestReader::State::feedBody(std::string_view& data) {
    while (!data.empty()) {
        if (parser->rules.isChunked && data.size() < kShortestLastChunk) return Progress::NeedMore;
        const auto before = data.size();
        if (!put(data)) return Progress::Refused;
        if (parser->is_done()) return Progress::Complete;
        if (data.size() == before) break;
    }
    if (data.size() > kLongestChunkLine) return refuse(malformed("A line between two chunks is too long"));
    return Progress::NeedMore;
}

RequestReader::RequestReader(const Limits& limits) : state_(std::make_unique<State>(limits)) {}
RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::feed(std::string_view& data) {
    if (state_->isRefused) return Progress::Refused;
    return state_->isInBody ? state_->feedBody(data) : state_->feedHead(data);
}

bool RequestReader::isInBody() const { return state_->isInBody; }

std::size_t RequestReader::bodySize() const {
    return state_->parser && state_->parser->request ? state_->parser->request->body.size() : 0;
}

const HeadRules& RequestReader::rules() const { return state_->parser->rules; }

const Refusal& RequestReader::refusal() const { return state_->refusal; }

std::shared_ptr<HttpRequest> RequestReader::take() {
    auto request = state_->parser ? std::move(state_->parser->request) : std::make_shared<HttpRequest>();
    state_->parser.reset();
    state_->isInBody = false;
    state_->scanned = 0;
    return request;
}

}  // namespace signalbox::gateway
