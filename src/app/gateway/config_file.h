// A configuration file (TOML) as a flat list of named values with their places.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/gateway/setting_value.h"

namespace signalbox::gatewayd {

struct FileEntry {
    std::string name;  ///< with those of its tables: "tls.certificate"
    WrittenValue value;
    std::size_t line = 0;  ///< from 1, of the key
    std::size_t column = 0;
};

struct ConfigText {
    std::vector<FileEntry> entries;  ///< in the order of the file
    std::string error;               ///< why it is no TOML; empty: it is
    std::size_t line = 0;            ///< of the error
    std::size_t column = 0;
};

[[nodiscard]] ConfigText parseConfigText(std::string_view text);

}  // namespace signalbox::gatewayd
