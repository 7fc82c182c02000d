#include "client/certificate.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QStringList>

namespace signalbox::client {

namespace {

constexpr int kDigits = 64;

QString nameOf(const QSslCertificate& certificate, bool issuer) {
    const auto info = [&](QSslCertificate::SubjectInfo part) {
        return (issuer ? certificate.issuerInfo(part) : certificate.subjectInfo(part)).join(", ");
    };
    QStringList parts;
    for (const auto part : {QSslCertificate::CommonName, QSslCertificate::Organization}) {
        if (const QString text = info(part); !text.isEmpty()) parts << text;
    }
    return parts.join(", ");
}

}  // namespace

QString fingerprintOf(const QSslCertificate& certificate) {
    if (certificate.isNull()) return {};
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':')).toUpper();
}

Result<QString> parseFingerprint(const QString& typed) {
    QString digits = typed.trimmed().toUpper();
    if (digits.startsWith("SHA256:")) digits.remove(0, 7);
    digits.remove(':').remove(' ');
    const QByteArray bytes = QByteArray::fromHex(digits.toLatin1());
    if (digits.size() != kDigits || bytes.size() * 2 != kDigits) {
        return fail("gateway.fingerprint", "This is no SHA-256 fingerprint of a certificate", typed.toStdString(),
                    "It has 64 hexadecimal digits: openssl x509 -in cert.pem -noout -fingerprint -sha256");
    }
    return QString::fromLatin1(bytes.toHex(':')).toUpper();
}

CertificateFacts factsOf(const QSslCertificate& certificate, const QList<QSslError>& problems, const QString& pinned) {
    CertificateFacts facts;
    facts.subject = nameOf(certificate, false);
    facts.issuer = nameOf(certificate, true);
    facts.sha256 = fingerprintOf(certificate);
    facts.validFrom = certificate.effectiveDate().toMSecsSinceEpoch();
    facts.validUntil = certificate.expiryDate().toMSecsSinceEpoch();
    QStringList texts;
    for (const QSslError& problem : problems) {
        if (!texts.contains(problem.errorString())) texts << problem.errorString();
    }
    facts.problem = texts.join("; ");
    facts.pinned = pinned;
    if (facts.problem.isEmpty()) facts.problem = QStringLiteral("It is not the certificate that was trusted before");
    return facts;
}

Error trustError(const CertificateFacts& facts, const QString& where) {
    if (!facts.pinned.isEmpty()) {
        return {"gateway.certificate-changed",
                "The gateway shows another certificate than the one that was trusted: it may have been renewed, or "
                "someone may be listening in",
                where.toStdString(),
                "Ask whoever runs the gateway for the fingerprint of its certificate before trusting it: it shows " +
                    facts.sha256.toStdString() + ", and trusted was " + facts.pinned.toStdString(),
                false};
    }
    return {"gateway.certificate-untrusted",
            "Nobody vouches for the gateway's certificate: " + facts.problem.toStdString(), where.toStdString(),
            "Compare its fingerprint with the one that whoever runs the gateway tells: " + facts.sha256.toStdString(),
            false};
}

}  // namespace signalbox::client
