// Makes the files under :/signalbox (icons, themes) available: a static library's are not registered by themselves.
#pragma once

namespace signalbox::ui {

/// May be called any number of times.
void initResources();

}  // namespace signalbox::ui
