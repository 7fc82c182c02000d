// Between Values and what travels over HTTP.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/value.h"
#include "nodes/http_client.h"

namespace signalbox::nodes {

enum class HttpBodyType : std::uint8_t { None, Json, Form, Text, Bytes };
enum class HttpResponseType : std::uint8_t { Auto, Json, Text, Bytes };

/// Writes a value as a body and adds its Content-Type unless there is one. Error "http.body": a form that is no object,
/// text or bytes of something else.
[[nodiscard]] Status putBody(HttpRequest& request, HttpBodyType type, const Value& value);
/// Names and values of an object, as texts: arrays repeat the name, null is left out.
[[nodiscard]] HttpHeaders pairsOf(const Value& object);
/// Error "http.header" for a name or value that could smuggle in another header.
[[nodiscard]] Status checkHeaders(const HttpHeaders& headers);
[[nodiscard]] bool hasHeader(const HttpHeaders& headers, std::string_view name);
/// Base64 of "user:password" and the like, ready for an Authorization header.
[[nodiscard]] std::string basicAuthorization(std::string_view user, std::string_view password);

/// Reads a body by its Content-Type, or as asked. Error "http.body" when it is not what was asked for.
[[nodiscard]] Result<Value> bodyValue(const HttpResponse& response, HttpResponseType type);
/// Header names in order; one that occurs several times holds an array.
[[nodiscard]] Value headersValue(const HttpHeaders& headers);

/// Whether a status is one of "2xx", "204", "200-399".
[[nodiscard]] bool statusMatches(int status, std::string_view pattern);

}  // namespace signalbox::nodes
