#include "unit/service/service_fixture.h"

#include <condition_variable>
#include <fstream>
#include <future>
#include <mutex>

#include <fmt/format.h>
#include <unistd.h>

namespace signalbox::service::test {

namespace fs = std::filesystem;

Folder::Folder() {
    std::string name = (fs::temp_directory_path() / "signalbox-service-XXXXXX").string();
    path_ = fs::canonical(::mkdtemp(name.data()));
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, std::string_view text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
}

std::string Folder::read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string doublingDocument(const std::string& id) {
    return fmt::format(R"({{"format": 1, "id": "{}", "name": "Doubling", "tags": ["sums"],
"inputs": [{{"name": "n", "type": "integer", "default": 21}}],
"nodes": [
{{"id": "double", "type": "TransformNode", "params": {{"expression": "$ * 2"}}}},
{{"id": "wrap", "type": "TransformNode", "params": {{"expression": "{{\"twice\": $}}"}}}},
{{"id": "note", "type": "LogNode", "params": {{"message": "'doubled'"}}}}],
"edges": [{{"from": "$inputs.n", "to": "double.input"}}, {{"from": "double.output", "to": "wrap.input"}},
{{"from": "wrap.output", "to": "note.input"}}],
"outputs": [{{"name": "result", "from": "wrap.output"}}],
"layout": {{"positions": {{"double": [0, 40]}}}}}})",
                       id);
}

std::string signalDocument(const std::string& id) {
    return fmt::format(R"({{"format": 1, "id": "{}", "name": "Waiting",
"nodes": [{{"id": "wait", "type": "WaitForSignalNode", "params": {{"signal": "go"}}}}],
"outputs": [{{"name": "got", "from": "wait.output"}}]}})",
                       id);
}

std::string approvalDocument(const std::string& id) {
    return fmt::format(R"({{"format": 1, "id": "{}", "name": "Approving",
"nodes": [{{"id": "ask", "type": "ApprovalNode", "params": {{"prompt": "Go on?"}}}}]}})",
                       id);
}

std::string failingDocument(const std::string& id) {
    return fmt::format(R"({{"format": 1, "id": "{}", "name": "Failing",
"nodes": [{{"id": "read", "type": "JsonReaderNode", "params": {{"path": "no-such-file.json"}}}}]}})",
                       id);
}

std::unique_ptr<Host> openHost(const Folder& folder, HostMode mode) {
    HostOptions options;
    options.workspace = folder.path();
    options.mode = mode;
    options.threads = 2;
    options.version = "1.2.3";
    auto host = Host::open(std::move(options));
    EXPECT_TRUE(host) << (host ? "" : host.error().message);
    return host ? std::move(*host) : nullptr;
}

Result<protocol::Reply> dispatch(Dispatcher& dispatcher, protocol::Request request, const Principal& principal) {
    auto promise = std::make_shared<std::promise<Result<protocol::Reply>>>();
    auto future = promise->get_future();
    dispatcher.dispatch(principal, std::move(request),
                        [promise](Result<protocol::Reply> outcome) { promise->set_value(std::move(outcome)); });
    if (future.wait_for(kDeadline) != std::future_status::ready) return fail("test.deadline", "No answer");
    return future.get();
}

protocol::RunDetail waitForStatus(Dispatcher& dispatcher, const std::string& runId, const std::string& status) {
    struct Bell {
        std::mutex mutex;
        std::condition_variable rung;
        bool pending = true;
    };
    auto bell = std::make_shared<Bell>();
    protocol::EventFilter filter;
    filter.runId = runId;
    const auto subscription = dispatcher.subscribe(localAdministrator(), filter, [bell] {
        const std::lock_guard lock(bell->mutex);
        bell->pending = true;
        bell->rung.notify_all();
    });
    EXPECT_TRUE(subscription);
    protocol::RunDetail last;
    const auto deadline = std::chrono::steady_clock::now() + kDeadline;
    while (subscription && std::chrono::steady_clock::now() < deadline) {
        auto detail = call(dispatcher, protocol::GetRun{runId});
        EXPECT_TRUE(detail) << (detail ? "" : detail.error().message);
        if (!detail) break;
        last = std::move(*detail);
        if (last.summary.status == status) return last;
        std::unique_lock lock(bell->mutex);
        bell->rung.wait_until(lock, deadline, [&] { return std::exchange(bell->pending, false); });
        lock.unlock();
        while (!(*subscription)->take(100).empty()) {
        }
    }
    ADD_FAILURE() << "the run is " << last.summary.status << ", not " << status << ": " << last.summary.errorMessage;
    return last;
}

}  // namespace signalbox::service::test
