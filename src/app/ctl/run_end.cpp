#include "app/ctl/run_end.h"

#include <fmt/format.h>

#include "app/ctl/run_watch.h"
#include "app/ctl/states.h"
#include "base/clock.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

namespace {

void printSummary(const protocol::RunDetail& detail, Output& output) {
    const auto& run = detail.summary;
    Terminal& err = output.err;
    std::string text = err.paint(stateTone(run.status), stateText(run.status));
    if (const auto took = spanOf(run.started, run.finished, SystemClock().wallNow()); !took.empty()) {
        text += isTerminal(run.status) ? fmt::format(" after {}", took) : fmt::format(" for now, started {} ago", took);
    }
    text += fmt::format(": {} of {} nodes done", run.nodesDone, run.nodesTotal);
    if (run.nodesSkipped > 0) text += fmt::format(", {} skipped", run.nodesSkipped);
    if (run.nodesFailed > 0) text += fmt::format(", {} failed", run.nodesFailed);
    err.line(fmt::format("{}  {}", text, err.paint(Tone::Muted, "run " + shortId(run.runId))));
}

}  // namespace

int reportEnd(const protocol::RunDetail& detail, Session& session, Output& output) {
    const std::string& status = detail.summary.status;
    const bool ended = isTerminal(status);
    if (output.json) {
        Value value = Value::object({{"run", Value(detail.summary.runId)}, {"status", Value(status)}});
        if (detail.outputs.isDefined()) value = value.with("outputs", detail.outputs);
        if (detail.error) value = value.with("error", protocol::toValue(*detail.error));
        output.value(value);
        return !ended || status == "succeeded" ? kOk : kRunFailed;
    }
    printSummary(detail, output);
    if (detail.error) {
        Error error{detail.error->code, detail.error->message, detail.error->where, detail.error->hint, false};
        if (!detail.summary.errorNode.empty()) error.where = "node " + detail.summary.errorNode;
        printError(output.err, error);
    }
    if (!ended) {
        for (const auto& line : waitsOf(detail, session.placeOption())) output.err.line(line);
        return kOk;
    }
    output.err.flush();
    if (detail.outputs.isDefined() && !detail.outputs.isNull() && !detail.outputs.empty()) output.value(detail.outputs);
    return status == "succeeded" ? kOk : kRunFailed;
}

}  // namespace signalbox::ctl
