#include "app/ctl/session.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/ids.h"

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

Result<std::unique_ptr<Session>> Session::open(const fs::path& workspace, Mode mode, bool verbose) {
    embedded::EmbeddedOptions options;
    options.workspace = workspace;
    options.mode = mode;
    options.version = SIGNALBOX_VERSION;
    options.log = stderrSink();
    options.logLevel = verbose ? LogLevel::Debug : LogLevel::Warning;
    std::unique_ptr<Session> session(new Session);
    session->workspace_ = workspace;
    SIGNALBOX_TRY(session->gateway_, embedded::EmbeddedGateway::open(std::move(options)));
    session->client_ = std::make_unique<client::GatewayClient>(session->gateway_->connect());
    return session;
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
                    workspace_.string(), "\"signalboxctl runs\" lists them");
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
