// Addresses of gateways: checked when they are typed, and made into those of its parts.
#pragma once

#include <QString>
#include <QUrl>

#include "base/result.h"

namespace signalbox::client {

/// "https://host:port/prefix", from what a person types: without a scheme it is https, or http on this computer. ws and
/// wss are read as http and https. Errors "gateway.address" with the reason and an example.
[[nodiscard]] Result<QUrl> parseGatewayUrl(const QString& typed);
/// "localhost", 127.0.0.0/8 and ::1: what is sent there does not leave this computer.
[[nodiscard]] bool isLoopback(const QUrl& gateway);
/// Error "gateway.plain-refused" when what is sent could be read on the way and nobody has allowed it.
[[nodiscard]] Status checkPlain(const QUrl& gateway, bool allowed);

[[nodiscard]] QUrl webSocketUrl(const QUrl& gateway);
/// `path` without a leading "/": "api/v1/auth/login".
[[nodiscard]] QUrl restUrl(const QUrl& gateway, const QString& path);

}  // namespace signalbox::client
