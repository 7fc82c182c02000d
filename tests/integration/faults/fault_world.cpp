#include "fault_world.h"

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/json.h"
#include "engine/document_io.h"
#include "engine/machine.h"

namespace signalbox::test {

using namespace signalbox::engine;

namespace {

/// One write() to a file opened for appending: whole or not at all, whatever happens to the process.
void appendLine(const std::filesystem::path& path, const std::string& line) {
    const int file = open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    const std::string text = line + "\n";
    if (file >= 0) {
        std::ignore = write(file, text.data(), text.size());
        close(file);
    }
}

std::vector<std::string> lines(const std::filesystem::path& path) {
    std::vector<std::string> result;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) result.push_back(line);
    return result;
}

class EffectNode final : public SyncNode {
public:
    explicit EffectNode(std::filesystem::path log) : log_(std::move(log)) {}
    NodeResult run(const NodeCall& call) const override {
        // The first attempt of a step may be told to fail: so that retry timers are in the journal.
        if (call.param("failFirst").asBoolean() && call.attempt == 1) return fail("t.flaky", "as told", {}, {}, true);
        if (call.param("fail").asBoolean()) return fail("t.broken", "as told");
        appendLine(log_, call.stepKey);
        return onOutput(call.input("input").isDefined() ? call.input("input") : Value(1));
    }

private:
    std::filesystem::path log_;
};

class PureNode final : public SyncNode {
public:
    NodeResult run(const NodeCall& call) const override { return onOutput(call.input("input").asInteger() + 1); }
};

/// Computes too, but not on the thread of the run.
class CpuNode final : public SyncNode {
public:
    explicit CpuNode(std::function<void()> computing) : computing_(std::move(computing)) {}
    NodeResult run(const NodeCall& call) const override {
        if (computing_) computing_();
        return onOutput(call.input("input").asInteger() + 1);
    }

private:
    std::function<void()> computing_;
};

class FlowType final : public NodeType {
public:
    explicit FlowType(NodeManifest manifest, std::function<std::shared_ptr<const NodeBehaviour>()> make = {})
        : manifest_(std::move(manifest)), make_(std::move(make)) {}
    const NodeManifest& manifest() const override { return manifest_; }
    Result<std::shared_ptr<const NodeBehaviour>> prepare(const Value&) const override {
        return make_ ? make_() : std::shared_ptr<const NodeBehaviour>();
    }

private:
    NodeManifest manifest_;
    std::function<std::shared_ptr<const NodeBehaviour>()> make_;
};

NodeManifest manifest(std::string type, Effect effect, Cost cost, Behaviour behaviour, const std::string& input,
                      const std::vector<std::string>& outputs) {
    NodeManifest made;
    made.type = std::move(type);
    made.title = made.type;
    made.summary = "A step of the sweep.";
    made.effect = effect;
    made.cost = cost;
    made.behaviour = behaviour;
    made.inputs = {{.name = input, .type = PortType{}, .help = {}}};
    for (const std::string& output : outputs) made.outputs.push_back({.name = output, .type = PortType{}, .help = {}});
    made.paramsSchema = Value::object({{"type", Value("object")}, {"additionalProperties", Value(true)}});
    return made;
}

// Together these write a record of every kind.
constexpr const char* kPlain = R"({"format":1,"id":"plain","name":"p","version":1,
    "nodes":[{"id":"p1","type":"PureNode"},{"id":"e1","type":"EffectNode"},{"id":"p2","type":"PureNode"},
             {"id":"e2","type":"EffectNode","params":{"failFirst":true},"retry":{"maxAttempts":3,"backoff":"1ms"}},
             {"id":"d","type":"DelayNode","params":{"duration":"1ms"}},
             {"id":"m","type":"MapNode","params":{"concurrency":2,"node":{"type":"EffectNode","params":{}}}},
             {"id":"list","type":"ListNode"}],
    "edges":[{"from":"p1.output","to":"e1.input"},{"from":"e1.output","to":"p2.input"},{"from":"p2.output","to":"e2.input"},
             {"from":"e2.output","to":"d.input"},{"from":"d.output","to":"list.input"},{"from":"list.output","to":"m.items"}]})";
constexpr const char* kPeople = R"({"format":1,"id":"people","name":"p","version":1,
    "nodes":[{"id":"ask","type":"ApprovalNode","params":{"prompt":"?"}},{"id":"wait","type":"WaitForSignalNode","params":{"signal":"go"}},
             {"id":"e","type":"EffectNode"}],
    "edges":[{"from":"ask.approved","to":"wait.input"},{"from":"wait.output","to":"e.input"}]})";
constexpr const char* kSaga = R"({"format":1,"id":"saga","name":"s","version":1,
    "nodes":[{"id":"do","type":"EffectNode"},{"id":"break","type":"EffectNode","params":{"fail":true}},{"id":"undo","type":"EffectNode"}],
    "edges":[{"from":"do.output","to":"break.input"},{"from":"do.compensate","to":"undo.input"}]})";
constexpr const char* kLoop = R"({"format":1,"id":"loop","name":"l","version":1,
    "nodes":[{"id":"s","type":"PureNode"},{"id":"e","type":"EffectNode"},{"id":"p","type":"PureNode"}],
    "edges":[{"from":"s.output","to":"e.input"},{"from":"e.output","to":"p.input"},
             {"from":"p.output","to":"e.input","loop":{"maxIterations":3}}]})";

constexpr const char* kCompute = R"({"format":1,"id":"compute","name":"c","version":1,
    "nodes":[{"id":"a","type":"CpuNode"},{"id":"b","type":"CpuNode"},{"id":"c","type":"PureNode"},{"id":"d","type":"CpuNode"}],
    "edges":[{"from":"a.output","to":"b.input"},{"from":"b.output","to":"c.input"},{"from":"c.output","to":"d.input"}],
    "outputs":[{"name":"n","from":"d.output"}]})";
constexpr const char* kMixed = R"({"format":1,"id":"mixed","name":"m","version":1,
    "nodes":[{"id":"a","type":"CpuNode"},{"id":"b","type":"CpuNode"},{"id":"e","type":"EffectNode"},{"id":"d","type":"CpuNode"}],
    "edges":[{"from":"a.output","to":"b.input"},{"from":"b.output","to":"e.input"},{"from":"e.output","to":"d.input"}],
    "outputs":[{"name":"n","from":"d.output"}]})";

class ListNode final : public SyncNode {
public:
    NodeResult run(const NodeCall&) const override { return onOutput(Value::array({Value(1), Value(2), Value(3)})); }
};

}  // namespace

FaultEngine::FaultEngine(FaultFolder folder, store::StoreOptions options, std::function<void()> computing)
    : folder_(std::move(folder)) {
    const auto add = [this](NodeManifest made, std::function<std::shared_ptr<const NodeBehaviour>()> make = {}) {
        std::ignore = registry_.add(std::make_unique<FlowType>(std::move(made), std::move(make)));
    };
    add(manifest("PureNode", Effect::Pure, Cost::Inline, Behaviour::Task, "input", {"output"}),
        [] { return std::make_shared<PureNode>(); });
    add(manifest("ListNode", Effect::Pure, Cost::Inline, Behaviour::Task, "input", {"output"}),
        [] { return std::make_shared<ListNode>(); });
    add(manifest("EffectNode", Effect::Effectful, Cost::Cpu, Behaviour::Task, "input", {"output"}),
        [path = folder_.effects()] { return std::make_shared<EffectNode>(path); });
    add(manifest("CpuNode", Effect::Pure, Cost::Cpu, Behaviour::Task, "input", {"output"}),
        [computing = std::move(computing)] { return std::make_shared<CpuNode>(computing); });
    add(manifest("DelayNode", Effect::Pure, Cost::Inline, Behaviour::Delay, "input", {"output"}));
    add(manifest("WaitForSignalNode", Effect::Pure, Cost::Inline, Behaviour::WaitForSignal, "input", {"output"}));
    add(manifest("ApprovalNode", Effect::Pure, Cost::Inline, Behaviour::Approval, "input", {"approved", "rejected"}));
    add(manifest("MapNode", Effect::Pure, Cost::Inline, Behaviour::Map, "items", {"output", "errors"}));
    options.path = folder_.database();
    options.clock = &clock_;
    options.maintenanceThread = false;
    auto opened = store::SqliteStore::open(std::move(options));
    if (!opened) throw std::runtime_error(opened.error().code + ": " + opened.error().message);
    store_ = std::move(*opened);
    // The lease of a dead one is far from its end: that it is dead has to be known.
    const std::string owner = "process-" + std::to_string(getpid());
    EnginePorts ports;
    ports.clock = &clock_;
    ports.random = &random_;
    ports.runs = store_.get();
    ports.workflows = store_.get();
    ports.registry = &registry_;
    if (std::getenv("SIGNALBOX_SWEEP_LOG") != nullptr) ports.log = Logger(clock_, stderrSink());
    EngineOptions engineOptions;
    engineOptions.threads = 2;
    engineOptions.owner = owner;
    engineOptions.leaseTtl = 60'000'000;
    engineOptions.recoveryInterval = 60'000'000;
    engine_ = std::make_unique<Engine>(std::move(ports), std::move(engineOptions));
}

FaultEngine::~FaultEngine() {
    engine_.reset();
    store_.reset();
}

std::shared_ptr<const Plan> FaultEngine::compile(const char* text) {
    Document document = parseDocument(text)->document;
    auto version = store_->putVersion(document);
    if (!version) throw std::runtime_error(version.error().message);
    document.version = *version;
    auto plan = compilePlan(document, registry_);
    if (!plan) throw std::runtime_error(plan.error().message + " " + plan.error().where);
    return *plan;
}

void FaultEngine::prepare() {
    for (const char* text : {kPlain, kPeople, kSaga, kLoop}) plans_.push_back(compile(text));
}

std::size_t FaultEngine::executeAll() {
    const auto compute = compile(kCompute);
    const auto mixed = compile(kMixed);
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t answers = 0;
    std::size_t ended = 0;
    const auto answered = [&](bool well) {
        const std::lock_guard lock(mutex);
        ++answers;
        if (well) ++ended;
        changed.notify_all();
    };
    for (std::size_t number = 0; number < kExecuted; ++number) {
        StartRequest request;
        request.plan = number % 2 == 0 ? compute : mixed;
        request.idempotencyKey = "execute-" + std::to_string(number);
        request.startedBy = "sweep";
        request.patience = kStartPatience;
        engine_->start(std::move(request), [&, number](Result<RunId> run) {
            if (!run) return answered(false);
            engine_->whenEnded(*run, [&, number](Result<RunEnd> end) {
                if (end) {
                    appendLine(folder_.executed(), fmt::format("{} {} {}", number, end->summary.run.toString(),
                                                               end->outputs["n"].asInteger()));
                }
                answered(static_cast<bool>(end));
            });
        });
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return answers == kExecuted; });
    return ended;
}

void FaultEngine::startAll() {
    if (plans_.empty()) prepare();
    for (std::size_t number = 0; number < plans_.size(); ++number) startOne(number);
}

void FaultEngine::startOne(std::size_t number) {
    StartRequest request;
    request.plan = plans_[number];
    request.idempotencyKey = "run-" + std::to_string(number);
    request.startedBy = "sweep";
    engine_->start(std::move(request), [this, number](Result<RunId> run) {
        if (run) {
            appendLine(folder_.acknowledged(), std::to_string(number) + " " + run->toString());
        } else if (run.error().retryable) {
            // What the store could not take is refused, nothing of it made: a client tries again under the same key.
            const std::lock_guard lock(refusedMutex_);
            refused_.push_back(number);
        }
    });
}

bool FaultEngine::startRefused() {
    std::vector<std::size_t> refused;
    {
        const std::lock_guard lock(refusedMutex_);
        refused.swap(refused_);
    }
    for (const std::size_t number : refused) startOne(number);
    return refused.empty();
}

void FaultEngine::serveWaiting(const RunSummary& run) {
    if (run.workflowId != "people") return;
    const auto ignore = [](Status) {};
    engine_->pause(run.run, "sweep", ignore);
    engine_->resume(run.run, "sweep", ignore);
    engine_->decide(run.run, "ask", true, "sweep", "", ignore);
    engine_->signal(run.run, "go", Value(1), "sweep", ignore);
}

bool FaultEngine::finishAll() {
    const Micros deadline = clock_.monotonicNow() + 10'000'000;
    std::mutex mutex;
    std::condition_variable changed;
    while (clock_.monotonicNow() < deadline) {
        std::ignore = engine_->recoverNow();
        const bool allStarted = startRefused();
        auto page = store_->list({});
        if (!page) return false;
        int open = 0;
        for (const RunSummary& run : page->runs) {
            if (isTerminal(run.status)) continue;
            ++open;
            serveWaiting(run);
            engine_->whenFinished(run.run, [](Result<RunSummary>) {});
        }
        if (open == 0 && allStarted) return true;
        std::unique_lock lock(mutex);
        changed.wait_for(lock, std::chrono::milliseconds(2));
    }
    // Says what hangs, for whoever reads the test's output.
    for (const RunSummary& run : store_->list({}).value_or(RunPage{}).runs) {
        if (isTerminal(run.status)) continue;
        fmt::print(stderr, "{} {} is {}\n", run.workflowId, run.run.toString(), runStatusName(run.status));
        if (auto snapshot = engine_->snapshot(run.run, {.journal = true})) {
            for (const NodeSnapshot& node : snapshot->nodes)
                fmt::print(stderr, "  {} {}\n", node.id, nodeStatusName(node.status));
            for (const Record& record : snapshot->journal)
                fmt::print(stderr, "  {} {}\n", record.seq, recordKindName(record.kind));
        }
    }
    return false;
}

std::map<std::string, int> countEffects(const FaultFolder& folder) {
    std::map<std::string, int> counts;
    for (const std::string& line : lines(folder.effects())) ++counts[line];
    return counts;
}

namespace {

void checkRun(FaultEngine& engine, const RunSummary& run, const std::map<std::string, int>& effects,
              std::vector<std::string>& faults) {
    const std::string name = run.workflowId + " " + run.run.toString();
    auto journal = engine.store().readJournal(run.run);
    if (!journal) return faults.push_back(name + ": " + journal.error().message);
    const RunStatus wanted = run.workflowId == "saga" ? RunStatus::Failed : RunStatus::Succeeded;
    if (run.status != wanted)
        faults.push_back(fmt::format("{}: ended as {}: {}", name, runStatusName(run.status), run.errorMessage));
    auto document = engine.store().getVersion(run.workflowId, run.version);
    auto plan = document ? compilePlan(*document, engine.registry())
                         : Result<std::shared_ptr<const Plan>>(fail(document.error()));
    if (!plan) return faults.push_back(name + ": " + plan.error().message);
    auto state = replay(**plan, *journal);
    if (!state) return faults.push_back(name + ": " + state.error().message);
    using Step = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
    std::set<Step> succeeded;
    std::map<Step, int> lost;
    for (const Record& record : *journal) {
        const Step step{record.node, record.item, record.generation};
        if (record.kind == RecordKind::AttemptLost) ++lost[step];
        if (record.kind != RecordKind::NodeSucceeded) continue;
        if (!succeeded.insert(step).second) faults.push_back(name + ": a step succeeded twice");
        const PlanNode& node = (*plan)->nodes[record.node];
        if (node.manifest->type != "EffectNode" && record.item == kNoItem) continue;
        const auto count = effects.find(stepKey(run.run, node.id, record.generation, record.item));
        // Once, and once more for each time that it was in flight when its process died.
        if (count == effects.end()) {
            faults.push_back(name + ": a step succeeded without its effect: " + node.id);
        } else if (count->second > 1 + lost[step]) {
            faults.push_back(fmt::format("{}: {} had its effect {} times, in flight {} times at a kill", name, node.id,
                                         count->second, lost[step]));
        }
    }
}

}  // namespace

std::vector<std::string> checkPromises(const FaultFolder& folder, FaultEngine& engine) {
    std::vector<std::string> faults;
    const auto effects = countEffects(folder);
    auto page = engine.store().list({});
    if (!page) return {page.error().message};
    std::set<std::string> stored;
    for (const RunSummary& run : page->runs) {
        stored.insert(run.run.toString());
        checkRun(engine, run, effects, faults);
    }
    for (const std::string& line : lines(folder.acknowledged())) {
        const std::string run = line.substr(line.find(' ') + 1);
        if (!stored.contains(run)) faults.push_back("an acknowledged run is lost: " + line);
    }
    return faults;
}

std::vector<std::string> checkExecuted(const FaultFolder& folder, FaultEngine& engine, bool askedAgain) {
    std::vector<std::string> faults;
    auto effects = countEffects(folder);
    auto page = engine.store().list({});
    if (!page) return {page.error().message};
    std::map<std::string, std::int64_t> stored;
    for (const RunSummary& run : page->runs) {
        checkRun(engine, run, effects, faults);
        const auto journal = engine.store().readJournal(run.run).value_or(std::vector<Record>{});
        if (!journal.empty()) stored[run.run.toString()] = journal.back().payload["outputs"]["n"].asInteger();
    }
    for (const RunSummary& run : page->runs) effects.erase(stepKey(run.run, "e", 0, kNoItem));
    for (const auto& [key, count] : effects) faults.push_back("an effect of a run that is not there: " + key);
    for (const std::string& line : lines(folder.executed())) {
        const std::size_t id = line.find(' ') + 1;
        const auto run = stored.find(line.substr(id, line.rfind(' ') - id));
        if (run == stored.end()) {
            faults.push_back("an answered run is lost: " + line);
        } else if (std::to_string(run->second) != line.substr(line.rfind(' ') + 1)) {
            faults.push_back("a run is not as it was answered: " + line);
        }
    }
    if (askedAgain && page->runs.size() != FaultEngine::kExecuted) {
        faults.push_back(fmt::format("{} runs for {} keys", page->runs.size(), FaultEngine::kExecuted));
    }
    return faults;
}

}  // namespace signalbox::test
