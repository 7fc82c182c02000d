// A small HTTP client for tests, over libcurl: one connection that stays open.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/value.h"

namespace signalbox::gatewayd::test {

struct HttpAnswer {
    long status = 0;  ///< 0: there was none
    std::map<std::string, std::string> headers;
    std::string body;
    std::string error;  ///< of the transfer
    bool newConnection = false;
    [[nodiscard]] Value json() const;
};

/// One thread. Follows no redirects, trusts only the given certificate authority.
class HttpClient {
public:
    /// `trust`: a PEM file for https; may be empty.
    explicit HttpClient(std::string base, std::string trust = {});
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient();

    void setToken(const std::string& token) { token_ = token; }
    /// From another address of this machine, such as "127.0.0.2".
    void comeFrom(const std::string& address) { from_ = address; }
    [[nodiscard]] HttpAnswer get(const std::string& path, std::vector<std::string> headers = {});
    [[nodiscard]] HttpAnswer post(const std::string& path, const Value& body, std::vector<std::string> headers = {});

private:
    [[nodiscard]] HttpAnswer perform(const std::string& path, std::vector<std::string> headers);

    std::string base_;
    std::string trust_;
    std::string token_;
    std::string from_;
    void* curl_;
};

}  // namespace signalbox::gatewayd::test
