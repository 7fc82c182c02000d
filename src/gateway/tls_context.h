// A server certificate with its rules for TLS, loaded from files and checked before it is used.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"

struct ssl_st;
struct ssl_ctx_st;

namespace signalbox::gateway {

struct TlsFiles {
    std::filesystem::path certificate;  ///< PEM: the certificate, then its chain
    std::filesystem::path key;          ///< PEM
    std::string passphrase = {};        ///< of the key; empty: it is not encrypted
};

/// TLS 1.2 and 1.3 with forward secrecy, ALPN "http/1.1". Immutable; handshakes of any thread share it.
class TlsContext {
public:
    /// Errors: "tls.certificate", "tls.key", "tls.mismatch" (the key is another certificate's), "tls.setup".
    [[nodiscard]] static Result<std::shared_ptr<const TlsContext>> load(const TlsFiles& files);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    /// A new server side of a handshake; the caller frees it. Null: no memory.
    [[nodiscard]] ssl_st* newSession() const;
    /// When the certificate expires, in microseconds since 1970.
    [[nodiscard]] std::int64_t expires() const { return expires_; }

private:
    explicit TlsContext(ssl_ctx_st* context) : context_(context) {}
    ssl_ctx_st* context_;
    std::int64_t expires_ = 0;
};

}  // namespace signalbox::gateway
