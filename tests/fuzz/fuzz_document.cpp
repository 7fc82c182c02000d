// Any bytes as a workflow document: read, validated and written without harm, and what was written reads the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/document_io.h"
#include "engine/plan.h"
#include "engine/registry.h"
#include "engine/validate.h"

namespace {

using namespace signalbox;

class FuzzNodeType final : public engine::NodeType {
public:
    FuzzNodeType(const char* name, engine::Behaviour behaviour) {
        manifest_.type = name;
        manifest_.behaviour = behaviour;
        engine::PortDecl port;
        port.name = "input";
        port.many = true;
        manifest_.inputs = {port};
        port.name = "output";
        manifest_.outputs = {port};
        manifest_.paramsSchema = Value::object(
            {{"properties", Value::object({{"expression", Value::object({{"type", "string"}, {"x-expression", true}})},
                                           {"count", Value::object({{"type", "integer"}, {"default", 1}})}})},
             {"additionalProperties", true}});
    }
    [[nodiscard]] const engine::NodeManifest& manifest() const override { return manifest_; }
    [[nodiscard]] Result<std::shared_ptr<const engine::NodeBehaviour>> prepare(const Value&) const override {
        return std::shared_ptr<const engine::NodeBehaviour>();
    }

private:
    engine::NodeManifest manifest_;
};

const engine::Registry& registry() {
    static const auto made = [] {
        auto types = std::make_unique<engine::Registry>();
        using engine::Behaviour;
        bool added = types->add(std::make_unique<FuzzNodeType>("PassNode", Behaviour::Task)).has_value();
        added = added && types->add(std::make_unique<FuzzNodeType>("MergeNode", Behaviour::Merge));
        added = added && types->add(std::make_unique<FuzzNodeType>("MapNode", Behaviour::Map));
        added = added && types->add(std::make_unique<FuzzNodeType>("SubWorkflowNode", Behaviour::SubWorkflow));
        if (!added) std::abort();
        return types;
    }();
    return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto first = engine::parseAndValidate(text, registry());
    if (!first) return 0;
    const std::string written = engine::writeDocument(first->document);
    const auto second = engine::parseDocument(written);
    if (!second || !(second->document == first->document)) std::abort();
    if (engine::writeDocument(second->document) != written) std::abort();
    const auto plan = engine::compilePlan(first->document, registry());
    if (plan.has_value() && engine::hasErrors(first->findings)) std::abort();
    return 0;
}
