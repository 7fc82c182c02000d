// signalboxctl: workflows and runs from the command line.
#include <QCoreApplication>
#include <string>
#include <vector>

#include "app/ctl/commands.h"

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    return signalbox::ctl::runCommandLine(std::vector<std::string>(argv + 1, argv + argc));
}
