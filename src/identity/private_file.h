// A small file that only its owner may read.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace signalbox::identity {

/// Replaces it as a whole; mode 0600 from the first moment, and never through a link. Errors "file.permission",
/// "file.write".
[[nodiscard]] Status writePrivateFile(const std::filesystem::path& path, std::string_view content);

}  // namespace signalbox::identity
