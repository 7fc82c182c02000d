// What is refused before it is a request of the API: an operator has to find who sent it, and when, as of any other.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "integration/gatewayd/workspace.h"
#include "support/raw_client.h"

namespace signalbox::gatewayd::test {
namespace {

using signalbox::test::RawClient;
using testing::HasSubstr;

struct Refused {
    const char* what;
    std::string bytes;
    unsigned status;
    std::string code;
};

std::vector<Refused> kinds() {
    const std::string post = "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    return {
        {"a host of two words", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "http."},
        {"a target that climbs", "GET /api/v1/../../etc HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "http.target"},
        {"an encoded slash", "GET /api/v1/workflows/a%2fb HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "http.target"},
        {"too much", post + "Content-Length: 999999999999\r\n\r\n", 413, "http.body-too-large"},
        {"no gzip", post + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", 400, "gzip."},
        {"a long address", "GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414,
         "http.target-too-long"},
        {"a version to come", "GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", 505, "http.version"},
        {"another coding", post + "Transfer-Encoding: br\r\n\r\n", 501, "http.transfer-encoding"},
    };
}

TEST(Refusals, BelowTheApiAreFoundAsAnyOther) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments());
    const std::string address = gateway.waitForAddress();
    ASSERT_FALSE(address.empty()) << gateway.log();
    HttpClient http(address);
    http.setToken(setUpAdministrator(gateway, http));
    for (const Refused& kind : kinds()) {
        SCOPED_TRACE(kind.what);
        RawClient client(portNumberOf(address));
        client.send(kind.bytes);
        const auto response = client.readResponse();
        ASSERT_TRUE(response);
        EXPECT_EQ(response->status, kind.status) << response->body;
        const std::string id = response->header("x-request-id");
        EXPECT_FALSE(id.empty());
        EXPECT_EQ(response->header("x-content-type-options"), "nosniff");
        EXPECT_FALSE(response->header("traceparent").empty());
        const auto problem = parseJson(response->body);
        ASSERT_TRUE(problem) << response->body;
        EXPECT_EQ((*problem)["requestId"].asString(), id);
        EXPECT_THAT(std::string((*problem)["code"].asString()), HasSubstr(kind.code));
        EXPECT_TRUE(gateway.waitForLog("request=" + id)) << gateway.log();
    }
    const std::string metrics = http.get("/metrics").body;
    EXPECT_THAT(metrics, HasSubstr(R"({code="414",method="other",route="none"} 1)"));
    EXPECT_THAT(metrics, HasSubstr(R"({code="505",)"));
    EXPECT_THAT(metrics, HasSubstr(R"({code="413",method="POST",route="/api/v1/runs"} 1)"));
    EXPECT_THAT(metrics, HasSubstr("signalbox_http_in_flight 1\n")) << "only the one that asks";
}

}  // namespace
}  // namespace signalbox::gatewayd::test
