#include "client/sealed_box.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "client/words.h"

namespace signalbox::client {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
Context makeContext() { return {EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free}; }

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

tl::unexpected<Error> damaged() {
    return fail(worded("credentials.damaged", Words::tr("A stored credential cannot be decrypted"), {},
                       Words::tr("Sign in again")));
}

Result<std::string> makeKey(const std::filesystem::path& file) {
    std::string key(kKeyBytes, '\0');
    if (RAND_bytes(bytes(key), int(kKeyBytes)) != 1) {
        return fail(worded("credentials.random", Words::tr("There is no randomness")));
    }
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno == EEXIST) return keyFromFile(file);  // another program was quicker
    if (fd < 0) return fail("file.write", std::strerror(errno), file.string());
    const bool written = ::write(fd, key.data(), key.size()) == ssize_t(key.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (written) return key;
    ::unlink(file.c_str());
    return fail(worded("file.write", Words::tr("The key could not be written"), file.string()));
}

}  // namespace

Result<std::string> keyFromFile(const std::filesystem::path& file) {
    struct stat info {};
    if (::lstat(file.c_str(), &info) != 0 && errno == ENOENT) return makeKey(file);
    constexpr unsigned kOthers = 077;
    if (!S_ISREG(info.st_mode) || info.st_uid != ::geteuid() || (info.st_mode & kOthers) != 0) {
        return fail(worded("credentials.key-exposed",
                           Words::tr("Others may read the key of the stored credentials, so it is not used"),
                           file.string(),
                           Words::tr("chmod 600 the file, and sign in again if someone else may have read it")));
    }
    auto key = readFile(file, 1024);
    if (!key || key->size() == kKeyBytes) return key;
    return fail(worded("credentials.key-invalid", Words::tr("The key of the stored credentials is not one"),
                       file.string(), Words::tr("Remove the file, and sign in again")));
}

Result<std::string> seal(std::string_view key, std::string_view context, std::string_view text) {
    std::string sealed(kNonceBytes + text.size() + kTagBytes, '\0');
    unsigned char* out = bytes(sealed);
    const Context cipher = makeContext();
    int length = 0;
    const bool done =
        RAND_bytes(out, int(kNonceBytes)) == 1 &&
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key), out) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes(context), int(context.size())) == 1 &&
        EVP_EncryptUpdate(cipher.get(), out + kNonceBytes, &length, bytes(text), int(text.size())) == 1 &&
        EVP_EncryptFinal_ex(cipher.get(), out + kNonceBytes + length, &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, int(kTagBytes), out + kNonceBytes + text.size()) == 1;
    if (!done) return fail(worded("credentials.encrypt", Words::tr("The credential could not be encrypted")));
    return sealed;
}

Result<std::string> unseal(std::string_view key, std::string_view context, std::string_view sealed) {
    if (sealed.size() < kNonceBytes + kTagBytes) return damaged();
    const std::string_view text = sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
    std::array<unsigned char, kTagBytes> tag{};
    std::memcpy(tag.data(), sealed.data() + sealed.size() - kTagBytes, kTagBytes);
    std::string opened(text.size() + kTagBytes, '\0');
    const Context cipher = makeContext();
    int length = 0;
    const bool done = EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key), bytes(sealed)) == 1 &&
                      EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes(context), int(context.size())) == 1 &&
                      EVP_DecryptUpdate(cipher.get(), bytes(opened), &length, bytes(text), int(text.size())) == 1 &&
                      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, int(kTagBytes), tag.data()) == 1 &&
                      EVP_DecryptFinal_ex(cipher.get(), bytes(opened) + length, &length) == 1;
    if (!done) return damaged();
    opened.resize(text.size());
    return opened;
}

}  // namespace signalbox::client
