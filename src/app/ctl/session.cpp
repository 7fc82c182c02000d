#include "app/ctl/session.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/ids.h"
#include "client/environment.h"

namespace signalbox::ctl {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kShortestId = 6;
constexpr std::uint32_t kPage = 1000;
constexpr int kMostPages = 100;

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

}  // namespace

Status Session::openHere(const fs::path& workspace, Mode mode, bool verbose) {
    embedded::EmbeddedOptions options;
    options.workspace = workspace;
    options.mode = mode;
    options.version = SIGNALBOX_VERSION;
    options.log = stderrSink();
    options.logLevel = verbose ? LogLevel::Debug : LogLevel::Warning;
    workspace_ = workspace;
    SIGNALBOX_TRY(gateway_, embedded::EmbeddedGateway::open(std::move(options)));
    client_ = std::make_unique<client::GatewayClient>(gateway_->connect());
    return {};
}

Status Session::openThere(const Arguments& arguments, const std::string& named, Output& output) {
    SIGNALBOX_TRY(remote_, RemoteTarget::of(arguments, named));
    SIGNALBOX_TRY(auto gateway, remote_->connect(arguments, output));
    client_ = std::move(gateway.client);
    connection_ = std::move(gateway.connection);
    return {};
}

Result<std::unique_ptr<Session>> Session::open(const Arguments& arguments, Mode mode, Output& output,
                                               const fs::path& file) {
    SIGNALBOX_TRY(const auto named, gatewayNamed(arguments));
    std::unique_ptr<Session> session(new Session);
    if (named)
        SIGNALBOX_CHECK(session->openThere(arguments, *named, output));
    else
        SIGNALBOX_CHECK(session->openHere(workspaceFor(arguments, file), mode, arguments.has("verbose")));
    return session;
}

Result<std::unique_ptr<Session>> Session::openToLook(const Arguments& arguments, Output& output) {
    const auto mode = embedded::hasRuns(workspaceFor(arguments)) ? Mode::OwnRuns : Mode::Documents;
    return open(arguments, mode, output);
}

Result<std::unique_ptr<Session>> Session::openRemote(const Arguments& arguments, Output& output) {
    SIGNALBOX_TRY(const auto named, gatewayNamed(arguments));
    if (!named) {
        return fail("usage.gateway", fmt::format("\"{}\" needs a gateway", arguments.command->name), {},
                    "Name one with --gateway, or in SIGNALBOX_GATEWAY");
    }
    return open(arguments, Mode::Documents, output);
}

std::string Session::place() const { return isRemote() ? remote_->profile().name.toStdString() : workspace_.string(); }

QString Session::environment() const {
    if (!isRemote()) return {};
    const auto told = connection_->status().gateway;
    const QString& kept = remote_->profile().environment;
    return told ? client::carefulEnvironment(kept, QString::fromStdString(told->environment)) : kept;
}

std::string Session::placeOption() const {
    if (isRemote()) {
        const std::string name = remote_->profile().name.toStdString();
        return fmt::format(" --gateway {}", name.find(' ') == std::string::npos ? name : "\"" + name + "\"");
    }
    std::error_code error;
    const auto here = embedded::workspaceOf(fs::current_path(error));
    if (fs::equivalent(here, workspace_, error)) return {};
    return fmt::format(" --workspace {}", workspace_.string());
}

Result<std::string> Session::resolveRun(const std::string& typed) {
    const std::string wanted = lowered(typed);
    if (RunId::parse(wanted)) return wanted;
    const bool last = wanted == "last";
    const bool isPart = wanted.find_first_not_of("0123456789abcdef-") == std::string::npos;
    if (!last && (!isPart || wanted.size() < kShortestId)) {
        return fail(
            "usage.run-id", fmt::format("\"{}\" is no run id", typed), {},
            fmt::format("Give a whole id, {} or more characters from its beginning or end, or \"last\"", kShortestId));
    }
    std::vector<std::string> matches;
    protocol::ListRuns request;
    request.limit = last ? 1 : kPage;
    for (int page = 0; page < kMostPages; ++page) {
        SIGNALBOX_TRY(auto list, await(client_->runs().list(request)));
        for (auto& run : list.runs) {
            if (last) return run.runId;
            if (run.runId.starts_with(wanted) || run.runId.ends_with(wanted)) matches.push_back(std::move(run.runId));
        }
        if (list.nextCursor.empty()) break;
        request.cursor = list.nextCursor;
    }
    if (matches.size() == 1) return matches.front();
    if (matches.empty()) {
        return fail("run.not-found", last ? "There are no runs here yet" : fmt::format("There is no run \"{}\"", typed),
                    place(), "\"signalboxctl runs\" lists them");
    }
    return fail(
        "run.ambiguous",
        fmt::format("{} runs match \"{}\", {} and {} among them", matches.size(), typed, matches[0], matches[1]), {},
        "Give more characters");
}

fs::path workspaceFor(const Arguments& arguments, const fs::path& file) {
    if (const auto given = arguments.option("workspace")) return *given;
    std::error_code ignored;
    return embedded::workspaceOf(file.empty() ? fs::current_path(ignored) : file);
}

}  // namespace signalbox::ctl
