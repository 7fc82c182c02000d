#include "ui/expression/text_offsets.h"

#include <algorithm>

namespace signalbox::ui {

namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U; }
// Characters of four bytes are surrogate pairs in the editor.
bool isPair(char byte) { return static_cast<unsigned char>(byte) >= 0xf0U; }

}  // namespace

TextOffsets::TextOffsets(const QString& text) : utf8_(text.toStdString()) {
    units_.reserve(utf8_.size() + 1);
    std::int32_t start = 0;
    std::int32_t next = 0;
    for (const char byte : utf8_) {
        if (!continues(byte)) {
            start = next;
            next += isPair(byte) ? 2 : 1;
        }
        units_.push_back(start);
    }
    units_.push_back(next);
}

int TextOffsets::toEditor(std::size_t byte) const { return units_[std::min(byte, utf8_.size())]; }

std::size_t TextOffsets::toLanguage(int unit) const {
    const auto found = std::lower_bound(units_.begin(), units_.end(), unit);
    return found == units_.end() ? utf8_.size() : static_cast<std::size_t>(found - units_.begin());
}

}  // namespace signalbox::ui
