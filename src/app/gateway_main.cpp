// signalboxd: the gateway, headless.
#include <string>
#include <vector>

#include "app/gateway/command_line.h"

int main(int argc, char** argv) {
    using namespace signalbox::gatewayd;
    return runCommandLine(std::vector<std::string>(argv + 1, argv + argc), processEnvironment());
}
