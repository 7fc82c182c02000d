#include "unit/gateway/api_fixture.h"

#include <algorithm>
#include <fstream>
#include <future>

#include "base/json.h"
#include "gateway/http_target.h"
#include "identity/identity.h"

namespace signalbox::gateway::test {

namespace {

bool sameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return std::tolower(x) == std::tolower(y); });
}

HttpRequestPtr requestOf(const Ask& ask, const Clock& clock) {
    auto request = std::make_shared<HttpRequest>();
    const auto target = parseTarget(ask.target);
    EXPECT_TRUE(target) << ask.target;
    request->method = ask.method;
    request->target = ask.target;
    if (target) {
        request->path = target->path;
        request->query = target->query;
    }
    request->headers = ask.headers;
    request->headers.emplace_back("host", "localhost:7450");
    if (!ask.token.empty()) request->headers.emplace_back("authorization", "Bearer " + ask.token);
    if (!ask.body.empty() && request->header("content-type") == nullptr) {
        request->headers.emplace_back("content-type", "application/json");
    }
    request->body = ask.body;
    request->address = ask.address;
    request->peer = ask.peer;
    request->encrypted = ask.encrypted;
    request->received = clock.wallNow();
    request->receivedTicks = clock.monotonicNow();
    return request;
}

Answer answerOf(Outcome outcome) {
    if (auto* const stream = std::get_if<OpenStream>(&outcome)) return {200, std::move(stream->headers), {}, true};
    auto& response = std::get<HttpResponse>(outcome);
    return {response.status, std::move(response.headers), std::move(response.body), false};
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    for (const auto& [known, value] : headers) {
        if (sameName(known, name)) return value;
    }
    return {};
}

Value Answer::json() const {
    auto value = parseJson(body);
    EXPECT_TRUE(value) << body;
    return value ? *value : Value();
}

std::string Answer::code() const { return std::string(json()["code"].asString()); }

std::string Answer::text(std::string_view pointer) const {
    return std::string(resolvePointer(json(), pointer).asString());
}

ApiWorld::ApiWorld(const ApiOptions& options) {
    openHost();
    openApi(options);
    write("doubling", service::test::doublingDocument());
    write("waiting", service::test::signalDocument());
    write("failing", service::test::failingDocument());
    write("approving", service::test::approvalDocument());
    addUsers();
}

void ApiWorld::openHost() {
    service::HostOptions wanted;
    wanted.workspace = folder.path();
    wanted.threads = 2;
    wanted.version = "1.2.3";
    wanted.tenant = "default";
    wanted.clock = &clock;
    identity::IdentityOptions users;
    users.cost = {64, 1, 1};
    wanted.identity = users;
    auto opened = service::Host::open(std::move(wanted));
    if (!opened) throw std::runtime_error(opened.error().message);
    host = std::move(*opened);
}

void ApiWorld::openApi(ApiOptions options) {
    options.dispatcher = &host->dispatcher();
    options.identity = host->identity();
    options.triggers = host->triggers();
    // Metrics are told of by one API only.
    if (!isRestarted_) options.metrics = &metrics;
    options.clock = &clock;
    options.version = "1.2.3";
    options.log = Logger(
        clock,
        [this](const LogLine& line) {
            const std::lock_guard lock(logMutex_);
            logged.push_back(line);
        },
        LogLevel::Info);
    api = std::make_unique<Api>(std::move(options));
}

void ApiWorld::restart(const ApiOptions& options, const std::function<void()>& between) {
    isRestarted_ = true;
    api.reset();
    host.reset();
    if (between) between();
    openHost();
    openApi(options);
}

ApiWorld::~ApiWorld() { api.reset(); }

void ApiWorld::write(const std::string& id, const std::string& document) const {
    folder.write(id + ".workflow.json", document);
}

void ApiWorld::addUsers() {
    identity::Identity& users = *host->identity();
    const auto file = users.makeSetupToken();
    ASSERT_TRUE(file);
    std::string token;
    std::ifstream(*file) >> token;
    const auto first = users.setUp(token, "administrator", "Administrator", kPassword, {});
    ASSERT_TRUE(first) << first.error().message;
    tokens_["administrator"] = first->token;
    for (const std::string role : {"viewer", "operator", "designer"}) {
        ASSERT_TRUE(users.createUser("default", {role, role, kPassword, {role}}));
    }
    ASSERT_TRUE(users.createUser("elsewhere", {"foreigner", "Foreigner", kPassword, {"administrator"}}));
    const auto caller = users.authenticate(first->token, {});
    ASSERT_TRUE(caller);
    const auto key = users.createOwnKey(*caller, {"narrow", {"workflow:read"}, 0});
    ASSERT_TRUE(key) << key.error().message;
    tokens_["narrow"] = key->secret;
}

std::string ApiWorld::signIn(const std::string& login) {
    const std::string name = login == "foreigner" ? "elsewhere/foreigner" : login;
    const auto session = host->identity()->login(name, kPassword, {});
    EXPECT_TRUE(session) << login << ": " << (session ? "" : session.error().message);
    return session ? session->token : std::string();
}

const std::string& ApiWorld::token(const std::string& who) {
    auto& token = tokens_[who];
    if (token.empty()) token = signIn(who);
    return token;
}

void ApiWorld::sendLater(const Ask& ask, std::function<void(Answer)> answered) {
    const HttpRequestPtr request = requestOf(ask, clock);
    api->handle(request, ask.isUpgrade, [this, request, answered = std::move(answered)](Outcome outcome) {
        Answer answer = answerOf(std::move(outcome));
        api->finished(*request, answer.status, answer.body.size());
        answered(std::move(answer));
    });
}

Answer ApiWorld::send(const Ask& ask) {
    auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    sendLater(ask, [promise](Answer answer) { promise->set_value(std::move(answer)); });
    if (future.wait_for(service::test::kDeadline) != std::future_status::ready) {
        ADD_FAILURE() << ask.method << " " << ask.target << " was not answered";
        return {};
    }
    return future.get();
}

std::unique_ptr<ApiWorld> ApiTest::world_;

Answer ApiTest::get(const std::string& target, Headers headers) {
    return world().send({"GET", target, world().token("administrator"), {}, std::move(headers)});
}

Answer ApiTest::post(const std::string& target, const std::string& body, Headers headers) {
    return world().send({"POST", target, world().token("administrator"), body, std::move(headers)});
}

Answer ApiTest::put(const std::string& target, const std::string& body, Headers headers) {
    return world().send({"PUT", target, world().token("administrator"), body, std::move(headers)});
}

Answer ApiTest::remove(const std::string& target, Headers headers) {
    return world().send({"DELETE", target, world().token("administrator"), {}, std::move(headers)});
}

}  // namespace signalbox::gateway::test
