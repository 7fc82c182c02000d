#include <algorithm>
#include <atomic>
#include <mutex>
#include <string_view>

#include <curl/curl.h>

#include "telemetry/span_transport.h"

namespace signalbox::telemetry {

namespace {

/// Of an answer; the rest is read and dropped.
constexpr std::size_t kMostKept = std::size_t{64} << 10U;
constexpr int kPollMillis = 1000;

// Both kinds of handle are void to the compiler.
struct EasyCloser {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiCloser {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListCloser {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCloser>;

void append(HeaderList& list, const std::string& line) {
    if (curl_slist* const longer = curl_slist_append(list.get(), line.c_str())) {
        static_cast<void>(list.release());
        list.reset(longer);
    }
}

std::size_t keepBody(char* data, std::size_t size, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    body.append(data, std::min(size * count, kMostKept - std::min(body.size(), kMostKept)));
    return size * count;
}

class HttpSpanTransport final : public SpanTransport {
public:
    explicit HttpSpanTransport(HttpSpanTransportOptions options) : options_(std::move(options)) {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        multi_.reset(curl_multi_init());
        easy_.reset(curl_easy_init());
        if (multi_ && easy_) prepare();
    }

    SpanAnswer post(const SpanPayload& payload, Micros within) override {
        SpanAnswer answer;
        if (!multi_ || !easy_ || cancelled_) {
            answer.error = "No request can be made";
            return answer;
        }
        const HeaderList headers = headersFor(payload);
        CURL* const easy = easy_.get();
        errorText_[0] = '\0';
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(payload.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, payload.body.data());
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<Micros>(within / 1000, 1)));
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer.body);
        curl_multi_add_handle(multi_.get(), easy);
        finish(answer);
        curl_multi_remove_handle(multi_.get(), easy);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, nullptr);
        return answer;
    }

    void cancel() override {
        cancelled_ = true;
        if (multi_) curl_multi_wakeup(multi_.get());
    }

private:
    void prepare() {
        CURL* const easy = easy_.get();
        curl_easy_setopt(easy, CURLOPT_URL, options_.url.c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
        curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!options_.authorities.empty()) {
            curl_easy_setopt(easy, CURLOPT_CAINFO, options_.authorities.c_str());
            curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        }
        if (!options_.viaProxy) curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.userAgent.c_str());
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, errorText_);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        // A name that does not resolve must not keep the program from ending.
        curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &keepBody);
    }

    [[nodiscard]] HeaderList headersFor(const SpanPayload& payload) const {
        HeaderList list;
        append(list, "Content-Type: application/json");
        // Without it curl would wait for "100 Continue" first.
        append(list, "Expect:");
        if (payload.gzipped) append(list, "Content-Encoding: gzip");
        for (const auto& [name, value] : options_.headers) append(list, name + ": " + value);
        return list;
    }

    void finish(SpanAnswer& answer) {
        int running = 1;
        while (!cancelled_ && curl_multi_perform(multi_.get(), &running) == CURLM_OK && running > 0) {
            curl_multi_poll(multi_.get(), nullptr, 0, kPollMillis, nullptr);
        }
        int left = 0;
        const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left);
        if (message == nullptr || message->msg != CURLMSG_DONE) {
            answer.error = "Given up";
            return;
        }
        if (message->data.result != CURLE_OK) {
            answer.error = errorText_[0] != '\0' ? errorText_ : curl_easy_strerror(message->data.result);
            return;
        }
        curl_off_t seconds = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &answer.status);
        curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &seconds);
        constexpr curl_off_t kDay = 86'400;
        answer.retryAfter = static_cast<Micros>(std::clamp<curl_off_t>(seconds, 0, kDay)) * 1'000'000;
    }

    const HttpSpanTransportOptions options_;
    std::atomic<bool> cancelled_{false};
    char errorText_[CURL_ERROR_SIZE] = {};
    std::unique_ptr<CURLM, MultiCloser> multi_;
    std::unique_ptr<CURL, EasyCloser> easy_;  ///< goes before the one that holds its connections
};

}  // namespace

std::unique_ptr<SpanTransport> makeHttpSpanTransport(HttpSpanTransportOptions options) {
    return std::make_unique<HttpSpanTransport>(std::move(options));
}

}  // namespace signalbox::telemetry
