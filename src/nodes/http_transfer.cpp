#include "nodes/http_transfer.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "nodes/http_url.h"

namespace signalbox::nodes {
namespace {

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

long milliseconds(Micros time) { return static_cast<long>(std::max<Micros>((time + 999) / 1000, 1)); }

bool isRedirect(long status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

HttpTransfer::HttpTransfer(HttpRequest request, HttpClient::Done done, const std::string& userAgent)
    : request_(std::move(request)), done_(std::move(done)), userAgent_(userAgent), handle_(curl_easy_init()) {}

HttpTransfer::~HttpTransfer() {
    curl_slist_free_all(headerList_);
    curl_easy_cleanup(handle_);
}

Micros HttpTransfer::elapsed() const {
    curl_off_t took = 0;
    curl_easy_getinfo(handle_, CURLINFO_TOTAL_TIME_T, &took);
    return spent_ + static_cast<Micros>(took);
}

std::size_t HttpTransfer::onBody(char* data, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<HttpTransfer*>(self);
    const std::size_t bytes = size * count;
    if (transfer->response_.body.size() + bytes > transfer->request_.maxBytes) {
        transfer->tooLarge_ = true;
        return 0;
    }
    transfer->response_.body.append(data, bytes);
    return bytes;
}

std::size_t HttpTransfer::onHeader(char* data, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<HttpTransfer*>(self);
    const std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) {
        // A new response begins: after "100 Continue", or a proxy's answer to CONNECT.
        transfer->response_.headers.clear();
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos && colon > 0) {
        transfer->response_.headers.emplace_back(lowered(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
    return size * count;
}

void HttpTransfer::setHeaders() {
    curl_slist_free_all(headerList_);
    headerList_ = nullptr;
    const auto add = [this](const std::string& line) {
        if (curl_slist* longer = curl_slist_append(headerList_, line.c_str())) headerList_ = longer;
    };
    for (const auto& [name, value] : request_.headers) {
        // A line that ends in ";" is how curl is told of a header without a value.
        add(value.empty() ? name + ";" : fmt::format("{}: {}", name, value));
    }
    if (!request_.authorization.empty()) add("Authorization: " + request_.authorization);
    // Taken out of what curl adds by itself: the wait for "100 Continue", and a type for a body that there is not.
    add("Expect:");
    if (!request_.hasBody) add("Content-Type:");
    curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headerList_);
}

void HttpTransfer::setMethodAndBody() {
    curl_easy_setopt(handle_, CURLOPT_HTTPGET, 1L);
    const bool expectsBody = request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH";
    if (request_.hasBody || expectsBody) {
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, request_.body.data());
    } else if (request_.method == "HEAD") {
        curl_easy_setopt(handle_, CURLOPT_NOBODY, 1L);
    }
    curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

Status HttpTransfer::prepare() {
    const Micros left = request_.timeout - spent_;
    if (handle_ == nullptr) return fail("http.interrupted", "No request can be made", shownUrl(request_.url), {}, true);
    if (left <= 0) return failure(CURLE_OPERATION_TIMEDOUT);
    SIGNALBOX_CHECK(urlWithQuery(request_.url, {}).map([](const std::string&) {}));
    curl_easy_reset(handle_);
    response_ = {};
    curl_easy_setopt(handle_, CURLOPT_PRIVATE, this);
    curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, errorText_);
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!request_.caFile.empty()) {
        curl_easy_setopt(handle_, CURLOPT_CAINFO, request_.caFile.c_str());
        curl_easy_setopt(handle_, CURLOPT_CAPATH, nullptr);
    }
    if (!request_.useProxy) curl_easy_setopt(handle_, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(handle_, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(handle_, CURLOPT_USERAGENT, userAgent_.c_str());
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, milliseconds(left));
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(std::min(left, request_.connectTimeout)));
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &HttpTransfer::onBody);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &HttpTransfer::onHeader);
    curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
    setMethodAndBody();
    setHeaders();
    return {};
}

void HttpTransfer::forgetBody() {
    request_.hasBody = false;
    request_.body.clear();
    std::erase_if(request_.headers, [](const auto& header) { return lowered(header.first).starts_with("content-"); });
}

void HttpTransfer::forgetCredentials() {
    request_.authorization.clear();
    std::erase_if(request_.headers, [](const auto& header) {
        const std::string name = lowered(header.first);
        return name == "authorization" || name == "cookie" || name == "proxy-authorization" ||
               name.find("key") != std::string::npos || name.find("token") != std::string::npos ||
               name.find("secret") != std::string::npos;
    });
}

/// None when the response is not a redirect to be followed.
std::optional<Status> HttpTransfer::followRedirect() {
    long status = 0;
    char* target = nullptr;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle_, CURLINFO_REDIRECT_URL, &target);
    if (request_.maxRedirects == 0 || !isRedirect(status) || target == nullptr) return std::nullopt;
    const std::string next = target;
    const std::string where = shownUrl(request_.url);
    if (++redirects_ > request_.maxRedirects) {
        return fail("http.redirects", fmt::format("More than {} redirects", request_.maxRedirects), where);
    }
    if (auto checked = urlWithQuery(next, {}); !checked) return fail(std::move(checked).error());
    if (request_.url.starts_with("https:") && !next.starts_with("https:")) {
        return fail("http.redirects", fmt::format("A redirect leads from HTTPS to {}", shownUrl(next)), where);
    }
    spent_ = elapsed();
    if (!sameOrigin(request_.url, next)) forgetCredentials();
    // As in RFC 9110, 15.4: 303 always, and 301 and 302 after a POST, go on with a GET.
    if ((status == 303 && request_.method != "HEAD") ||
        ((status == 301 || status == 302) && request_.method == "POST")) {
        request_.method = "GET";
        forgetBody();
    }
    request_.url = next;
    return prepare();
}

tl::unexpected<Error> HttpTransfer::failure(CURLcode code) const {
    const std::string where = shownUrl(request_.url);
    const std::string detail = errorText_[0] != '\0' ? errorText_ : curl_easy_strerror(code);
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return fail("http.timeout", fmt::format("No answer in time: {}", detail), where, {}, true);
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return fail("http.dns", detail, where, {}, true);
        case CURLE_COULDNT_CONNECT:
        case CURLE_PROXY:
            return fail("http.connect", detail, where, {}, true);
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return fail("http.tls", fmt::format("No secure connection: {}", detail), where,
                        "For a private authority, give its certificate as 'caFile'.");
        case CURLE_UNSUPPORTED_PROTOCOL:
            // The scheme was checked before: what is not supported is the answer.
            return fail("http.protocol", fmt::format("What answers does not speak HTTP: {}", detail), where);
        case CURLE_URL_MALFORMAT:
            return fail("http.url", "This is not a valid address", where);
        case CURLE_WRITE_ERROR:
            if (!tooLarge_) break;
            return fail("http.too-large", fmt::format("The body is larger than {} bytes", request_.maxBytes), where);
        case CURLE_BAD_CONTENT_ENCODING:
            return fail("http.body", fmt::format("The body cannot be decompressed: {}", detail), where);
        default:
            break;
    }
    return fail("http.interrupted", fmt::format("The exchange broke off: {}", detail), where, {}, true);
}

std::optional<Result<HttpResponse>> HttpTransfer::ended(CURLcode code) {
    if (code != CURLE_OK) return failure(code);
    if (const auto redirected = followRedirect()) {
        if (*redirected) return std::nullopt;
        return fail(redirected->error());
    }
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    response_.url = request_.url;
    response_.took = elapsed();
    return std::move(response_);
}

void HttpTransfer::finish(Result<HttpResponse> result) { done_(std::move(result)); }

}  // namespace signalbox::nodes
