#include "nodes/http_message.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "nodes/latin1.h"

namespace signalbox::nodes {
namespace {

bool equalIgnoringCase(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

std::string textOf(const Value& value) { return value.isString() ? std::string(value.asString()) : writeJson(value); }

/// As HTML forms encode (application/x-www-form-urlencoded, URL Standard).
void appendFormText(std::string& out, std::string_view text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '*' || c == '-' ||
            c == '.' || c == '_') {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 0xFU];
        }
    }
}

std::string formOf(const Value& object) {
    std::string form;
    for (const auto& [name, value] : pairsOf(object)) {
        if (!form.empty()) form += '&';
        appendFormText(form, name);
        form += '=';
        appendFormText(form, value);
    }
    return form;
}

struct MediaType {
    std::string type;
    std::string charset;
};

MediaType mediaTypeOf(const HttpHeaders& headers) {
    MediaType media;
    for (const auto& [name, value] : headers) {
        if (name != "content-type") continue;
        std::string lower = value;
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        media.type = lower.substr(0, lower.find_first_of("; "));
        if (const std::size_t at = lower.find("charset="); at != std::string::npos) {
            media.charset = lower.substr(at + 8, lower.find(';', at) - at - 8);
            std::erase(media.charset, '"');
        }
    }
    return media;
}

HttpResponseType typeOf(const MediaType& media) {
    if (media.type == "application/json" || media.type.ends_with("+json")) return HttpResponseType::Json;
    if (media.type.starts_with("text/") || media.type.ends_with("xml") || media.type == "application/yaml" ||
        media.type == "application/javascript" || media.type == "application/x-www-form-urlencoded" ||
        !media.charset.empty()) {
        return HttpResponseType::Text;
    }
    return HttpResponseType::Bytes;
}

}  // namespace

HttpHeaders pairsOf(const Value& object) {
    HttpHeaders pairs;
    for (const auto& [name, value] : object.members()) {
        if (value.isNull() || value.isUndefined()) continue;
        if (!value.isArray()) {
            pairs.emplace_back(name, textOf(value));
            continue;
        }
        for (const Value& item : value.items()) pairs.emplace_back(name, textOf(item));
    }
    return pairs;
}

bool hasHeader(const HttpHeaders& headers, std::string_view name) {
    return std::ranges::any_of(headers, [name](const auto& header) { return equalIgnoringCase(header.first, name); });
}

Status checkHeaders(const HttpHeaders& headers) {
    for (const auto& [name, value] : headers) {
        // The token characters of RFC 9110, 5.6.2.
        const bool isToken = !name.empty() && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
        });
        if (!isToken) return fail("http.header", fmt::format("'{}' is not the name of a header", name), "headers");
        if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20U && c != '\t'; })) {
            return fail("http.header", fmt::format("The header '{}' holds control characters", name), "headers");
        }
    }
    return {};
}

std::string basicAuthorization(std::string_view user, std::string_view password) {
    return "Basic " + encodeBase64(fmt::format("{}:{}", user, password));
}

Status putBody(HttpRequest& request, HttpBodyType type, const Value& value) {
    const auto wrongKind = [&](const char* what) {
        return fail("http.body", fmt::format("A {} cannot be sent as {}", kindName(value.kind()), what), "body");
    };
    std::string_view contentType;
    switch (type) {
        case HttpBodyType::None:
            return {};
        case HttpBodyType::Json:
            request.body = writeJson(value);
            contentType = "application/json";
            break;
        case HttpBodyType::Form:
            if (!value.isObject()) return wrongKind("a form");
            request.body = formOf(value);
            contentType = "application/x-www-form-urlencoded";
            break;
        case HttpBodyType::Text:
            if (value.isArray() || value.isObject() || value.isBytes()) return wrongKind("text");
            if (!value.isNull() && !value.isUndefined()) request.body = textOf(value);
            contentType = "text/plain; charset=utf-8";
            break;
        case HttpBodyType::Bytes:
            if (!value.isBytes() && !value.isString()) return wrongKind("bytes");
            request.body = value.asString();
            contentType = "application/octet-stream";
            break;
    }
    request.hasBody = true;
    if (!hasHeader(request.headers, "content-type")) request.headers.emplace_back("Content-Type", contentType);
    return {};
}

Result<Value> bodyValue(const HttpResponse& response, HttpResponseType type) {
    const MediaType media = mediaTypeOf(response.headers);
    const bool isAuto = type == HttpResponseType::Auto;
    if (isAuto) type = typeOf(media);
    if (isAuto && response.body.empty()) return Value(nullptr);
    const std::string where = shownUrl(response.url);
    if (type == HttpResponseType::Bytes) return Value::bytes(response.body);
    if (type == HttpResponseType::Json) {
        auto parsed = parseJson(response.body);
        if (parsed) return parsed;
        return fail("http.body", "The response is not JSON: " + parsed.error().message, where, parsed.error().where);
    }
    if (media.charset == "iso-8859-1" || media.charset == "latin1" || media.charset == "windows-1252") {
        return Value(latin1ToUtf8(response.body));
    }
    if (isValidUtf8(response.body)) return Value(response.body);
    if (isAuto) return Value::bytes(response.body);
    return fail("http.body", "The response is not text in UTF-8", where, "Read it as bytes.");
}

Value headersValue(const HttpHeaders& headers) {
    ObjectBuilder object;
    for (const auto& [name, text] : headers) {
        const Value value(isValidUtf8(text) ? text : latin1ToUtf8(text));
        Value* before = object.find(name);
        if (before == nullptr) {
            object.set(name, value);
            continue;
        }
        std::vector<Value> all{*before};
        if (before->isArray()) all.assign(before->items().begin(), before->items().end());
        all.push_back(value);
        *before = Value::array(std::move(all));
    }
    return std::move(object).build();
}

bool statusMatches(int status, std::string_view pattern) {
    if (pattern.ends_with("xx")) return status / 100 == pattern[0] - '0';
    int least = 0;
    std::from_chars(pattern.data(), pattern.data() + pattern.size(), least);
    int most = least;
    if (const std::size_t dash = pattern.find('-'); dash != std::string_view::npos) {
        std::from_chars(pattern.data() + dash + 1, pattern.data() + pattern.size(), most);
    }
    return status >= least && status <= most;
}

}  // namespace signalbox::nodes
