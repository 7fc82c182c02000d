#include "triggers/tzif.h"

#include <algorithm>

namespace signalbox::triggers {

namespace {

constexpr std::size_t kHeader = 44;
constexpr std::size_t kTypeSize = 6;
constexpr std::int32_t kLargestOffset = 26 * 3600;

/// The counts of a data block and how wide its times are.
struct Block {
    std::size_t timeSize = 4;
    std::size_t utcIndicators = 0;
    std::size_t standardIndicators = 0;
    std::size_t leaps = 0;
    std::size_t times = 0;
    std::size_t types = 0;
    std::size_t characters = 0;

    [[nodiscard]] std::size_t size() const {
        return times * timeSize + times + types * kTypeSize + characters + leaps * (timeSize + 4) + standardIndicators +
               utcIndicators;
    }
};

/// Big-endian and signed, of 4 or 8 bytes.
std::int64_t readNumber(std::string_view content, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = (value << 8U) | static_cast<std::uint8_t>(content[at + i]);
    return size == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value)) : static_cast<std::int64_t>(value);
}

std::optional<Block> readHeader(std::string_view content, std::size_t at, std::size_t timeSize) {
    if (content.size() < at + kHeader || content.substr(at, 4) != "TZif") return std::nullopt;
    const auto count = [&](std::size_t index) {
        return static_cast<std::size_t>(static_cast<std::uint32_t>(readNumber(content, at + 20 + index * 4, 4)));
    };
    const Block block{timeSize, count(0), count(1), count(2), count(3), count(4), count(5)};
    if (block.types == 0 || content.size() - at - kHeader < block.size()) return std::nullopt;
    return block;
}

std::optional<Tzif> readBlock(std::string_view content, std::size_t at, const Block& block) {
    Tzif file;
    const std::size_t indexes = at + block.times * block.timeSize;
    const std::size_t types = indexes + block.times;
    const auto offsetOf = [&](std::size_t type) {
        return static_cast<std::int32_t>(readNumber(content, types + type * kTypeSize, 4));
    };
    for (std::size_t type = 0; type < block.types; ++type) {
        if (offsetOf(type) < -kLargestOffset || offsetOf(type) > kLargestOffset) return std::nullopt;
    }
    file.firstOffset = offsetOf(0);
    for (std::size_t i = 0; i < block.times; ++i) {
        const auto type = static_cast<std::uint8_t>(content[indexes + i]);
        if (type >= block.types) return std::nullopt;
        file.changes.push_back(readNumber(content, at + i * block.timeSize, block.timeSize));
        file.offsets.push_back(offsetOf(type));
    }
    if (std::adjacent_find(file.changes.begin(), file.changes.end(), std::greater_equal<>()) != file.changes.end()) {
        return std::nullopt;
    }
    return file;
}

}  // namespace

std::optional<Tzif> readTzif(std::string_view content) {
    const auto old = readHeader(content, 0, 4);
    if (!old) return std::nullopt;
    if (content[4] == '\0') return readBlock(content, kHeader, *old);
    // From version 2 on the same follows once more with wide times, and then the rule for the time after.
    const std::size_t second = kHeader + old->size();
    const auto block = readHeader(content, second, 8);
    if (!block) return std::nullopt;
    auto file = readBlock(content, second + kHeader, *block);
    if (!file) return std::nullopt;
    const std::size_t footer = second + kHeader + block->size();
    if (footer >= content.size() || content[footer] != '\n') return file;
    const std::size_t end = content.find('\n', footer + 1);
    if (end != std::string_view::npos) file->footer = content.substr(footer + 1, end - footer - 1);
    return file;
}

}  // namespace signalbox::triggers
