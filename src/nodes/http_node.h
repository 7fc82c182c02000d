// HttpRequestNode.
#pragma once

#include <memory>

#include "nodes/family.h"
#include "nodes/file_access.h"
#include "nodes/http_client.h"

namespace signalbox::nodes {

[[nodiscard]] Status registerHttpNode(engine::Registry& registry, const FileAccess& access,
                                      const std::shared_ptr<HttpClient>& client);

}  // namespace signalbox::nodes
