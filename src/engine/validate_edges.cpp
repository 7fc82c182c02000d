#include <unordered_map>
#include <utility>

#include "engine/document_members.h"
#include "engine/finding_places.h"
#include "engine/plan_builder.h"
#include "engine/validate_context.h"
#include "expr/expression.h"

namespace signalbox::engine {
namespace {

std::vector<std::string> portNames(const std::vector<PortDecl>& ports) {
    std::vector<std::string> names;
    for (const PortDecl& port : ports) names.push_back(port.name);
    return names;
}

std::string portList(const std::vector<std::string>& names) {
    if (names.empty()) return "It has none.";
    std::string list = "It has: ";
    for (std::size_t i = 0; i < names.size(); ++i) list += (i > 0 ? ", " : "") + names[i];
    return list + ".";
}

class EdgeCheck {
public:
    explicit EdgeCheck(ValidationContext& context) : context_(context) {}

    void check(std::size_t index) {
        index_ = index;
        edge_ = &context_.document.edges[index];
        context_.reportEntryExtra(edge_->extra, DocumentPart::Edge, index);
        Wire wire;
        wire.edge = index;
        wire.kind = edgeKindOf(*edge_);
        fromType_.reset();
        const bool hasFrom = resolveFrom(wire);
        const bool hasTo = resolveTo(wire);
        checkConditions(wire);
        checkTypes(wire);
        if (!hasFrom || !hasTo) return;
        if (wire.input != nullptr) checkTaken(wire);
        context_.wires.push_back(wire);
    }

private:
    Finding& report(FindingCode code, std::string_view suffix, std::string message, std::string hint = {}) {
        return context_.atEdge(index_, code, suffix, std::move(message), std::move(hint));
    }

    bool isMissing(const PortRef& end, const char* member) {
        if (!end.node.empty()) return false;
        if (edge_->extra.isObject() && edge_->extra.find(member) == nullptr) {
            report(FindingCode::MissingMember, "", std::string("The wire has no \"") + member + "\"");
        }
        return true;
    }

    std::uint32_t findNode(const std::string& id, const char* member) {
        const std::uint32_t node = context_.nodeIndex(id);
        if (node == kNone && !context_.partial) {
            report(FindingCode::UnknownNode, std::string("/") + member, "There is no node \"" + id + "\"",
                   context_.suggestNode(id));
        }
        return node;
    }

    bool resolveFrom(Wire& wire) {
        const PortRef& from = edge_->from;
        if (isMissing(from, "from")) return false;
        if (wire.kind == EdgeKind::FromInput) return resolveInput();
        wire.from = findNode(from.node, "from");
        if (wire.from == kNone) return false;
        const NodeManifest* const manifest = context_.manifests[wire.from];
        if (manifest == nullptr) return true;
        wire.output = manifest->output(from.port);
        if (wire.output == nullptr) {
            std::vector<std::string> names = portNames(manifest->outputs);
            const std::string list = portList(names);
            names.emplace_back(kErrorPort);
            names.emplace_back(kCompensatePort);
            report(FindingCode::UnknownPort, "/from",
                   "The node \"" + from.node + "\" has no output \"" + from.port + "\"",
                   context_.suggest(from.port, names, list))
                .port = from.port;
            return true;
        }
        fromType_ = wire.output->type;
        return true;
    }

    bool resolveInput() {
        const InputDecl* const input = context_.input(edge_->from.port);
        if (edge_->loop) {
            report(FindingCode::LoopNotCycle, "/loop", "A wire from the workflow's inputs leads back to nothing",
                   "Remove \"loop\".");
        }
        if (input == nullptr) {
            if (context_.partial) return false;
            std::vector<std::string> names;
            for (const InputDecl& each : context_.document.inputs) names.push_back(each.name);
            report(FindingCode::UnknownPort, "/from", "The workflow has no input \"" + edge_->from.port + "\"",
                   context_.suggest(edge_->from.port, names, portList(names)))
                .port = edge_->from.port;
            return true;
        }
        if (auto type = PortType::parse(input->type)) fromType_ = std::move(*type);
        return true;
    }

    bool resolveTo(Wire& wire) {
        const PortRef& to = edge_->to;
        if (isMissing(to, "to")) return false;
        if (to.node == kInputsNode) {
            report(FindingCode::UnknownNode, "/to", "Nothing can lead into the workflow's inputs");
            return false;
        }
        wire.to = findNode(to.node, "to");
        if (wire.to == kNone) return false;
        const NodeManifest* const manifest = context_.manifests[wire.to];
        if (manifest == nullptr) return true;
        wire.input = manifest->input(to.port);
        if (wire.input != nullptr) {
            wire.toPort = static_cast<std::uint16_t>(wire.input - manifest->inputs.data());
            return true;
        }
        const std::vector<std::string> names = portNames(manifest->inputs);
        report(FindingCode::UnknownPort, "/to", "The node \"" + to.node + "\" has no input \"" + to.port + "\"",
               context_.suggest(to.port, names, portList(names)))
            .port = to.port;
        return true;
    }

    void checkTypes(const Wire& wire) {
        if (!fromType_ || wire.input == nullptr) return;
        if (compatibility(*fromType_, wire.input->type) != Compatibility::Never) return;
        report(FindingCode::IncompatibleTypes, "",
               edge_->from.toString() + " gives " + fromType_->toString() + ", but " + edge_->to.toString() +
                   " takes " + wire.input->type.toString(),
               "Put a node between them that converts, such as a TransformNode.")
            .port = edge_->to.port;
    }

    void checkSyntax(const std::string& text, std::string_view suffix) {
        if (text.empty()) return;
        const auto compiled = expr::Expression::compile(text);
        if (compiled) return;
        report(FindingCode::ConditionSyntax, suffix,
               "The condition does not parse: " + compiled.error().message + " (" + compiled.error().where + ")",
               compiled.error().hint);
    }

    void checkConditions(const Wire& wire) {
        checkSyntax(edge_->when, "/when");
        if (wire.kind == EdgeKind::Compensation && !edge_->when.empty()) {
            report(FindingCode::Compensation, "/when", "A compensation has no condition", "Remove \"when\".");
        }
        if (!edge_->loop || wire.kind == EdgeKind::FromInput) return;
        checkSyntax(edge_->loop->convergeWhen, "/loop/convergeWhen");
        if (edge_->loop->maxIterations < 1 && edge_->extra["loop"]["maxIterations"].isUndefined()) {
            report(FindingCode::LoopLimit, "/loop/maxIterations", "A loop needs a limit of at least one pass",
                   "Give \"maxIterations\"; the first pass counts.");
        }
        if (edge_->from.port == kErrorPort || edge_->from.port == kCompensatePort) {
            report(FindingCode::LoopNotCycle, "/loop", "Only a wire that carries a result can close a loop",
                   "Use a retry policy to try again after an error.");
        }
    }

    void checkTaken(const Wire& wire) {
        if (wire.input->many) return;
        const std::uint64_t key = (static_cast<std::uint64_t>(wire.to) << 16U) | wire.toPort;
        auto& taken = wire.kind == EdgeKind::LoopBack ? takenByLoop_ : taken_;
        const auto [first, isFree] = taken.emplace(key, wire.edge);
        if (isFree) return;
        report(
            FindingCode::PortTaken, "/to",
            "The input " + edge_->to.toString() + " is taken by " + edgeLabel(context_.document.edges[first->second]),
            "Remove one of the two wires, or join them with a MergeNode.")
            .port = edge_->to.port;
    }

    ValidationContext& context_;
    std::size_t index_ = 0;
    const EdgeDecl* edge_ = nullptr;
    std::optional<PortType> fromType_;
    std::unordered_map<std::uint64_t, std::size_t> taken_;
    std::unordered_map<std::uint64_t, std::size_t> takenByLoop_;
};

}  // namespace

void checkEdges(ValidationContext& context) {
    context.wires.reserve(context.document.edges.size());
    EdgeCheck check(context);
    for (std::size_t i = 0; i < context.document.edges.size(); ++i) check.check(i);
}

}  // namespace signalbox::engine
