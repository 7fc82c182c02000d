// Text files that are built into the library: manifests by family, and the program of a Python worker.
#pragma once

#include <string_view>

namespace signalbox::nodes {

extern const std::string_view kDataManifests;
extern const std::string_view kFlowManifests;
extern const std::string_view kFileManifests;
extern const std::string_view kSqlManifests;
extern const std::string_view kHttpManifests;
extern const std::string_view kPythonManifests;
extern const std::string_view kPythonWorker;

}  // namespace signalbox::nodes
