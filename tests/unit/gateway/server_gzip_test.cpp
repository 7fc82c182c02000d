// gzip of bodies and answers: negotiation, damage, bombs.
#include <fmt/format.h>

#include "gateway/gzip.h"
#include "gateway/http_head.h"
#include "unit/gateway/server_fixture.h"

namespace signalbox::gateway {
namespace {

std::string unpacked(std::string_view text) {
    GzipReader reader(1 << 30, 10'000);
    std::string out;
    EXPECT_TRUE(reader.feed(text, out).has_value());
    EXPECT_TRUE(reader.finish().has_value());
    return out;
}

std::string post(std::string_view body, std::string_view coding = "gzip") {
    return fmt::format("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: {}\r\nContent-Length: {}\r\n\r\n{}", coding,
                       body.size(), body);
}

class ServerGzip : public ServerTest {};

TEST(Gzip, ReadsBackInPiecesOfAnySize) {
    std::string text;
    for (int number = 0; number < 5000; ++number) text += fmt::format("{} ", number * number);
    const auto packed = gzip(text);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}, packed.size()}) {
        GzipReader reader(1 << 20, 100);
        std::string out;
        for (std::size_t at = 0; at < packed.size(); at += piece) {
            ASSERT_TRUE(reader.feed(std::string_view(packed).substr(at, piece), out).has_value());
        }
        EXPECT_TRUE(reader.finish().has_value());
        EXPECT_EQ(out, text);
    }
}

TEST(Gzip, RefusesDamageAndBombs) {
    const auto packed = gzip(std::string(10'000'000, 'a'));
    std::string out;
    EXPECT_EQ(GzipReader(1 << 20, 1'000'000).feed(packed, out).error().code, "gzip.too-large");
    EXPECT_LT(out.size(), (1U << 20U) + (1U << 16U));
    out.clear();
    EXPECT_EQ(GzipReader(1 << 30, 100).feed(packed, out).error().code, "gzip.too-large");
    EXPECT_LT(out.size(), 100'000 + 100 * packed.size());
    EXPECT_EQ(GzipReader(1 << 20, 100).feed("not gzip at all", out).error().code, "gzip.damaged");
    EXPECT_EQ(GzipReader(1 << 20, 100).feed(gzip("a") + "trailing", out).error().code, "gzip.damaged");
    GzipReader cut(1 << 20, 100);
    EXPECT_TRUE(cut.feed(gzip("some text").substr(0, 15), out).has_value());
    EXPECT_EQ(cut.finish().error().code, "gzip.truncated");
}

TEST(Gzip, IsTakenAsTheHeaderSays) {
    for (const auto* yes :
         {"gzip", "GZIP", "x-gzip", "deflate, gzip;q=0.5", "*", "gzip;q=0.001", "br, * ; q=1", "gzip;q=1.0"}) {
        EXPECT_TRUE(acceptsGzip(yes)) << yes;
    }
    for (const auto* no : {"", "identity", "gzip;q=0", "gzip;q=0.000", "*, gzip;q=0", "deflate", "*;q=0", "gzipped"}) {
        EXPECT_FALSE(acceptsGzip(no)) << no;
    }
}

TEST_F(ServerGzip, CompressesLargeTextsForThoseWhoTakeIt) {
    start();
    auto client = connect();
    client.send(get("/big?100000", "Accept-Encoding: gzip, deflate\r\n"));
    const auto packed = client.readResponse();
    EXPECT_EQ(packed->header("content-encoding"), "gzip");
    EXPECT_EQ(packed->header("vary"), "Accept-Encoding");
    EXPECT_LT(packed->body.size(), 2000U);
    EXPECT_EQ(unpacked(packed->body), std::string(100'000, 'x'));
    client.send(get("/big?100000", "Accept-Encoding: gzip;q=0\r\n"));
    const auto plain = client.readResponse();
    EXPECT_EQ(plain->header("content-encoding"), "");
    EXPECT_EQ(plain->header("vary"), "Accept-Encoding");
    EXPECT_EQ(plain->body.size(), 100'000U);
    client.send(get("/big?1023", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(client.readResponse()->header("vary"), "");
    client.send("HEAD /big?100000 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    EXPECT_EQ(client.readResponse(true)->header("content-length"), packed->header("content-length"));
    client.send(get("/later", "Accept-Encoding: gzip\r\n"));
    application.takeLater()(HttpResponse{200, {{"Content-Type", "image/png"}}, std::string(5000, 'p'), false});
    EXPECT_EQ(client.readResponse()->body.size(), 5000U);
}

TEST_F(ServerGzip, DecompressesBodiesWithinTheLimits) {
    options.limits.decompressedBody = 1'000'000;
    start();
    auto client = connect();
    client.send(post(gzip("hello")) + post("plain", "identity"));
    EXPECT_EQ(client.readResponse()->body, "hello");
    EXPECT_EQ(client.readResponse()->body, "plain");
    const auto status = [&](const std::string& request) {
        auto fresh = connect();
        fresh.send(request);
        const auto response = fresh.readResponse();
        return response ? response->status : 0;
    };
    EXPECT_EQ(status(post(gzip(std::string(20'000'000, '0')))), 413U);
    EXPECT_EQ(status(post(gzip(std::string(900'000, '0')))), 413U);  // within the size, beyond the ratio
    EXPECT_EQ(status(post("no gzip")), 400U);
    EXPECT_EQ(status(post(gzip("cut").substr(0, 12))), 400U);
    EXPECT_EQ(status(post("text", "br")), 415U);
    EXPECT_EQ(status(post("text", "gzip, gzip")), 415U);
}

}  // namespace
}  // namespace signalbox::gateway
