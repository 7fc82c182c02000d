// The table of settings and what is written from it: help, example file, names.
#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gateway/arguments.h"
#include "app/gateway/config_file.h"
#include "app/gateway/reference.h"
#include "app/gateway/setting_value.h"

namespace signalbox::gatewayd {
namespace {

using testing::HasSubstr;

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(TableTest, EveryRowIsWhole) {
    std::set<std::string> flags;
    for (const SettingSpec& spec : settingTable()) {
        SCOPED_TRACE(spec.name);
        EXPECT_TRUE(flags.insert(flagName(spec.name)).second) << "two settings would be one option";
        EXPECT_TRUE(spec.help.ends_with('.'));
        EXPECT_EQ(spec.placeholder.empty(), spec.kind == SettingKind::Flag);
        EXPECT_TRUE(readSetting(spec, std::string(spec.fallback)).has_value());
        Settings settings;
        assignSetting(spec, fallbackOf(spec), settings);  // throws when its kind and its target do not fit
        if (spec.kind == SettingKind::Choice) {
            EXPECT_GE(spec.choices.size(), 2U);
        }
    }
}

TEST(TableTest, TheExampleFileHoldsTheDefaultsOfEverySetting) {
    // As if somebody had taken the "#" from every setting.
    std::string text;
    std::istringstream lines(exampleFile());
    for (std::string line; std::getline(lines, line);) {
        text += line.starts_with("#") && !line.starts_with("# ") ? line.substr(1) + "\n" : line + "\n";
    }
    const ConfigText parsed = parseConfigText(text);
    ASSERT_EQ(parsed.error, "") << text;
    ASSERT_EQ(parsed.entries.size(), settingTable().size());
    for (std::size_t i = 0; i < parsed.entries.size(); ++i) {
        const SettingSpec& spec = settingTable()[i];
        EXPECT_EQ(parsed.entries[i].name, spec.name) << "the order is the table's";
        if (spec.name == "workspace" || spec.name == "title" || spec.kind == SettingKind::Secret) continue;
        const auto value = readSetting(spec, parsed.entries[i].value);
        ASSERT_TRUE(value.has_value()) << spec.name << ": " << value.error().message;
        EXPECT_EQ(*value, fallbackOf(spec)) << spec.name;
    }
}

TEST(TableTest, TheInstalledFileIsTheExample) {
    EXPECT_EQ(contentOf(SIGNALBOX_SOURCE_DIR "/packaging/signalboxd.toml"), exampleFile())
        << "write it again: signalboxd --print-example > packaging/signalboxd.toml";
}

TEST(TableTest, HelpAndManualNameEverySetting) {
    const std::string help = helpText();
    const std::string manual = contentOf(SIGNALBOX_SOURCE_DIR "/packaging/man/signalboxd.1");
    std::string inOneLine = manual;
    std::replace(inOneLine.begin(), inOneLine.end(), '\n', ' ');
    for (const SettingSpec& spec : settingTable()) {
        EXPECT_THAT(help, HasSubstr("--" + flagName(spec.name)));
        EXPECT_THAT(manual, HasSubstr("\n.B " + std::string(spec.name) + "\n"));
        EXPECT_THAT(inOneLine, HasSubstr(std::string(spec.help)));
    }
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 120U) << line;
}

TEST(TableTest, NamesFollowTheSetting) {
    EXPECT_EQ(environmentName("tls.key_passphrase"), "SIGNALBOX_TLS_KEY_PASSPHRASE");
    EXPECT_EQ(flagName("tls.key_passphrase"), "tls-key-passphrase");
    EXPECT_EQ(sectionOf("tls.key"), "tls");
    EXPECT_EQ(sectionOf("port"), "");
}

TEST(SizeTest, IsReadAndWritten) {
    for (const char* text : {"0B", "1B", "1023B", "1KiB", "16MiB", "3GiB", "1025B", "1TiB"}) {
        const auto parsed = parseSize(text);
        ASSERT_TRUE(parsed.has_value()) << text;
        EXPECT_EQ(formatSize(*parsed), text);
    }
    EXPECT_EQ(parseSize("512"), 512);
    for (const char* text : {"", "MiB", "-1B", "1 MiB", "1MB", "1.5MiB", "9999999999GiB", "0x10"}) {
        EXPECT_FALSE(parseSize(text).has_value()) << text;
    }
}

TEST(ArgumentsTest, OptionsAreSettings) {
    const auto parsed = parseArguments({"--config", "x.toml", "--port=7", "--title", "--help", "--metrics-open",
                                        "--dangerous-insecure-bind=false", "--tls-key-passphrase-file", "p"});
    ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
    EXPECT_EQ(parsed->configFile, "x.toml");
    EXPECT_EQ(parsed->action, Action::Serve);
    using Pair = std::pair<std::string, std::string>;
    EXPECT_THAT(parsed->flags,
                testing::ElementsAre(Pair("port", "7"), Pair("title", "--help"), Pair("metrics_open", "true"),
                                     Pair("dangerous_insecure_bind", "false"), Pair("tls.key_passphrase_file", "p")));
}

TEST(ArgumentsTest, WhatIsWrongIsTold) {
    EXPECT_EQ(parseArguments({"--prot", "3"}).error().hint, "Did you mean \"--port\"?");
    EXPECT_EQ(parseArguments({"--chekc-config"}).error().hint, "Did you mean \"--check-config\"?");
    EXPECT_EQ(parseArguments({"--port"}).error().message, "--port needs a value");
    EXPECT_EQ(parseArguments({"--version=3"}).error().message, "--version takes no value");
    EXPECT_EQ(parseArguments({"file.toml"}).error().code, "usage.operands");
    EXPECT_EQ(parseArguments({"--check-config", "-h"})->action, Action::Help);
}

}  // namespace
}  // namespace signalbox::gatewayd
