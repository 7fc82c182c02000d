#include "service/request_check.h"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "base/ids.h"
#include "engine/ports.h"

namespace signalbox::service {

namespace {

constexpr std::uint32_t kLargestPage = 1000;
constexpr std::uint32_t kLargestJournalPage = 10'000;
constexpr std::uint32_t kLargestTimeline = 100'000;
constexpr std::uint32_t kLargestGrid = 200;
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

/// Ids are shown, typed and written into other documents.
Status checkNewId(const char* member, const std::string& id, bool mayBeEmpty) {
    constexpr std::size_t kLongestId = 100;
    if (id.empty()) return mayBeEmpty ? Status() : checkNotEmpty(member, id);
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
    if (plain && id.size() <= kLongestId && id.front() != '.') return {};
    return invalid(member, fmt::format("\"{}\" cannot be an id", id),
                   "Up to 100 letters, digits, \"-\", \"_\" and \".\", not beginning with a \".\"");
}

bool isRecordKind(const std::string& name) {
    for (int kind = 1; kind <= engine::kRecordKinds; ++kind) {
        if (engine::recordKindName(static_cast<engine::RecordKind>(kind)) == name) return true;
    }
    return false;
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
        for (const std::string& status : call.statuses) {
            if (engine::runStatusFromName(status)) continue;
            return invalid("statuses", fmt::format("There is no run status \"{}\"", status),
                           "queued, running, waiting, paused, succeeded, failed, cancelled or quarantined");
        }
        if (call.offset != 0 && !call.cursor.empty()) {
            return invalid("offset", "offset and cursor exclude each other");
        }
        return checkPage(call.limit, kLargestPage);
    }
    Status operator()(const protocol::FormatWorkflow& call) const { return checkText(call.text); }
    Status operator()(const protocol::CreateWorkflow& call) const {
        SIGNALBOX_CHECK(checkNewId("id", call.id, false));
        return checkText(call.text);
    }
    Status operator()(const protocol::DuplicateWorkflow& call) const {
        SIGNALBOX_CHECK(checkNotEmpty("id", call.id));
        return checkNewId("newId", call.newId, true);
    }
    Status operator()(const protocol::RenameWorkflow& call) const {
        SIGNALBOX_CHECK(checkNotEmpty("id", call.id));
        if (call.newId.empty() && call.newName.empty()) {
            return invalid("newName", "A new name or a new id must be given");
        }
        return checkNewId("newId", call.newId, true);
    }
    Status operator()(const protocol::DeleteWorkflow& call) const { return checkNotEmpty("id", call.id); }
    Status operator()(const protocol::ListWorkflowVersions& call) const { return checkNotEmpty("id", call.id); }
    Status operator()(const protocol::GetWorkflowVersion& call) const {
        SIGNALBOX_CHECK(checkNotEmpty("id", call.id));
        return call.version >= 0 ? Status() : invalid("version", "A version is a number from 1; 0 is the newest");
    }
    Status operator()(const protocol::SetRetention& call) const {
        return call.retention.maxAge >= 0 ? Status() : invalid("retention/maxAge", "An age is not negative");
    }
    Status operator()(const protocol::GetRunGrid& call) const {
        SIGNALBOX_CHECK(checkNotEmpty("workflowId", call.workflowId));
        return checkPage(call.limit, kLargestGrid);
    }
    Status operator()(const protocol::GetRunItems& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        SIGNALBOX_CHECK(checkNotEmpty("nodeId", call.nodeId));
        return checkPage(call.limit, kLargestPage);
    }
    Status operator()(const protocol::GetRunTimeline& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        return checkPage(call.limit, kLargestTimeline);
    }
    Status operator()(const protocol::GetRunLogs& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        const std::array known{"", "debug", "info", "warning", "error"};
        if (std::find(known.begin(), known.end(), call.level) == known.end()) {
            return invalid("level", fmt::format("There is no level \"{}\"", call.level),
                           "debug, info, warning or error");
        }
        return checkPage(call.limit, kLargestJournalPage);
    }
    Status operator()(const protocol::GetRunNode& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        return checkNotEmpty("nodeId", call.nodeId);
    }
    Status operator()(const protocol::GetRunJournal& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        for (const std::string& kind : call.kinds) {
            if (!isRecordKind(kind)) return invalid("kinds", fmt::format("There is no kind of record \"{}\"", kind));
        }
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
