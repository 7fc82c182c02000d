// Fuzz target: any bytes are refused or read as requests that hold what the rest of the gateway relies on, however the
// network cuts them; gzip and answers stay within their bounds; and what clients say about themselves is not believed.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "gateway/gzip.h"
#include "gateway/http_head.h"
#include "gateway/http_reader.h"
#include "gateway/http_response.h"
#include "gateway/http_target.h"
#include "gateway/trace_state.h"
#include "gateway/trusted_proxies.h"

namespace {

using namespace signalbox::gateway;

void demand(bool condition, const char* what, std::string_view input) {
    if (condition) return;
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(input.size()), input.data());
    std::abort();
}

Limits smallLimits() {
    Limits limits;
    limits.body = 16 << 10;
    limits.decompressedBody = 128 << 10;
    return limits;
}

using Requests = std::vector<std::shared_ptr<HttpRequest>>;

/// What a connection makes of the bytes when they come in pieces of that size.
Requests readAll(std::string_view input, std::size_t piece, const Limits& limits) {
    RequestReader reader(limits);
    Requests requests;
    std::string held;
    for (std::size_t at = 0; at < input.size(); at += piece) {
        held.append(input.substr(at, piece));
        std::string_view data = held;
        for (bool goesOn = true; goesOn && !data.empty();) {
            const auto progress = reader.feed(data);
            goesOn = progress == RequestReader::Progress::Complete || progress == RequestReader::Progress::Head;
            if (progress == RequestReader::Progress::Complete) requests.push_back(reader.take());
            if (progress == RequestReader::Progress::Refused) {
                demand(reader.refusal().status >= 400 && !reader.refusal().code.empty(), "refuses without why", input);
                return requests;
            }
        }
        held.erase(0, held.size() - data.size());
        demand(held.size() <= limits.header + piece + 4, "holds more than a head", input);
    }
    return requests;
}

void checkRequest(const HttpRequest& request, const Limits& limits, std::string_view input) {
    demand(request.path == "*" || request.path.starts_with('/'), "a path begins with something else", input);
    demand(signalbox::isValidUtf8(request.path), "a path is not UTF-8", input);
    demand(request.path.find('\0') == std::string::npos, "a path has a NUL", input);
    demand((request.path + "/").find("/../") == std::string::npos, "a path climbs", input);
    demand(request.body.size() <= std::max(limits.body, limits.decompressedBody), "a body is over its limit", input);
    demand(request.headers.size() <= limits.headerCount, "there are too many headers", input);
    int lengths = 0;
    for (const auto& [name, value] : request.headers) {
        demand(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "a header breaks", input);
        demand(std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }),
               "a name is not lower case", input);
        lengths += name == "content-length" || name == "transfer-encoding" ? 1 : 0;
    }
    demand(lengths <= 1, "a body has two lengths", input);
}

bool areSame(const HttpRequest& a, const HttpRequest& b) {
    return a.method == b.method && a.target == b.target && a.headers == b.headers && a.body == b.body;
}

void checkReader(std::string_view input) {
    const auto limits = smallLimits();
    const auto whole = readAll(input, std::max<std::size_t>(input.size(), 1), limits);
    for (const auto& request : whole) checkRequest(*request, limits, input);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
        if (piece == 1 && input.size() > 4096) continue;
        const auto cut = readAll(input, piece, limits);
        const auto common = std::min(cut.size(), whole.size());
        for (std::size_t at = 0; at < common; ++at) {
            demand(areSame(*cut[at], *whole[at]), "pieces read as something else", input);
        }
    }
}

void checkTarget(std::string_view input) {
    const auto parsed = parseTarget(input);
    if (!parsed || parsed->path.find('%') != std::string::npos) return;
    demand(parsed->path.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos, "a path breaks", input);
}

void checkGzip(std::string_view input) {
    constexpr std::uint64_t kLimit = 256 << 10;
    std::string out;
    GzipReader reader(kLimit, 100);
    static_cast<void>(reader.feed(input, out));
    demand(out.size() <= kLimit, "decompresses beyond the limit", input);
    out.clear();
    GzipReader again(input.size(), 10'000);
    demand(again.feed(gzip(input), out).has_value() && again.finish().has_value(), "cannot read its own gzip", input);
    demand(out == input, "gzip changes a text", input);
    static_cast<void>(acceptsGzip(input));
}

/// Whatever the application puts in a header, the number of lines is that of the headers that were taken.
void checkResponse(std::string_view input) {
    std::string out;
    appendHead(out, {200, {{"X-Any", std::string(input)}, {std::string(input), "x"}}, "", false}, {.date = "now"});
    const auto lines = std::count(out.begin(), out.end(), '\n');
    demand(lines >= 4 && lines <= 6 && std::count(out.begin(), out.end(), '\r') == lines, "a header breaks out", input);
}

/// Nothing that a client sends says whom its proxy takes it for, and without a proxy nothing says so at all.
void checkForwarded(std::string_view input) {
    static const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "2001:db8:aa::/48"}).value();
    const std::string sent(input);
    for (const char* name : {"x-forwarded-for", "forwarded"}) {
        const std::string added = (*name == 'f' ? "for=" : "") + std::string("198.51.100.7");
        HttpRequest request;
        request.peer = "10.0.0.1";
        request.headers = {{name, sent}};
        const auto client = IpAddress::parse(proxies.clientOf(request));
        demand(client.has_value(), "a client is no address", input);
        request.headers = {{name, sent + ", " + added}};
        demand(proxies.clientOf(request) == "198.51.100.7", "a client says who it is", input);
        request.headers = {{name, sent}, {name, added}};
        demand(proxies.clientOf(request) == "198.51.100.7", "a client says who it is in a line of its own", input);
        request.peer = "203.0.113.1";
        demand(proxies.clientOf(request) == request.peer, "anybody says who it is", input);
    }
}

void checkTraceState(std::string_view input) {
    const auto kept = readTraceState(input);
    demand(kept.size() <= 512 && std::count(kept.begin(), kept.end(), ',') < 32, "a trace's state is too long", input);
    demand(readTraceState(kept) == kept, "a trace's state changes on its way", input);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    checkReader(input);
    checkTarget(input);
    checkGzip(input);
    checkResponse(input);
    checkForwarded(input);
    checkTraceState(input);
    return 0;
}
