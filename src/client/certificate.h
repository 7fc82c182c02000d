// Private to the client: certificates as people compare them.
#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslError>
#include <QString>

#include "base/result.h"
#include "client/connection.h"

namespace signalbox::client {

/// SHA-256, "AB:CD:..."; empty for no certificate.
[[nodiscard]] QString fingerprintOf(const QSslCertificate& certificate);
/// The same form from what a person types: any case, with or without colons, "sha256:" before it. Error
/// "gateway.fingerprint".
[[nodiscard]] Result<QString> parseFingerprint(const QString& typed);
/// `problems` may be empty when it is the pin that does not match; `host` is the name it was reached by.
[[nodiscard]] CertificateFacts factsOf(const QSslCertificate& certificate, const QList<QSslError>& problems,
                                       const QString& pinned, const QString& host);
/// What it means for whoever wants to connect: "gateway.certificate-untrusted", or "gateway.certificate-changed" when
/// another one had been vouched for.
[[nodiscard]] Error trustError(const CertificateFacts& facts, const QString& where);

}  // namespace signalbox::client
