#include "contract/contract_bench.h"

#include <QFile>
#include <csignal>

#include "client/codec_transport.h"
#include "client/http_auth.h"
#include "integration/gatewayd/workspace.h"

namespace signalbox::contract {

Daemon::Daemon(const QString& folder) : folder_(folder) {
    start();
    signIn();
}

Daemon::~Daemon() = default;

void Daemon::start() {
    const std::string port = std::to_string(url_.isEmpty() ? 0 : url_.port());
    process_ = std::make_unique<gatewayd::test::GatewayProcess>(std::vector<std::string>{
        "--workspace", folder_.toStdString(), "--port", port, "--engine-threads", "2", "--environment", "development"});
    const std::string address = process_->waitForAddress();
    if (address.empty()) qFatal("signalboxd does not start: %s", process_->log().c_str());
    url_ = QUrl(QString::fromStdString(address));
}

void Daemon::kill() {
    process_->signal(SIGKILL);
    process_->wait();
}

void Daemon::signIn() {
    constexpr const char* kPassword = "granite otter balloon";
    const QString setupToken = QString::fromStdString(gatewayd::test::setupTokenOf(*process_));
    client::HttpAuth auth({url_, {}, false, "contract"});
    const auto made = Bench::wait(auth.setup(setupToken, "admin", "Administrator", kPassword));
    if (!made) qFatal("no setup: %s %s", made.error().code.c_str(), made.error().message.c_str());
    token_ = *made;
    if (!token_.isEmpty()) return;
    const auto token = Bench::wait(auth.login("admin", kPassword));
    if (!token) qFatal("no login: %s", token.error().message.c_str());
    token_ = *token;
}

client::RemoteGateway Daemon::connect() const {
    client::GatewayProfile profile;
    profile.url = url_;
    client::ConnectOptions options;
    options.token = token_;
    options.agent = "contract";
    return client::connectGateway(profile, std::move(options));
}

Bench::Bench(Way way) {
    if (way == Way::WebSocket) {
        daemon_ = std::make_unique<Daemon>(folder_.path());
        auto remote = daemon_->connect();
        connection_ = std::move(remote.connection);
        client_ = std::move(remote.client);
        return;
    }
    embedded::EmbeddedOptions options;
    options.workspace = folder_.path().toStdString();
    options.threads = 2;
    options.version = "contract";
    auto opened = embedded::EmbeddedGateway::open(std::move(options));
    if (!opened) qFatal("%s", opened.error().message.c_str());
    gateway_ = std::move(*opened);
    auto transport = gateway_->connect();
    if (way == Way::EmbeddedCodec) transport = std::make_unique<client::CodecTransport>(std::move(transport));
    client_ = std::make_unique<client::GatewayClient>(std::move(transport));
}

Bench::~Bench() = default;

void Bench::write(const QString& name, const std::string& text) const {
    QFile file(folder_.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), qint64(text.size())) != qint64(text.size())) {
        qFatal("cannot write %s", qPrintable(name));
    }
}

QString Bench::start(const std::string& text, Value inputs) {
    protocol::StartRun request;
    request.text = text;
    request.inputs = std::move(inputs);
    const auto run = wait(client_->runs().start(std::move(request)));
    return run ? QString::fromStdString(run->runId) : QString();
}

Result<protocol::RunDetail> Bench::until(const QString& run, const char* status) {
    protocol::EventFilter filter;
    filter.runId = run.toStdString();
    const std::unique_ptr<client::EventStream> stream(client_->events(filter, nullptr));
    int batches = 0;
    QObject::connect(stream.get(), &client::EventStream::received, stream.get(), [&] { ++batches; });
    constexpr int kMilliseconds = 20'000;
    while (true) {
        const int seen = batches;
        auto detail = wait(client_->runs().get(run));
        if (!detail || detail->summary.status == status) return detail;
        if (!QTest::qWaitFor([&] { return batches != seen; }, kMilliseconds)) {
            return fail("test.deadline", "the run is " + detail->summary.status + ", not " + status);
        }
    }
}

std::string doublingDocument(const std::string& id) {
    return R"({"format": 1, "id": ")" + id + R"(", "name": "Doubling",
"inputs": [{"name": "n", "type": "integer", "default": 21}],
"nodes": [{"id": "double", "type": "TransformNode", "params": {"expression": "$ * 2"}}],
"edges": [{"from": "$inputs.n", "to": "double.input"}],
"outputs": [{"name": "result", "from": "double.output"}]})";
}

std::string signalDocument() {
    return R"({"format": 1, "id": "waiting", "name": "Waiting",
"nodes": [{"id": "wait", "type": "WaitForSignalNode", "params": {"signal": "go"}}],
"outputs": [{"name": "got", "from": "wait.output"}]})";
}

std::string approvalDocument() {
    return R"({"format": 1, "id": "approving", "name": "Approving",
"nodes": [{"id": "ask", "type": "ApprovalNode", "params": {"prompt": "Go on?"}}]})";
}

std::string failingDocument() {
    return R"({"format": 1, "id": "failing", "name": "Failing",
"nodes": [{"id": "read", "type": "JsonReaderNode", "params": {"path": "data.json"}}],
"outputs": [{"name": "data", "from": "read.output"}]})";
}

std::string loggingDocument() {
    return R"({"format": 1, "id": "logging", "name": "Logging",
"nodes": [{"id": "value", "type": "ConstantNode", "params": {"value": 1}},
{"id": "note", "type": "LogNode", "params": {"message": "'hello'"}}],
"edges": [{"from": "value.output", "to": "note.input"}]})";
}

}  // namespace signalbox::contract
