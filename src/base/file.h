// Whole files, read with a limit and written so that a crash leaves the old or the new content, never a mix.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox {

/// Errors: "file.not-found", "file.permission", "file.too-large", "file.read".
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t maxBytes = 256U << 20U);
/// Writes to a temporary file beside it, fsyncs, renames, fsyncs the folder. Errors: "file.permission",
/// "file.no-space", "file.write".
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& path, std::string_view content);

}  // namespace signalbox
