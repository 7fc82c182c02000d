// The documents of the demo workspace: valid, and as the canonical writer writes them, so that a first edit in the
// console changes one line of them and not all.
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "base/file.h"
#include "engine/document_io.h"
#include "engine/validate.h"
#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

TEST(Demo, DocumentsAreValidAndCanonical) {
    NodeHarness harness;
    const bool update = std::getenv("SIGNALBOX_UPDATE_DOCS") != nullptr;
    const std::filesystem::path folder = std::filesystem::path(SIGNALBOX_SOURCE_DIR) / "resources/demo";
    int documents = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        SCOPED_TRACE(entry.path());
        const auto text = readFile(entry.path());
        ASSERT_TRUE(text);
        const auto parsed = engine::parseDocument(*text);
        ASSERT_TRUE(parsed) << parsed.error().message;
        for (const engine::Finding& finding : engine::validate(parsed->document, harness.registry(), parsed->places)) {
            ADD_FAILURE() << finding.message;
        }
        const std::string canonical = engine::writeDocument(parsed->document);
        if (update) {
            ASSERT_TRUE(writeFileAtomically(entry.path(), canonical));
        }
        EXPECT_EQ(*readFile(entry.path()), canonical) << "run this test with SIGNALBOX_UPDATE_DOCS=1";
        ++documents;
    }
    EXPECT_GE(documents, 3);
}

}  // namespace
}  // namespace signalbox::nodes
