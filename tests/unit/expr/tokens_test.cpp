#include "expr/tokens.h"

#include <random>

#include <gtest/gtest.h>

#include "expr/builtins.h"
#include "expr/function_docs.h"
#include "expr/signature.h"
#include "unit/expr/random_expression.h"

namespace signalbox::expr {
namespace {

constexpr const char* kLetters = "nvfs1rckSobCE";

/// "n:orders o:. ..." with a letter for the kind.
std::string told(std::string_view text) {
    std::string out;
    for (const SyntaxToken& token : tokenize(text)) {
        if (!out.empty()) out += ' ';
        out += kLetters[static_cast<int>(token.kind)];
        out.append(":").append(text.substr(token.position, token.length));
    }
    return out;
}

TEST(Tokens, KnowTheKinds) {
    EXPECT_EQ(told("orders.`unit price` + $x"), "n:orders o:. n:`unit price` o:+ v:$x");
    EXPECT_EQ(told("$sum(a) & 'x' in true"), "f:$sum b:( n:a b:) o:& s:'x' k:in c:true");
    EXPECT_EQ(told("a /* why */ = /b+/i"), "n:a C:/* why */ o:= r:/b+/i");
    EXPECT_EQ(told("a / 2 / b"), "n:a o:/ 1:2 o:/ n:b");
    EXPECT_EQ(told("function($a)<n:n>{$a}"), "k:function b:( v:$a b:) S:<n:n> b:{ v:$a b:}");
    EXPECT_EQ(told("and and or"), "n:and k:and n:or");
    EXPECT_EQ(told("x ~> |a|{}, 'b'|"), "n:x o:~> b:| n:a o:| b:{ b:} o:, s:'b' b:|");
    EXPECT_EQ(told("$$.a[$ > 1]"), "v:$$ o:. n:a b:[ v:$ o:> 1:1 b:]");
}

TEST(Tokens, TellFunctionsFromVariables) {
    EXPECT_EQ(told("$map(a, $uppercase)"), "f:$map b:( n:a o:, f:$uppercase b:)");
    EXPECT_EQ(told("$f(1)"), "f:$f b:( 1:1 b:)");
    EXPECT_EQ(told("($count := 1; $count)"), "b:( v:$count o::= 1:1 o:; v:$count b:)");
    EXPECT_EQ(told("function($sum){$sum}"), "k:function b:( v:$sum b:) b:{ v:$sum b:}");
}

TEST(Tokens, GoOnBehindErrors) {
    EXPECT_EQ(told("a + \"open\nb"), "n:a o:+ E:\"open n:b");
    EXPECT_EQ(told("`open"), "E:`open");
    EXPECT_EQ(told("\"bad \\q\" & b"), "E:\"bad \\q\" o:& n:b");
    EXPECT_EQ(told("a /* open"), "n:a E:/* open");
    EXPECT_EQ(told("= /open\n+ 1"), "o:= E:/open o:+ 1:1");
    EXPECT_EQ(told("a ! b"), "n:a E:! n:b");
    EXPECT_EQ(told("1e999 + 2"), "E:1e999 o:+ 1:2");
    EXPECT_EQ(told("a[)] ]"), "n:a b:[ b:) b:] b:]");
    EXPECT_EQ(told("a // b"), "n:a o:/ E:/ b");
    EXPECT_EQ(told(""), "");
}

TEST(Tokens, FindTheOtherBracket) {
    const auto match = [](std::string_view text, std::size_t at) { return matchingBracket(text, tokenize(text), at); };
    EXPECT_EQ(match("(a[1])", 0), 5U);
    EXPECT_EQ(match("(a[1])", 5), 0U);
    EXPECT_EQ(match("(a[1])", 4), 2U);
    EXPECT_EQ(match("\"(\" & (a)", 6), 8U);
    EXPECT_EQ(match("|a|{}|", 0), 5U);
    EXPECT_EQ(match("(a", 0), std::nullopt);
    EXPECT_TRUE(isBracket(tokenize("(a"), 0));
    EXPECT_FALSE(isBracket(tokenize("(a"), 1));
    EXPECT_EQ(match("(a[)", 3), 0U) << "an open bracket inside does not hide the outer one";
}

TEST(Tokens, FindTheCallAroundTheCaret) {
    const auto at = [](std::string_view text) {
        const std::size_t caret = text.find('|');
        const std::string without = std::string(text.substr(0, caret)).append(text.substr(caret + 1));
        const auto call = callAt(without, tokenize(without), caret);
        return call ? std::string(call->name) + " " + std::to_string(call->argument) : std::string("none");
    };
    EXPECT_EQ(at("$substring(name, |"), "substring 1");
    EXPECT_EQ(at("$substring(|)"), "substring 0");
    EXPECT_EQ(at("$f(a, $g(b), [1, 2, |"), "f 2");
    EXPECT_EQ(at("$f(a)|"), "none");
    EXPECT_EQ(at("$f|(a)"), "none");
    EXPECT_EQ(at("$f((a; b|"), "f 0");
}

TEST(Tokens, CoverRandomTextInOrder) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 engine(seed);
    RandomExpression random(seed);
    for (int round = 0; round < 500; ++round) {
        std::string text = random.next();
        for (int cut = 0; cut < 3 && !text.empty(); ++cut) text.erase(engine() % text.size(), 1 + engine() % 3);
        std::size_t last = 0;
        for (const SyntaxToken& token : tokenize(text)) {
            ASSERT_GE(token.position, last) << text;
            ASSERT_GT(token.length, 0U) << text;
            ASSERT_LE(token.end(), text.size()) << text;
            EXPECT_EQ(text.substr(last, token.position - last).find_first_not_of(" \t\r\n\v"), std::string::npos)
                << text;
            last = token.end();
        }
        EXPECT_EQ(text.substr(last).find_first_not_of(" \t\r\n\v"), std::string::npos) << text;
    }
}

TEST(FunctionDocs, TellAboutEveryFunctionAndNoOther) {
    std::size_t builtins = 0;
    for (const auto family : {stringBuiltins(), patternBuiltins(), encodingBuiltins(), numericBuiltins(),
                              arrayBuiltins(), objectBuiltins(), higherOrderBuiltins(), dateTimeBuiltins()}) {
        for (const Builtin& builtin : family) {
            const FunctionDoc* doc = findFunctionDoc(builtin.name);
            ASSERT_TRUE(doc) << builtin.name;
            EXPECT_EQ(functionParameters(*doc).size(),
                      signatureOf(builtin).parameterCount() + (builtin.name == "zip" ? 1 : 0))
                << builtin.name;
            EXPECT_TRUE(doc->help.ends_with('.')) << builtin.name;
            ++builtins;
        }
    }
    EXPECT_EQ(functionDocs().size(), builtins);
    EXPECT_EQ(findFunctionDoc("$sum"), findFunctionDoc("sum"));
    EXPECT_EQ(findFunctionDoc("summ"), nullptr);
    EXPECT_EQ(functionUsage(*findFunctionDoc("substring")), "$substring(text, start, [length])");
}

}  // namespace
}  // namespace signalbox::expr
