#include "unit/nodes/node_harness.h"

#include <fstream>
#include <future>
#include <sstream>

#include <gtest/gtest.h>

#include "engine/params.h"

namespace signalbox::nodes {

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "signalbox-test-XXXXXX").string();
    path_ = std::filesystem::canonical(::mkdtemp(pattern.data()));
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void TemporaryFolder::write(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
}

std::string TemporaryFolder::read(const std::string& name) const {
    std::ostringstream content;
    content << std::ifstream(path_ / name, std::ios::binary).rdbuf();
    return content.str();
}

Value json(std::string_view text) {
    auto value = parseJson(text);
    if (value) return *value;
    ADD_FAILURE() << "not JSON: " << text << "\n" << value.error().message;
    return Value::undefined();
}

NodeHarness::NodeHarness(NodeEnvironment environment) {
    environment.clock = &clock_;
    auto services = registerBuiltinNodes(registry_, environment);
    if (!services) {
        ADD_FAILURE() << services.error().code << ": " << services.error().message << " (" << services.error().where
                      << ")";
        return;
    }
    services_ = std::move(*services);
}

void NodeHarness::endServices() { services_.reset(); }

std::vector<LoggedLine> NodeHarness::logged() const {
    const std::lock_guard lock(mutex_);
    return logged_;
}

std::shared_ptr<engine::NodeCall> NodeHarness::makeCall(const Value& params, const Value& inputs) {
    auto call = std::make_shared<engine::NodeCall>();
    call->inputs = inputs;
    call->params = params;
    call->runInputs = runInputs;
    call->nodeId = "node";
    call->runId = "run";
    call->stepKey = stepKey;
    call->iteration = iteration;
    call->wallNow = 1'700'000'000'000'000;
    call->stop = stop_.get_token();
    call->workspace = workspace_.path().string();
    call->log = [this](LogLevel level, std::string text, Value fields) {
        const std::lock_guard lock(mutex_);
        logged_.push_back({level, std::move(text), std::move(fields)});
    };
    call->progress = [](double, const std::string&) {};
    return call;
}

Result<Value> NodeHarness::run(std::string_view type, const Value& params, const Value& inputs) {
    const engine::NodeType* const found = registry_.find(type);
    if (found == nullptr) return fail("test.type", "no such node type", std::string(type));
    const Value settled = engine::withDefaults(found->manifest().paramsSchema, params);
    auto behaviour = found->prepare(settled);
    if (!behaviour) return fail(std::move(behaviour).error());
    auto result = std::make_shared<std::promise<Result<Value>>>();
    auto future = result->get_future();
    (*behaviour)->start(makeCall(settled, inputs), [result](engine::NodeResult done) {
        result->set_value(std::move(done));
    });
    if (future.wait_for(std::chrono::seconds(30)) != std::future_status::ready) {
        return fail("test.timeout", "the node did not complete");
    }
    return future.get();
}

Value NodeHarness::output(std::string_view type, const Value& params, const Value& inputs, std::string_view port) {
    auto result = run(type, params, inputs);
    if (result) return (*result)[port];
    ADD_FAILURE() << type << " failed: " << result.error().code << ": " << result.error().message << " ("
                  << result.error().where << ") " << result.error().hint;
    return Value::undefined();
}

Error NodeHarness::error(std::string_view type, const Value& params, const Value& inputs) {
    auto result = run(type, params, inputs);
    if (!result) return result.error();
    ADD_FAILURE() << type << " should have failed but gave " << writeJson(*result);
    return {};
}

}  // namespace signalbox::nodes
