// Places in a text: the editor counts UTF-16 units, the language counts UTF-8 bytes.
#pragma once

#include <QString>
#include <cstdint>
#include <string>
#include <vector>

namespace signalbox::ui {

/// One text in both forms. Places beyond its end count as its end.
class TextOffsets {
public:
    explicit TextOffsets(const QString& text);

    [[nodiscard]] const std::string& utf8() const { return utf8_; }
    [[nodiscard]] int toEditor(std::size_t byte) const;
    [[nodiscard]] std::size_t toLanguage(int unit) const;

private:
    std::string utf8_;
    std::vector<std::int32_t> units_;  ///< for every byte, and for the end
};

}  // namespace signalbox::ui
