#include "support/certificate.h"

#include <cstdio>
#include <memory>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace signalbox::test {
namespace {

constexpr long kDay = 24 * 3600;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

void addNames(X509* certificate) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* names =
        X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
}

bool sign(X509* certificate, EVP_PKEY* key, const std::string& name) {
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), kDay);
    X509_set_pubkey(certificate, key);
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(certificate, subject);
    addNames(certificate);
    return X509_sign(certificate, key, EVP_sha256()) > 0;
}

}  // namespace

bool writeCertificate(const std::string& name, const std::filesystem::path& certificate,
                      const std::filesystem::path& key, const std::string& passphrase) {
    const Key pair(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const Certificate made(X509_new(), &X509_free);
    if (!pair || !made || !sign(made.get(), pair.get(), name)) return false;
    const File certificateFile(std::fopen(certificate.c_str(), "w"), &std::fclose);
    const File keyFile(std::fopen(key.c_str(), "w"), &std::fclose);
    const EVP_CIPHER* cipher = passphrase.empty() ? nullptr : EVP_aes_256_cbc();
    return certificateFile && keyFile && PEM_write_X509(certificateFile.get(), made.get()) == 1 &&
           PEM_write_PKCS8PrivateKey(keyFile.get(), pair.get(), cipher, passphrase.c_str(),
                                     static_cast<int>(passphrase.size()), nullptr, nullptr) == 1;
}

}  // namespace signalbox::test
