#include <cmath>
#include <utility>

#include "engine/document_members.h"
#include "engine/validate_context.h"

namespace signalbox::engine {
namespace {

constexpr std::string_view kTypeSuffix = "Node";

bool endsInNode(const std::string& type) {
    return type.size() > kTypeSuffix.size() && type.substr(type.size() - kTypeSuffix.size()) == kTypeSuffix;
}

void checkId(ValidationContext& context, std::size_t index) {
    const NodeDecl& node = context.document.nodes[index];
    if (node.id.empty()) {
        if (node.extra.isObject() && node.extra.find("id") == nullptr) {
            context.atNode(index, FindingCode::MissingMember, "", "The node has no \"id\"");
        }
        return;
    }
    if (!isIdentifier(node.id)) {
        context.atNode(index, FindingCode::IdSyntax, "/id", "\"" + node.id + "\" cannot be the id of a node",
                       "Use letters, digits, \"_\" and \"-\", beginning with a letter or \"_\".");
    }
    if (context.nodeIndex(node.id) != index) {
        context.atNode(index, FindingCode::DuplicateId, "/id", "The id \"" + node.id + "\" is used twice",
                       "Rename one of the two nodes and its wires.");
    }
}

void checkType(ValidationContext& context, std::size_t index) {
    const NodeDecl& node = context.document.nodes[index];
    if (node.type.empty()) {
        if (node.extra.isObject() && node.extra.find("type") == nullptr) {
            context.atNode(index, FindingCode::MissingMember, "", "The node \"" + node.id + "\" has no \"type\"");
        }
        return;
    }
    if (!endsInNode(node.type)) {
        const bool known = context.registry.find(node.type + "Node") != nullptr;
        context.atNode(index, FindingCode::NodeName, "/type",
                       "The node type \"" + node.type + "\" must end in \"Node\"",
                       known ? "Did you mean \"" + node.type + "Node\"?"
                             : context.suggest(node.type, context.registry.typeNames()));
    } else if (context.manifests[index] == nullptr) {
        context.atNode(index, FindingCode::UnknownNodeType, "/type", "There is no node type \"" + node.type + "\"",
                       context.suggest(node.type, context.registry.typeNames(),
                                       "Perhaps a plugin is missing; see the list of node types."));
    }
}

void checkTimeouts(ValidationContext& context, std::size_t index) {
    const NodeDecl& node = context.document.nodes[index];
    const auto positive = [&](const std::optional<Micros>& span, std::string_view suffix, const char* what) {
        if (span && *span <= 0) {
            context.atNode(index, FindingCode::Timeout, suffix,
                           std::string("The timeout of ") + what + " must be positive", "Leave it out for no timeout.");
        }
    };
    positive(node.attemptTimeout, "/timeout/attempt", "an attempt");
    positive(node.totalTimeout, "/timeout/total", "all attempts");
    if (node.attemptTimeout && node.totalTimeout && *node.attemptTimeout > *node.totalTimeout) {
        context
            .atNode(index, FindingCode::Timeout, "/timeout", "One attempt may take longer than all attempts together",
                    "Raise \"total\" or lower \"attempt\".")
            .severity = Severity::Warning;
    }
}

void checkMemo(ValidationContext& context, std::size_t index) {
    const NodeDecl& node = context.document.nodes[index];
    if (!node.memoTtl) return;
    if (*node.memoTtl <= 0) {
        context.atNode(index, FindingCode::MissingMember, "/memo", "A memo must say how long results hold",
                       "Write {\"ttl\": \"1h\"}, or leave the memo out.");
    }
    const NodeManifest* const manifest = context.manifests[index];
    if (manifest == nullptr || (manifest->effect == Effect::Pure && manifest->behaviour == Behaviour::Task)) return;
    const std::string reason = manifest->effect == Effect::Pure
                                   ? "is part of the run's flow"
                                   : "is " + std::string(effectName(manifest->effect)) + ", not pure";
    context.atNode(index, FindingCode::MemoImpure, "/memo",
                   "Results of \"" + node.id + "\" cannot be reused: " + node.type + " " + reason,
                   "Leave the memo out.");
}

}  // namespace

void checkRetry(ValidationContext& context, const RetryPolicy& retry, const std::string& entryPointer,
                const std::string& node) {
    const auto report = [&](const char* member, const char* message) {
        context.at(FindingCode::Retry, entryPointer + "/retry/" + member, message).node = node;
    };
    if (retry.maxAttempts < 1) report("maxAttempts", "maxAttempts must be at least 1: the first attempt counts");
    if (retry.backoff < 0) report("backoff", "The backoff must not be negative");
    if (!std::isfinite(retry.multiplier) || retry.multiplier < 1)
        report("multiplier", "The multiplier must be at least 1");
    if (!(retry.jitter >= 0 && retry.jitter <= 1)) report("jitter", "The jitter must lie between 0 and 1");
    if (retry.maxBackoff < 0) report("maxBackoff", "maxBackoff must not be negative");
    for (const std::string& pattern : retry.retryOn) {
        if (pattern.empty()) report("retryOn", "An error code to retry on is empty");
    }
}

void checkNodes(ValidationContext& context) {
    for (std::size_t i = 0; i < context.document.nodes.size(); ++i) {
        const NodeDecl& node = context.document.nodes[i];
        context.reportEntryExtra(node.extra, DocumentPart::Node, i);
        checkId(context, i);
        checkType(context, i);
        checkTimeouts(context, i);
        checkMemo(context, i);
        if (node.retry) checkRetry(context, *node.retry, context.nodePointer(i), node.id);
        if (context.manifests[i] == nullptr) continue;
        checkParams(context, i, *context.registry.find(node.type), node.params, "/params");
        checkFlowParams(context, i, *context.manifests[i]);
    }
}

}  // namespace signalbox::engine
