#include <fmt/format.h>

#include "gateway/webhook.h"
#include "triggers/signature.h"
#include "unit/triggers/trigger_fixture.h"

namespace signalbox::gateway {
namespace {

using namespace triggers::test;

class WebhookPageTest : public TriggerTest {
protected:
    WebhookPageTest() {
        protocol::SaveWebhook save;
        save.webhook.name = "<orders> & \"more\"";
        save.webhook.workflowId = "order";
        const auto made = set().save(save);
        EXPECT_TRUE(made);
        id_ = made->webhook.id;
        secret_ = made->secret;
    }
    [[nodiscard]] HttpRequest delivery(const std::string& body) const {
        HttpRequest request;
        request.method = "POST";
        const std::string timestamp = fmt::format("{}", clock_.wallNow() / kSecond);
        request.headers = {{"signalbox-timestamp", timestamp},
                           {"signalbox-signature", "v1=" + triggers::signatureOf(secret_, timestamp, body)}};
        request.body = body;
        return request;
    }
    static std::string headerOf(const HttpResponse& response, const std::string& name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }

    std::string id_;
    std::string secret_;
};

TEST_F(WebhookPageTest, ADeliveryIsAnsweredWithItsRun) {
    const auto answer = deliverWebhook(set(), id_, delivery(R"({"order":7})"));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 202U);
    EXPECT_EQ(answer->body, R"({"runId":"run-1"})");
    EXPECT_EQ(headerOf(*answer, "Location"), "/api/v1/runs/run-1");
    EXPECT_EQ(runs_.starts().front().inputs["body"]["order"].asInteger(), 7);
}

TEST_F(WebhookPageTest, WhatIsWrongIsRefusedBeforeAnythingStarts) {
    EXPECT_EQ(deliverWebhook(set(), "x", delivery("{}")).error().code, "webhook.not-found");
    EXPECT_EQ(deliverWebhook(set(), id_, HttpRequest{}).error().code, "webhook.signature");
    const std::string large(kLargestDelivery + 1, ' ');
    EXPECT_EQ(deliverWebhook(set(), id_, delivery(large)).error().code, "webhook.too-large");
    EXPECT_EQ(runs_.asked(), 0U);
}

TEST_F(WebhookPageTest, ThePageCarriesItsOwnScriptAndNothingElseRuns) {
    const auto page = webhookTestPage(set(), id_);
    ASSERT_TRUE(page);
    const std::string policy = headerOf(*page, "Content-Security-Policy");
    const auto from = policy.find("'nonce-") + 7;
    const std::string nonce = policy.substr(from, policy.find('\'', from) - from);
    EXPECT_GE(nonce.size(), 22U);
    EXPECT_NE(page->body.find(fmt::format("<script nonce=\"{}\">", nonce)), std::string::npos);
    EXPECT_NE(page->body.find(fmt::format("<style nonce=\"{}\">", nonce)), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_TRUE(policy.starts_with("default-src 'none'"));
    EXPECT_EQ(page->body.find("http://"), std::string::npos) << "no outside assets";
    EXPECT_EQ(page->body.find("https://"), std::string::npos);
    EXPECT_EQ(page->body.find("<orders>"), std::string::npos) << "a name is no markup";
    EXPECT_NE(page->body.find("&lt;orders&gt; &amp; &quot;more&quot;"), std::string::npos);
    EXPECT_EQ(page->body.find("{{"), std::string::npos);
    EXPECT_EQ(page->body.find(secret_), std::string::npos);
    EXPECT_NE(headerOf(*webhookTestPage(set(), id_), "Content-Security-Policy"), policy) << "a nonce is used once";
    EXPECT_EQ(webhookTestPage(set(), "x").error().code, "webhook.not-found");
}

}  // namespace
}  // namespace signalbox::gateway
