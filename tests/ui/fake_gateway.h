// A gateway for tests of the window: answers from what the test put into it, and tells the events it is told to.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/gateway_client.h"
#include "client/transport.h"

namespace signalbox::test {

/// Used in the thread of the test only. The client owns it; the test keeps a reference.
class FakeGateway : public client::Transport {
public:
    void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) override;
    std::unique_ptr<client::SubscriptionHandle> subscribe(
        protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) override;

    // What it knows.
    std::vector<protocol::WorkflowDetail> workflows;
    std::vector<Value> manifests;                        ///< of node types
    std::vector<protocol::RunDetail> runs;               ///< newest first
    std::map<std::string, protocol::NodeData> nodeData;  ///< by node
    protocol::GatewayHealth health{true, {{"store", true, {}}, {"recovery", true, {}}, {"disk", true, {}}}};
    std::optional<protocol::RunDetail> nextRun;  ///< what the next start gives; it becomes runs.front()

    std::map<std::string, std::vector<protocol::WorkflowVersionDetail>> versions;  ///< newest first, by workflow
    std::vector<std::pair<protocol::TrashEntry, protocol::WorkflowDetail>> trash;  ///< last deleted first

    // What it is asked.
    std::vector<std::string> calls;  ///< names of requests, in order
    std::vector<protocol::DecideApproval> decisions;
    std::vector<protocol::StartRun> starts;
    [[nodiscard]] int count(const std::string& name) const;

    /// The next request of that name fails.
    void failNext(const std::string& name, Error error) { failures_[name] = std::move(error); }
    std::optional<Error> failAll;  ///< every request fails with it
    /// Answers to requests of that name wait for release().
    void hold(const std::string& name) { held_[name]; }
    void release(const std::string& name);

    [[nodiscard]] int subscribers() const { return static_cast<int>(subscribers_.size()); }
    [[nodiscard]] std::vector<protocol::EventFilter> filters() const;  ///< of the subscribers
    protocol::RunDetail& run(const std::string& id);
    /// Changes the state of a node in the run and tells it.
    void node(const std::string& runId, const std::string& node, const std::string& status, std::uint32_t attempt = 1,
              std::optional<protocol::ErrorDto> error = {});
    void item(const std::string& runId, const std::string& node, std::uint32_t index, const std::string& status);
    void log(const std::string& runId, const std::string& node, const std::string& level, const std::string& text);
    void finish(const std::string& runId, const std::string& status, Value outputs,
                std::optional<protocol::ErrorDto> error = {});
    void tell(protocol::EventDto event);
    /// Somebody else wrote the file.
    void touch(const std::string& workflowId);
    [[nodiscard]] std::int64_t now() const { return now_; }
    void advance(std::int64_t micros) { now_ += micros; }

private:
    struct Subscriber;
    [[nodiscard]] Result<protocol::Reply> answer(const protocol::Request& request);
    /// Nothing: the request is about something else.
    std::optional<Result<protocol::Reply>> answerWorkflows(const protocol::Request& request);
    std::optional<Result<protocol::Reply>> answerRuns(const protocol::Request& request);
    std::optional<Result<protocol::Reply>> changeWorkflows(const protocol::Request& request);
    std::optional<Result<protocol::Reply>> answerVersions(const protocol::Request& request) const;
    Result<protocol::Reply> addWorkflow(protocol::WorkflowDetail detail, const std::string& id,
                                        const std::string& name);
    protocol::WorkflowDetail* findWorkflow(const std::string& id);
    Result<protocol::Reply> renameWorkflow(const protocol::RenameWorkflow& request);
    Result<protocol::Reply> removeWorkflow(const protocol::DeleteWorkflow& request);
    Result<protocol::Reply> restoreWorkflow(const protocol::RestoreWorkflow& request);
    Result<protocol::Reply> saveWorkflow(const protocol::SaveWorkflow& request);
    void tellWorkflow(const std::string& id, const std::string& status);
    Result<protocol::Reply> listRuns(const protocol::ListRuns& request) const;
    Result<protocol::Reply> start(const std::string& rerunOf);

    std::map<std::string, Error> failures_;
    std::map<std::string, std::vector<std::function<void()>>> held_;
    std::map<int, std::shared_ptr<Subscriber>> subscribers_;
    int nextSubscriber_ = 0;
    std::uint64_t seq_ = 100;
    std::int64_t now_ = 1'767'000'000'000'000;
};

}  // namespace signalbox::test
