#include "app/gateway/own_files.h"

#include <filesystem>
#include <iterator>
#include <string_view>

#include "base/text.h"

namespace signalbox::gatewayd {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSettingsFolder = "/etc/signalbox";

/// systemd separates several folders by colons.
constexpr std::string_view kFolderVariables[] = {"CREDENTIALS_DIRECTORY", "RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"};

/// Of systemd's credentials, people's sessions, and secrets that are mounted into containers.
constexpr std::string_view kFolders[] = {"/run/credentials", "/run/user", "/run/secrets"};

}  // namespace

std::vector<std::string> ownFiles(const ConfigSources& sources, const Settings& settings,
                                  std::vector<std::string> secretFiles) {
    std::vector<std::string> files = std::move(secretFiles);
    if (!settings.tls.key.empty()) files.push_back(fs::absolute(settings.tls.key).string());
    const fs::path file = sources.file.empty() ? fs::path() : fs::absolute(sources.file).lexically_normal();
    if (file.string().starts_with(std::string(kSettingsFolder) + "/")) files.emplace_back(kSettingsFolder);
    for (const std::string_view variable : kFolderVariables) {
        const auto found = sources.environment.find(variable);
        if (found == sources.environment.end()) continue;
        for (const std::string_view folder : split(found->second, ':')) {
            if (folder.starts_with('/') && folder.size() > 1) files.emplace_back(folder);
        }
    }
    files.insert(files.end(), std::begin(kFolders), std::end(kFolders));
    return files;
}

}  // namespace signalbox::gatewayd
