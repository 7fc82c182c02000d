#include "client/certificate.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QStringList>

#include "client/words.h"

namespace signalbox::client {

namespace {

constexpr int kDigits = 64;
constexpr const char* kShow = "openssl x509 -in cert.pem -noout -fingerprint -sha256";

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

/// What speaks against a certificate, and what to do about it.
struct Objection {
    QString why;
    QString advice;
};

QString dayOf(const QDateTime& time) { return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'")); }

QString namesOf(const QSslCertificate& certificate) {
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty()) names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    constexpr qsizetype kMost = 4;
    if (names.size() > kMost) names = names.mid(0, kMost) << QStringLiteral("…");
    return names.join(", ");
}

Objection objectionOf(const QSslError& problem, const QSslCertificate& certificate, const QString& host) {
    switch (problem.error()) {
        case QSslError::CertificateExpired:
            return {Words::tr("It has expired: it was valid until %1").arg(dayOf(certificate.expiryDate())),
                    Words::tr("Have whoever runs the gateway renew it; it takes a new one without a restart")};
        case QSslError::CertificateNotYetValid:
            return {Words::tr("It is not valid before %1").arg(dayOf(certificate.effectiveDate())),
                    Words::tr("Check the clocks of this computer and of the gateway")};
        case QSslError::HostNameMismatch:
            return {Words::tr("It is made out to %1, not to %2").arg(namesOf(certificate), host),
                    Words::tr("Use one of these names as the address, or have a certificate made for this one")};
        case QSslError::SelfSignedCertificate:
            return {Words::tr("No authority vouches for it: it is signed by itself"), {}};
        case QSslError::SelfSignedCertificateInChain:
        case QSslError::UnableToGetIssuerCertificate:
        case QSslError::UnableToGetLocalIssuerCertificate:
        case QSslError::UnableToVerifyFirstCertificate:
        case QSslError::CertificateUntrusted:
            return {Words::tr("It is signed by %1, an authority that this computer does not know")
                        .arg(nameOf(certificate, true)),
                    Words::tr("If it is your company's authority, install its certificate on this computer")};
        case QSslError::CertificateRevoked:
            return {Words::tr("Its authority has revoked it"),
                    Words::tr("Do not trust it: have whoever runs the gateway replace it")};
        default:
            return {problem.errorString(), {}};
    }
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
        return fail(worded("gateway.fingerprint", Words::tr("This is no SHA-256 fingerprint of a certificate"),
                           typed.toStdString(),
                           Words::tr("It has 64 hexadecimal digits: %1").arg(QLatin1String(kShow))));
    }
    return QString::fromLatin1(bytes.toHex(':')).toUpper();
}

CertificateFacts factsOf(const QSslCertificate& certificate, const QList<QSslError>& problems, const QString& pinned,
                         const QString& host) {
    CertificateFacts facts;
    facts.subject = nameOf(certificate, false);
    facts.issuer = nameOf(certificate, true);
    facts.sha256 = fingerprintOf(certificate);
    facts.validFrom = certificate.effectiveDate().toMSecsSinceEpoch();
    facts.validUntil = certificate.expiryDate().toMSecsSinceEpoch();
    QStringList texts;
    QStringList advice;
    for (const QSslError& problem : problems) {
        const Objection objection = objectionOf(problem, certificate, host);
        if (!texts.contains(objection.why)) texts << objection.why;
        if (!objection.advice.isEmpty() && !advice.contains(objection.advice)) advice << objection.advice;
    }
    facts.problem = texts.join(". ");
    facts.advice = advice.join(". ");
    facts.pinned = pinned;
    if (facts.problem.isEmpty()) facts.problem = Words::tr("It is not the certificate that was trusted before");
    return facts;
}

Error trustError(const CertificateFacts& facts, const QString& where) {
    if (!facts.pinned.isEmpty()) {
        return worded("gateway.certificate-changed",
                      Words::tr("The gateway shows another certificate than the one that was trusted: it may have been "
                                "renewed, or someone may be listening in"),
                      where.toStdString(),
                      Words::tr("Ask whoever runs the gateway for the fingerprint of its certificate before trusting "
                                "it: it shows %1, and trusted was %2")
                          .arg(facts.sha256, facts.pinned));
    }
    const QString compare =
        Words::tr("Compare its fingerprint with the one that whoever runs the gateway tells: %1").arg(facts.sha256);
    return worded("gateway.certificate-untrusted",
                  Words::tr("The gateway's certificate is not trusted. %1").arg(facts.problem), where.toStdString(),
                  facts.advice.isEmpty() ? compare : facts.advice + ". " + compare);
}

}  // namespace signalbox::client
