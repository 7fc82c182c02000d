#include "engine/registry.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "support/test_nodes.h"

namespace signalbox::engine {
namespace {

std::string refusal(NodeManifest manifest) {
    Registry registry;
    const Status added = registry.add(test::makeNodeType(std::move(manifest), {}));
    return added ? "" : added.error().code;
}

TEST(Registry, FindsWhatWasAdded) {
    const auto registry = test::makeTestRegistry();
    ASSERT_NE(registry->find("PassNode"), nullptr);
    EXPECT_EQ(registry->manifest("PassNode")->type, "PassNode");
    EXPECT_EQ(registry->find("passNode"), nullptr);
    EXPECT_EQ(registry->manifest("Nope"), nullptr);
    const auto names = registry->typeNames();
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
    EXPECT_EQ(registry->add(test::makeNodeType(test::makeManifest("PassNode"), {})).error().code, "registry.duplicate");
}

TEST(Registry, RefusesUnsoundManifests) {
    EXPECT_EQ(refusal(test::makeManifest("FineNode")), "");
    EXPECT_EQ(refusal(test::makeManifest("Node")), "registry.name");
    EXPECT_EQ(refusal(test::makeManifest("Thing")), "registry.name");
    NodeManifest reserved = test::makeManifest("XNode");
    reserved.outputs.push_back(test::makePort("error"));
    EXPECT_EQ(refusal(reserved), "registry.manifest");
    NodeManifest twice = test::makeManifest("XNode");
    twice.inputs.push_back(test::makePort("input"));
    EXPECT_EQ(refusal(twice), "registry.manifest");
    NodeManifest schema = test::makeManifest("XNode");
    schema.paramsSchema = Value::object({{"type", "nonsense"}});
    EXPECT_EQ(refusal(schema), "registry.manifest");
    NodeManifest refinement = test::makeManifest("XNode");
    refinement.inputs[0].schema = Value::object({{"minimum", "low"}});
    EXPECT_EQ(refusal(refinement), "registry.manifest");
}

TEST(Manifest, ReservedPortsAreEverywhere) {
    const NodeManifest manifest = test::makeManifest("XNode");
    ASSERT_NE(manifest.output("error"), nullptr);
    EXPECT_EQ(manifest.output("error")->type.kind(), PortType::Kind::Object);
    EXPECT_NE(manifest.output("compensate"), nullptr);
    EXPECT_EQ(manifest.output("output"), &manifest.outputs[0]);
    EXPECT_EQ(manifest.output("input"), nullptr);
    EXPECT_EQ(manifest.input("error"), nullptr);
}

TEST(Manifest, AsJson) {
    const auto registry = test::makeTestRegistry();
    const Value json = manifestToValue(*registry->manifest("CollectNode"));
    EXPECT_EQ(json["type"], Value("CollectNode"));
    EXPECT_EQ(json["effect"], Value("pure"));
    EXPECT_EQ(json["inputs"].at(0)["many"], Value(true));
    EXPECT_EQ(json["inputs"].at(0)["type"], Value("any"));
    EXPECT_EQ(json["outputs"].at(0)["type"], Value("array<any>"));
    EXPECT_EQ(manifestToValue(*registry->manifest("MapNode"))["behaviour"], Value("map"));
    EXPECT_EQ(manifestToValue(*registry->manifest("ReadNode"))["effect"], Value("read-only"));
}

}  // namespace
}  // namespace signalbox::engine
