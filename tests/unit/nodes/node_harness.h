// Runs single nodes as the engine would, with a workspace of their own.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "engine/registry.h"
#include "nodes/builtin.h"

namespace signalbox::nodes {

/// A folder that is removed at the end, contents and all.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, std::string_view content) const;
    [[nodiscard]] std::string read(const std::string& name) const;

private:
    std::filesystem::path path_;
};

struct LoggedLine {
    LogLevel level;
    std::string text;
    Value fields;
};

/// JSON text as a value; fails the test when it is not.
[[nodiscard]] Value json(std::string_view text);

class NodeHarness {
public:
    explicit NodeHarness(NodeEnvironment environment = {});
    NodeHarness(const NodeHarness&) = delete;
    NodeHarness& operator=(const NodeHarness&) = delete;

    /// Prepares and runs a node. Errors of both; "test.timeout" when it is not done within half a minute.
    [[nodiscard]] Result<Value> run(std::string_view type, const Value& params, const Value& inputs = Value::object());
    /// The value on one port, Undefined when the node fails (and the test with it) or the port is silent.
    [[nodiscard]] Value output(std::string_view type, const Value& params, const Value& inputs = Value::object(),
                               std::string_view port = "output");
    /// The error of a node that must fail.
    [[nodiscard]] Error error(std::string_view type, const Value& params, const Value& inputs = Value::object());

    [[nodiscard]] engine::Registry& registry() { return registry_; }
    [[nodiscard]] const TemporaryFolder& workspace() const { return workspace_; }
    [[nodiscard]] std::vector<LoggedLine> logged() const;
    /// Starts from anew for the next call.
    std::stop_source& stop() { return stop_; }
    /// Lets go of the services, as at the end of the program; nodes cannot run afterwards.
    void endServices();

    Value runInputs = Value::object();
    std::string stepKey = "step-1";
    int iteration = 0;

private:
    [[nodiscard]] std::shared_ptr<engine::NodeCall> makeCall(const Value& params, const Value& inputs);

    SystemClock clock_;
    TemporaryFolder workspace_;
    engine::Registry registry_;
    std::shared_ptr<void> services_;
    std::stop_source stop_;
    mutable std::mutex mutex_;
    std::vector<LoggedLine> logged_;
};

}  // namespace signalbox::nodes
