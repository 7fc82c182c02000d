// How runs come to be: checks, ids, keys, plans.
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "engine/engine_core.h"
#include "engine/run_actor.h"

namespace signalbox::engine {

Value withDefaults(const Plan& plan, const Value& inputs) {
    Value filled = inputs.isObject() ? inputs : Value::object();
    for (const InputDecl& input : plan.document.inputs) {
        if (filled.find(input.name) == nullptr && input.defaultValue.isDefined()) {
            filled = filled.with(input.name, input.defaultValue);
        }
    }
    return filled;
}

Status checkInputs(const Plan& plan, const Value& inputs) {
    std::vector<std::string> names;
    for (const InputDecl& input : plan.document.inputs) {
        names.push_back(input.name);
        const Value& value = inputs[input.name];
        if (value.isUndefined()) {
            if (!input.required) continue;
            return fail("run.input-missing", fmt::format("The input '{}' is required", input.name), plan.workflowId,
                        input.help);
        }
        const auto type = PortType::parse(input.type);
        if (type && !type->admits(value)) {
            return fail(
                "run.input-type",
                fmt::format("The input '{}' is of type {}, not {}", input.name, kindName(value.kind()), input.type),
                plan.workflowId, input.help);
        }
    }
    for (const auto& [name, value] : inputs.members()) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        const auto meant = didYouMean(name, names);
        return fail("run.input-unknown", fmt::format("The workflow has no input '{}'", name), plan.workflowId,
                    meant ? fmt::format("Did you mean '{}'?", *meant) : std::string());
    }
    return {};
}

Result<std::shared_ptr<const Plan>> EngineCore::planOf(const std::string& workflow, int version) {
    const auto known = [&](int wanted) -> std::shared_ptr<const Plan> {
        const std::lock_guard lock(plansMutex_);
        const auto found = plans_.find({workflow, wanted});
        return found == plans_.end() ? nullptr : found->second;
    };
    // Version 0 is the newest, which is another one from time to time.
    if (version != 0) {
        if (auto plan = known(version)) return plan;
    }
    if (ports.workflows == nullptr)
        return fail("workflow.not-found", "There is no store of workflow versions", workflow);
    SIGNALBOX_TRY(auto document, ports.workflows->getVersion(workflow, version));
    const int actual = version != 0 ? version : document.version;
    if (auto plan = known(actual)) return plan;
    const auto resolve = [this](const std::string& id, int wanted) { return ports.workflows->getVersion(id, wanted); };
    SIGNALBOX_TRY(auto plan, compilePlan(document, *ports.registry, resolve));
    const std::lock_guard lock(plansMutex_);
    return plans_.emplace(std::pair(workflow, actual), std::move(plan)).first->second;
}

void EngineCore::start(StartRequest request, Value origin, RunId parent, std::vector<Record> reused,
                       std::function<void(Result<RunId>)> started) {
    const Plan& plan = *request.plan;
    if (request.idempotencyKey && request.idempotencyKey->empty()) {
        return started(fail("run.idempotency-key-empty", "The idempotency key is empty", plan.workflowId,
                            "Give a key that is unique to this request, or none at all"));
    }
    if (stopping) return started(fail("engine.stopping", "The engine is stopping", {}, {}, true));
    const Value inputs = withDefaults(plan, request.inputs);
    if (auto checked = checkInputs(plan, inputs); !checked) return started(fail(checked.error()));
    if (request.idempotencyKey) {
        auto known = ports.runs->findByIdempotencyKey(plan.workflowId, *request.idempotencyKey);
        if (!known) return started(fail(known.error()));
        if (*known) return started(**known);
    }
    if (auto room = ports.runs->intakeAllowed(); !room) return started(fail(room.error()));

    RunSummary summary;
    summary.run = RunId::make(*ports.clock, *ports.random);
    summary.workflowId = plan.workflowId;
    summary.workflowName = plan.document.name;
    summary.version = plan.version;
    summary.priority = request.priority;
    summary.idempotencyKey = request.idempotencyKey.value_or("");
    summary.startedBy = request.startedBy;
    summary.parent = parent;
    if (auto rerunOf = RunId::parse(origin["run"].asString())) summary.rerunOf = *rerunOf;
    summary.createdWall = ports.clock->wallNow();
    summary.nodesTotal = static_cast<std::uint32_t>(plan.nodes.size());

    ObjectBuilder payload;
    payload.set("workflow", plan.workflowId).set("version", plan.version).set("inputs", inputs);
    payload.set("seed", Value(static_cast<std::int64_t>(ports.random->next() >> 1U)));
    payload.set("boot", boot).set("startedBy", request.startedBy).set("priority", request.priority);
    payload.set("drainGrace", Value(options.drainGrace));
    if (!reused.empty()) payload.set("reuse", Value(static_cast<std::int64_t>(reused.size())));
    if (origin.isObject()) payload.set("origin", origin);
    if (!parent.isNull()) payload.set("parent", parent.toString());

    const RunId run = summary.run;
    const std::string key = summary.idempotencyKey;
    auto actor = std::make_shared<RunActor>(shared_from_this(), run, request.plan, std::move(summary), 1);
    auto self = shared_from_this();
    actor->create(std::move(payload).build(), std::move(reused), request.patience,
                  [self, run, key, workflow = plan.workflowId, started = std::move(started)](Status status) {
                      if (status) return started(run);
                      if (status.error().code == "store.duplicate-key") {
                          // Another start with the same key was faster: theirs is the run.
                          auto other = self->ports.runs->findByIdempotencyKey(workflow, key);
                          if (other && *other) return started(**other);
                      }
                      started(fail(status.error()));
                  });
    add(actor);
    enqueue(actor);
}

void EngineCore::startChild(RunId parent, const PlanNode& node, Value inputs, std::string key, std::stop_token stop,
                            EndCallback ended) {
    auto plan = planOf(node.childWorkflow, node.childVersion);
    if (!plan) return ended(fail(plan.error()));
    StartRequest request;
    request.plan = std::move(*plan);
    request.inputs = std::move(inputs);
    request.idempotencyKey = std::move(key);
    request.startedBy = "run " + parent.toString();
    // The parent asks for it by its key again after a crash, and does not mind whether it finds it.
    request.patience = kStartPatience;
    auto self = shared_from_this();
    start(std::move(request), Value::undefined(), parent, {},
          [self, stop = std::move(stop), ended = std::move(ended)](Result<RunId> run) {
              if (!run) return ended(fail(run.error()));
              const auto cancel = [self, child = *run] {
                  auto actor = self->find(child);
                  if (!actor) return;
                  Record record;
                  record.kind = RecordKind::CancelRequested;
                  record.payload = Value::object(
                      {{"by", Value("the parent run")}, {"reason", Value("The parent run no longer needs it")}});
                  actor->request(std::move(record), {});
              };
              auto onStop =
                  std::make_shared<std::stop_callback<std::function<void()>>>(stop, std::function<void()>(cancel));
              self->whenEnded(*run, [onStop, ended](Result<RunEnd> end) { ended(std::move(end)); });
          });
}

}  // namespace signalbox::engine
