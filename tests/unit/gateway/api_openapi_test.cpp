// The API's description, and that it says what is there.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "gateway/problem.h"
#include "gateway/route.h"
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {

namespace {

namespace fs = std::filesystem;

class ApiDescriptionTest : public ApiTest {};

void collectReferences(const Value& value, std::set<std::string>& found) {
    for (const auto& [name, member] : value.members()) {
        if (name == "$ref") found.emplace(member.asString());
        collectReferences(member, found);
    }
    for (const Value& item : value.items()) collectReferences(item, found);
}

TEST_F(ApiDescriptionTest, HasEveryRouteAndEveryReferenceLeadsSomewhere) {
    const auto answer = world().send({"GET", "/openapi.json"});
    ASSERT_EQ(answer.status, 200U);
    const Value document = answer.json();
    std::set<std::string> ids;
    for (const Route& route : allRoutes()) {
        std::string method(methodName(route.method));
        for (char& c : method) c = static_cast<char>(std::tolower(c));
        const Value& operation = document["paths"][route.pattern][method];
        ASSERT_TRUE(operation.isObject()) << method << " " << route.pattern;
        EXPECT_TRUE(ids.emplace(operation["operationId"].asString()).second) << operation["operationId"].asString();
        EXPECT_EQ(operation["security"].empty(), route.permission == kPublic) << route.pattern;
    }
    std::set<std::string> references;
    collectReferences(document, references);
    EXPECT_GT(references.size(), 40U);
    for (const auto& reference : references) {
        const auto name = reference.substr(reference.rfind('/') + 1);
        const bool isSchema = reference.starts_with("#/components/schemas/");
        const Value& place = document["components"][isSchema ? "schemas" : "responses"];
        EXPECT_TRUE(place.find(name) != nullptr) << reference;
    }
}

TEST_F(ApiDescriptionTest, SaysWhatASchemaCannot) {
    const Value document = world().send({"GET", "/openapi.json"}).json();
    const Value& schedule = document["components"]["schemas"]["Schedule"]["properties"];
    EXPECT_NE(schedule["inputs"]["description"].asString().find("$scheduledTime"), std::string::npos);
    std::set<std::string> names;
    for (const Value& parameter : document["paths"]["/api/v1/events"]["get"]["parameters"].items()) {
        names.emplace(parameter["name"].asString());
    }
    EXPECT_TRUE(names.contains("triggers")) << "what a subscriber may ask for";
    EXPECT_TRUE(names.contains("afterSeq"));
}

/// By a validator that is not ours, when npm has put it there (./dev test does): build/reference/node_modules.
TEST_F(ApiDescriptionTest, IsValidForAnIndependentValidator) {
    const fs::path tool =
        fs::path(SIGNALBOX_SOURCE_DIR) / "build/reference/node_modules/@seriousme/openapi-schema-validator";
    if (!fs::exists(tool) || std::system("command -v node > /dev/null 2>&1") != 0) {
        GTEST_SKIP() << "needs node, and npm install --prefix build/reference @seriousme/openapi-schema-validator";
    }
    world().folder.write("openapi.json", world().send({"GET", "/openapi.json"}).body);
    const auto script = fmt::format(
        "import {{ Validator }} from 'file://{}/index.js'; import fs from 'fs';"
        "const validator = new Validator(); const result = await validator.validate(JSON.parse(fs.readFileSync('{}')));"
        "if (!result.valid || validator.version !== '3.1') {{ console.error(JSON.stringify(result.errors, null, 1)); "
        "process.exit(1); }}",
        tool.string(), (world().folder.path() / "openapi.json").string());
    world().folder.write("validate.mjs", script);
    EXPECT_EQ(std::system(fmt::format("node {}/validate.mjs", world().folder.path().string()).c_str()), 0);
}

TEST_F(ApiDescriptionTest, ReferencePageNeedsNothingFromOutside) {
    const auto page = world().send({"GET", "/reference"});
    ASSERT_EQ(page.status, 200U);
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_TRUE(page.header("content-security-policy").starts_with("default-src 'none'"));
    EXPECT_EQ(page.body.find("http://"), std::string::npos);
    EXPECT_EQ(page.body.find("https://"), std::string::npos);
    for (const Route& route : allRoutes()) EXPECT_NE(page.body.find(route.pattern), std::string::npos);
    for (const auto& code : knownCodes()) {
        EXPECT_NE(page.body.find(fmt::format("id=\"error-{}\"", code.code)), std::string::npos) << code.code;
    }
}

/// What no single request shows: whoever writes a client has no other place to read it.
TEST_F(ApiDescriptionTest, ReferencePageTellsTheWire) {
    const std::string page = world().send({"GET", "/reference"}).body;
    for (const char* word : {"Signalbox-Signature", "signalbox.v1", "Last-Event-ID", "lostUntil", "RateLimit-Remaining",
                             "Retry-After", "Idempotency-Key", "4409", "protocolMinor"}) {
        EXPECT_NE(page.find(word), std::string::npos) << word;
    }
    const Value document = world().send({"GET", "/openapi.json"}).json();
    std::set<std::string> headers;
    for (const Value& parameter : document["paths"]["/hooks/{id}"]["post"]["parameters"].items()) {
        headers.emplace(parameter["name"].asString());
    }
    EXPECT_TRUE(headers.contains("Signalbox-Signature") && headers.contains("Signalbox-Timestamp"));
    EXPECT_TRUE(document["components"]["responses"]["Problem"]["headers"]["Retry-After"].isObject());
}

TEST_F(ApiDescriptionTest, TypesOfProblemsLeadToThePage) {
    const std::string page = world().send({"GET", "/reference"}).body;
    const auto designer = world().token("designer");
    const std::vector<Answer> problems{
        world().send({"POST", "/api/v1/runs", designer, "{"}),
        world().send({"POST", "/api/v1/runs", designer, R"({"workflowId": 7})"}),
        world().send({"POST", "/api/v1/workflows", designer, R"({"text": "{"})"}),
        world().send({"GET", "/api/v1/runs?cursor=nonsense", designer}),
        world().send({"GET", "/api/v1/account"}),
    };
    for (const Answer& problem : problems) {
        const std::string type = problem.text("/type");
        ASSERT_TRUE(type.starts_with("/reference#")) << problem.body;
        EXPECT_NE(page.find(fmt::format("id=\"{}\"", type.substr(11))), std::string::npos) << type;
    }
}

/// Codes that only start-up and files of the program itself can give, never an answer over HTTP.
bool neverAnswers(const std::string& code) {
    static const std::set<std::string> kFamilies{"route", "server", "tls", "node", "sql", "signal", "telemetry"};
    return kFamilies.contains(code.substr(0, code.find('.')));
}

TEST(ProblemTable, KnowsEveryCodeThatTheTreeAnswersWith) {
    const std::regex failing(
        R"re((?:fail\(|Error\{|return \{|refuse\(exchange, \{)\s*"([a-z][a-z0-9]*\.[a-z][a-z0-9-]*)")re");
    std::size_t codes = 0;
    for (const char* folder : {"gateway", "service", "identity", "triggers", "protocol", "engine", "store", "base"}) {
        for (const auto& entry : fs::directory_iterator(fs::path(SIGNALBOX_SOURCE_DIR) / "src" / folder)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
            std::ifstream file(entry.path());
            const std::string text{std::istreambuf_iterator<char>(file), {}};
            for (std::sregex_iterator at(text.begin(), text.end(), failing), end; at != end; ++at) {
                const std::string code = (*at)[1];
                ++codes;
                EXPECT_TRUE(neverAnswers(code) || statusOfCode(code)) << code << " in " << entry.path();
            }
        }
    }
    EXPECT_GT(codes, 100U);
}

TEST_F(ApiDescriptionTest, HealthReadinessAndMetrics) {
    EXPECT_EQ(world().send({"GET", "/health"}).status, 200U);
    EXPECT_EQ(world().send({"GET", "/ready"}).status, 200U);
    get("/api/v1/gateway");
    const auto metrics = get("/metrics");
    ASSERT_EQ(metrics.status, 200U);
    EXPECT_NE(metrics.body.find("route=\"/api/v1/gateway\""), std::string::npos);
    EXPECT_NE(metrics.body.find("process_cpu_seconds_total"), std::string::npos);
}

}  // namespace

}  // namespace signalbox::gateway::test
