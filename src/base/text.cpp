#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace signalbox {

namespace {

/// Names longer than this are not compared letter by letter.
constexpr std::size_t kMaxNameLength = 256;

std::string lowered(std::string_view text) {
    std::string result(text);
    for (auto& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool isContinuation(std::string_view text, std::size_t index) {
    return index < text.size() && (static_cast<unsigned char>(text[index]) & 0xC0U) == 0x80U;
}

}  // namespace

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> beforeLast(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
            }
        }
        beforeLast.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

std::optional<std::string> didYouMean(std::string_view typed, std::span<const std::string> candidates) {
    if (typed.empty() || typed.size() > kMaxNameLength) return std::nullopt;
    const auto wanted = lowered(typed);
    // A third of the letters may be wrong, but at least one.
    std::size_t best = std::max<std::size_t>(1, typed.size() / 3) + 1;
    const std::string* found = nullptr;
    for (const auto& candidate : candidates) {
        const auto longer = std::max(candidate.size(), typed.size());
        const auto shorter = std::min(candidate.size(), typed.size());
        if (longer - shorter >= best || candidate.size() > kMaxNameLength) continue;
        const auto distance = editDistance(wanted, lowered(candidate));
        if (distance < best && distance < longer) {
            best = distance;
            found = &candidate;
        }
    }
    if (found == nullptr) return std::nullopt;
    return *found;
}

LineColumn lineColumnAt(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, std::min(offset, text.size()));
    LineColumn at;
    at.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const auto newLine = before.rfind('\n');
    const auto start = newLine == std::string_view::npos ? 0 : newLine + 1;
    for (std::size_t i = start; i < before.size(); ++i) {
        if (!isContinuation(before, i)) ++at.column;
    }
    return at;
}

// The table of well-formed sequences is Unicode 15, table 3-7.
std::size_t utf8SequenceLength(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return 0;
    const auto first = static_cast<unsigned char>(text[offset]);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4 || !isContinuation(text, offset + 1)) return 0;
    if (first < 0xE0) return 2;
    const auto second = static_cast<unsigned char>(text[offset + 1]);
    if (!isContinuation(text, offset + 2)) return 0;
    if (first < 0xF0) {
        const bool overlong = first == 0xE0 && second < 0xA0;
        const bool surrogate = first == 0xED && second > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool beyond = first == 0xF4 && second > 0x8F;
    return overlong || beyond || !isContinuation(text, offset + 3) ? 0 : 4;
}

std::size_t validUtf8Prefix(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
    std::size_t i = 0;
    while (i < text.size()) {
        std::uint64_t word = 0;
        while (i + sizeof word <= text.size()) {
            std::memcpy(&word, text.data() + i, sizeof word);
            if ((word & kHighBits) != 0) break;
            i += sizeof word;
        }
        if (i == text.size()) break;
        const auto length = utf8SequenceLength(text, i);
        if (length == 0) return i;
        i += length;
    }
    return i;
}

bool isValidUtf8(std::string_view text) { return validUtf8Prefix(text) == text.size(); }

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

}  // namespace signalbox
