#include "engine/plan.h"

#include <algorithm>
#include <utility>

#include "engine/plan_builder.h"
#include "engine/validate_internal.h"

namespace signalbox::engine {
namespace {

Error invalidPlan(const Finding& finding, const std::string& workflow, std::size_t errors) {
    Error error;
    error.code = "plan.invalid";
    error.message = finding.code + ": " + finding.message;
    if (errors > 1) error.message += " (and " + std::to_string(errors - 1) + " more)";
    error.where = workflow + finding.pointer;
    error.hint = finding.hint;
    return error;
}

}  // namespace

NodeIndex Plan::indexOf(std::string_view id) const {
    const auto found = std::lower_bound(
        byId.begin(), byId.end(), id, [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
    return found != byId.end() && found->first == id ? found->second : kNone;
}

Result<std::shared_ptr<const Plan>> compilePlan(const Document& document, const Registry& registry,
                                                const DocumentResolver& resolve) {
    SIGNALBOX_TRY(FlattenedDocument flat, flattenWithOrigins(document, resolve));
    const std::vector<Finding> findings = validateFlattened(document, flat, registry, {}, resolve, false);
    const auto isError = [](const Finding& finding) { return finding.severity == Severity::Error; };
    const auto first = std::find_if(findings.begin(), findings.end(), isError);
    if (first != findings.end()) {
        return fail(invalidPlan(*first, document.id,
                                static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), isError))));
    }
    return PlanBuilder(std::move(flat.document), registry).build();
}

}  // namespace signalbox::engine
