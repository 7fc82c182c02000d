#include <filesystem>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "app/ctl/run_end.h"
#include "app/ctl/run_watch.h"
#include "app/ctl/session.h"
#include "app/ctl/states.h"

namespace signalbox::ctl {

namespace {

WatchOptions watchOptions(const Arguments& arguments, const Output& output) {
    WatchOptions options;
    options.lines = arguments.has("watch");
    options.events = arguments.has("watch") && output.json;
    options.stopsAtWait = arguments.has("detach");
    return options;
}

Result<protocol::StartRun> startRequest(const Arguments& arguments) {
    protocol::StartRun request;
    if (const auto typed = arguments.option("input")) {
        SIGNALBOX_TRY(request.inputs, readInputs(*typed));
    }
    request.idempotencyKey = arguments.option("idempotency-key");
    SIGNALBOX_TRY(const auto priority, arguments.number("priority", 0, -1000, 1000));
    request.priority = static_cast<std::int32_t>(priority);
    return request;
}

/// Says what is wrong with a document that cannot run. Gives the exit code; kOk: it can.
int checkDocument(Session& session, const std::string& file, const std::string& text, Output& output) {
    const auto report = Session::await(session.client().workflows().validate(text));
    if (!report) return output.error(report.error());
    if (report->valid) return kOk;
    if (output.json) {
        return output.error({"workflow.invalid", "The document has errors and cannot run", file,
                             "\"signalboxctl validate --json\" lists them", false});
    }
    for (const auto& finding : report->findings) printFinding(output.err, file, finding);
    return kInvalidDocument;
}

int follow(RunWatch& watch, const Result<protocol::RunRef>& run, Session& session, Output& output) {
    if (!run) return output.error(run.error());
    if (!output.json) {
        output.err.line(output.err.paint(Tone::Muted, fmt::format("run {}", run->runId)));
        output.err.flush();
    }
    auto detail = watch.follow(run->runId);
    if (!detail) {
        output.error(detail.error());
        return detail.error().code == "run.left" ? kRunFailed : exitCodeFor(detail.error());
    }
    return reportEnd(*detail, session, output);
}

}  // namespace

int runCommand(const Arguments& arguments, Output& output) {
    const std::string& named = arguments.operands.front();
    const std::filesystem::path file = named == "-" ? std::filesystem::path() : std::filesystem::path(named);
    auto request = startRequest(arguments);
    if (!request) return output.error(request.error());
    const auto gateway = gatewayNamed(arguments);
    if (!gateway) return output.error(gateway.error());
    std::error_code ignored;
    const bool isId = *gateway && named != "-" && !std::filesystem::exists(file, ignored);
    auto text = isId ? Result<std::string>() : readDocument(named);
    if (!text) return output.error(text.error());
    // Looked at first, so that a document that cannot run leaves nothing behind.
    auto session = Session::open(arguments, Session::Mode::Documents, output, file);
    if (!session) return output.error(session.error());
    if (isId) {
        request->workflowId = named;
    } else {
        const int code = checkDocument(**session, named, *text, output);
        if (code != kOk) return code;
        request->text = std::move(*text);
    }
    if (!*gateway) session = Session::open(arguments, Session::Mode::OwnRuns, output, file);
    if (!session) return output.error(session.error());
    RunWatch watch(**session, output, watchOptions(arguments, output));
    return follow(watch, Session::await((*session)->client().runs().start(std::move(*request))), **session, output);
}

int rerunCommand(const Arguments& arguments, Output& output) {
    protocol::RerunRun request;
    if (arguments.has("from") && arguments.has("failed")) {
        return output.error({"usage.option", "--from and --failed exclude each other", {}, {}, false});
    }
    if (arguments.has("failed")) request.mode = "failed";
    if (const auto node = arguments.option("from")) {
        request.mode = "from";
        request.fromNode = *node;
    }
    if (const auto typed = arguments.option("input")) {
        auto inputs = readInputs(*typed);
        if (!inputs) return output.error(inputs.error());
        request.inputs = std::move(*inputs);
    }
    auto session = Session::open(arguments, Session::Mode::OwnRuns, output);
    if (!session) return output.error(session.error());
    auto run = (*session)->resolveRun(arguments.operands.front());
    if (!run) return output.error(run.error());
    request.runId = *run;
    RunWatch watch(**session, output, watchOptions(arguments, output));
    return follow(watch, Session::await((*session)->client().runs().rerun(std::move(request))), **session, output);
}

}  // namespace signalbox::ctl
