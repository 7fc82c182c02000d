// TLS against a real server with a certificate of its own making.
#include <array>
#include <csignal>
#include <cstdio>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

constexpr const char* kServer = R"py(
import http.server, ssl, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302 if self.path == "/down" else 200)
        if self.path == "/down": self.send_header("Location", "http://127.0.0.1:9/")
        body = b"secure"
        if self.path == "/gzip":
            import gzip
            body = gzip.compress(b"0" * 1000000)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
)py";

/// A Python HTTPS server with a certificate for 127.0.0.1.
class TlsServer {
public:
    explicit TlsServer(const TemporaryFolder& folder) {
        const std::string base = folder.path().string();
        const std::string make =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
            "-subj /CN=test -addext subjectAltName=IP:127.0.0.1 -keyout '" +
            base + "/key.pem' -out '" + base + "/cert.pem' 2>/dev/null";
        if (std::system(make.c_str()) != 0) return;
        folder.write("server.py", kServer);
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) return;
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(ends[1], 1);
            ::close(ends[0]);
            ::execl("/usr/bin/python3", "python3", (base + "/server.py").c_str(), (base + "/cert.pem").c_str(),
                    (base + "/key.pem").c_str(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        FILE* out = ::fdopen(ends[0], "r");
        if (std::fscanf(out, "%d", &port_) != 1) port_ = 0;
        std::fclose(out);
    }
    ~TlsServer() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    [[nodiscard]] std::string url(const std::string& host, const std::string& path = "/") const {
        return "https://" + host + ":" + std::to_string(port_) + path;
    }
    [[nodiscard]] int port() const { return port_; }

private:
    pid_t pid_ = -1;
    int port_ = 0;
};

class HttpTls : public testing::Test {
protected:
    void SetUp() override { ASSERT_NE(server.port(), 0); }
    NodeHarness harness;
    TlsServer server{harness.workspace()};
    Value params(const std::string& url, bool trusted) {
        const Value plain = Value::object({{"url", url}, {"useProxy", false}, {"maxBytes", 100'000}});
        return trusted ? plain.with("caFile", "cert.pem") : plain;
    }
};

TEST_F(HttpTls, ACertificateIsVerified) {
    const Error unknown = harness.error("HttpRequestNode", params(server.url("127.0.0.1"), false));
    EXPECT_EQ(unknown.code, "http.tls");
    EXPECT_FALSE(unknown.retryable);
    EXPECT_EQ(harness.output("HttpRequestNode", params(server.url("127.0.0.1"), true))["body"], Value("secure"));
}

TEST_F(HttpTls, TheNameIsVerified) {
    EXPECT_EQ(harness.error("HttpRequestNode", params(server.url("localhost"), true)).code, "http.tls");
}

TEST_F(HttpTls, ARedirectOutOfTlsIsRefused) {
    EXPECT_EQ(harness.error("HttpRequestNode", params(server.url("127.0.0.1", "/down"), true)).code, "http.redirects");
}

TEST_F(HttpTls, ADecompressedBodyCountsInFull) {
    EXPECT_EQ(harness.error("HttpRequestNode", params(server.url("127.0.0.1", "/gzip"), true)).code, "http.too-large");
    const Value large = params(server.url("127.0.0.1", "/gzip"), true).with("maxBytes", 1'000'000);
    EXPECT_EQ(harness.output("HttpRequestNode", large)["body"].size(), 1'000'000U);
}

TEST_F(HttpTls, APlainServerIsNoTlsServer) {
    harness.workspace().write("bad.pem", "no certificate");
    const Value bad = params(server.url("127.0.0.1"), true).with("caFile", "bad.pem");
    EXPECT_EQ(harness.error("HttpRequestNode", bad).code, "http.tls");
    EXPECT_EQ(harness.error("HttpRequestNode", bad.with("caFile", "none.pem")).code, "file.not-found");
}

}  // namespace
}  // namespace signalbox::nodes
