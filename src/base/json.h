// JSON text to Value and back (RFC 8259), by Boost.JSON's parser without an intermediate tree.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/value.h"

namespace signalbox {

struct JsonLimits {
    std::size_t maxDepth = 200;  ///< at most 2000, whatever is asked for: the parser recurses
    std::size_t maxBytes = 256U << 20U;
    std::size_t maxValues = static_cast<std::size_t>(-1);  ///< of every kind, arrays and objects too
};

/// Parses one JSON text. Errors: "json.syntax" with "line L, column C" in where; "json.depth"; "json.size";
/// "json.values"; "json.encoding" for invalid UTF-8; "json.number" for one that no double can hold. A repeated key is
/// "json.duplicate-key". Integers past 64 bits become the nearest double. A byte order mark is skipped. With
/// decodeBytes an object of the single member "$bytes" holding base64 becomes Bytes.
[[nodiscard]] Result<Value> parseJson(std::string_view text, bool decodeBytes = false, JsonLimits limits = {});

enum class JsonStyle {
    Compact,    ///< no white space, members in their own order
    Canonical,  ///< no white space, members sorted by key bytes: equal values give equal text; for hashes
    Pretty,     ///< two spaces, members in their own order, for people
};

/// Writes a value, nested however deep. Undefined members are left out, undefined items and roots are null. Bytes are
/// written as {"$bytes": base64}. Numbers in the shortest form that reads back the same. What is not UTF-8 in a string
/// becomes U+FFFD, so that the text is always JSON.
[[nodiscard]] std::string writeJson(const Value& value, JsonStyle style = JsonStyle::Compact);
void appendJson(std::string& out, const Value& value, JsonStyle style = JsonStyle::Compact);
/// Appends text as a JSON string with its quotes.
void appendJsonString(std::string& out, std::string_view text);

/// The member or item that an RFC 6901 pointer names ("/nodes/3/params"); Undefined when there is none.
[[nodiscard]] Value resolvePointer(const Value& root, std::string_view pointer);

/// RFC 4648, section 4, with padding.
[[nodiscard]] std::string encodeBase64(std::string_view data);
/// RFC 4648 with padding and nothing else. Error "base64.syntax" with "offset N" in where.
[[nodiscard]] Result<std::string> decodeBase64(std::string_view text);

}  // namespace signalbox
