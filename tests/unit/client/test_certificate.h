// Certificates made for one test.
#pragma once

#include <QSslConfiguration>

namespace signalbox::client::test {

struct CertificateWish {
    long validFrom = -3600;  ///< seconds from now, as the next
    long validUntil = 3600;
    const char* names = "DNS:localhost,IP:127.0.0.1";
    bool byAuthority = false;  ///< signed by one that nobody knows, called "Test authority"; otherwise by itself
};

/// Another one each time.
[[nodiscard]] QSslConfiguration certificateOf(const CertificateWish& wish);
/// Self-signed, for localhost and 127.0.0.1, valid for an hour; another one each time.
[[nodiscard]] QSslConfiguration selfSigned();

}  // namespace signalbox::client::test
