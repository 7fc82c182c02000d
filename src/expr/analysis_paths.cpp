// Paths: which place a step leads to, and what its predicates, sorting and groups read.
#include "expr/analysis_walk.h"
#include "expr/completion.h"

namespace signalbox::expr {

Shape AnalysisWalk::below(const Shape& context, std::string_view step, std::size_t position) const {
    Shape shape;
    const std::string name = step == "*" || step == "**" ? std::string(step) : quotedName(step);
    for (const std::string& place : context.places) shape.places.push_back(place.empty() ? name : place + "." + name);
    shape.position = position;
    return shape;
}

Shape AnalysisWalk::walkPath(const PathNode& node, const Place& at) {
    Place here{at.context, node.tuple ? open(at.scope) : at.scope};
    const std::size_t start = node.steps.front()->position;
    Shape shape;
    bool keep = node.keepSingleton || node.keepArray;
    for (const Node* step : node.steps) {
        if (step->kind == NodeKind::Sort) {
            here.context = walkSort(as<SortNode>(*step), here.context, here.scope);
            shape = here.context;
        } else {
            shape = walkStep(*step, here);
        }
        const bool leads = step->kind == NodeKind::Name || step->kind == NodeKind::Wildcard ||
                           step->kind == NodeKind::Descendants || step->kind == NodeKind::Sort;
        if (!leads && step != node.steps.front()) touch(here.context);
        keep = keep || step->keepArray;
        if (!step->decoration || !step->decoration->focus) here.context = shape;
        shape.position = start;
    }
    const bool alone = node.steps.size() == 1 && !node.steps.front()->decoration;
    if (!alone) shape.type = "any";
    if (!alone) shape.missing = true;
    if (keep) shape.type = "array<any>";
    if (!node.decoration) return shape;
    shape = walkStages(node.decoration->predicates, std::move(shape), here.scope);
    if (!node.decoration->group) return shape;
    touch(shape);
    walkObject(*node.decoration->group, {itemOf(shape), here.scope});
    return made("object", true);
}

/// One step: where it leads, what it binds, and its predicates.
Shape AnalysisWalk::walkStep(const Node& step, const Place& at) {
    if (exhausted()) return {};
    const Decoration* more = step.decoration.get();
    if (more && more->ancestor) at.scope->bound.emplace_back(more->ancestor->label, at.context);
    Shape shape = step.kind == NodeKind::Path ? walkPath(as<PathNode>(step), at) : walkPlain(step, at);
    if (!more) return shape;
    shape = walkStages(more->predicates, std::move(shape), at.scope);
    if (more->focus || more->index) touch(shape);
    if (more->focus) at.scope->bound.emplace_back(more->focus, itemOf(shape));
    if (more->index) at.scope->bound.emplace_back(more->index, made("integer"));
    shape = walkStages(more->stages, std::move(shape), at.scope);
    if (!more->group) return shape;
    touch(shape);
    walkObject(*more->group, {itemOf(shape), at.scope});
    return made("object", true);
}

Shape AnalysisWalk::walkStages(const std::vector<Stage>& stages, Shape shape, AnalysisScope* scope) {
    for (const Stage& stage : stages) {
        if (stage.index) scope->bound.emplace_back(stage.index, made("integer"));
        if (!stage.filter) continue;
        shape = itemOf(std::move(shape));
        read(walk(*stage.filter, {shape, scope}));
        shape.type = "any";
    }
    return shape;
}

Shape AnalysisWalk::walkSort(const SortNode& node, const Shape& items, AnalysisScope* scope) {
    const Place each{itemOf(items), scope};
    for (const SortTerm& term : node.terms) read(walk(*term.expression, each));
    Shape sorted = items;
    sorted.type = "any";
    sorted.missing = true;
    return sorted;
}

Shape AnalysisWalk::walkParent(const ParentNode& node, const Place& at) {
    if (const Shape* ancestor = find(at.scope, node.slot->label)) {
        Shape shape = *ancestor;
        shape.position = node.position;
        shape.type = "any";
        return shape;
    }
    read(root_);
    return {};
}

}  // namespace signalbox::expr
