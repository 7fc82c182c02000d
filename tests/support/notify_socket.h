// The socket of a service manager, for tests: what a service sends to it.
#pragma once

#include <string>

namespace signalbox::test {

class NotifySocket {
public:
    /// A path, or "@name" in the abstract name space.
    explicit NotifySocket(const std::string& address);
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;
    ~NotifySocket();

    /// The next message; empty when none comes in time.
    [[nodiscard]] std::string next(int milliseconds = 30'000) const;
    /// Reads on until a message holds the text; that message, or empty.
    [[nodiscard]] std::string nextWith(const std::string& text) const;

private:
    int socket_;
};

}  // namespace signalbox::test
