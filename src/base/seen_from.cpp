#include "base/seen_from.h"

#include <cctype>
#include <optional>

namespace signalbox {

namespace {

constexpr std::string_view kItself = "the workspace";

bool isPartOfName(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80 || c == '_' ||
           c == '-';
}

/// What stands there instead of the folder's path, or nothing: it is the path of something else. `rest` begins behind
/// it.
std::optional<std::string_view> instead(std::string_view before, std::string_view rest) {
    if (!before.empty() && (isPartOfName(before.back()) || before.back() == '.' || before.back() == '/')) return {};
    if (rest.starts_with('/'))
        return rest.size() > 1 && !std::isspace(static_cast<unsigned char>(rest[1])) ? "" : kItself;
    if (!rest.empty() && isPartOfName(rest.front())) return {};
    // "/srv/orders.old" is another folder, "in /srv/orders." is not.
    if (rest.size() > 1 && rest.front() == '.' && isPartOfName(rest[1])) return {};
    return kItself;
}

}  // namespace

std::string seenFrom(std::string_view folder, std::string_view text) {
    if (folder.size() < 2) return std::string(text);
    std::string seen;
    std::size_t at = 0;
    for (std::size_t found = text.find(folder); found != std::string_view::npos; found = text.find(folder, at)) {
        const auto other = instead(text.substr(0, found), text.substr(found + folder.size()));
        seen += text.substr(at, found - at);
        at = found + folder.size();
        seen += other ? *other : folder;
        if (other && at < text.size() && text[at] == '/') ++at;
    }
    return seen.append(text.substr(at));
}

Error seenFrom(std::string_view folder, Error error) {
    error.where = error.where == folder ? std::string() : seenFrom(folder, error.where);
    error.message = seenFrom(folder, error.message);
    error.hint = seenFrom(folder, error.hint);
    return error;
}

}  // namespace signalbox
