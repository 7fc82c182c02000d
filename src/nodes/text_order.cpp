#include "nodes/text_order.h"

#include <algorithm>

namespace signalbox::nodes {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
unsigned char lowered(char c) {
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
}

std::weak_ordering compareIgnoringCase(std::string_view a, std::string_view b) {
    return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(),
                                                  [](char x, char y) { return lowered(x) <=> lowered(y); });
}

/// Takes the digits at the front, without leading zeros: then a longer run is a larger number.
std::string_view takeNumber(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
    std::string_view digits(text.data(), static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

std::weak_ordering compareNaturally(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view x = takeNumber(a);
            const std::string_view y = takeNumber(b);
            if (x.size() != y.size()) return x.size() <=> y.size();
            if (const auto order = x <=> y; order != 0) return order;
            continue;
        }
        if (const auto order = static_cast<unsigned char>(a.front()) <=> static_cast<unsigned char>(b.front());
            order != 0) {
            return order;
        }
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    return a.size() <=> b.size();
}

}  // namespace

std::weak_ordering compareText(std::string_view a, std::string_view b, TextOrder order) {
    switch (order) {
        case TextOrder::IgnoreCase:
            return compareIgnoringCase(a, b);
        case TextOrder::Natural:
            return compareNaturally(a, b);
        case TextOrder::CodePoint:
            break;
    }
    return a <=> b;
}

}  // namespace signalbox::nodes
