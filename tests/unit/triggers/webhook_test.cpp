#include <future>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "triggers/signature.h"
#include "unit/triggers/trigger_fixture.h"

namespace signalbox::triggers {
namespace {

using namespace test;

class WebhookTest : public TriggerTest {
protected:
    WebhookTest() {
        protocol::SaveWebhook save;
        save.webhook.name = "orders";
        save.webhook.workflowId = "order";
        const auto made = set().save(save);
        EXPECT_TRUE(made);
        webhook_ = made->webhook;
        secret_ = made->secret;
    }

    Delivery delivery(const std::string& body = R"({"order":7})", Micros age = 0) {
        const std::string timestamp = fmt::format("{}", (clock_.wallNow() - age) / kSecond);
        return {webhook_.id, timestamp, "v1=" + signatureOf(secret_, timestamp, body), body};
    }
    std::string codeOf(const Delivery& delivery) {
        const auto run = set().deliver(delivery);
        return run ? "ok" : run.error().code;
    }
    protocol::WebhookDto current() { return *set().webhook(webhook_.id); }
    Result<protocol::WebhookSecret> change(const protocol::WebhookDto& webhook, bool newSecret = false) {
        protocol::SaveWebhook save;
        save.webhook = webhook;
        save.newSecret = newSecret;
        return set().save(save);
    }

    protocol::WebhookDto webhook_;
    std::string secret_;
};

TEST(Signature, IsWhatOthersCompute) {
    // printf '%s.%s' 1772409600 '{"a":1}' | openssl dgst -sha256 -hmac secret
    EXPECT_EQ(signatureOf("key", "1", "2"), signatureOf("key", "1", "2"));
    EXPECT_EQ(signatureOf("secret", "1772409600", R"({"a":1})"),
              "2e898d5b23633fd5c90f7d7e5e86c6462729de4472436d102df4a31a830a34d8");
    EXPECT_NE(signatureOf("secret", "1", "2.3"), signatureOf("secret", "12", "3"));
}

TEST(Signature, FitsOnlyWhole) {
    const std::string right = signatureOf("secret", "1", "{}");
    EXPECT_TRUE(isSignature("v1=" + right, right));
    EXPECT_FALSE(isSignature(right, right));
    EXPECT_FALSE(isSignature("v2=" + right, right));
    EXPECT_FALSE(isSignature("v1=" + right.substr(1), right));
    EXPECT_FALSE(isSignature("v1=" + right + "0", right));
    EXPECT_FALSE(isSignature("v1=", ""));
    std::string wrong = right;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    EXPECT_FALSE(isSignature("v1=" + wrong, right));
}

TEST_F(WebhookTest, ItsSecretIsLongAndToldOnce) {
    EXPECT_EQ(secret_.size(), 4U + 64U);
    const auto saved = change(webhook_);
    ASSERT_TRUE(saved);
    EXPECT_EQ(saved->secret, "");
    std::set<std::string> secrets{secret_};
    for (int i = 0; i < 20; ++i) secrets.insert(change(webhook_, true)->secret);
    EXPECT_EQ(secrets.size(), 21U);
}

TEST_F(WebhookTest, StartsARunWithTheBody) {
    const auto run = set().deliver(delivery());
    ASSERT_TRUE(run) << run.error().message;
    const auto start = runs_.starts().front();
    EXPECT_EQ(start.workflowId, "order");
    EXPECT_EQ(start.startedBy, "webhook orders");
    EXPECT_EQ(start.inputs["body"]["order"].asInteger(), 7);
    EXPECT_EQ(current().accepted, 1U);
    EXPECT_EQ(current().lastDelivery, kMonday);
    auto whole = webhook_;
    whole.input.clear();
    ASSERT_TRUE(change(whole));
    ASSERT_TRUE(set().deliver(delivery(R"({"order":8})")));
    EXPECT_EQ(runs_.starts().back().inputs["order"].asInteger(), 8);
    EXPECT_EQ(codeOf(delivery("[1]")), "webhook.body") << "inputs are an object";
}

TEST_F(WebhookTest, RefusesWhatIsNotSigned) {
    auto wrong = delivery();
    wrong.body += " ";
    EXPECT_EQ(codeOf(wrong), "webhook.signature");
    wrong = delivery();
    wrong.timestamp += "0";
    EXPECT_EQ(codeOf(wrong), "webhook.signature");
    wrong = delivery();
    wrong.signature.clear();
    EXPECT_EQ(codeOf(wrong), "webhook.signature");
    wrong = delivery();
    wrong.webhookId = "x";
    EXPECT_EQ(codeOf(wrong), "webhook.not-found");
    EXPECT_EQ(current().refused, 3U);
    EXPECT_EQ(current().accepted, 0U);
    EXPECT_EQ(runs_.asked(), 0U);
    set().tick();
    open();
    EXPECT_EQ(current().refused, 3U) << "written down by and by";
}

TEST_F(WebhookTest, RefusesWhatIsTooOldOrFromTheFuture) {
    EXPECT_EQ(codeOf(delivery("{}", 300 * kSecond)), "ok");
    EXPECT_EQ(codeOf(delivery("{}", 301 * kSecond)), "webhook.timestamp");
    EXPECT_EQ(codeOf(delivery("{}", -300 * kSecond)), "ok");
    EXPECT_EQ(codeOf(delivery("{}", -301 * kSecond)), "webhook.timestamp");
    for (const char* odd : {"", "soon", "1e9", "-5", "0", "99999999999999999999", " 1"}) {
        EXPECT_EQ(codeOf({webhook_.id, odd, "v1=" + signatureOf(secret_, odd, "{}"), "{}"}), "webhook.timestamp");
    }
    EXPECT_EQ(codeOf(delivery("{")), "webhook.body");
    EXPECT_EQ(codeOf(delivery("")), "webhook.body");
}

TEST_F(WebhookTest, TheSameDeliveryIsTheSameRun) {
    const auto sent = delivery();
    const auto first = set().deliver(sent);
    ASSERT_TRUE(first);
    EXPECT_EQ(set().deliver(sent), first);
    open();
    EXPECT_EQ(set().deliver(sent), first) << "over a restart too";
    EXPECT_EQ(runs_.asked(), 1U);
    EXPECT_EQ(current().accepted, 1U);
    clock_.advance(kSecond);
    const auto later = set().deliver(delivery());
    ASSERT_TRUE(later);
    EXPECT_NE(*later, *first) << "the same body at another time is another delivery";
    clock_.advance(600 * kSecond);
    EXPECT_EQ(codeOf(sent), "webhook.timestamp") << "when it is forgotten it is too old as well";
}

TEST_F(WebhookTest, TheSameDeliveryAtOnceIsOneRun) {
    const auto sent = delivery();
    std::vector<std::future<Result<std::string>>> all;
    for (int i = 0; i < 8; ++i) all.push_back(std::async(std::launch::async, [&] { return set().deliver(sent); }));
    for (auto& each : all) EXPECT_EQ(*each.get(), "run-1");
    EXPECT_EQ(runs_.size(), 1U);
    EXPECT_EQ(current().accepted, 1U);
}

TEST_F(WebhookTest, ANewSecretEndsTheOldOneAtOnce) {
    const auto old = delivery();
    const auto renewed = change(webhook_, true);
    ASSERT_TRUE(renewed);
    EXPECT_EQ(codeOf(old), "webhook.signature");
    secret_ = renewed->secret;
    EXPECT_EQ(codeOf(delivery()), "ok");
}

TEST_F(WebhookTest, DisabledItIsNotThere) {
    auto off = webhook_;
    off.enabled = false;
    ASSERT_TRUE(change(off));
    EXPECT_EQ(codeOf(delivery()), "webhook.not-found");
    EXPECT_TRUE(set().webhook(webhook_.id)) << "but for those who look after it";
}

TEST_F(WebhookTest, ToldOfAStartThatFailsWhoeverSendsMayTryAgain) {
    runs_.failNext(1, {"store.no-space", "The disk is full", {}, {}, true});
    const auto sent = delivery();
    const auto failed = set().deliver(sent);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "store.no-space");
    EXPECT_TRUE(failed.error().retryable);
    EXPECT_EQ(codeOf(sent), "ok");
    EXPECT_EQ(runs_.size(), 1U);
}

TEST_F(WebhookTest, EditsAreChecked) {
    auto wrong = webhook_;
    wrong.name.clear();
    EXPECT_EQ(change(wrong).error().code, "webhook.invalid");
    wrong = webhook_;
    wrong.tolerance = 0;
    EXPECT_EQ(change(wrong).error().code, "webhook.invalid");
    wrong = webhook_;
    wrong.id = "x";
    EXPECT_EQ(change(wrong).error().code, "webhook.not-found");
    protocol::SaveWebhook stale;
    stale.webhook = webhook_;
    stale.expectedEtag = webhook_.etag;
    ASSERT_TRUE(set().save(stale));
    EXPECT_EQ(set().save(stale).error().code, "webhook.conflict");
    protocol::DeleteWebhook remove;
    remove.id = webhook_.id;
    remove.expectedEtag = webhook_.etag;
    EXPECT_EQ(set().remove(remove).error().code, "webhook.conflict");
    remove.expectedEtag.clear();
    EXPECT_TRUE(set().remove(remove));
    EXPECT_EQ(codeOf(delivery()), "webhook.not-found");
    EXPECT_TRUE(set().webhooks().webhooks.empty());
}

}  // namespace
}  // namespace signalbox::triggers
