#include "gateway/trace_state.h"

#include <algorithm>
#include <vector>

#include "gateway/http_head.h"

namespace signalbox::gateway {

namespace {

constexpr std::size_t kMostMembers = 32;
constexpr std::size_t kLongestKept = 512;
constexpr std::size_t kLongMember = 128;  ///< the first to go
constexpr std::size_t kLongestPart = 256;
/// Of all that is read: no list that is valid is longer, spaces and empty members aside.
constexpr std::size_t kLongestList = std::size_t{16} << 10U;

bool isKeyStart(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool isKeyCharacter(char c) { return isKeyStart(c) || std::string_view("_-*/@").find(c) != std::string_view::npos; }

bool isValueCharacter(char c) { return c >= ' ' && c <= '~' && c != ',' && c != '='; }

bool isMember(std::string_view member) {
    const auto key = member.substr(0, member.find('='));
    if (key.size() == member.size() || key.empty() || key.size() > kLongestPart || !isKeyStart(key.front())) {
        return false;
    }
    const auto value = member.substr(key.size() + 1);
    return !value.empty() && value.size() <= kLongestPart && std::all_of(key.begin(), key.end(), isKeyCharacter) &&
           std::all_of(value.begin(), value.end(), isValueCharacter);
}

using Members = std::vector<std::string_view>;

std::size_t lengthOf(const Members& members) {
    std::size_t length = members.empty() ? 0 : members.size() - 1;
    for (const auto member : members) length += member.size();
    return length;
}

void shorten(Members& members) {
    for (std::size_t at = members.size(); at > 0 && lengthOf(members) > kLongestKept; --at) {
        if (members[at - 1].size() > kLongMember) members.erase(members.begin() + static_cast<std::ptrdiff_t>(at - 1));
    }
    while (lengthOf(members) > kLongestKept) members.pop_back();
}

}  // namespace

std::string readTraceState(std::string_view list) {
    if (list.empty() || list.size() > kLongestList) return {};
    Members members;
    for (bool isLast = false; !isLast;) {
        const auto comma = list.find(',');
        isLast = comma == std::string_view::npos;
        const auto member = trimmed(list.substr(0, comma));
        if (!isLast) list.remove_prefix(comma + 1);
        if (member.empty()) continue;  // allowed: whoever adds to a list cannot always know better
        if (members.size() == kMostMembers || !isMember(member)) return {};
        members.push_back(member);
    }
    shorten(members);
    std::string kept;
    for (const auto member : members) {
        if (!kept.empty()) kept += ',';
        kept += member;
    }
    return kept;
}

std::string traceStateOf(const HttpRequest& request) {
    std::string list;
    for (const auto& [name, value] : request.headers) {
        if (name != "tracestate") continue;
        if (!list.empty()) list += ',';
        list += value;
    }
    return readTraceState(list);
}

}  // namespace signalbox::gateway
