#include "nodes/python_node.h"

#include <filesystem>

#include "nodes/embedded.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeCompletion;
using engine::NodeResult;

struct PythonSettings {
    std::string code;
    Value params;
    PythonLimits limits;
    bool network;
    bool writeWorkspace;

    static Result<PythonSettings> read(const Value& params) {
        auto wallTime = parseDuration(params["timeout"].asString());
        if (wallTime && *wallTime <= 0) wallTime = fail("duration.syntax", "The timeout must be longer than nothing");
        if (!wallTime) {
            Error error = std::move(wallTime).error();
            error.where = "timeout";
            return fail(std::move(error));
        }
        PythonSettings settings{std::string(params["code"].asString()),
                                params["params"],
                                {},
                                params["network"].asBoolean(),
                                params["writeWorkspace"].asBoolean()};
        settings.limits.wallTime = *wallTime;
        settings.limits.cpuSeconds = params["cpuSeconds"].asInteger();
        settings.limits.memoryBytes = params["memoryMiB"].asInteger() << 20U;
        settings.limits.outputBytes = params["maxResultMiB"].asInteger() << 20U;
        return settings;
    }
};

Result<PythonGrants> grantsOf(const PythonSettings& settings, const NodeCall& call, const PythonOptions& options) {
    PythonGrants grants;
    if (settings.network && !options.allowNetwork) {
        return fail("python.not-granted", "The administrator does not allow Python code to use the network", "network");
    }
    grants.network = settings.network;
    if (!settings.writeWorkspace) return grants;
    if (!options.allowWorkspaceWrites) {
        return fail("python.not-granted", "The administrator does not allow Python code to write in the workspace",
                    "writeWorkspace");
    }
    std::error_code error;
    grants.writable = std::filesystem::canonical(call.workspace, error).string();
    if (call.workspace.empty() || error) {
        return fail("file.no-workspace", "There is no workspace that the code could write in", "writeWorkspace");
    }
    return grants;
}

void runPython(PythonPool& pool, const PythonSettings& settings, const std::shared_ptr<const NodeCall>& call,
               NodeCompletion done) {
    auto grants = grantsOf(settings, *call, pool.options());
    if (!grants) return done(fail(std::move(grants).error()));
    const Value params =
        grants->writable.empty() ? settings.params : settings.params.with("workspace", grants->writable);
    PythonJob job;
    job.text = pythonJobText(settings.code, call->inputs, params, call->iteration);
    job.limits = settings.limits;
    job.grants = std::move(*grants);
    job.stop = call->stop;
    job.log = [call](LogLevel level, std::string line) { call->log(level, std::move(line), Value::object()); };
    job.done = [done = std::move(done)](Result<Value> result) {
        if (!result) return done(fail(std::move(result).error()));
        done(engine::onOutput(std::move(*result)));
    };
    pool.submit(std::move(job));
}

}  // namespace

Status registerPythonNode(engine::Registry& registry, const std::shared_ptr<PythonPool>& pool) {
    return registerFamily(
        registry, kPythonManifests,
        {{"PythonCodeNode",
          asyncMaker<PythonSettings>(
              [pool](const std::shared_ptr<const PythonSettings>& settings, const std::shared_ptr<const NodeCall>& call,
                     NodeCompletion done) { runPython(*pool, *settings, call, std::move(done)); })}});
}

}  // namespace signalbox::nodes
