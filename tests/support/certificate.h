// Certificates made on the spot, for tests of TLS.
#pragma once

#include <filesystem>
#include <string>

namespace signalbox::test {

/// Writes a self-signed certificate for that common name (and 127.0.0.1, localhost) and its key as PEM files, valid for
/// a day from now. The key is encrypted when there is a passphrase. False: it could not.
[[nodiscard]] bool writeCertificate(const std::string& name, const std::filesystem::path& certificate,
                                    const std::filesystem::path& key, const std::string& passphrase = {});

}  // namespace signalbox::test
