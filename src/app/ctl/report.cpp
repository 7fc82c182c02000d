#include "app/ctl/report.h"

#include <fmt/format.h>

#include "base/json.h"
#include "protocol/codec.h"
#include "protocol/errors.h"

namespace signalbox::ctl {

void Output::value(const Value& value) { out.line(writeJson(value, json ? JsonStyle::Compact : JsonStyle::Pretty)); }

ExitCode Output::error(const Error& error) {
    if (json)
        value(Value::object({{"error", protocol::toValue(protocol::toDto(error))}}));
    else
        printError(err, error);
    return exitCodeFor(error);
}

void printFinding(Terminal& out, const std::string& file, const protocol::FindingDto& finding) {
    std::string place = file;
    if (finding.line > 0) place += fmt::format(":{}:{}", finding.line, finding.column);
    const Tone tone = finding.severity == "error"     ? Tone::Bad
                      : finding.severity == "warning" ? Tone::Warning
                                                      : Tone::Muted;
    out.line(fmt::format("{}: {} {} {}", out.paint(Tone::Strong, place), out.paint(tone, finding.severity + ":"),
                         onOneLine(finding.message), out.paint(Tone::Muted, fmt::format("[{}]", finding.code))));
    if (!finding.hint.empty())
        out.line(fmt::format("    {}", out.paint(Tone::Muted, "hint: " + onOneLine(finding.hint))));
}

void printError(Terminal& out, const Error& error) {
    out.line(fmt::format("{} {} {}", out.paint(Tone::Bad, "error:"), onOneLine(error.message),
                         out.paint(Tone::Muted, fmt::format("[{}]", error.code))));
    if (!error.where.empty()) out.line(fmt::format("    at {}", onOneLine(error.where)));
    if (!error.hint.empty()) out.line(fmt::format("    hint: {}", onOneLine(error.hint)));
}

}  // namespace signalbox::ctl
