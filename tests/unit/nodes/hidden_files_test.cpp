// What is hidden from Python code: which places, and that they look empty.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "nodes/sandbox_process.h"
#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> namesOf(const std::vector<HiddenPlace>& places, const fs::path& from) {
    std::vector<std::string> names;
    for (const HiddenPlace& place : places) {
        names.push_back(place.path.lexically_relative(from).string() + (place.isFolder ? "/" : ""));
    }
    std::ranges::sort(names);
    return names;
}

using Names = std::vector<std::string>;

class HiddenFilesTest : public testing::Test {
protected:
    HiddenFilesTest() {
        for (const char* name : {"a/.signalbox/x", "a/in", "b/.signalbox/x", "key"}) folder_.write(name, "x");
        fs::create_symlink(root() / "b", root() / "link");
    }
    [[nodiscard]] const fs::path& root() const { return folder_.path(); }
    [[nodiscard]] std::string at(const char* name) const { return (root() / name).string(); }

    TemporaryFolder folder_;
};

TEST_F(HiddenFilesTest, FilesFoldersAndWhatLinksLeadTo) {
    EXPECT_EQ(namesOf(hiddenPlaces({at("key"), at("a/.signalbox"), at("link"), at("none")}, {}), root()),
              (Names{"a/.signalbox/", "b/", "key"}));
    EXPECT_EQ(namesOf(hiddenPlaces({root().string()}, {at("a")}), root()), (Names{"b/", "key"}))
        << "a folder that holds what is needed: the rest of it";
    EXPECT_EQ(hiddenPlaces({at("a")}, {at("a")}), std::vector<HiddenPlace>{});
}

TEST_F(HiddenFilesTest, OfDataOnlyWhatIsSeenIsLeft) {
    EXPECT_EQ(namesOf(placesOutside({root().string()}, {at("a")}), root()), (Names{"b/", "key"}));
    EXPECT_EQ(namesOf(placesOutside({root().string()}, {}), root()), (Names{"./"}));
    EXPECT_EQ(placesOutside({root().string()}, {"/"}), std::vector<HiddenPlace>{});
}

TEST_F(HiddenFilesTest, AFilePutInPlaceOfAnotherIsNoticed) {
    const auto before = hiddenPlaces({at("key")}, {});
    EXPECT_EQ(before, hiddenPlaces({at("key")}, {}));
    folder_.write("new", "y");
    fs::rename(root() / "new", root() / "key");
    EXPECT_NE(before, hiddenPlaces({at("key")}, {}));
}

/// What code finds in files and folders.
Value seenBy(NodeHarness& harness, const std::vector<std::string>& paths, bool writes) {
    const Value list = Value::array({paths.begin(), paths.end()});
    return harness.output("PythonCodeNode",
                          Value::object({{"code",
                                          "import os\n"
                                          "result = [os.listdir(p) if os.path.isdir(p) else open(p).read()"
                                          " for p in params['paths']]"},
                                         {"params", Value::object({{"paths", list}})},
                                         {"writeWorkspace", writes}}));
}

class HiddenFromCode : public HiddenFilesTest {
protected:
    void SetUp() override {
        SandboxRequest request;
        request.command = {"/bin/true"};
        request.channel = 0;
        const TemporaryFolder scratch;
        request.scratch = scratch.path().string();
        request.scratchBytes = 1U << 20U;
        const auto started = startSandboxed(request);
        if (!started) GTEST_SKIP() << "no user namespaces here: " << started.error().message;
        killSandboxed(*started, true);
    }
};

TEST_F(HiddenFromCode, AFileAndSeveralFolders) {
    NodeEnvironment environment;
    environment.python.hidden.always = {at("key"), at("a/.signalbox"), at("b"), at("none")};
    environment.python.needsNamespaces = true;
    NodeHarness harness(environment);
    for (const bool writes : {false, true}) {
        EXPECT_EQ(seenBy(harness, {at("key"), at("a/.signalbox"), at("b"), at("a/in")}, writes),
                  json(R"(["", [], [], "x"])"));
    }
    EXPECT_EQ(folder_.read("key"), "x");
}

TEST_F(HiddenFromCode, AKeyThatIsReplacedStaysHidden) {
    NodeEnvironment environment;
    environment.python.hidden.always = {at("key")};
    environment.python.maxWorkers = 1;
    NodeHarness harness(environment);
    EXPECT_EQ(seenBy(harness, {at("key")}, false), json(R"([""])"));
    folder_.write("new", "y");
    fs::rename(root() / "new", root() / "key");
    EXPECT_EQ(seenBy(harness, {at("key")}, false), json(R"([""])"));
}

TEST(HiddenFromCodeWithout, NamespacesNothingCanBeHiddenAndItIsRefused) {
    NodeEnvironment environment;
    environment.python.useNamespaces = false;
    environment.python.needsNamespaces = true;
    NodeHarness harness(environment);
    const Error error = harness.error("PythonCodeNode", json(R"({"code": "result = 1"})"));
    EXPECT_EQ(error.code, "python.not-shielded");
    EXPECT_NE(error.hint.find("nodes.dangerous_open_python"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::nodes
