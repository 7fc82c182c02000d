// Certificates made for one test.
#pragma once

#include <QSslConfiguration>

namespace signalbox::client::test {

/// Self-signed, for localhost and 127.0.0.1, valid for an hour; another one each time.
[[nodiscard]] QSslConfiguration selfSigned();

}  // namespace signalbox::client::test
