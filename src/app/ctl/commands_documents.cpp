#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "app/ctl/session.h"
#include "app/ctl/states.h"
#include "app/ctl/table.h"
#include "embedded/demo_workspace.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

namespace {

/// Documents of several workspaces may be named at once; each workspace is opened once. A gateway has one.
class Workspaces {
public:
    Workspaces(const Arguments& arguments, Output& output) : arguments_(arguments), output_(output) {}
    Result<Session*> of(const std::string& file) {
        SIGNALBOX_TRY(const auto gateway, gatewayNamed(arguments_));
        const std::filesystem::path place = file == "-" ? std::filesystem::path() : std::filesystem::path(file);
        auto& session = sessions_[gateway ? std::filesystem::path() : workspaceFor(arguments_, place)];
        if (!session) {
            SIGNALBOX_TRY(session, Session::open(arguments_, Session::Mode::Documents, output_, place));
        }
        return session.get();
    }

private:
    const Arguments& arguments_;
    Output& output_;
    std::map<std::filesystem::path, std::unique_ptr<Session>> sessions_;
};

Result<protocol::ValidationReport> validateFile(Workspaces& workspaces, const std::string& file) {
    SIGNALBOX_TRY(const auto text, readDocument(file));
    SIGNALBOX_TRY(Session * session, workspaces.of(file));
    return Session::await(session->client().workflows().validate(text));
}

Tone countTone(std::uint32_t count, Tone tone) { return count > 0 ? tone : Tone::Muted; }

}  // namespace

int validateCommand(const Arguments& arguments, Output& output) {
    Workspaces workspaces(arguments, output);
    int worst = kOk;
    ArrayBuilder reports;
    for (const std::string& file : arguments.operands) {
        auto report = validateFile(workspaces, file);
        if (!report) return output.error(report.error());
        if (!report->valid) worst = kInvalidDocument;
        if (output.json) {
            reports.push(Value::object({{"file", Value(file)},
                                        {"valid", Value(report->valid)},
                                        {"findings", protocol::toValue(*report)["findings"]}}));
            continue;
        }
        for (const auto& finding : report->findings) printFinding(output.out, file, finding);
        if (report->valid) {
            output.out.line(fmt::format("{} {}: valid, {} node{}", output.out.paint(Tone::Good, "✓"), file,
                                        report->graph.nodes.size(), report->graph.nodes.size() == 1 ? "" : "s"));
        }
    }
    if (output.json) output.value(std::move(reports).build());
    return worst;
}

int workflowsCommand(const Arguments& arguments, Output& output) {
    auto session = Session::open(arguments, Session::Mode::Documents, output);
    if (!session) return output.error(session.error());
    const std::string text = arguments.operands.empty() ? std::string() : arguments.operands.front();
    auto list = Session::await((*session)->client().workflows().list(QString::fromStdString(text)));
    if (!list) return output.error(list.error());
    if (output.json) {
        output.value(protocol::toValue(*list));
        return kOk;
    }
    if (list->workflows.empty()) {
        output.err.line(
            fmt::format("No workflows in {}. A workflow is a file named *.workflow.json.", (*session)->place()));
        return kOk;
    }
    Table table({{"Id"},
                 {"Name"},
                 {"Nodes", Table::Align::Right},
                 {"Errors", Table::Align::Right},
                 {"Warnings", Table::Align::Right},
                 {"File"}});
    for (const auto& workflow : list->workflows) {
        table.add({{onOneLine(workflow.id), Tone::Strong},
                   {onOneLine(workflow.name)},
                   {std::to_string(workflow.nodeCount)},
                   {std::to_string(workflow.errors), countTone(workflow.errors, Tone::Bad)},
                   {std::to_string(workflow.warnings), countTone(workflow.warnings, Tone::Warning)},
                   {onOneLine(workflow.file), Tone::Muted}});
    }
    table.print(output.out);
    return kOk;
}

int demoCommand(const Arguments& arguments, Output& output) {
    const auto folder =
        arguments.operands.empty() ? embedded::defaultDemoFolder() : std::filesystem::path(arguments.operands.front());
    auto made = embedded::makeDemoWorkspace(folder);
    if (!made) return output.error(made.error());
    if (output.json) {
        output.value(Value::object({{"workspace", Value(folder.string())},
                                    {"written", Value(made->written)},
                                    {"unchanged", Value(made->unchanged)},
                                    {"edited", Value(made->edited)}}));
        return kOk;
    }
    output.out.line(folder.string());
    output.err.line(fmt::format("{} files written, {} as they were, {} edited by you and left alone", made->written,
                                made->unchanged, made->edited));
    return kOk;
}

}  // namespace signalbox::ctl
