#include "unit/telemetry/promtool.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

namespace signalbox::telemetry::test {

std::optional<std::string> promtoolComplaints(const std::string& text) {
    if (std::system("command -v promtool >/dev/null 2>&1") != 0) return std::nullopt;
    std::string file = "/tmp/signalbox-metrics-XXXXXX";
    const int handle = ::mkstemp(file.data());
    if (handle < 0) return "no file for the metrics";
    ::close(handle);
    std::ofstream(file) << text;
    std::string said;
    FILE* const pipe = ::popen(("promtool check metrics <" + file + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return "promtool could not be started";
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        said.append(buffer.data(), got);
    }
    if (::pclose(pipe) != 0 && said.empty()) said = "promtool failed";
    ::unlink(file.c_str());
    return said;
}

}  // namespace signalbox::telemetry::test
