#include "base/result.h"

namespace signalbox {

bool errorCodeMatches(std::string_view code, std::string_view pattern) {
    if (pattern == "*") return true;
    if (pattern.size() >= 2 && pattern.substr(pattern.size() - 2) == ".*") {
        const auto prefix = pattern.substr(0, pattern.size() - 1);
        return code.substr(0, prefix.size()) == prefix;
    }
    return code == pattern;
}

}  // namespace signalbox
