#include "gateway/tls_context.h"

#include <array>
#include <ctime>
#include <string>
#include <string_view>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace signalbox::gateway {
namespace {

/// ECDHE with AEAD only: what TLS 1.2 has that is still sound.
constexpr const char* kCiphers12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

std::string lastOpensslError() {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    ERR_clear_error();
    return text.data();
}

tl::unexpected<Error> refuse(std::string code, std::string message, const std::filesystem::path& file) {
    return fail(std::move(code), std::move(message) + ": " + lastOpensslError(), file.string());
}

/// Takes http/1.1 if the client offers it; goes on without ALPN otherwise.
int selectProtocol(SSL*, const unsigned char** out, unsigned char* outLength, const unsigned char* in,
                   unsigned int inLength, void*) {
    constexpr std::string_view kProtocol = "http/1.1";
    for (unsigned int at = 0; at < inLength;) {
        const unsigned int length = in[at];
        if (at + 1 + length > inLength) break;
        const std::string_view offered(reinterpret_cast<const char*>(in + at + 1), length);
        if (offered == kProtocol) {
            *out = in + at + 1;
            *outLength = static_cast<unsigned char>(length);
            return SSL_TLSEXT_ERR_OK;
        }
        at += 1 + length;
    }
    return SSL_TLSEXT_ERR_NOACK;
}

std::int64_t expiryOf(const SSL_CTX* context) {
    const X509* certificate = SSL_CTX_get0_certificate(context);
    std::tm time{};
    if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time) != 1) return 0;
    return static_cast<std::int64_t>(timegm(&time)) * 1'000'000;
}

/// What OpenSSL calls for the passphrase of an encrypted key; 0 refuses it.
int givePassphrase(char* buffer, int size, int /*isWriting*/, void* passphrase) {
    const auto& text = *static_cast<const std::string*>(passphrase);
    if (text.size() > static_cast<std::size_t>(size)) return 0;
    text.copy(buffer, text.size());
    return static_cast<int>(text.size());
}

}  // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const TlsFiles& files) {
    ERR_clear_error();
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    if (context == nullptr) return refuse("tls.setup", "TLS cannot be set up", {});
    std::shared_ptr<TlsContext> made(new TlsContext(context));
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_alpn_select_cb(context, selectProtocol, nullptr);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context, kCiphers12) != 1) {
        return refuse("tls.setup", "TLS cannot be set up", {});
    }
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1) {
        return refuse("tls.certificate", "The certificate cannot be read", files.certificate);
    }
    // Without a callback OpenSSL would ask whoever sits at the terminal.
    SSL_CTX_set_default_passwd_cb(context, givePassphrase);
    SSL_CTX_set_default_passwd_cb_userdata(context, const_cast<std::string*>(&files.passphrase));
    if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        const bool isOther = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
        return isOther ? refuse("tls.mismatch", "The key does not belong to the certificate", files.key)
                       : refuse("tls.key", "The key cannot be read", files.key);
    }
    SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
    SSL_CTX_set_default_passwd_cb(context, nullptr);
    if (SSL_CTX_check_private_key(context) != 1) {
        return refuse("tls.mismatch", "The key does not belong to the certificate", files.key);
    }
    made->expires_ = expiryOf(context);
    return std::shared_ptr<const TlsContext>(std::move(made));
}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

ssl_st* TlsContext::newSession() const { return SSL_new(context_); }

}  // namespace signalbox::gateway
