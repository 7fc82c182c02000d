// Whom a request comes from: the chain of proxies, and what in it is believed.
#include <gtest/gtest.h>

#include "gateway/trusted_proxies.h"

namespace signalbox::gateway {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

TrustedProxies trusting(const std::vector<std::string>& networks) {
    auto proxies = TrustedProxies::parse(networks);
    EXPECT_TRUE(proxies.has_value());
    return proxies.value_or(TrustedProxies());
}

/// From 10.0.0.1, where 10.0.0.0/8 and 2001:db8:aa::/48 are proxies.
std::string clientOf(Headers headers, const std::string& peer = "10.0.0.1") {
    HttpRequest request;
    request.peer = peer;
    request.headers = std::move(headers);
    return trusting({"10.0.0.0/8", "2001:db8:aa::/48"}).clientOf(request);
}

std::string plain(const std::string& list) { return clientOf({{"x-forwarded-for", list}}); }
std::string standard(const std::string& list) { return clientOf({{"forwarded", list}}); }

TEST(ProxyChain, IsNotLookedAtUnlessTheConnectionIsATrustedProxys) {
    const Headers spoof{{"x-forwarded-for", "198.51.100.1"}, {"forwarded", "for=198.51.100.1"}};
    EXPECT_EQ(clientOf(spoof, "203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(clientOf(spoof, "2001:db8:bb::1"), "2001:db8:bb::1");
    EXPECT_EQ(clientOf(spoof, "fe80::1%eth0"), "fe80::1%eth0") << "no address that anything is known of";
    HttpRequest request;
    request.peer = "10.0.0.1";
    request.headers = spoof;
    EXPECT_EQ(TrustedProxies().clientOf(request), "10.0.0.1") << "nobody is trusted unless told";
    EXPECT_EQ(clientOf({}), "10.0.0.1");
}

TEST(ProxyChain, EndsAtTheNearestThatIsNotTrusted) {
    EXPECT_EQ(plain("198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(plain("198.51.100.1, 10.1.2.3"), "198.51.100.1");
    EXPECT_EQ(plain("198.51.100.1,10.1.2.3 ,\t10.9.9.9"), "198.51.100.1");
    EXPECT_EQ(plain("192.0.2.66, 198.51.100.1"), "198.51.100.1") << "its client has sent one of its own";
    EXPECT_EQ(plain("10.0.0.7, 198.51.100.1"), "198.51.100.1") << "and named a proxy in it";
    EXPECT_EQ(plain("10.0.0.7, 10.0.0.8"), "10.0.0.7") << "somebody within: the furthest that is known";
    EXPECT_EQ(clientOf({{"x-forwarded-for", "198.51.100.2"}}, "2001:db8:aa::1"), "198.51.100.2");
    EXPECT_EQ(clientOf({{"x-forwarded-for", "198.51.100.2"}}, "::ffff:10.0.0.1"), "198.51.100.2");
}

TEST(ProxyChain, IsOneListOverSeveralLines) {
    EXPECT_EQ(clientOf({{"x-forwarded-for", "192.0.2.66"}, {"host", "a"}, {"x-forwarded-for", "198.51.100.1"}}),
              "198.51.100.1");
    EXPECT_EQ(clientOf({{"x-forwarded-for", "198.51.100.1, 10.0.0.7"}, {"x-forwarded-for", "10.0.0.8"}}),
              "198.51.100.1");
    EXPECT_EQ(clientOf({{"x-forwarded-for", "198.51.100.1"}, {"x-forwarded-for", ""}}), "10.0.0.1");
}

TEST(ProxyChain, WritesEachAddressOneWay) {
    EXPECT_EQ(plain("::ffff:198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(plain("192.0.2.1, ::ffff:10.0.0.8"), "192.0.2.1") << "a proxy, by its other name";
    EXPECT_EQ(plain("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
    EXPECT_EQ(plain("[2001:db8::1]"), "2001:db8::1");
    EXPECT_EQ(plain("[2001:db8::1]:4711"), "2001:db8::1");
    EXPECT_EQ(plain("198.51.100.1:4711"), "198.51.100.1");
    EXPECT_EQ(plain("198.51.100.1, [2001:db8:aa::7]:80"), "198.51.100.1");
}

TEST(ProxyChain, EndsBeforeWhatIsNoAddress) {
    for (const char* bad : {"unknown",
                            "_hidden",
                            "",
                            " ",
                            "198.51.100",
                            "198.51.100.256",
                            "0198.51.100.1",
                            "198.51.100.1.",
                            "localhost",
                            "198.51.100.1:",
                            "198.51.100.1:x",
                            "198.51.100.1:123456",
                            "[198.51.100.1]",
                            "[2001:db8::1",
                            "2001:db8::1]",
                            "[2001:db8::1]4711",
                            "[2001:db8::1]:",
                            "[]",
                            "[",
                            ":",
                            "::1::",
                            "2001:db8::1%eth0",
                            "fe80::1%1",
                            "\"1.2.3.4\"",
                            "198.51.100.1 198.51.100.2",
                            "198.51.100.1/32",
                            "for=198.51.100.1",
                            "1",
                            "0x7f.0.0.1",
                            "\x80\xff"}) {
        EXPECT_EQ(plain(std::string("192.0.2.66, ") + bad), "10.0.0.1") << bad;
        EXPECT_EQ(plain(std::string("192.0.2.66, ") + bad + ", 10.7.7.7"), "10.7.7.7") << bad;
        EXPECT_EQ(plain(std::string("192.0.2.66, ") + bad + ", 198.51.100.9"), "198.51.100.9") << bad;
    }
    EXPECT_EQ(plain(std::string(300, '1')), "10.0.0.1");
    EXPECT_EQ(plain(std::string("198.51.100.1\0", 13)), "10.0.0.1");
}

TEST(ProxyChain, IsNotFollowedForEver) {
    std::string list = "198.51.100.1";
    for (int hop = 0; hop < 31; ++hop) list += ", 10.0.0.9";
    EXPECT_EQ(plain(list), "198.51.100.1");
    EXPECT_EQ(plain(list + ", 10.0.0.8"), "10.0.0.9") << "longer than any chain of proxies";
    EXPECT_EQ(plain(std::string(16'000, ',') + "198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(plain(std::string(16'000, ',')), "10.0.0.1");
}

TEST(ProxyChain, OfTheStandardHeaderIsReadToo) {
    EXPECT_EQ(standard("for=198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(standard("For=\"198.51.100.1:4711\";proto=https;by=10.0.0.1"), "198.51.100.1");
    EXPECT_EQ(standard("proto=http; FOR=\"[2001:db8::1]:4711\" ;host=\"a,b;c\""), "2001:db8::1");
    EXPECT_EQ(standard("for=192.0.2.66, for=198.51.100.1, for=10.0.0.8"), "198.51.100.1");
    EXPECT_EQ(standard("for=198.51.100.1, for=\"[2001:db8:aa::7]\";host=\"x, for=192.0.2.66\""), "198.51.100.1");
    EXPECT_EQ(clientOf({{"forwarded", "for=198.51.100.1"}, {"forwarded", "for=10.0.0.8"}}), "198.51.100.1");
    for (const char* bad :
         {"unknown", "for=unknown", "for=_hidden", "for=\"_hidden:80\"", "by=198.51.100.1", "for=", "for=\"", "for",
          "for=198.51.100.1;for=198.51.100.2", "for=2001:db8::1", "for=\"2001:db8::1\"", "for=\"198.51.\\100.1\"",
          "for=198.51.100.1;host=\"x", "for=198.51.100.1\"", "for=\"198.51.100.1\"x", "proto;for=198.51.100.1", ";"}) {
        EXPECT_EQ(standard(bad), "10.0.0.1") << bad;
        EXPECT_EQ(standard(std::string(bad) + ", for=10.0.0.8").substr(0, 5), "10.0.") << bad;
        EXPECT_EQ(standard(std::string(bad) + ", for=198.51.100.9"), "198.51.100.9")
            << bad << ": what a client sends spoils nothing that a proxy adds";
    }
}

TEST(ProxyChain, OfTheUsualHeaderGoesFirst) {
    EXPECT_EQ(clientOf({{"forwarded", "for=192.0.2.66"}, {"x-forwarded-for", "198.51.100.1"}}), "198.51.100.1");
    EXPECT_EQ(clientOf({{"forwarded", "for=192.0.2.66"}, {"x-forwarded-for", "unknown"}}), "10.0.0.1")
        << "the other is not a second chance";
}

TEST(IpNetwork, HoldsTheAddressesWithItsBits) {
    const auto holds = [](const char* network, const char* address) {
        const auto parsed = IpNetwork::parse(network);
        EXPECT_TRUE(parsed.has_value()) << network;
        return parsed && parsed->contains(*IpAddress::parse(address));
    };
    EXPECT_TRUE(holds("10.0.0.0/8", "10.255.255.255"));
    EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.200"));
    EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
    EXPECT_TRUE(holds("192.0.2.1", "::ffff:192.0.2.1"));
    EXPECT_TRUE(holds("::ffff:192.0.2.0/120", "192.0.2.77"));
    EXPECT_TRUE(holds("::1", "::1"));
    EXPECT_FALSE(holds("::1", "::2"));
    EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.1"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1")) << "of its kind only";
    EXPECT_FALSE(holds("::/0", "203.0.113.1"));
    EXPECT_TRUE(IpNetwork::parse("::/0")->isEverything());
}

TEST(IpNetwork, SaysWhatIsWrong) {
    const auto hintOf = [](const char* text) {
        const auto parsed = IpNetwork::parse(text);
        EXPECT_FALSE(parsed.has_value()) << text;
        return parsed ? std::string() : parsed.error().hint;
    };
    EXPECT_EQ(hintOf("10.1.2.3/8"), "Did you mean the network 10.0.0.0/8, or the one address 10.1.2.3?");
    EXPECT_EQ(hintOf("2001:db8::1/32"), "Did you mean the network 2001:db8::/32, or the one address 2001:db8::1?");
    EXPECT_EQ(hintOf("10.0.0.0/33"), "Behind the \"/\" is a number of bits, 0 to 32");
    EXPECT_EQ(hintOf("::1/129"), "Behind the \"/\" is a number of bits, 0 to 128");
    EXPECT_NE(hintOf("localhost").find("127.0.0.1"), std::string::npos);
    for (const char* bad : {"", "/8", "10.0.0.0/", "10.0.0.0/ 8", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/255.0.0.0",
                            "proxy.example", "[::1]", "10.0.0.0:80", "::ffff:10.0.0.0/8", "fe80::1%eth0", "*"}) {
        EXPECT_NE(hintOf(bad), "") << bad;
    }
}

}  // namespace
}  // namespace signalbox::gateway
