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

Result<protocol::StartRun> startRequest(const Arguments& arguments, std::string text) {
    protocol::StartRun request;
    request.text = std::move(text);
    if (const auto typed = arguments.option("input")) {
        SIGNALBOX_TRY(request.inputs, readInputs(*typed));
    }
    request.idempotencyKey = arguments.option("idempotency-key");
    SIGNALBOX_TRY(const auto priority, arguments.number("priority", 0, -1000, 1000));
    request.priority = static_cast<std::int32_t>(priority);
    return request;
}

/// Prints the findings of a document that cannot run; false when there are no errors.
Result<bool> hasErrors(Session& session, const std::string& file, const std::string& text, Output& output) {
    SIGNALBOX_TRY(const auto report, Session::await(session.client().workflows().validate(text)));
    if (report.valid) return false;
    if (output.json) return true;
    for (const auto& finding : report.findings) printFinding(output.err, file, finding);
    return true;
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
    const std::string& file = arguments.operands.front();
    auto text = readDocument(file);
    if (!text) return output.error(text.error());
    auto request = startRequest(arguments, *text);
    if (!request) return output.error(request.error());
    const auto workspace = workspaceFor(arguments, file == "-" ? std::filesystem::path() : std::filesystem::path(file));
    {
        // Looked at first, so that a document that cannot run leaves nothing behind.
        auto reader = Session::open(workspace, Session::Mode::Documents, arguments.has("verbose"));
        if (!reader) return output.error(reader.error());
        const auto invalid = hasErrors(**reader, file, *text, output);
        if (!invalid) return output.error(invalid.error());
        if (*invalid && !output.json) return kInvalidDocument;
        if (*invalid) {
            return output.error({"workflow.invalid", "The document has errors and cannot run", file,
                                 "\"signalboxctl validate --json\" lists them", false});
        }
    }
    auto session = Session::open(workspace, Session::Mode::OwnRuns, arguments.has("verbose"));
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
    auto session = Session::open(workspaceFor(arguments), Session::Mode::OwnRuns, arguments.has("verbose"));
    if (!session) return output.error(session.error());
    auto run = (*session)->resolveRun(arguments.operands.front());
    if (!run) return output.error(run.error());
    request.runId = *run;
    RunWatch watch(**session, output, watchOptions(arguments, output));
    return follow(watch, Session::await((*session)->client().runs().rerun(std::move(request))), **session, output);
}

}  // namespace signalbox::ctl
