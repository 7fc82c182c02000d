// The man page says all that the help does.
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "app/ctl/command_table.h"

namespace signalbox::ctl {
namespace {

/// Its text without the commands that lay it out.
std::string manPage() {
    std::ifstream file(SIGNALBOX_SOURCE_DIR "/packaging/man/signalboxctl.1");
    std::stringstream text;
    text << file.rdbuf();
    return std::regex_replace(text.str(), std::regex(R"(\\-)"), "-");
}

/// The part from the heading of a command to that of the next.
std::string partOf(const std::string& page, std::string_view command) {
    const std::regex heading("\n\\.TP\n\\.BI? \"?" + std::string(command) + "\"?[ \n]");
    std::smatch found;
    if (!std::regex_search(page, found, heading)) return {};
    const std::string rest = found.suffix();
    std::size_t end = rest.find("\n.TP\n");
    // Options that have headings of their own are set in.
    if (const auto inner = rest.find("\n.RS\n"); inner < end) end = rest.find("\n.RE\n");
    return rest.substr(0, end);
}

bool names(const std::string& text, std::string_view option) {
    return std::regex_search(text, std::regex("--" + std::string(option) + "(?![a-z-])"));
}

TEST(ManPage, NamesEveryCommandWithItsOptions) {
    const std::string page = manPage();
    for (const CommandSpec& command : commandSpecs()) {
        const std::string part = partOf(page, command.name);
        EXPECT_FALSE(part.empty()) << command.name << " is missing";
        for (const OptionSpec& option : command.options) {
            EXPECT_TRUE(names(part, option.name)) << command.name << " --" << option.name << " is missing in:\n"
                                                  << part;
        }
    }
    for (const OptionSpec& option : commonOptions()) EXPECT_TRUE(names(page, option.name)) << option.name;
}

TEST(ManPage, NamesNoOptionThatIsNotThere) {
    std::set<std::string> known = {"help", "version"};
    for (const OptionSpec& option : commonOptions()) known.emplace(option.name);
    for (const CommandSpec& command : commandSpecs()) {
        for (const OptionSpec& option : command.options) known.emplace(option.name);
    }
    const std::string page = manPage();
    const std::regex option("--([a-z][a-z-]*)");
    for (std::sregex_iterator it(page.begin(), page.end(), option), end; it != end; ++it) {
        EXPECT_TRUE(known.contains((*it)[1])) << (*it)[0];
    }
}

}  // namespace
}  // namespace signalbox::ctl
