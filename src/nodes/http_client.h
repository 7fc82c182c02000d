// An HTTP client for many requests at once on one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "nodes/service_thread.h"

namespace signalbox::nodes {

struct HttpOptions {
    std::string userAgent = "signalbox";
    long connectionsPerHost = 64;
    long idleConnections = 128;
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    HttpHeaders headers;
    std::string body;
    bool hasBody = false;
    std::string authorization;  ///< value of that header; a secret: never in messages, never sent to another host
    std::string caFile;         ///< empty: the system's authorities
    Micros timeout = 30'000'000;
    Micros connectTimeout = 10'000'000;
    int maxRedirects = 5;  ///< 0: redirects are given as responses
    std::uint64_t maxBytes = 16ULL << 20U;
    bool useProxy = true;
    std::stop_token stop;
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;  ///< names in lower case, of the last response
    std::string body;
    std::string url;  ///< after redirects
    Micros took = 0;
};

/// Adds a query to a URL; names and values are encoded here. Errors: "http.url" (not a URL, or one with a user or
/// password in it), "http.protocol" (neither http nor https).
[[nodiscard]] Result<std::string> urlWithQuery(const std::string& url, const HttpHeaders& query);
/// A URL without query and fragment, for messages.
[[nodiscard]] std::string shownUrl(const std::string& url);

/// Keeps connections alive between requests. Owns one thread, which sleeps in curl_multi_poll() and calls `done`.
/// send() and stop() may be called from any thread.
class HttpClient {
public:
    using Done = std::function<void(Result<HttpResponse>)>;
    explicit HttpClient(HttpOptions options = {});
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient();
    /// Any status is a success here. Errors: "http.timeout", "http.connect", "http.dns", "http.tls", "http.too-large",
    /// "http.redirects", "http.protocol", "http.url", "http.interrupted", "http.body", "node.stopped".
    void send(HttpRequest request, Done done);
    /// Ends requests in flight, and those sent from now on, with "node.stopped". Returns when the thread has ended.
    /// Also done by destruction.
    void stop();

private:
    struct Shared;
    class Loop;
    std::shared_ptr<Shared> shared_;
    ServiceThread thread_;
};

}  // namespace signalbox::nodes
