#include "app/gateway/descriptor_limit.h"

#include <algorithm>

#include <sys/resource.h>

namespace signalbox::gatewayd {

std::uint64_t raiseDescriptorLimit(std::uint64_t needed) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur >= needed) return limit.rlim_cur;
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

}  // namespace signalbox::gatewayd
