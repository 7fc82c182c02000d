// Thousands of clients in a process of their own, so that their descriptors and memory are not the server's.
#pragma once

#include <cstdint>

#include <sys/types.h>

namespace signalbox::test {

/// Must be made while this process has no threads of its own; its process ends with it.
class IdleCrowd {
public:
    IdleCrowd();
    ~IdleCrowd();
    IdleCrowd(const IdleCrowd&) = delete;
    IdleCrowd& operator=(const IdleCrowd&) = delete;

    /// How many connections to the port were made, of those wanted.
    [[nodiscard]] std::uint32_t connect(std::uint16_t port, std::uint32_t wanted);
    /// How many of them got an answer 200 to a GET of "/".
    [[nodiscard]] std::uint32_t request();

private:
    [[nodiscard]] std::uint32_t ask(std::uint32_t what, std::uint32_t count);

    pid_t process_ = -1;
    int socket_ = -1;
};

}  // namespace signalbox::test
