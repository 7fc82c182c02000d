// The demo workspace: workflows to look at and run, copied to where they may be edited.
#pragma once

#include <cstddef>
#include <filesystem>

#include "base/result.h"

namespace signalbox::embedded {

struct DemoReport {
    std::uint32_t written = 0;    ///< new, or brought up to date
    std::uint32_t unchanged = 0;  ///< as they were
    std::uint32_t edited = 0;     ///< changed by someone, and left alone
};

/// $XDG_DATA_HOME/signalbox/demo, by default in ~/.local/share.
[[nodiscard]] std::filesystem::path defaultDemoFolder();
/// Copies what is compiled in (resources/demo) into the folder, which is made. A file that was edited since it was
/// copied is never overwritten, one that was deleted comes back. Errors: "demo.missing", "file.*".
[[nodiscard]] Result<DemoReport> makeDemoWorkspace(const std::filesystem::path& folder);

}  // namespace signalbox::embedded
