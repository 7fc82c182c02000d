#include <algorithm>
#include <array>

#include "gateway/problem.h"

namespace signalbox::gateway {

namespace {

using Row = CodeStatus;

/// Codes by themselves; sorted.
constexpr std::array kCodes{
    Row{"approval.expired", 409},
    Row{"auth.csrf", 403},
    Row{"auth.forbidden", 403},
    Row{"auth.host", 403},
    Row{"auth.origin", 403},
    Row{"auth.required", 401},
    Row{"auth.tenant", 403},
    Row{"engine.stopping", 503},
    Row{"file.no-space", 507},
    Row{"file.not-found", 404},
    Row{"gateway.busy", 503},
    Row{"gateway.no-engine", 501},
    Row{"gateway.no-users", 501},
    Row{"gateway.stopping", 503},
    Row{"http.body-too-large", 413},
    Row{"http.content-encoding", 415},
    Row{"http.expectation", 417},
    Row{"http.headers-too-large", 431},
    Row{"http.media-type", 415},
    Row{"http.method", 405},
    Row{"http.no-upgrade", 400},
    Row{"http.not-found", 404},
    Row{"http.subprotocol", 400},
    Row{"http.target-too-long", 414},
    Row{"http.timeout", 408},
    Row{"http.too-many-headers", 431},
    Row{"http.transfer-encoding", 501},
    Row{"http.unanswered", 500},
    Row{"http.upgrade-required", 426},
    Row{"http.version", 505},
    Row{"idempotency.in-progress", 409},
    Row{"idempotency.key", 400},
    Row{"idempotency.mismatch", 422},
    Row{"idempotency.not-kept", 409},
    Row{"idempotency.unfinished", 409},
    Row{"idempotency.unsupported", 422},
    Row{"identity.conflict", 409},
    Row{"identity.credentials", 401},
    Row{"identity.expiry-past", 422},
    Row{"identity.grant-too-wide", 403},
    Row{"identity.hash", 500},
    Row{"identity.last-administrator", 409},
    Row{"identity.login-invalid", 422},
    Row{"identity.login-taken", 409},
    Row{"identity.name-invalid", 422},
    Row{"identity.needs-session", 403},
    Row{"identity.no-account", 409},
    Row{"identity.not-found", 404},
    Row{"identity.password-weak", 422},
    Row{"identity.password-wrong", 422},
    Row{"identity.random", 503},
    Row{"identity.role-unknown", 422},
    Row{"identity.scope-too-wide", 403},
    Row{"identity.scope-unknown", 422},
    Row{"identity.session-ended", 401},
    Row{"identity.set-up", 409},
    Row{"identity.setup-token", 401},
    Row{"identity.tenant-invalid", 422},
    Row{"identity.throttled", 429},
    Row{"identity.too-many-keys", 409},
    Row{"json.size", 413},
    Row{"json.values", 413},
    Row{"precondition.failed", 412},
    Row{"precondition.required", 428},
    Row{"precondition.unsupported", 400},
    Row{"prefer.wait", 400},
    Row{"protocol.call-unknown", 404},
    Row{"protocol.malformed", 400},
    Row{"protocol.range", 422},
    Row{"protocol.type", 422},
    Row{"rate.limited", 429},
    Row{"request.body", 422},
    Row{"request.id-mismatch", 422},
    Row{"request.invalid", 422},
    Row{"request.missing-member", 422},
    Row{"request.parameter", 400},
    Row{"request.unknown-member", 422},
    Row{"request.unknown-parameter", 400},
    Row{"retention.conflict", 409},
    Row{"run.cancelled", 422},
    Row{"run.failed", 422},
    Row{"run.finished", 409},
    Row{"run.idempotency-key-empty", 400},
    Row{"run.input-missing", 422},
    Row{"run.input-type", 422},
    Row{"run.input-unknown", 422},
    Row{"run.node-not-found", 404},
    Row{"run.not-finished", 409},
    Row{"run.not-found", 404},
    Row{"run.not-waiting", 409},
    Row{"run.owned-elsewhere", 409},
    Row{"run.quarantined", 422},
    Row{"run.terminated", 422},
    Row{"schedule.conflict", 409},
    Row{"schedule.cron", 422},
    Row{"schedule.invalid", 422},
    Row{"schedule.not-found", 404},
    Row{"schedule.time-zone", 422},
    Row{"schedule.too-many", 422},
    Row{"server.too-many-connections", 503},
    Row{"store.busy", 503},
    Row{"store.cursor", 400},
    Row{"store.duplicate-key", 409},
    Row{"store.interrupted", 503},
    Row{"store.low-space", 507},
    Row{"store.no-space", 507},
    Row{"store.run-not-found", 404},
    Row{"store.stale", 503},
    Row{"store.too-large", 413},
    Row{"watch.conflict", 409},
    Row{"watch.folder", 422},
    Row{"watch.invalid", 422},
    Row{"watch.limit", 409},
    Row{"watch.not-found", 404},
    Row{"webhook.body", 400},
    Row{"webhook.conflict", 409},
    Row{"webhook.invalid", 422},
    Row{"webhook.not-found", 404},
    Row{"webhook.signature", 401},
    Row{"webhook.timestamp", 401},
    Row{"webhook.too-large", 413},
    Row{"workflow.conflict", 409},
    Row{"workflow.in-use", 409},
    Row{"workflow.invalid", 422},
    Row{"workflow.no-id", 422},
    Row{"workflow.not-found", 404},
    Row{"workspace.duplicate-id", 409},
    Row{"workspace.not-found", 404},
};
static_assert(std::is_sorted(kCodes.begin(), kCodes.end(), [](const Row& a, const Row& b) { return a.code < b.code; }));

/// Whole families, where all that they say is about the same. What is in the table above goes before.
constexpr std::array kFamilies{
    Row{"base64.", 400},  Row{"document.", 422}, Row{"duration.", 422}, Row{"expr.", 422},      Row{"file.", 500},
    Row{"gateway.", 503}, Row{"gzip.", 400},     Row{"http.", 400},     Row{"json.", 400},      Row{"pattern.", 422},
    Row{"peers.", 503},   Row{"plan.", 422},     Row{"port.", 422},     Row{"registry.", 500},  Row{"schema.", 422},
    Row{"socket.", 400},  Row{"store.", 500},    Row{"trigger.", 503},  Row{"workspace.", 500}, Row{"journal.", 500},
};

}  // namespace

std::span<const CodeStatus> knownCodes() { return kCodes; }

std::span<const CodeStatus> codeFamilies() { return kFamilies; }

namespace {

const Row* familyOf(std::string_view code) {
    const auto* const family = std::find_if(kFamilies.begin(), kFamilies.end(),
                                            [&](const Row& known) { return code.starts_with(known.code); });
    return family == kFamilies.end() ? nullptr : family;
}

const Row* rowOf(std::string_view code) {
    const auto* const row =
        std::lower_bound(kCodes.begin(), kCodes.end(), code,
                         [](const Row& known, std::string_view wanted) { return known.code < wanted; });
    return row != kCodes.end() && row->code == code ? row : nullptr;
}

}  // namespace

std::optional<unsigned> statusOfCode(std::string_view code) {
    const Row* const row = rowOf(code);
    if (row != nullptr) return row->status;
    const Row* const family = familyOf(code);
    if (family != nullptr) return family->status;
    return std::nullopt;
}

std::string documentedCode(std::string_view code) {
    const Row* const family = rowOf(code) == nullptr ? familyOf(code) : nullptr;
    return family != nullptr ? std::string(family->code) + '*' : std::string(code);
}

}  // namespace signalbox::gateway
