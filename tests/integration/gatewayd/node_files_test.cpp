// What a workflow can read of the machine that a gateway runs on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "integration/gatewayd/workspace.h"
#include "support/certificate.h"

namespace signalbox::gatewayd::test {
namespace {

using testing::HasSubstr;

/// A gateway with TLS, whose key lies in the workspace: no worse place could be found.
class NodeFiles : public testing::Test {
protected:
    NodeFiles() {
        EXPECT_TRUE(signalbox::test::writeCertificate("gateway", file("cert.pem"), file("key.pem")));
        workspace_.write("note", "a note");
        data_.write("in", "data");
        workspace_.write("code.workflow.json", R"({"format": 1, "id": "code", "name": "Code",
"inputs": [{"name": "paths", "type": "array"}],
"nodes": [{"id": "code", "type": "PythonCodeNode", "params": {"code":
"import os\nresult = [os.listdir(p) if os.path.isdir(p) else open(p).read() for p in inputs['input']]"}}],
"edges": [{"from": "$inputs.paths", "to": "code.input"}],
"outputs": [{"name": "found", "from": "code.output"}]})");
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (workspace_.path() / name).string(); }
    [[nodiscard]] std::string data(const std::string& name) const { return (data_.path() / name).string(); }
    [[nodiscard]] std::vector<std::string> arguments() const {
        return workspace_.arguments({"--tls-certificate", file("cert.pem"), "--tls-key", file("key.pem"),
                                     "--nodes-read-folders", data_.path().string()});
    }
    /// A workflow that reads one file, for documents take no path from inputs.
    void writeReader(const std::string& id, const std::string& path) const {
        workspace_.write(id + ".workflow.json", R"({"format": 1, "id": ")" + id +
                                                    R"(", "name": "Read", "nodes": [{"id": "read",
"type": "TextReaderNode", "params": {"path": ")" + path +
                                                    R"("}}], "outputs": [{"name": "text", "from": "read.output"}]})");
    }

    WorkspaceFolder workspace_;
    TemporaryFolder data_;
};

TEST_F(NodeFiles, FileNodesReadWhatTheyMay) {
    const TemporaryFolder outside;
    outside.write("in", "other");
    writeReader("key", file("key.pem"));
    writeReader("outside", (outside.path() / "in").string());
    writeReader("data", data("in"));
    GatewayProcess gateway(arguments());
    HttpClient http(gateway.waitForAddress(), file("cert.pem"));
    http.setToken(setUpAdministrator(gateway, http));
    EXPECT_THAT(writeJson(waitForRun(http, startRun(http, "key"))), HasSubstr("file.engine-state"));
    EXPECT_THAT(writeJson(waitForRun(http, startRun(http, "outside"))), HasSubstr("file.outside-workspace"));
    EXPECT_EQ(waitForRun(http, startRun(http, "data"))["outputs"]["text"], Value("data"));
}

TEST_F(NodeFiles, CodeSeesNoKeysAndNoUsersOrIsRefused) {
    GatewayProcess gateway(arguments());
    HttpClient http(gateway.waitForAddress(), file("cert.pem"));
    http.setToken(setUpAdministrator(gateway, http));
    const Value paths = Value::array({file("key.pem"), file(".signalbox"), data("in"), file("note")});
    const Value ended = waitForRun(http, startRun(http, "code", Value::object({{"paths", paths}})));
    if (gateway.log().find("Python code is refused") != std::string::npos) {
        EXPECT_THAT(writeJson(ended), HasSubstr("python.not-shielded"));
    } else {
        EXPECT_EQ(writeJson(ended["outputs"]["found"]), R"(["",[],"data","a note"])") << writeJson(ended);
    }
}

}  // namespace
}  // namespace signalbox::gatewayd::test
