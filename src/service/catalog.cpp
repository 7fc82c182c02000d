#include "service/catalog.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "engine/validate.h"
#include "service/dto_mapping.h"
#include "service/graph.h"
#include "service/pages.h"
#include "service/references.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

namespace {

constexpr std::size_t kPlansKept = 64;
constexpr std::size_t kChecksKept = 4096;
constexpr std::size_t kFindingsInMessage = 3;

engine::Finding findingOf(const Error& error) {
    engine::Finding finding;
    finding.code = error.code;
    finding.message = error.message;
    finding.hint = error.hint;
    // The parser says "line 3, column 7".
    std::size_t line = 0;
    std::size_t column = 0;
    if (std::sscanf(error.where.c_str(), "line %zu, column %zu", &line, &column) == 2) finding.place = {line, column};
    return finding;
}

bool matches(const protocol::WorkflowSummary& summary, std::string_view text) {
    return containsText(summary.id, text) || containsText(summary.name, text) ||
           std::any_of(summary.tags.begin(), summary.tags.end(),
                       [&](const auto& tag) { return containsText(tag, text); });
}

Error invalid(const std::vector<engine::Finding>& findings, const std::string& id) {
    std::string first;
    std::size_t errors = 0;
    for (const auto& finding : findings) {
        if (finding.severity != engine::Severity::Error) continue;
        if (++errors > kFindingsInMessage) continue;
        if (!first.empty()) first += "; ";
        if (finding.place.line > 0) first += fmt::format("line {}: ", finding.place.line);
        first += finding.message;
    }
    return {"workflow.invalid",
            fmt::format("The workflow has {} and cannot run: {}{}",
                        errors == 1 ? std::string("an error") : fmt::format("{} errors", errors), first,
                        errors > kFindingsInMessage ? "; ..." : ""),
            id, "Validate it to see every finding with a hint", false};
}

}  // namespace

Catalog::Catalog(Workspace& workspace, const engine::Registry& registry, store::SqliteStore* versions,
                 const Clock& clock, Random& random)
    : workspace_(workspace), registry_(registry), versions_(versions), clock_(clock), random_(random) {}

engine::DocumentResolver Catalog::resolver() {
    return [this](const std::string& id, int version) -> Result<engine::Document> {
        if (version != 0 && versions_ != nullptr) {
            if (auto kept = versions_->getVersion(id, version)) return kept;
        }
        SIGNALBOX_TRY(const auto file, workspace_.find(id));
        if (!file->parsed) return fail(file->parsed.error());
        if (version != 0 && file->parsed->document.version != version) {
            return fail("workflow.not-found", fmt::format("There is no version {} of workflow \"{}\"", version, id), id,
                        fmt::format("Its file says version {}", file->parsed->document.version));
        }
        return file->parsed->document;
    };
}

std::vector<engine::Finding> Catalog::findings(const WorkflowFile& file, std::uint64_t generation) {
    if (!file.parsed) return {findingOf(file.parsed.error())};
    {
        const std::lock_guard lock(mutex_);
        const auto known = checked_.find(file.etag);
        // Other files matter as well: a document may extend or start them.
        if (known != checked_.end() && known->second.generation == generation) return known->second.findings;
    }
    auto all = file.parsed->findings;
    auto logic = engine::validate(file.parsed->document, registry_, file.parsed->places, resolver());
    all.insert(all.end(), std::make_move_iterator(logic.begin()), std::make_move_iterator(logic.end()));
    const std::lock_guard lock(mutex_);
    if (checked_.size() >= kChecksKept) checked_.clear();
    checked_[file.etag] = {generation, all};
    return all;
}

protocol::WorkflowSummary Catalog::summaryOf(const WorkflowFile& file, const std::vector<engine::Finding>& findings,
                                             const WorkspaceScan& scan) {
    protocol::WorkflowSummary summary;
    summary.id = file.id;
    summary.file = file.file;
    summary.modified = file.modified;
    summary.etag = file.etag;
    summary.usedBy = usersOf(scan, file.id);
    if (file.parsed) {
        const engine::Document& document = file.parsed->document;
        summary.name = document.name;
        summary.description = document.description;
        summary.version = document.version;
        summary.tags = document.tags;
        summary.uses = referencesOf(document);
        summary.nodeCount = static_cast<std::uint32_t>(document.nodes.size());
    }
    for (const auto& finding : findings) {
        if (finding.severity == engine::Severity::Error) ++summary.errors;
        if (finding.severity == engine::Severity::Warning) ++summary.warnings;
    }
    if (const auto first = scan.find(file.id); first && first->file != file.file) ++summary.errors;
    return summary;
}

Result<protocol::WorkflowList> Catalog::list(const std::string& text, const std::vector<std::string>& tags) {
    SIGNALBOX_TRY(const auto scan, workspace_.scan());
    protocol::WorkflowList list;
    for (const auto& file : scan.files) {
        auto summary = summaryOf(*file, findings(*file, scan.generation), scan);
        const bool tagged = std::all_of(tags.begin(), tags.end(), [&](const std::string& tag) {
            return std::find(summary.tags.begin(), summary.tags.end(), tag) != summary.tags.end();
        });
        if (tagged && matches(summary, text)) list.workflows.push_back(std::move(summary));
    }
    return list;
}

protocol::Graph Catalog::drawn(const engine::Document& document) {
    if (document.extends.empty()) return service::graphOf(document, registry_);
    const auto flat = engine::flattenDocument(document, resolver());
    return service::graphOf(flat ? *flat : document, registry_);
}

Result<protocol::WorkflowDetail> Catalog::detailOf(const WorkflowFilePtr& file) {
    SIGNALBOX_TRY(const auto scan, workspace_.scan());
    const auto found = findings(*file, scan.generation);
    protocol::WorkflowDetail detail;
    detail.summary = summaryOf(*file, found, scan);
    detail.findings = toDto(found);
    for (const auto& other : scan.files) {
        if (other->id != file->id || other->file == file->file) continue;
        protocol::FindingDto finding;
        finding.code = "workspace.duplicate-id";
        finding.severity = "error";
        finding.message = fmt::format("{} has the same id; only {} is used", other->file, scan.find(file->id)->file);
        finding.hint = "Give one of them another id";
        finding.pointer = "/id";
        detail.findings.push_back(std::move(finding));
    }
    detail.text = file->text;
    detail.etag = file->etag;
    if (!file->parsed) return detail;
    detail.inputs = inputsOf(file->parsed->document);
    detail.graph = drawn(file->parsed->document);
    return detail;
}

Result<protocol::WorkflowDetail> Catalog::get(const std::string& id) {
    SIGNALBOX_TRY(const auto file, workspace_.find(id));
    return detailOf(file);
}

protocol::ValidationReport Catalog::validate(std::string_view text) {
    protocol::ValidationReport report;
    const auto parsed = engine::parseAndValidate(text, registry_, resolver());
    if (!parsed) {
        report.findings.push_back(toDto(findingOf(parsed.error())));
        return report;
    }
    report.valid = !engine::hasErrors(parsed->findings);
    report.findings = toDto(parsed->findings);
    report.graph = drawn(parsed->document);
    report.inputs = inputsOf(parsed->document);
    return report;
}

void Catalog::cache(const std::string& hash, const std::shared_ptr<const engine::Plan>& plan) {
    const bool usesOthers = std::any_of(plan->nodes.begin(), plan->nodes.end(),
                                        [](const auto& node) { return !node.childWorkflow.empty(); });
    if (usesOthers) return;  // what it starts may change without its own text changing
    const std::lock_guard lock(mutex_);
    plans_.emplace_front(hash, plan);
    if (plans_.size() > kPlansKept) plans_.pop_back();
}

Result<std::shared_ptr<const engine::Plan>> Catalog::keep(engine::Document document, Source source,
                                                          std::set<std::string>& kept) {
    kept.insert(document.id);
    SIGNALBOX_TRY(document.version,
                  source == Source::Given ? versions_->putGiven(document) : versions_->putVersion(document));
    SIGNALBOX_TRY(auto plan, engine::compilePlan(document, registry_, resolver()));
    for (const auto& node : plan->nodes) {
        if (node.childWorkflow.empty() || kept.contains(node.childWorkflow)) continue;
        if (node.childVersion != 0 && versions_->getVersion(node.childWorkflow, node.childVersion)) continue;
        SIGNALBOX_TRY(const auto child, resolver()(node.childWorkflow, node.childVersion));
        SIGNALBOX_TRY(auto flat, engine::flattenDocument(child, resolver()));
        SIGNALBOX_TRY(const auto childPlan, keep(std::move(flat), Source::Workspace, kept));
        static_cast<void>(childPlan);
    }
    return plan;
}

Result<std::shared_ptr<const engine::Plan>> Catalog::compile(std::string_view text) {
    return compile(text, Source::Given);
}

Result<std::shared_ptr<const engine::Plan>> Catalog::compile(std::string_view text, Source source) {
    if (versions_ == nullptr) return fail("gateway.no-engine", "This gateway only looks at documents");
    const std::string hash = sha256Hex(text) + (source == Source::Given ? "/given" : "");
    {
        const std::lock_guard lock(mutex_);
        const auto known =
            std::find_if(plans_.begin(), plans_.end(), [&](const auto& entry) { return entry.first == hash; });
        if (known != plans_.end()) {
            plans_.splice(plans_.begin(), plans_, known);
            return known->second;
        }
    }
    SIGNALBOX_TRY(auto parsed, engine::parseAndValidate(text, registry_, resolver()));
    if (engine::hasErrors(parsed.findings)) return fail(invalid(parsed.findings, parsed.document.id));
    const bool extends = !parsed.document.extends.empty();
    SIGNALBOX_TRY(auto flat, engine::flattenDocument(parsed.document, resolver()));
    std::set<std::string> kept;
    SIGNALBOX_TRY(auto plan, keep(std::move(flat), source, kept));
    if (!extends) cache(hash, plan);
    return plan;
}

Result<std::shared_ptr<const engine::Plan>> Catalog::compileWorkflow(const std::string& id) {
    SIGNALBOX_TRY(const auto file, workspace_.findAgain(id));
    return compile(file->text, Source::Workspace);
}

protocol::Graph Catalog::graphOf(const engine::Plan& plan) {
    protocol::Graph graph = service::graphOf(plan.document, registry_);
    const bool placed =
        std::all_of(graph.nodes.begin(), graph.nodes.end(), [](const auto& node) { return node.placed; });
    if (placed) return graph;
    if (const auto file = workspace_.find(plan.workflowId); file && (*file)->parsed) {
        placeLike(graph, (*file)->parsed->document.layout);
    }
    return graph;
}

}  // namespace signalbox::service
