// What a window is given by the program that opens it.
#pragma once

#include <QString>

namespace signalbox::client {
class Connection;
}

namespace signalbox::ui {

class GatewayBook;

class Preferences;
class StateStore;

struct WindowOptions {
    Preferences* preferences = nullptr;  ///< of the process, outlives the window; null: the window's own, in memory
    StateStore* state = nullptr;         ///< the same
    QString workspace = {};              ///< its folder on this machine; empty when it is elsewhere
    bool demo = false;                   ///< the workspace is the one that comes with the program
    bool welcome = false;                ///< says hello, unless it was said before
    bool restoreDocuments = true;        ///< opens the workflow and run of the last session
    GatewayBook* gateways = nullptr;     ///< those that the program knows, outlives the window; null: none are shown
    QString gateway = {};                ///< id of its own place in that book
    client::Connection* connection = nullptr;  ///< instead of the book's; null and none there: in this program
    bool safeMode = false;  ///< nothing of the last session, default layout and shortcuts; nothing is kept
};

}  // namespace signalbox::ui
