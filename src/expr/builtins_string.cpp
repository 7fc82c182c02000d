// Text functions without patterns.
#include <cctype>
#include <cmath>
#include <cwctype>

#include <locale.h>

#include "expr/builtins.h"
#include "expr/evaluator.h"
#include "expr/parser.h"
#include "expr/utf8.h"
#include "expr/value_text.h"

namespace signalbox::expr {

namespace {

bool giveText(const Call& call, std::string_view text) {
    return call.evaluator.chargeText(text.size(), call.position) && call.give(Item(Value(text)));
}

bool runString(const Call& call) {
    const Item& item = call[0];
    if (item.isUndefined()) return true;
    if (item.isString()) return call.give(item);
    std::string out;
    const List* list = item.list();
    const bool pretty = call[1].isBoolean() && call[1].value().asBoolean();
    appendText(out, list && list->outerWrapper ? list->items.front() : item, pretty);
    return giveText(call, out);
}

/// What Array.prototype.slice makes of an index: truncated, from the end when negative, within bounds.
std::size_t sliceIndex(double index, std::size_t size) {
    index = std::trunc(index);
    if (index < 0) index += static_cast<double>(size);
    if (!(index > 0)) return 0;
    return index >= static_cast<double>(size) ? size : static_cast<std::size_t>(index);
}

bool runSubstring(const Call& call) {
    if (call[0].isUndefined()) return true;
    const std::string_view text = call.text(0);
    const std::size_t length = codePointCount(text);
    double start = call.number(1);
    if (static_cast<double>(length) + start < 0) start = 0;
    std::size_t end = length;
    if (call[2].isNumber()) {
        if (call.number(2) <= 0) return giveText(call, "");
        const double from = start >= 0 ? start : static_cast<double>(length) + start;
        end = sliceIndex(from + call.number(2), length);
    }
    const std::size_t first = sliceIndex(start, length);
    if (first >= end) return giveText(call, "");
    const std::size_t begin = byteOffset(text, first);
    return giveText(call, text.substr(begin, byteOffset(text.substr(begin), end - first)));
}

bool runSubstringBefore(const Call& call) {
    if (call[0].isUndefined()) return true;
    if (call[1].isUndefined()) return call.give(call[0]);
    return giveText(call, call.text(0).substr(0, call.text(0).find(call.text(1))));
}

bool runSubstringAfter(const Call& call) {
    if (call[0].isUndefined()) return true;
    const std::size_t found = call[1].isUndefined() ? std::string_view::npos : call.text(0).find(call.text(1));
    if (found == std::string_view::npos) return call.give(call[0]);
    return giveText(call, call.text(0).substr(found + call.text(1).size()));
}

/// The letters whose other case is several (from SpecialCasing.txt of Unicode, without its polytonic Greek).
std::string_view severalInCase(std::uint32_t codePoint, bool upper) {
    struct Special {
        std::uint32_t codePoint;
        std::string_view upper;
    };
    static constexpr Special kSpecial[] = {{0x00DF, "SS"},
                                           {0x0149, "\u02BCN"},
                                           {0x01F0, "J\u030C"},
                                           {0x0390, "\u0399\u0308\u0301"},
                                           {0x03B0, "\u03A5\u0308\u0301"},
                                           {0x0587, "\u0535\u0552"},
                                           {0x1E96, "H\u0331"},
                                           {0x1E97, "T\u0308"},
                                           {0x1E98, "W\u030A"},
                                           {0x1E99, "Y\u030A"},
                                           {0x1E9A, "A\u02BE"},
                                           {0xFB00, "FF"},
                                           {0xFB01, "FI"},
                                           {0xFB02, "FL"},
                                           {0xFB03, "FFI"},
                                           {0xFB04, "FFL"},
                                           {0xFB05, "ST"},
                                           {0xFB06, "ST"},
                                           {0xFB13, "\u0544\u0546"},
                                           {0xFB14, "\u0544\u0535"},
                                           {0xFB15, "\u0544\u053B"},
                                           {0xFB16, "\u054E\u0546"},
                                           {0xFB17, "\u0544\u053D"}};
    if (!upper) return codePoint == 0x130 ? "i\u0307" : std::string_view{};
    for (const Special& special : kSpecial) {
        if (special.codePoint == codePoint) return special.upper;
    }
    return {};
}

/// A sigma that ends a word has a form of its own: a letter stands before it and none behind.
bool isFinalSigma(std::string_view before, std::string_view behind) {
    const auto isLetter = [](std::string_view text, std::size_t at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        return byte >= 0x80 || std::isalpha(byte);
    };
    return !before.empty() && isLetter(before, before.size() - 1) && (behind.empty() || !isLetter(behind, 0));
}

/// Maps code points by the C library's Unicode tables, whatever the locale of the process is.
std::string mappedCase(std::string_view text, bool upper) {
    static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    std::string out;
    out.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const std::uint32_t codePoint = nextCodePoint(text, offset);
        if (codePoint < 0x80 || !unicode) {
            const bool changes = upper ? codePoint >= 'a' && codePoint <= 'z' : codePoint >= 'A' && codePoint <= 'Z';
            appendCodePoint(out, changes ? codePoint ^ 0x20U : codePoint);
        } else if (const std::string_view several = severalInCase(codePoint, upper); !several.empty()) {
            out += several;
        } else if (!upper && codePoint == 0x3A3) {
            out += isFinalSigma(out, text.substr(offset)) ? "\xCF\x82" : "\xCF\x83";
        } else {
            const auto wide = static_cast<wint_t>(codePoint);
            appendCodePoint(out,
                            static_cast<std::uint32_t>(upper ? towupper_l(wide, unicode) : towlower_l(wide, unicode)));
        }
    }
    return out;
}

bool runLowercase(const Call& call) { return call[0].isUndefined() || giveText(call, mappedCase(call.text(0), false)); }
bool runUppercase(const Call& call) { return call[0].isUndefined() || giveText(call, mappedCase(call.text(0), true)); }

bool runLength(const Call& call) {
    if (call[0].isUndefined()) return true;
    return call.give(Item(Value(static_cast<std::int64_t>(codePointCount(call.text(0))))));
}

bool runTrim(const Call& call) {
    if (call[0].isUndefined()) return true;
    std::string out;
    bool blank = false;
    for (const char c : call.text(0)) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            blank = true;
            continue;
        }
        if (blank && !out.empty()) out.push_back(' ');
        blank = false;
        out.push_back(c);
    }
    return giveText(call, out);
}

bool runPad(const Call& call) {
    if (call[0].isUndefined()) return true;
    const std::string_view text = call.text(0);
    const std::string_view filler = call.text(2).empty() ? std::string_view(" ") : call.text(2);
    const double missing = std::abs(std::trunc(call.number(1))) - static_cast<double>(codePointCount(text));
    if (!(missing > 0)) return call.give(call[0]);
    const double bytes = missing * 4 + static_cast<double>(text.size());
    if (bytes > static_cast<double>(call.evaluator.environment().limits.maxTextBytes)) {
        return call.fail("D2015", Value("text bytes"));
    }
    std::string padding;
    for (std::size_t count = 0, offset = 0; count < static_cast<std::size_t>(missing); ++count) {
        if (offset >= filler.size()) offset = 0;
        const std::size_t start = offset;
        (void)nextCodePoint(filler, offset);
        padding += filler.substr(start, offset - start);
    }
    return giveText(call, call.number(1) > 0 ? std::string(text) + padding : padding + std::string(text));
}

bool runJoin(const Call& call) {
    if (call[0].isUndefined()) return true;
    std::string out;
    const std::size_t limit = call.evaluator.environment().limits.maxTextBytes;
    const bool fits = forEachItem(call[0], [&](const Item& item, std::size_t index) {
        if (index > 0) out += call.text(1);
        out += item.value().asString();
        return out.size() <= limit;
    });
    return (fits || call.fail("D2015", Value("text bytes"))) && giveText(call, out);
}

bool runEval(const Call& call) {
    if (call[0].isUndefined()) return true;
    Item input = call.input;
    if (call.arguments.size() > 1 && call[1].isDefined()) {
        input = call[1];
        if (input.isArray() && !input.isSequence()) {
            auto wrapper = makeSequence(input);
            wrapper->outerWrapper = true;
            input = Item(wrapper);
        }
    }
    if (!call.evaluator.charge(8 * call.text(0).size(), call.position)) return false;
    const auto program = call.evaluator.compile(call.text(0));
    if (!program) return call.fail("D3120", Value(program.error().jsonataCode + ": " + program.error().message));
    if (call.evaluator.eval(*(*program)->root, input, call.frame, call.out)) return true;
    auto& error = call.evaluator.error();
    if (error->limit) return false;
    const std::string inner = error->jsonataCode + ": " + error->message;
    error.reset();
    return call.fail("D3121", Value(inner));
}

constexpr Builtin kBuiltins[] = {
    {"string", "<x-b?:s>", 1, runString},
    {"substring", "<s-nn?:s>", 3, runSubstring},
    {"substringBefore", "<s-s:s>", 2, runSubstringBefore},
    {"substringAfter", "<s-s:s>", 2, runSubstringAfter},
    {"lowercase", "<s-:s>", 1, runLowercase},
    {"uppercase", "<s-:s>", 1, runUppercase},
    {"length", "<s-:n>", 1, runLength},
    {"trim", "<s-:s>", 1, runTrim},
    {"pad", "<s-ns?:s>", 3, runPad},
    {"join", "<a<s>s?:s>", 2, runJoin},
    {"eval", "<sx?:x>", 2, runEval},
};

}  // namespace

std::span<const Builtin> stringBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
