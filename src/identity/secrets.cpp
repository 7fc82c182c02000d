#include "identity/secrets.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/random.h>

#include "base/json.h"

namespace signalbox::identity {

namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Fetched once: looking an algorithm up costs more than hashing a token with it.
const EVP_MD* sha256() {
    static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return kAlgorithm;
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

Digest digestOf(std::string_view secret) {
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> kContext(EVP_MD_CTX_new());
    Digest digest{};
    // Without the algorithm everything would be let in or nothing: neither is a way to go on.
    if (EVP_DigestInit_ex2(kContext.get(), sha256(), nullptr) != 1 ||
        EVP_DigestUpdate(kContext.get(), secret.data(), secret.size()) != 1 ||
        EVP_DigestFinal_ex(kContext.get(), digest.data(), nullptr) != 1) {
        std::abort();
    }
    return digest;
}

bool sameDigest(const Digest& a, const Digest& b) { return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

bool sameText(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hexOf(const Digest& digest) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (const std::uint8_t byte : digest) {
        text += kHex[byte >> 4U];
        text += kHex[byte & 15U];
    }
    return text;
}

std::optional<Digest> digestFromHex(std::string_view text) {
    Digest digest{};
    if (text.size() != digest.size() * 2) return std::nullopt;
    for (std::size_t i = 0; i < digest.size(); ++i) {
        const int high = digit(text[2 * i]);
        const int low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        digest[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return digest;
}

std::string base64Url(std::string_view data) {
    std::string text = encodeBase64(data);
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

std::string randomText(std::size_t bytes) {
    std::string data(bytes, '\0');
    std::size_t filled = 0;
    while (filled < data.size()) {
        const ssize_t got = getrandom(data.data() + filled, data.size() - filled, 0);
        if (got < 0 && errno != EINTR) std::abort();
        if (got > 0) filled += static_cast<std::size_t>(got);
    }
    std::string text = base64Url(data);
    OPENSSL_cleanse(data.data(), data.size());
    return text;
}

std::string csrfOf(std::string_view token) {
    std::string salted = "signalbox csrf ";
    salted += token;
    const Digest digest = digestOf(salted);
    OPENSSL_cleanse(salted.data(), salted.size());
    return base64Url(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

}  // namespace signalbox::identity
