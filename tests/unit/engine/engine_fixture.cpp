#include "engine_fixture.h"

namespace signalbox::test {

using namespace signalbox::engine;

namespace {

constexpr std::chrono::seconds kPatience{20};

class FnBehaviour final : public SyncNode {
public:
    FnBehaviour(const std::map<std::string, std::function<NodeResult(const NodeCall&)>>& functions)
        : functions_(functions) {}
    NodeResult run(const NodeCall& call) const override {
        const auto found = functions_.find(std::string(call.param("fn").asString()));
        if (found != functions_.end()) return found->second(call);
        return onOutput(call.input("input").isDefined() ? call.input("input") : call.param("value"));
    }

private:
    const std::map<std::string, std::function<NodeResult(const NodeCall&)>>& functions_;
};

class AsyncBehaviour final : public NodeBehaviour {
public:
    using Functions = std::map<std::string, std::function<void(std::shared_ptr<const NodeCall>, NodeCompletion)>>;
    explicit AsyncBehaviour(const Functions& functions) : functions_(functions) {}
    void start(std::shared_ptr<const NodeCall> call, NodeCompletion done) const override {
        functions_.at(std::string(call->param("fn").asString()))(call, std::move(done));
    }

private:
    const Functions& functions_;
};

class FnType final : public NodeType {
public:
    using Make = std::function<std::shared_ptr<const NodeBehaviour>()>;
    FnType(std::string type, Effect effect, Cost cost, Make make, Value inputSchema = Value::undefined())
        : make_(std::move(make)) {
        manifest_.type = std::move(type);
        manifest_.title = manifest_.type;
        manifest_.summary = "Code of the test.";
        manifest_.effect = effect;
        manifest_.cost = cost;
        manifest_.inputs = {{.name = "input", .type = PortType{}, .help = {}},
                            {.name = "more", .type = PortType{}, .required = false, .many = true, .help = {}}};
        manifest_.outputs = {{.name = "output", .type = PortType{}, .help = {}},
                             {.name = "other", .type = PortType{}, .help = {}}};
        manifest_.inputs[0].schema = std::move(inputSchema);
        manifest_.paramsSchema =
            parseJson(R"({"type":"object","properties":{"fn":{"type":"string"},"value":{}}})").value();
    }
    const NodeManifest& manifest() const override { return manifest_; }
    Result<std::shared_ptr<const NodeBehaviour>> prepare(const Value&) const override { return make_(); }

private:
    NodeManifest manifest_;
    Make make_;
};

}  // namespace

EngineTest::EngineTest() {
    nodes::NodeEnvironment environment;
    environment.clock = &clock_;
    builtins_ = nodes::registerBuiltinNodes(registry_, environment).value();
    const auto sync = [this] { return std::make_shared<FnBehaviour>(functions_); };
    const auto async = [this] { return std::make_shared<AsyncBehaviour>(asyncFunctions_); };
    EXPECT_TRUE(registry_.add(std::make_unique<FnType>("FnNode", Effect::Pure, Cost::Inline, sync)));
    EXPECT_TRUE(registry_.add(std::make_unique<FnType>("PositiveFnNode", Effect::Pure, Cost::Inline, sync,
                                                       Value::object({{"minimum", Value(1)}}))));
    EXPECT_TRUE(registry_.add(std::make_unique<FnType>("CpuFnNode", Effect::Pure, Cost::Cpu, sync)));
    EXPECT_TRUE(registry_.add(std::make_unique<FnType>("ReadFnNode", Effect::ReadOnly, Cost::Cpu, sync)));
    EXPECT_TRUE(registry_.add(std::make_unique<FnType>("EffectFnNode", Effect::Effectful, Cost::Cpu, sync)));
    EXPECT_TRUE(registry_.add(std::make_unique<FnType>("AsyncFnNode", Effect::Effectful, Cost::Io, async)));
    startEngine();
}

EngineTest::~EngineTest() { engine_.reset(); }

void EngineTest::startEngine(EngineOptions options) {
    engine_.reset();
    if (options.threads == 0) options.threads = 4;
    EnginePorts ports;
    ports.clock = &clock_;
    ports.random = &random_;
    ports.runs = &gate_;
    ports.memos = &store_;
    ports.workflows = &store_;
    ports.registry = &registry_;
    ports.events = [this](std::span<const EngineEvent> batch) {
        const std::lock_guard lock(eventsMutex_);
        events_.insert(events_.end(), batch.begin(), batch.end());
        eventsChanged_.notify_all();
    };
    engine_ = std::make_unique<Engine>(std::move(ports), std::move(options));
}

std::shared_ptr<const Plan> EngineTest::plan(const std::string& json) {
    auto parsed = parseDocument(json);
    EXPECT_TRUE(parsed) << parsed.error().message;
    Document document = std::move(parsed->document);
    if (document.id.empty()) document.id = "test";
    document.name = document.id;
    document.version = store_.putVersion(document).value();
    auto plan = compilePlan(document, registry_,
                            [this](const std::string& id, int version) { return store_.getVersion(id, version); });
    if (!plan) {
        ADD_FAILURE() << plan.error().code << ": " << plan.error().message << " " << plan.error().where;
        return nullptr;
    }
    return *plan;
}

Result<RunId> EngineTest::tryStart(StartRequest request) { return engine_->startAndWait(std::move(request)); }

RunId EngineTest::start(std::shared_ptr<const Plan> plan, Value inputs) {
    StartRequest request;
    request.plan = std::move(plan);
    request.inputs = std::move(inputs);
    request.startedBy = "test";
    const auto made = request.plan;
    auto run = tryStart(std::move(request));
    EXPECT_TRUE(run) << run.error().message;
    plans_[*run] = made;
    return *run;
}

RunId EngineTest::start(const std::string& json, Value inputs) { return start(plan(json), std::move(inputs)); }

RunSummary EngineTest::finish(RunId run) {
    auto promise = std::make_shared<std::promise<Result<RunSummary>>>();
    auto future = promise->get_future();
    engine_->whenFinished(run, [promise](Result<RunSummary> end) { promise->set_value(std::move(end)); });
    if (future.wait_for(kPatience) != std::future_status::ready) {
        ADD_FAILURE() << "the run did not end in time";
        return {};
    }
    auto end = future.get();
    EXPECT_TRUE(end) << end.error().message;
    return end ? *end : RunSummary{};
}

Value EngineTest::outputsOf(const std::string& json, Value inputs) {
    const RunId run = start(json, std::move(inputs));
    const RunSummary summary = finish(run);
    EXPECT_EQ(summary.status, RunStatus::Succeeded) << summary.errorCode << ": " << summary.errorMessage;
    return snapshot(run).outputs;
}

RunSnapshot EngineTest::snapshot(RunId run) {
    auto snapshot = engine_->snapshot(run, {.inputs = true, .journal = true});
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    return snapshot ? std::move(*snapshot) : RunSnapshot{};
}

NodeSnapshot EngineTest::node(RunId run, const std::string& id) {
    for (NodeSnapshot& node : snapshot(run).nodes) {
        if (node.id == id) return std::move(node);
    }
    ADD_FAILURE() << "no node " << id;
    return {};
}

bool EngineTest::waitForNode(const std::string& node, NodeStatus status, int times) {
    std::unique_lock lock(eventsMutex_);
    return eventsChanged_.wait_for(lock, kPatience, [&] {
        int seen = 0;
        for (const EngineEvent& event : events_) {
            if (event.kind != EngineEvent::Kind::NodeStatus || event.nodeStatus != status || event.item != kNoItem)
                continue;
            const auto plan = plans_.find(event.run);
            if (plan != plans_.end() && plan->second->nodes[event.node].id == node) ++seen;
        }
        return seen >= times;
    });
}

Status EngineTest::await(const std::function<void(std::function<void(Status)>)>& call) {
    auto promise = std::make_shared<std::promise<Status>>();
    auto future = promise->get_future();
    call([promise](Status status) { promise->set_value(std::move(status)); });
    if (future.wait_for(kPatience) != std::future_status::ready) return fail("test.timeout", "No answer in time");
    return future.get();
}

RunId EngineTest::rerun(RerunRequest request) {
    auto promise = std::make_shared<std::promise<Result<RunId>>>();
    auto future = promise->get_future();
    engine_->rerun(std::move(request), [promise](Result<RunId> run) { promise->set_value(std::move(run)); });
    EXPECT_EQ(future.wait_for(kPatience), std::future_status::ready);
    auto run = future.get();
    EXPECT_TRUE(run) << run.error().message;
    return run ? *run : RunId{};
}

}  // namespace signalbox::test
