#include "ui/document/workflow_document.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "protocol/requests.h"
#include "ui/document/edit_command.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr int kMostSteps = 1000;

Value parsed(const std::string& text) {
    auto value = parseJson(text);
    return value && value->isObject() ? std::move(*value) : Value::undefined();
}

bool touches(const std::vector<Change>& changes, std::string_view part) {
    return std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
        return isWithin(change.pointer, part) || isWithin(part, change.pointer);
    });
}

}  // namespace

WorkflowDocument::WorkflowDocument(QObject* parent) : QObject(parent) { stack_.setUndoLimit(kMostSteps); }

// The stack tells of its end.
WorkflowDocument::~WorkflowDocument() { stack_.disconnect(); }

void WorkflowDocument::open(const protocol::WorkflowDetail& detail) {
    stack_.clear();
    endGesture();
    id_ = toQString(detail.summary.id);
    etag_ = toQString(detail.etag);
    sourceText_ = detail.text;
    root_ = parsed(detail.text);
    saved_ = root_;
    graph_ = detail.graph;
    findings_ = detail.findings;
    touched_.clear();
    ++revision_;
    updateDirty();
    Q_EMIT opened();
    Q_EMIT graphChanged();
    Q_EMIT findingsChanged();
}

void WorkflowDocument::adoptSaved(const Value& sent, const protocol::WorkflowDetail& detail) {
    etag_ = toQString(detail.etag);
    sourceText_ = detail.text;
    const auto kept = parsed(detail.text);
    Value root = root_;
    // Only what the gateway changed, and only where nobody has edited since.
    for (const auto& [name, value] : kept.members()) {
        if (!(sent[name] == value) && root[name] == sent[name]) root = root.with(name, value);
    }
    for (const auto& [name, value] : sent.members()) {
        if (!kept.find(name) && root[name] == value) root = root.without(name);
    }
    saved_ = kept;
    const bool differs = !(root == root_);
    root_ = std::move(root);
    if (root_ == saved_) {
        graph_ = detail.graph;
        findings_ = detail.findings;
    }
    ++revision_;
    endGesture();
    updateDirty();
    if (differs) Q_EMIT changed({}, tr("Saved"));
    Q_EMIT graphChanged();
    Q_EMIT findingsChanged();
    Q_EMIT saved();
}

void WorkflowDocument::rebase(const protocol::WorkflowDetail& detail) {
    etag_ = toQString(detail.etag);
    sourceText_ = detail.text;
    saved_ = parsed(detail.text);
    updateDirty();
}

QString WorkflowDocument::name() const {
    const auto name = root_["name"].asString();
    return name.empty() ? id_ : toQString(name);
}

std::string WorkflowDocument::text() const {
    return isDirty() && isReadable() ? writeJson(root_, JsonStyle::Pretty) : sourceText_;
}

Status WorkflowDocument::apply(Edit edit) {
    SIGNALBOX_TRY(Value result, applied(root_, edit.changes));
    if (result == root_) return {};
    stack_.push(new EditCommand(*this, std::move(edit), std::move(result), gesture_));
    return {};
}

void WorkflowDocument::step(Value root, const std::vector<Change>& changes, const QString& text) {
    root_ = std::move(root);
    ++revision_;
    for (const auto& change : changes) {
        if (!isTouched(change.pointer)) touched_.push_back(change.pointer);
    }
    updateDirty();
    Q_EMIT changed(changes, text);
    if (touches(changes, "/layout")) placeNodes();
}

void WorkflowDocument::updateDirty() {
    const bool dirty = !(root_ == saved_);
    if (dirty == dirty_) return;
    dirty_ = dirty;
    Q_EMIT dirtyChanged(dirty);
}

// What is moved is drawn at once; all else waits for the report.
void WorkflowDocument::placeNodes() {
    const auto& positions = root_["layout"]["positions"];
    bool moved = false;
    for (auto& node : graph_.nodes) {
        const auto& pair = positions[node.id];
        const bool placed = pair.isArray() && pair.size() == 2;
        const auto x = placed ? pair.at(0).asNumber() : node.x;
        const auto y = placed ? pair.at(1).asNumber() : node.y;
        if (placed == node.placed && x == node.x && y == node.y) continue;
        node.placed = placed;
        node.x = x;
        node.y = y;
        moved = true;
    }
    if (moved) Q_EMIT graphChanged();
}

bool WorkflowDocument::hasErrors() const {
    return std::any_of(findings_.begin(), findings_.end(),
                       [](const auto& finding) { return finding.severity == "error"; });
}

bool WorkflowDocument::isTouched(std::string_view pointer) const {
    return std::any_of(touched_.begin(), touched_.end(), [&](const auto& place) { return isWithin(pointer, place); });
}

void WorkflowDocument::setReport(const protocol::ValidationReport& report) {
    const bool touched = !std::exchange(touched_, {}).empty();
    // A text that is no workflow at all gives no graph: the last one stays to be looked at.
    if (!report.graph.nodes.empty() || isReadable()) {
        if (!(graph_ == report.graph)) {
            graph_ = report.graph;
            Q_EMIT graphChanged();
        }
    }
    // The same findings count again where they were in doubt.
    if (findings_ == report.findings && !touched) return;
    findings_ = report.findings;
    Q_EMIT findingsChanged();
}

}  // namespace signalbox::ui
