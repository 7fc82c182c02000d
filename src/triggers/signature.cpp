#include "triggers/signature.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace signalbox::triggers {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kVersion = "v1=";

std::string hexOf(std::span<const std::uint8_t> bytes) {
    constexpr const char* kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text.push_back(kDigits[byte >> 4U]);
        text.push_back(kDigits[byte & 15U]);
    }
    return text;
}

struct FreeMac {
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

}  // namespace

Result<std::string> newSecret() {
    std::array<std::uint8_t, kSecretBytes> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return fail("trigger.random", "The system gives no random numbers", {}, "Try again", true);
    }
    std::string secret = "whs_" + hexOf(bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return secret;
}

std::string signatureOf(std::string_view secret, std::string_view timestamp, std::string_view body) {
    const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    const std::unique_ptr<EVP_MAC_CTX, FreeMac> context(EVP_MAC_CTX_new(mac.get()));
    std::array<char, 7> digest{"SHA256"};
    const std::array<OSSL_PARAM, 2> parameters{OSSL_PARAM_construct_utf8_string("digest", digest.data(), 0),
                                               OSSL_PARAM_construct_end()};
    const auto add = [&](std::string_view part) {
        return EVP_MAC_update(context.get(), reinterpret_cast<const std::uint8_t*>(part.data()), part.size()) == 1;
    };
    std::array<std::uint8_t, 32> result{};
    std::size_t size = 0;
    const bool done = EVP_MAC_init(context.get(), reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size(),
                                   parameters.data()) == 1 &&
                      add(timestamp) && add(".") && add(body) &&
                      EVP_MAC_final(context.get(), result.data(), &size, result.size()) == 1;
    // Nothing fits an empty one.
    return done ? hexOf(result) : std::string();
}

bool isSignature(std::string_view header, std::string_view signature) {
    if (!header.starts_with(kVersion) || signature.empty()) return false;
    const std::string_view given = header.substr(kVersion.size());
    return given.size() == signature.size() && CRYPTO_memcmp(given.data(), signature.data(), given.size()) == 0;
}

}  // namespace signalbox::triggers
