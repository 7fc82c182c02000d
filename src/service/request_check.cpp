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
constexpr protocol::Duration kLongestWait = protocol::Duration{600} * 1'000'000;
constexpr std::size_t kLargestText = 64U << 20U;
constexpr std::size_t kLongestShort = 256;  ///< of what is typed into one line
constexpr std::size_t kLongestPassword = 1024;
constexpr std::size_t kMostWords = 100;

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

Status checkKey(const std::optional<std::string>& key) {
    if (!key || key->size() <= kLongestKey) return {};
    return invalid("idempotencyKey", fmt::format("The key is longer than {} bytes", kLongestKey));
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
        SIGNALBOX_CHECK(checkKey(call.idempotencyKey));
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
    Status operator()(const protocol::WaitForRun& call) const {
        SIGNALBOX_CHECK(checkRun(call.runId));
        const bool sane = call.timeout >= 0 && call.timeout <= kLongestWait;
        return sane ? Status() : invalid("timeout", "timeout is 0 to 600,000,000 microseconds (10 minutes)");
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
        return checkKey(call.idempotencyKey);
    }
    Status operator()(const protocol::ChangeOwnPassword& call) const {
        SIGNALBOX_CHECK(checkShort("current", call.current, kLongestPassword));
        return checkShort("password", call.password, kLongestPassword);
    }
    Status operator()(const protocol::RevokeOwnSession& call) const { return checkId(call.id); }
    Status operator()(const protocol::RevokeSession& call) const { return checkId(call.id); }
    Status operator()(const protocol::RevokeOwnApiKey& call) const { return checkId(call.id); }
    Status operator()(const protocol::RevokeApiKey& call) const { return checkId(call.id); }
    Status operator()(const protocol::GetUser& call) const { return checkId(call.id); }
    Status operator()(const protocol::DeleteUser& call) const { return checkId(call.id); }
    Status operator()(const protocol::CreateOwnApiKey& call) const { return checkNewKey(call); }
    Status operator()(const protocol::CreateApiKey& call) const {
        SIGNALBOX_CHECK(checkNotEmpty("userId", call.userId));
        return checkNewKey(call);
    }
    Status operator()(const protocol::ListUsers& call) const {
        SIGNALBOX_CHECK(checkShort("text", call.text, kLongestShort));
        SIGNALBOX_CHECK(checkShort("cursor", call.cursor, kLongestShort));
        return checkPage(call.limit, kLargestPage);
    }
    Status operator()(const protocol::CreateUser& call) const {
        SIGNALBOX_CHECK(checkShort("login", call.login, kLongestShort));
        SIGNALBOX_CHECK(checkShort("name", call.name, kLongestShort));
        SIGNALBOX_CHECK(checkShort("password", call.password, kLongestPassword));
        return checkWords("roles", call.roles);
    }
    Status operator()(const protocol::UpdateUser& call) const {
        SIGNALBOX_CHECK(checkId(call.id));
        SIGNALBOX_CHECK(checkShort("name", call.name, kLongestShort));
        return checkWords("roles", call.roles);
    }
    Status operator()(const protocol::SetUserPassword& call) const {
        SIGNALBOX_CHECK(checkId(call.id));
        return checkShort("password", call.password, kLongestPassword);
    }
    // What a trigger is made of is checked where it is kept; here only what no answer should wait for.
    Status operator()(const protocol::GetSchedule& call) const { return checkId(call.id); }
    Status operator()(const protocol::DeleteSchedule& call) const { return checkId(call.id); }
    Status operator()(const protocol::TriggerSchedule& call) const { return checkId(call.id); }
    Status operator()(const protocol::PauseSchedule& call) const { return checkId(call.id); }
    Status operator()(const protocol::GetWebhook& call) const { return checkId(call.id); }
    Status operator()(const protocol::DeleteWebhook& call) const { return checkId(call.id); }
    Status operator()(const protocol::GetFileWatch& call) const { return checkId(call.id); }
    Status operator()(const protocol::DeleteFileWatch& call) const { return checkId(call.id); }
    Status operator()(const protocol::BackfillSchedule& call) const {
        SIGNALBOX_CHECK(checkId(call.id));
        SIGNALBOX_CHECK(checkTime("from", call.from));
        return checkTime("to", call.to);
    }
    Status operator()(const protocol::PreviewSchedule& call) const {
        SIGNALBOX_CHECK(checkTime("after", call.after));
        return call.count >= 1 && call.count <= kLargestPage ? Status() : invalid("count", "count must be 1 to 1000");
    }

    static Status checkTime(const char* member, protocol::WallTime time) {
        constexpr protocol::WallTime kYear10000 = 253'402'300'800'000'000;
        const bool sane = time >= 0 && time < kYear10000;
        return sane ? Status() : invalid(member, fmt::format("{} is a time between 1970 and 9999", member));
    }
    static Status checkShort(const char* member, const std::string& text, std::size_t most) {
        return text.size() <= most ? Status()
                                   : invalid(member, fmt::format("{} is longer than {} bytes", member, most));
    }
    static Status checkId(const std::string& id) {
        SIGNALBOX_CHECK(checkNotEmpty("id", id));
        return checkShort("id", id, kLongestShort);
    }
    static Status checkWords(const char* member, const std::vector<std::string>& words) {
        if (words.size() > kMostWords) return invalid(member, fmt::format("More than {} {}", kMostWords, member));
        for (const std::string& word : words) SIGNALBOX_CHECK(checkShort(member, word, kLongestShort));
        return {};
    }
    template <class Call>
    static Status checkNewKey(const Call& call) {
        SIGNALBOX_CHECK(checkNotEmpty("name", call.name));
        SIGNALBOX_CHECK(checkShort("name", call.name, kLongestShort));
        if (call.expires < 0) return invalid("expires", "A time is not negative; 0 is never");
        return checkWords("scopes", call.scopes);
    }
    static Status checkText(const std::string& text) {
        return text.size() <= kLargestText ? Status() : invalid("text", "The document is larger than 64 MiB");
    }
};

}  // namespace

Status checkRequest(const protocol::Request& request) { return request.visit(Check{}); }

}  // namespace signalbox::service
