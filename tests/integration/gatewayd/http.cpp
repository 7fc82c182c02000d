#include "integration/gatewayd/http.h"

#include <algorithm>

#include <curl/curl.h>

#include "base/json.h"

namespace signalbox::gatewayd::test {

namespace {

std::size_t takeBody(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

std::size_t takeHeader(char* data, std::size_t size, std::size_t count, void* headers) {
    const std::string_view line(data, size * count);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return line.size();
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n')) value.remove_suffix(1);
    static_cast<std::map<std::string, std::string>*>(headers)->insert_or_assign(std::move(name), std::string(value));
    return line.size();
}

}  // namespace

Value HttpAnswer::json() const {
    auto value = parseJson(body);
    return value ? *value : Value::undefined();
}

HttpClient::HttpClient(std::string base, std::string trust)
    : base_(std::move(base)), trust_(std::move(trust)), curl_(::curl_easy_init()) {}

HttpClient::~HttpClient() { ::curl_easy_cleanup(curl_); }

HttpAnswer HttpClient::get(const std::string& path, std::vector<std::string> headers) {
    ::curl_easy_setopt(curl_, CURLOPT_HTTPGET, 1L);
    return perform(path, std::move(headers));
}

HttpAnswer HttpClient::post(const std::string& path, const Value& body, std::vector<std::string> headers) {
    const std::string text = writeJson(body);
    ::curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(text.size()));
    ::curl_easy_setopt(curl_, CURLOPT_COPYPOSTFIELDS, text.c_str());
    headers.emplace_back("Content-Type: application/json");
    return perform(path, std::move(headers));
}

HttpAnswer HttpClient::perform(const std::string& path, std::vector<std::string> headers) {
    HttpAnswer answer;
    if (!token_.empty()) headers.push_back("Authorization: Bearer " + token_);
    headers.emplace_back("Expect:");
    curl_slist* list = nullptr;
    for (const std::string& header : headers) list = ::curl_slist_append(list, header.c_str());
    ::curl_easy_setopt(curl_, CURLOPT_URL, (base_ + path).c_str());
    ::curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, list);
    ::curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, takeBody);
    ::curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer.body);
    ::curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, takeHeader);
    ::curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answer.headers);
    ::curl_easy_setopt(curl_, CURLOPT_TIMEOUT, 60L);
    ::curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    if (!from_.empty()) ::curl_easy_setopt(curl_, CURLOPT_INTERFACE, ("host!" + from_).c_str());
    if (!trust_.empty()) ::curl_easy_setopt(curl_, CURLOPT_CAINFO, trust_.c_str());
    const CURLcode code = ::curl_easy_perform(curl_);
    if (code != CURLE_OK) answer.error = ::curl_easy_strerror(code);
    ::curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answer.status);
    long connections = 0;
    ::curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &connections);
    answer.newConnection = connections > 0;
    ::curl_slist_free_all(list);
    return answer;
}

}  // namespace signalbox::gatewayd::test
