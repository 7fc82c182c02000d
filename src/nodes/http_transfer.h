// One request with its redirects, as a curl handle.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "nodes/http_client.h"

namespace signalbox::nodes {

/// Used by the client's thread only.
class HttpTransfer {
public:
    HttpTransfer(HttpRequest request, HttpClient::Done done, const std::string& userAgent);
    HttpTransfer(const HttpTransfer&) = delete;
    HttpTransfer& operator=(const HttpTransfer&) = delete;
    ~HttpTransfer();

    [[nodiscard]] CURL* handle() const { return handle_; }
    [[nodiscard]] bool stopRequested() const { return request_.stop.stop_requested(); }
    [[nodiscard]] std::stop_token stopToken() const { return request_.stop; }
    /// Sets the handle up for the request. Error "http.url".
    [[nodiscard]] Status prepare();
    /// What a transfer that ended means: nothing when it goes on with a redirect (prepare() was called again).
    [[nodiscard]] std::optional<Result<HttpResponse>> ended(CURLcode code);
    void finish(Result<HttpResponse> result);

private:
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    void setHeaders();
    void setMethodAndBody();
    [[nodiscard]] tl::unexpected<Error> failure(CURLcode code) const;
    [[nodiscard]] std::optional<Status> followRedirect();
    void forgetBody();
    void forgetCredentials();
    [[nodiscard]] Micros elapsed() const;

    HttpRequest request_;
    HttpClient::Done done_;
    const std::string& userAgent_;
    CURL* handle_;
    curl_slist* headerList_ = nullptr;
    HttpResponse response_;
    int redirects_ = 0;
    bool tooLarge_ = false;
    Micros spent_ = 0;  ///< by responses before the redirects
    char errorText_[CURL_ERROR_SIZE] = {};
};

}  // namespace signalbox::nodes
