// What the program says about its settings: help and the example file, both written from the table.
#pragma once

#include <string>

namespace signalbox::gatewayd {

[[nodiscard]] std::string helpText();
/// A whole configuration file: every setting with its explanation, commented out at its default but for the workspace
/// and the title.
[[nodiscard]] std::string exampleFile();

}  // namespace signalbox::gatewayd
