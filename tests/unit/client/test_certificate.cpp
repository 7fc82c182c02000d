#include "unit/client/test_certificate.h"

#include <QByteArray>
#include <QSslKey>
#include <QSslSocket>
#include <memory>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace signalbox::client::test {

namespace {

template <class Write>
QByteArray pemOf(const Write& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    write(bio.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, qsizetype(size)};
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void call(X509_NAME* name, const char* text) {
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
}

Certificate make(const CertificateWish& wish, EVP_PKEY* key) {
    Certificate certificate(X509_new(), X509_free);
    std::uint32_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.validFrom);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.validUntil);
    X509_set_pubkey(certificate.get(), key);
    call(X509_get_subject_name(certificate.get()), "Signalbox test");
    if (wish.byAuthority) {
        call(X509_get_issuer_name(certificate.get()), "Test authority");
    } else {
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    }
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, wish.names);
    X509_add_ext(certificate.get(), names, -1);
    X509_EXTENSION_free(names);
    return certificate;
}

}  // namespace

QSslConfiguration selfSigned() { return certificateOf({}); }

QSslConfiguration certificateOf(const CertificateWish& wish) {
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Key authority(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate certificate = make(wish, key.get());
    X509_sign(certificate.get(), wish.byAuthority ? authority.get() : key.get(), EVP_sha256());

    const QByteArray keyPem =
        pemOf([&](BIO* bio) { PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    const QByteArray pem = pemOf([&](BIO* bio) { PEM_write_bio_X509(bio, certificate.get()); });
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(keyPem, QSsl::Ec));
    tls.setLocalCertificate(QSslCertificate(pem));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return tls;
}

}  // namespace signalbox::client::test
