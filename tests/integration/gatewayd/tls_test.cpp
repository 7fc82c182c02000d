// TLS: certificates, their reload, and what needs them.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/gatewayd/workspace.h"
#include "support/certificate.h"
#include "support/raw_client.h"

namespace signalbox::gatewayd::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Of the certificate that the server at an address shows.
std::string shownName(const std::string& address) {
    const int port = std::stoi(address.substr(address.rfind(':') + 1));
    signalbox::test::RawClient client(static_cast<std::uint16_t>(port));
    return client.startTls() ? client.certificateName() : "no handshake";
}

class Tls : public testing::Test {
protected:
    Tls() { write("first"); }
    void write(const std::string& name, const std::string& certificate = "cert.pem",
               const std::string& passphrase = {}) {
        EXPECT_TRUE(signalbox::test::writeCertificate(name, file(certificate), file("key.pem"), passphrase));
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (workspace_.path() / name).string(); }
    [[nodiscard]] std::vector<std::string> arguments() const {
        return workspace_.arguments({"--tls-certificate", file("cert.pem"), "--tls-key", file("key.pem")});
    }

    WorkspaceFolder workspace_;
};

TEST_F(Tls, ServesAndCompresses) {
    GatewayProcess gateway(arguments());
    const std::string address = gateway.waitForAddress();
    EXPECT_THAT(address, StartsWith("https://127.0.0.1:"));
    HttpClient http(address, file("cert.pem"));
    HttpAnswer answer = http.get("/openapi.json", {"Accept-Encoding: gzip"});
    EXPECT_EQ(answer.status, 200) << answer.error;
    EXPECT_EQ(answer.headers["content-encoding"], "gzip");
    EXPECT_THAT(answer.headers["strict-transport-security"], StartsWith("max-age="));
    HttpClient untrusting(address, "/etc/ssl/certs/ca-certificates.crt");
    EXPECT_EQ(untrusting.get("/health").status, 0);
}

TEST_F(Tls, AReloadTakesTheNewCertificateAndKeepsConnections) {
    GatewayProcess gateway(arguments());
    const std::string address = gateway.waitForAddress();
    HttpClient http(address, file("cert.pem"));
    EXPECT_EQ(http.get("/health").status, 200);
    EXPECT_EQ(shownName(address), "first");

    write("second");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(gateway.waitForLog("The settings were read again"));
    EXPECT_EQ(shownName(address), "second");
    const HttpAnswer kept = http.get("/health");
    EXPECT_EQ(kept.status, 200);
    EXPECT_FALSE(kept.newConnection);

    write("third", "other.pem");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(gateway.waitForLog("nothing has changed"));
    EXPECT_EQ(shownName(address), "second") << "a key of another certificate is not taken";
}

TEST_F(Tls, AnEncryptedKeyNeedsItsPassphrase) {
    write("locked", "cert.pem", "open sesame");
    GatewayProcess without(arguments());
    EXPECT_EQ(without.wait(), 3) << without.log();
    EXPECT_THAT(without.log(), HasSubstr("code=tls.key"));
    auto settings = arguments();
    settings.insert(settings.end(), {"--tls-key-passphrase", "env:SECRET"});
    GatewayProcess gateway(settings, {{"SECRET", "open sesame"}});
    EXPECT_EQ(shownName(gateway.waitForAddress()), "locked");
    EXPECT_THAT(gateway.log(), testing::Not(HasSubstr("sesame")));
}

TEST_F(Tls, WithItOthersMayReachTheGateway) {
    auto settings = arguments();
    settings.insert(settings.end(), {"--bind", "0.0.0.0"});
    GatewayProcess gateway(settings);
    EXPECT_THAT(gateway.waitForAddress(), StartsWith("https://127.0.0.1:"));
}

}  // namespace
}  // namespace signalbox::gatewayd::test
