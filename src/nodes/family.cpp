#include "nodes/family.h"

#include <fmt/format.h>

#include "nodes/manifest_text.h"

namespace signalbox::nodes {
namespace {

class FamilyType final : public engine::NodeType {
public:
    FamilyType(engine::NodeManifest manifest, std::shared_ptr<const ParamRules> rules, Maker maker)
        : manifest_(std::move(manifest)), rules_(std::move(rules)), maker_(std::move(maker)) {}
    [[nodiscard]] const engine::NodeManifest& manifest() const override { return manifest_; }
    [[nodiscard]] Result<std::shared_ptr<const engine::NodeBehaviour>> prepare(const Value& params) const override {
        if (!maker_) return fail("node.no-task", manifest_.type + " is carried out by the engine itself");
        return maker_(rules_, params);
    }

private:
    engine::NodeManifest manifest_;
    std::shared_ptr<const ParamRules> rules_;
    Maker maker_;
};

}  // namespace

Status registerFamily(engine::Registry& registry, std::string_view manifests,
                      const std::map<std::string, Maker, std::less<>>& makers) {
    SIGNALBOX_TRY(auto parsed, parseManifests(manifests));
    std::size_t used = 0;
    for (engine::NodeManifest& manifest : parsed) {
        SIGNALBOX_TRY(auto rules, ParamRules::of(manifest));
        const auto found = makers.find(manifest.type);
        const bool isTask = manifest.behaviour == engine::Behaviour::Task;
        if (isTask != (found != makers.end())) {
            return fail("manifest.invalid",
                        fmt::format("{} {}", manifest.type, isTask ? "has no code" : "must not have code of its own"));
        }
        Maker code;
        if (isTask) {
            code = found->second;
            ++used;
        }
        SIGNALBOX_CHECK(
            registry.add(std::make_unique<FamilyType>(std::move(manifest), std::move(rules), std::move(code))));
    }
    if (used != makers.size()) return fail("manifest.invalid", "A node has code but no manifest");
    return {};
}

}  // namespace signalbox::nodes
