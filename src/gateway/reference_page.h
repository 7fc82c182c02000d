// The description of the API for people: one page without outside assets.
#pragma once

#include <string>

#include "base/value.h"

namespace signalbox::gateway {

struct ReferencePage {
    std::string html;
    std::string policy;  ///< its Content-Security-Policy: nothing but its own style and script
};

/// From the OpenAPI document.
[[nodiscard]] ReferencePage makeReferencePage(const Value& document, const std::string& title);

}  // namespace signalbox::gateway
