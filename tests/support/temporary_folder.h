// A folder for one test.
#pragma once

#include <filesystem>
#include <string>

namespace signalbox::test {

/// Empty at first; gone with the object, with all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string read(const std::string& name) const;

private:
    std::filesystem::path path_;
};

}  // namespace signalbox::test
