#include "service/processes.h"

#include <charconv>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

namespace signalbox::service {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostProcesses = 100;
constexpr std::size_t kLargestFile = 1U << 20U;

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::uint64_t residentBytes(std::int64_t pid) {
    const auto text = readFile(fmt::format("/proc/{}/statm", pid), kLargestFile);
    if (!text) return 0;
    const auto fields = split(*text, ' ');
    return fields.size() < 2 ? 0 : static_cast<std::uint64_t>(number(fields[1]) * ::sysconf(_SC_PAGESIZE));
}

/// Seconds since the computer started.
double upTime() {
    const auto text = readFile("/proc/uptime", kLargestFile);
    return text ? std::strtod(text->c_str(), nullptr) : 0;
}

/// The arguments say more than the name: for an interpreter, which program it runs.
std::string commandOf(std::int64_t pid, std::string_view name) {
    const auto text = readFile(fmt::format("/proc/{}/cmdline", pid), kLargestFile);
    if (!text || text->empty()) return std::string(name);
    std::string command;
    for (const auto part : split(*text, '\0')) {
        if (part.empty() || command.size() > 60) break;
        if (!command.empty()) command += ' ';
        const auto slash = part.rfind('/');
        command += part.substr(slash == std::string_view::npos ? 0 : slash + 1, 40);
    }
    return command;
}

/// proc(5): fields behind the name, which is in parentheses and may hold anything.
bool describe(std::int64_t pid, Micros wallNow, protocol::WorkerProcessDto& process) {
    const auto text = readFile(fmt::format("/proc/{}/stat", pid), kLargestFile);
    if (!text) return false;
    const auto open = text->find('(');
    const auto close = text->rfind(')');
    if (open == std::string::npos || close == std::string::npos || close + 2 >= text->size()) return false;
    const auto fields = split(std::string_view(*text).substr(close + 2), ' ');
    if (fields.size() < 20) return false;
    const double tick = 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
    process.pid = pid;
    process.name = commandOf(pid, std::string_view(*text).substr(open + 1, close - open - 1));
    process.cpu = static_cast<Micros>(static_cast<double>(number(fields[11]) + number(fields[12])) * tick);
    const double age = upTime() - static_cast<double>(number(fields[19])) * tick * 1e-6;
    process.started = wallNow - static_cast<Micros>(age * 1e6);
    process.memoryBytes = residentBytes(pid);
    return true;
}

void collect(std::int64_t parent, Micros wallNow, std::vector<protocol::WorkerProcessDto>& found) {
    std::error_code error;
    for (const auto& task : fs::directory_iterator(fmt::format("/proc/{}/task", parent), error)) {
        const auto children = readFile(task.path() / "children", kLargestFile);
        if (!children) continue;
        for (const auto text : split(*children, ' ')) {
            const std::int64_t pid = number(text);
            protocol::WorkerProcessDto process;
            if (pid <= 0 || found.size() >= kMostProcesses || !describe(pid, wallNow, process)) continue;
            found.push_back(std::move(process));
            collect(pid, wallNow, found);
        }
    }
}

}  // namespace

std::uint64_t ownMemory() { return residentBytes(::getpid()); }

std::vector<protocol::WorkerProcessDto> childProcesses(Micros wallNow) {
    std::vector<protocol::WorkerProcessDto> found;
    collect(::getpid(), wallNow, found);
    return found;
}

}  // namespace signalbox::service
