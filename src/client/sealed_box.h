// Private to the client: text under a key, with AES-256-GCM.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::client {

/// The key in a file that only its owner may read; made when it is not there. Errors "credentials.key-exposed",
/// "credentials.key-invalid", "file.*".
[[nodiscard]] Result<std::string> keyFromFile(const std::filesystem::path& file);

/// Nonce, ciphertext and tag. `context` is bound to it: what was sealed for one is not opened as another's.
[[nodiscard]] Result<std::string> seal(std::string_view key, std::string_view context, std::string_view text);
/// Error "credentials.damaged" when it was changed, or sealed with another key or context.
[[nodiscard]] Result<std::string> unseal(std::string_view key, std::string_view context, std::string_view sealed);

}  // namespace signalbox::client
