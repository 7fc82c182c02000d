// TLS: versions, reload of the certificate, what is refused before anything listens.
#include <filesystem>
#include <fstream>

#include <openssl/ssl.h>
#include <unistd.h>

#include "support/certificate.h"
#include "unit/gateway/server_fixture.h"

namespace signalbox::gateway {
namespace {

namespace fs = std::filesystem;

class ServerTls : public ServerTest {
protected:
    ServerTls() : folder_(fs::temp_directory_path() / ("signalbox-tls-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        options.tls = TlsFiles{folder_ / "cert.pem", folder_ / "key.pem"};
        write("first");
    }
    ~ServerTls() override { fs::remove_all(folder_); }
    void write(const std::string& name) {
        ASSERT_TRUE(test::writeCertificate(name, options.tls->certificate, options.tls->key));
    }
    fs::path folder_;
};

TEST_F(ServerTls, ServesWithNewProtocolsOnly) {
    start();
    for (const int version : {0, TLS1_2_VERSION, TLS1_3_VERSION}) {
        auto client = connect();
        ASSERT_TRUE(client.startTls(version)) << version;
        EXPECT_EQ(client.protocol(), "http/1.1");
        client.send(get("/hello"));
        const auto response = client.readResponse();
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->body, "hello");
        EXPECT_EQ(response->header("strict-transport-security"), "max-age=31536000");
        EXPECT_TRUE(application.last->encrypted);
    }
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) EXPECT_FALSE(connect().startTls(version)) << version;
    EXPECT_TRUE(eventually([&] { return server->stats().handshakesFailed == 2; }));
    EXPECT_GT(server->stats().certificateExpires, 1'700'000'000'000'000);
}

TEST_F(ServerTls, PlainHttpIsNoHandshake) {
    start();
    auto client = connect();
    client.send(get("/hello"));
    EXPECT_TRUE(client.isEnded());
    EXPECT_TRUE(eventually([&] { return server->stats().handshakesFailed == 1; }));
}

TEST_F(ServerTls, ASilentHandshakeIsCut) {
    start();
    auto client = connect();
    ASSERT_TRUE(eventually([&] { return server->stats().connections == 1; }));
    EXPECT_TRUE(advanceUntil(options.limits.headerTimeout, [&] { return server->stats().connections == 0; }));
    EXPECT_TRUE(client.isEnded());
}

TEST_F(ServerTls, SendsLargeAnswersAndReadsLargeBodies) {
    start();
    auto client = connect();
    ASSERT_TRUE(client.startTls());
    client.send(get("/big?5000000"));
    EXPECT_EQ(client.readResponse()->body.size(), 5'000'000U);
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + std::string(1'000'000, 'x'));
    EXPECT_EQ(client.readResponse()->body.size(), 1'000'000U);
}

TEST_F(ServerTls, ReloadsTheCertificateUnderOpenConnections) {
    start();
    auto old = connect();
    ASSERT_TRUE(old.startTls());
    EXPECT_EQ(old.certificateName(), "first");
    write("second");
    ASSERT_TRUE(server->reloadCertificate().has_value());
    auto fresh = connect();
    ASSERT_TRUE(fresh.startTls());
    EXPECT_EQ(fresh.certificateName(), "second");
    old.send(get("/hello"));
    EXPECT_EQ(old.readResponse()->body, "hello");
}

TEST_F(ServerTls, KeepsTheOldCertificateWhenTheNewOneIsWrong) {
    start();
    ASSERT_TRUE(test::writeCertificate("other", folder_ / "other.pem", options.tls->key));
    EXPECT_EQ(server->reloadCertificate().error().code, "tls.mismatch");
    std::ofstream(options.tls->key) << "no key";
    EXPECT_EQ(server->reloadCertificate().error().code, "tls.key");
    std::ofstream(options.tls->certificate) << "no certificate";
    EXPECT_EQ(server->reloadCertificate().error().code, "tls.certificate");
    auto client = connect();
    ASSERT_TRUE(client.startTls());
    EXPECT_EQ(client.certificateName(), "first");
}

TEST_F(ServerTls, WebSocketsAndStreamsRunOverIt) {
    start();
    auto client = connect();
    ASSERT_TRUE(client.startTls());
    EXPECT_EQ(client.upgrade("/ws")->status, 101U);
    const std::string large(300'000, 'y');
    client.send(clientFrame(1, "hello") + clientFrame(1, large));
    EXPECT_EQ(client.readFrame()->payload, "hello");
    EXPECT_EQ(client.readFrame()->payload, large);
}

TEST(ServerStart, RefusesToListenWhereItShouldNot) {
    TestApplication application;
    const SystemClock clock;
    ServerOptions options;
    options.address = "0.0.0.0";
    EXPECT_EQ(Server(options, application, clock).start().error().code, "server.insecure-bind");
    options.allowInsecureBind = true;
    EXPECT_TRUE(Server(options, application, clock).start().has_value());
    options.address = "not an address";
    EXPECT_EQ(Server(options, application, clock).start().error().code, "server.address");
    options = {};
    options.tls = TlsFiles{"/nowhere/cert.pem", "/nowhere/key.pem"};
    EXPECT_EQ(Server(options, application, clock).start().error().code, "tls.certificate");
    options = {};
    EXPECT_EQ(Server(options, application, clock).reloadCertificate().error().code, "tls.off");
}

TEST(ServerStart, TakesAFreePortAndRefusesOneInUse) {
    TestApplication application;
    const SystemClock clock;
    ServerOptions options;
    Server first(options, application, clock);
    options.port = *first.start();
    options.bindRetry = 0;
    EXPECT_EQ(Server(options, application, clock).start().error().code, "server.address-in-use");
    first.stop();
    Server second(options, application, clock);
    EXPECT_EQ(*second.start(), options.port);
    RawClient client(options.port);
    client.send(get("/hello"));
    EXPECT_EQ(client.readResponse()->body, "hello");
}

}  // namespace
}  // namespace signalbox::gateway
