// nginx with a small file, as what the gateway is measured beside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <sys/types.h>

namespace signalbox::bench {

[[nodiscard]] bool isInstalled(const std::string& program);

/// One process of it, from its own folder, with the body at /small.json; ended with this object. Needs nginx.
class Nginx {
public:
    explicit Nginx(const std::string& body);
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;
    ~Nginx();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// CPU so far.
    [[nodiscard]] double cpuSeconds() const;

private:
    std::filesystem::path folder_;
    std::uint16_t port_ = 0;
    pid_t process_ = -1;
};

}  // namespace signalbox::bench
