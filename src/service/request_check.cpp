#include "service/request_check.h"

#include <string>

#include <fmt/format.h>

#include "base/ids.h"
#include "engine/ports.h"

namespace signalbox::service {

namespace {

constexpr std::uint32_t kLargestPage = 1000;
constexpr std::uint32_t kLargestJournalPage = 10'000;
constexpr std::size_t kLongestKey = 200;
constexpr std::size_t kLargestText = 64U << 20U;

Status invalid(const char* member, std::string message, std::string hint = {}) {
    return fail("request.invalid", std::move(message), fmt::format("/{}", member), std::move(hint));
}

Status checkRun(const std::string& id) {
    if (RunId::parse(id)) return {};
    return invalid("runId", fmt::format("\"{}\" is no run id", id),
                   "A run id has 36 characters; list the runs to see them");
}

Status checkNotEmpty(const char* member, const std::string& text) {
    return text.empty() ? invalid(member, fmt::format("{} must not be empty", member)) : Status();
}

Status checkPage(std::uint32_t limit, std::uint32_t most) {
    return limit >= 1 && limit <= most ? Status() : invalid("limit", fmt::format("limit must be 1 to {}", most));
}

struct Check {
    template <class Call>
    Status operator()(const Call& call) const {
        if constexpr (requires { call.runId; }) {
            return checkRun(call.runId);
        } else {
            return {};
        }
    }
    Status operator()(const protocol::GetWorkflow& call) const { return checkNotEmpty("id", call.id); }
    Status operator()(const protocol::ValidateWorkflow& call) const { return checkText(call.text); }
    Status operator()(const protocol::SaveWorkflow& call) const { return checkText(call.text); }
    Status operator()(const protocol::StartRun& call) const {
        if (call.workflowId.empty() == call.text.empty()) {
            return invalid("workflowId", "Exactly one of workflowId and text must be given");
        }
        if (!call.inputs.isObject()) {
            return invalid("inputs", fmt::format("inputs must be an object, not {}", kindName(call.inputs.kind())));
        }
        if (call.idempotencyKey && call.idempotencyKey->size() > kLongestKey) {
            return invalid("idempotencyKey", fmt::format("The key is longer than {} bytes", kLongestKey));
        }
        return checkText(call.text);
    }
    Status operator()(const protocol::ListRuns& call) const {
        if (!call.status.empty() && !engine::runStatusFromName(call.status)) {
            return invalid("status", fmt::format("There is no run status \"{}\"", call.status),
                           "queued, running, waiting, paused, succeeded, failed, cancelled or quarantined");
        }
        return checkPage(call.limit, kLargestPage);
    }
    Status operator()(const protocol::GetRunNode& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        return checkNotEmpty("nodeId", call.nodeId);
    }
    Status operator()(const protocol::GetRunJournal& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        return checkPage(call.limit, kLargestJournalPage);
    }
    Status operator()(const protocol::SignalRun& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        return checkNotEmpty("name", call.name);
    }
    Status operator()(const protocol::DecideApproval& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        return checkNotEmpty("nodeId", call.nodeId);
    }
    Status operator()(const protocol::RerunRun& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        if (call.mode != "all" && call.mode != "from" && call.mode != "failed") {
            return invalid("mode", fmt::format("There is no way to rerun \"{}\"", call.mode), "all, from or failed");
        }
        if ((call.mode == "from") == call.fromNode.empty()) {
            return invalid("fromNode", "fromNode goes with the mode \"from\", and only with it");
        }
        if (call.inputs && !call.inputs->isObject()) return invalid("inputs", "inputs must be an object");
        return {};
    }

    static Status checkText(const std::string& text) {
        return text.size() <= kLargestText ? Status() : invalid("text", "The document is larger than 64 MiB");
    }
};

}  // namespace

Status checkRequest(const protocol::Request& request) { return std::visit(Check{}, request); }

}  // namespace signalbox::service
