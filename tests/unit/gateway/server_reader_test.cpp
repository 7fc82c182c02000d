// Reading requests from bytes in memory, cut anywhere.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "gateway/http_reader.h"

namespace signalbox::gateway {
namespace {

using Progress = RequestReader::Progress;
using Bodies = std::vector<std::string>;

/// What a connection would do with bytes that come in those parts: the bodies of the requests, "refused" last.
Bodies bodiesOf(const std::vector<std::string_view>& parts) {
    const Limits limits;
    RequestReader reader(limits);
    Bodies bodies;
    std::string held;
    for (const auto part : parts) {
        held += part;
        std::string_view data = held;
        for (auto progress = Progress::Head; progress != Progress::NeedMore && !data.empty();) {
            progress = reader.feed(data);
            if (progress == Progress::Complete) bodies.push_back(reader.take()->body);
            if (progress == Progress::Refused) {
                bodies.emplace_back("refused");
                return bodies;
            }
        }
        held.erase(0, held.size() - data.size());
    }
    return bodies;
}

TEST(RequestReader, ReadsTheSameWhereverTheBytesAreCut) {
    const std::string bytes =
        "\r\nPOST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        "POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n1\r\nd\r\n0\r\nT: 1\r\n\r\n"
        "POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
        "GET /d HTTP/1.1\r\nHost: a\r\n\r\n";
    const Bodies expected = {"", "abcd", "hello", ""};
    const std::string_view view = bytes;
    EXPECT_EQ(bodiesOf({view}), expected);
    for (std::size_t first = 0; first < view.size(); ++first) {
        for (std::size_t second = first; second < std::min(first + 8, view.size()); ++second) {
            ASSERT_EQ(bodiesOf({view.substr(0, first), view.substr(first, second - first), view.substr(second)}),
                      expected)
                << first << " " << second;
        }
    }
    std::vector<std::string_view> letters;
    for (std::size_t at = 0; at < view.size(); ++at) letters.push_back(view.substr(at, 1));
    EXPECT_EQ(bodiesOf(letters), expected);
}

TEST(RequestReader, StopsAtTheFirstRefusal) {
    EXPECT_EQ(
        bodiesOf({"GET /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /b HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\nHost: a\r\n\r\n"}),
        (Bodies{"", "refused"}));
}

}  // namespace
}  // namespace signalbox::gateway
