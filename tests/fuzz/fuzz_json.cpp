// Fuzz target: any bytes are refused with a place or read, and what was read survives writing in every style.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/text.h"

namespace {

using signalbox::JsonStyle;
using signalbox::Value;

void demand(bool condition, const char* what, std::string_view input) {
    if (condition) return;
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(input.size()), input.data());
    std::abort();
}

void checkStyle(const Value& value, JsonStyle style, bool decodeBytes, std::string_view input) {
    const auto text = signalbox::writeJson(value, style);
    demand(signalbox::isValidUtf8(text), "wrote what is not UTF-8", input);
    const auto again = signalbox::parseJson(text, decodeBytes);
    demand(again.has_value(), "does not read what it wrote", input);
    demand(*again == value, "reads something else than it wrote", input);
    demand(signalbox::writeJson(*again, style) == text, "writes other bytes the second time", input);
}

void checkText(std::string_view input, bool decodeBytes) {
    const auto parsed = signalbox::parseJson(input, decodeBytes);
    if (!parsed) {
        demand(signalbox::errorCodeMatches(parsed.error().code, "json.*"), "refuses with a foreign code", input);
        demand(!parsed.error().message.empty(), "refuses without a message", input);
        demand(parsed.error().where.substr(0, 5) == "line ", "refuses without a place", input);
        return;
    }
    for (const auto style : {JsonStyle::Compact, JsonStyle::Canonical, JsonStyle::Pretty}) {
        checkStyle(*parsed, style, decodeBytes, input);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    checkText(input, false);
    checkText(input, true);
    static_cast<void>(signalbox::resolvePointer(Value::array({Value::object({{"a", 1}})}), input));
    // Whatever lies in a string, its JSON text reads back; what is UTF-8 reads back as itself.
    const auto quoted = signalbox::parseJson(signalbox::writeJson(Value(input)));
    demand(quoted.has_value(), "writes a string that does not read", input);
    demand(!signalbox::isValidUtf8(input) || quoted->asString() == input, "changes a string", input);
    const auto decoded = signalbox::decodeBase64(input);
    demand(!decoded || signalbox::encodeBase64(*decoded) == input, "base64 has two texts for one value", input);
    return 0;
}
