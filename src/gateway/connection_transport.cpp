#include "gateway/connection_transport.h"

#include <cerrno>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/server_core.h"
#include "gateway/server_loop.h"
#include "gateway/tls_context.h"

namespace signalbox::gateway {
namespace {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;
using Waiter = std::shared_ptr<TransportWaiter>;

IoResult fromSystem(ssize_t count) {
    if (count > 0) return {IoResult::State::Done, static_cast<std::size_t>(count)};
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return {IoResult::State::Again, 0};
    return {IoResult::State::Ended, 0};
}

class SocketTransport : public Transport {
public:
    SocketTransport(Loop& loop, int descriptor, std::string address, std::unique_ptr<ConnectionTicket> ticket)
        : socket_(loop.context(), descriptor), address_(std::move(address)), ticket_(std::move(ticket)) {}

    IoResult read(std::span<char> into) override {
        if (!isOpen()) return {IoResult::State::Ended, 0};
        return fromSystem(::recv(handle(), into.data(), into.size(), MSG_DONTWAIT));
    }
    IoResult write(std::string_view bytes) override {
        if (!isOpen()) return {IoResult::State::Ended, 0};
        return fromSystem(::send(handle(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
    }
    void waitReadable(Waiter waiter) override { waitFor(Descriptor::wait_read, std::move(waiter), true); }
    void waitWritable(Waiter waiter) override { waitFor(Descriptor::wait_write, std::move(waiter), false); }
    void shutdownWrite() override {
        if (isOpen()) ::shutdown(handle(), SHUT_WR);
    }
    void close() override {
        boost::system::error_code ignored;
        socket_.close(ignored);
        ticket_.reset();
    }
    bool isOpen() const override { return socket_.is_open(); }
    bool isEncrypted() const override { return false; }
    bool isEstablished() const override { return true; }
    const std::string& address() const override { return address_; }
    ConnectionTicket* ticket() override { return ticket_.get(); }

protected:
    int handle() { return socket_.native_handle(); }
    void waitFor(Descriptor::wait_type what, Waiter waiter, bool toRead) {
        if (!isOpen()) return tellSoon(std::move(waiter), toRead);
        socket_.async_wait(what, [waiter = std::move(waiter), toRead](const boost::system::error_code&) {
            toRead ? waiter->readable() : waiter->writable();
        });
    }
    void tellSoon(Waiter waiter, bool toRead) {
        asio::post(socket_.get_executor(),
                   [waiter = std::move(waiter), toRead] { toRead ? waiter->readable() : waiter->writable(); });
    }

private:
    Descriptor socket_;
    std::string address_;
    std::unique_ptr<ConnectionTicket> ticket_;
};

int descriptorOf(BIO* bio) { return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))); }

int bioRead(BIO* bio, char* into, int size) {
    BIO_clear_retry_flags(bio);
    const auto count = ::recv(descriptorOf(bio), into, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    return static_cast<int>(count);
}

/// OpenSSL's own socket BIO would raise SIGPIPE when the peer is gone.
int bioWrite(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto count = ::send(descriptorOf(bio), bytes, static_cast<std::size_t>(size), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
    return static_cast<int>(count);
}

long bioControl(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

const BIO_METHOD* bioMethod() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without signals");
        BIO_meth_set_read(made, bioRead);
        BIO_meth_set_write(made, bioWrite);
        BIO_meth_set_ctrl(made, bioControl);
        return made;
    }();
    return method;
}

struct SslDeleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

/// The handshake happens inside the first reads. What OpenSSL waits for may be the other direction than the caller's.
class TlsTransport final : public SocketTransport {
public:
    TlsTransport(Loop& loop, int descriptor, std::string address, std::unique_ptr<ConnectionTicket> ticket,
                 std::unique_ptr<SSL, SslDeleter> ssl)
        : SocketTransport(loop, descriptor, std::move(address), std::move(ticket)), ssl_(std::move(ssl)) {
        BIO* bio = BIO_new(bioMethod());
        BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(descriptor)));
        BIO_set_init(bio, 1);
        SSL_set_bio(ssl_.get(), bio, bio);
        SSL_set_accept_state(ssl_.get());
    }

    IoResult read(std::span<char> into) override {
        if (!isOpen()) return {IoResult::State::Ended, 0};
        ERR_clear_error();
        std::size_t count = 0;
        const int code = SSL_read_ex(ssl_.get(), into.data(), into.size(), &count);
        return finish(code, count, readWaitsToWrite_, SSL_ERROR_WANT_WRITE);
    }
    IoResult write(std::string_view bytes) override {
        if (!isOpen()) return {IoResult::State::Ended, 0};
        ERR_clear_error();
        std::size_t count = 0;
        const int code = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count);
        return finish(code, count, writeWaitsToRead_, SSL_ERROR_WANT_READ);
    }
    void waitReadable(Waiter waiter) override {
        if (isOpen() && SSL_pending(ssl_.get()) > 0) return tellSoon(std::move(waiter), true);
        waitFor(readWaitsToWrite_ ? Descriptor::wait_write : Descriptor::wait_read, std::move(waiter), true);
    }
    void waitWritable(Waiter waiter) override {
        waitFor(writeWaitsToRead_ ? Descriptor::wait_read : Descriptor::wait_write, std::move(waiter), false);
    }
    void shutdownWrite() override {
        if (!isOpen()) return;
        ERR_clear_error();
        if (!isBroken_ && isEstablished()) SSL_shutdown(ssl_.get());
        SocketTransport::shutdownWrite();
    }
    bool isEncrypted() const override { return true; }
    bool isEstablished() const override { return SSL_is_init_finished(ssl_.get()) != 0; }

private:
    IoResult finish(int code, std::size_t count, bool& waitsForOther, int other) {
        waitsForOther = false;
        if (code == 1) return {IoResult::State::Done, count};
        const int error = SSL_get_error(ssl_.get(), code);
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
            waitsForOther = error == other;
            return {IoResult::State::Again, 0};
        }
        isBroken_ = error == SSL_ERROR_SSL || error == SSL_ERROR_SYSCALL;
        ERR_clear_error();
        return {IoResult::State::Ended, 0};
    }

    std::unique_ptr<SSL, SslDeleter> ssl_;
    bool readWaitsToWrite_ = false;
    bool writeWaitsToRead_ = false;
    bool isBroken_ = false;  ///< no close_notify may follow
};

}  // namespace

std::unique_ptr<Transport> makeTransport(Loop& loop, int descriptor, std::string address, const TlsContext* tls,
                                         std::unique_ptr<ConnectionTicket> ticket) {
    std::unique_ptr<SSL, SslDeleter> ssl(tls == nullptr ? nullptr : tls->newSession());
    try {
        if (tls == nullptr) {
            return std::make_unique<SocketTransport>(loop, descriptor, std::move(address), std::move(ticket));
        }
        if (ssl) {
            return std::make_unique<TlsTransport>(loop, descriptor, std::move(address), std::move(ticket),
                                                  std::move(ssl));
        }
    } catch (const boost::system::system_error&) {
        // The kernel watches no more descriptors: this one is given up like one that was never taken.
    }
    ::close(descriptor);
    return nullptr;
}

}  // namespace signalbox::gateway
