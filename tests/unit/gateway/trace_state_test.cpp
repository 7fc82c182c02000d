// tracestate: what is passed on of it, and what is not.
#include "gateway/trace_state.h"

#include <gtest/gtest.h>

namespace signalbox::gateway {
namespace {

std::string times(int count, const std::string& text) {
    std::string list;
    for (int i = 0; i < count; ++i) list += (i > 0 ? "," : "") + text;
    return list;
}

TEST(TraceState, IsPassedOnAsItIs) {
    EXPECT_EQ(readTraceState("congo=t61rcWkgMzE"), "congo=t61rcWkgMzE");
    EXPECT_EQ(readTraceState("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"), "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
    EXPECT_EQ(readTraceState("fw529a3039@dt=FfwAAAAAAAAAA,a_-*/0=!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~"),
              "fw529a3039@dt=FfwAAAAAAAAAA,a_-*/0=!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~");
    EXPECT_EQ(readTraceState("  a=1 \t , \t b= two words ,c=3  "), "a=1,b= two words,c=3") << "spaces around go";
    EXPECT_EQ(readTraceState(",a=1,, ,b=2,"), "a=1,b=2") << "as empty members do";
    EXPECT_EQ(readTraceState(std::string(256, 'k') + "=1").size(), 258U);
}

TEST(TraceState, IsDroppedWholeWhenAnyOfItIsWrong) {
    for (const std::string bad : {"a", "=1", "a=", "A=1", "a=1=2", "a b=1", "a =1", "_a=1", "@a=1", "a=\x01",
                                  "a=\xc3\xa9", "a=1;b=2;=", "a=\x7f", "a=1\tb"}) {
        EXPECT_EQ(readTraceState(bad), "") << bad;
        EXPECT_EQ(readTraceState("good=1," + bad), "") << bad;
    }
    EXPECT_EQ(readTraceState(""), "");
    EXPECT_EQ(readTraceState(" , ,"), "");
    EXPECT_EQ(readTraceState(std::string(257, 'k') + "=1"), "");
    EXPECT_EQ(readTraceState("k=" + std::string(257, 'v')), "");
    EXPECT_EQ(readTraceState(std::string(1 << 20, ',')), "") << "nobody reads that far";
}

TEST(TraceState, HasAtMost32MembersAnd512Characters) {
    EXPECT_EQ(readTraceState(times(32, "a=1")), times(32, "a=1"));
    EXPECT_EQ(readTraceState(times(33, "a=1")), "");
    EXPECT_EQ(readTraceState(times(33, "")), "") << "which empty ones are not";
    const std::string fits = times(8, "abc=" + std::string(59, 'v')) + ",b=1";
    ASSERT_EQ(fits.size(), 515U);
    EXPECT_EQ(readTraceState(fits), fits.substr(0, 511)) << "the last is what is oldest";
    const std::string longOne = "long=" + std::string(200, 'v');
    EXPECT_EQ(readTraceState("a=1," + longOne + ",b=2"), "a=1," + longOne + ",b=2") << "there is room";
    EXPECT_EQ(readTraceState("a=1," + longOne + ",b=" + std::string(120, 'v') + ",c=" + std::string(120, 'v') +
                             ",d=" + std::string(120, 'v')),
              "a=1,b=" + std::string(120, 'v') + ",c=" + std::string(120, 'v') + ",d=" + std::string(120, 'v'))
        << "members that are long go first";
}

TEST(TraceState, IsOneListOverSeveralLines) {
    HttpRequest request;
    request.headers = {{"tracestate", "a=1"}, {"host", "h"}, {"tracestate", "b=2,c=3"}};
    EXPECT_EQ(traceStateOf(request), "a=1,b=2,c=3");
    request.headers.emplace_back("tracestate", "NO");
    EXPECT_EQ(traceStateOf(request), "");
    EXPECT_EQ(traceStateOf({}), "");
}

}  // namespace
}  // namespace signalbox::gateway
