#include "gateway/conditional.h"

#include <fmt/format.h>

#include "base/text.h"

namespace signalbox::gateway {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool isQuoted(std::string_view tag) { return tag.size() >= 2 && tag.front() == '"' && tag.back() == '"'; }

}  // namespace

std::string quotedEtag(std::string_view etag) { return fmt::format("\"{}\"", etag); }

Result<std::string> expectedEtag(const Route& route, const HttpRequest& request) {
    if (const std::string* const none = request.header("if-none-match"); none != nullptr && route.creates) {
        if (trimmed(*none) == "*") return std::string();
        return fail("precondition.required", "If-None-Match can only be \"*\" here", "If-None-Match",
                    "Use If-Match to change what there is");
    }
    const std::string* const match = request.header("if-match");
    if (match == nullptr) {
        return fail("precondition.required", "What is to be changed may have changed since it was read", "If-Match",
                    route.creates ? "Send If-Match with its ETag, or If-None-Match: * to make a new one"
                                  : "Send If-Match with its ETag");
    }
    const std::string_view tag = trimmed(*match);
    if (tag.starts_with("W/")) {
        return fail("precondition.failed", "A weak ETag never matches", "If-Match", "Send the ETag as it was given");
    }
    if (!isQuoted(tag) || tag.find('"', 1) != tag.size() - 1 || tag.size() == 2) {
        return fail("precondition.unsupported", "If-Match must name one ETag in quotes", "If-Match",
                    "Send the ETag as it was given; \"*\" would overwrite what others have done");
    }
    return std::string(tag.substr(1, tag.size() - 2));
}

Status checkNoCondition(const HttpRequest& request) {
    if (request.method == "GET" || request.method == "HEAD" || request.header("if-match") == nullptr) return {};
    return fail("precondition.unsupported", "This cannot be made to depend on an ETag", "If-Match",
                "Leave If-Match out");
}

bool isKnownToCaller(const HttpRequest& request, std::string_view etag) {
    const std::string* const none = request.header("if-none-match");
    if (none == nullptr) return false;
    if (trimmed(*none) == "*") return true;
    for (std::string_view tag : split(*none, ',')) {
        tag = trimmed(tag);
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (isQuoted(tag) && tag.substr(1, tag.size() - 2) == etag) return true;
    }
    return false;
}

}  // namespace signalbox::gateway
