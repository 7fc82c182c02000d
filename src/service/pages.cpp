#include "service/pages.h"

#include <fmt/format.h>

#include "base/json.h"

namespace signalbox::service {

namespace {

/// Longer ones are none of ours: names and files are shorter.
constexpr std::size_t kLongestCursor = 16'384;

auto noCursor(std::string_view list) {
    return fail("store.cursor", fmt::format("This is not a cursor of {}", list), "/cursor",
                "Pass the cursor of the page before as it was given, or none for the first page");
}

/// RFC 4648, section 5, without padding.
std::string encodeForUrl(std::string_view data) {
    std::string text = encodeBase64(data);
    while (text.ends_with('=')) text.pop_back();
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

Result<std::string> decodeFromUrl(std::string_view text) {
    if (text.find_first_of("+/=") != std::string_view::npos) return fail("base64.syntax", "Not for URLs");
    std::string plain(text);
    for (char& c : plain) c = c == '-' ? '+' : c == '_' ? '/' : c;
    plain.append((4 - plain.size() % 4) % 4, '=');
    return decodeBase64(plain);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

std::string pageCursor(std::string_view list, const PageKey& key) {
    return encodeForUrl(writeJson(Value::array({Value(list), Value(key.rank), Value(key.text), Value(key.id)})));
}

Result<PageKey> readPageCursor(std::string_view list, std::string_view cursor) {
    if (cursor.size() > kLongestCursor) return noCursor(list);
    const auto text = decodeFromUrl(cursor);
    const auto parts = text ? parseJson(*text) : Result<Value>(fail(text.error()));
    const bool isOurs = parts && parts->isArray() && parts->size() == 4 && parts->at(0).isString() &&
                        parts->at(0).asString() == list && parts->at(1).isInteger() && parts->at(2).isString() &&
                        parts->at(3).isString();
    if (!isOurs) return noCursor(list);
    return PageKey{parts->at(1).asInteger(), std::string(parts->at(2).asString()),
                   std::string(parts->at(3).asString())};
}

Status checkListLimit(std::uint32_t limit) {
    if (limit >= 1 && limit <= kLargestListPage) return {};
    return fail("request.invalid", fmt::format("limit must be 1 to {}", kLargestListPage), "/limit");
}

bool containsText(std::string_view text, std::string_view part) {
    const auto at = std::search(text.begin(), text.end(), part.begin(), part.end(),
                                [](char a, char b) { return lower(a) == lower(b); });
    return part.empty() || at != text.end();
}

}  // namespace signalbox::service
