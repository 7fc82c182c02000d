#include "integration/gateway_abuse/memory.h"

#include <fstream>

#include <unistd.h>

namespace signalbox::gateway {

std::size_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace signalbox::gateway
