#include "ui/panels/inspector_samples.h"

#include <utility>

#include "ui/expression/expression_field.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"

namespace signalbox::ui {

InspectorSamples::InspectorSamples(PanelContext& context, QObject* parent) : QObject(parent), context_(context) {
    label_ = tr("No run yet to try it on");
}

void InspectorSamples::forget(const QString& why) {
    inputs_ = outputs_ = Value::undefined();
    label_ = why;
    Q_EMIT changed();
}

void InspectorSamples::request(const QString& nodeId) {
    const auto& run = context_.run();
    const auto* state = run.node(nodeId);
    const auto key = QStringLiteral("%1/%2/%3/%4")
                         .arg(context_.workflowId(), nodeId, run.isOpen() ? run.runId() : QString(),
                              state ? toQString(state->status) : QString());
    if (std::exchange(asked_, key) == key) return;
    const auto turn = ++turn_;
    nodeId_ = nodeId;
    if (nodeId.isEmpty() || context_.workflowId().isEmpty()) return forget(tr("No run yet to try it on"));
    if (context_.run().isOpen() && !context_.run().runId().isEmpty()) return fetch(context_.run().runId());
    protocol::ListRuns request;
    request.workflowId = context_.workflowId().toStdString();
    request.limit = 1;
    context_.client().runs().list(request).then(this, [this, turn](const Result<protocol::RunList>& reply) {
        if (turn != turn_) return;
        if (!reply || reply->runs.empty()) return forget(tr("No run yet to try it on"));
        fetch(toQString(reply->runs.front().runId));
    });
}

void InspectorSamples::fetch(const QString& runId) {
    if (inputsOfRun_ == runId) return fetchNode(runId);
    if (context_.run().runId() == runId && context_.run().isOpen()) {
        inputsOfRun_ = runId;
        runInputs_ = context_.run().detail().inputs;
        return fetchNode(runId);
    }
    context_.client().runs().get(runId).then(this,
                                             [this, runId, turn = turn_](const Result<protocol::RunDetail>& reply) {
                                                 if (turn != turn_) return;
                                                 if (reply) {
                                                     inputsOfRun_ = runId;
                                                     runInputs_ = reply->inputs;
                                                 }
                                                 fetchNode(runId);
                                             });
}

void InspectorSamples::fetchNode(const QString& runId) {
    if (nodeId_ == QLatin1String("$inputs")) {
        outputs_ = runInputs_;
        label_ = tr("inputs of the last run");
        Q_EMIT changed();
        return;
    }
    context_.client()
        .runs()
        .node(runId, nodeId_)
        .then(this, [this, turn = turn_](const Result<protocol::NodeData>& reply) {
            if (turn != turn_) return;
            if (!reply) return forget(tr("The last run did not have this node"));
            if (reply->inputs.isUndefined() && reply->outputs.isUndefined()) {
                return forget(tr("The last run did not come here"));
            }
            inputs_ = reply->inputs;
            outputs_ = reply->outputs;
            const auto when = reply->state.finished > 0 ? reply->state.finished : reply->state.started;
            label_ = tr("last run of %1, %2").arg(nodeId_, formatRelative(when, context_.run().now()));
            Q_EMIT changed();
        });
}

void InspectorSamples::prepare(ExpressionField& field, bool overOneItem, bool computesParameter) const {
    const auto& input = inputs_["input"];
    if (inputs_.isUndefined()) {
        field.setSample(Value::undefined(), label_);
    } else if (computesParameter) {
        field.setSample(Value::object({{"input", inputs_}, {"inputs", runInputs_}}), label_);
    } else if (overOneItem && input.isArray() && !input.empty()) {
        field.setSample(input.at(0), tr("first item, %1").arg(label_));
    } else {
        field.setSample(input, label_);
    }
    field.setVariables({{"inputs", runInputs_}, {"input", inputs_}});
}

void InspectorSamples::prepareWire(ExpressionField& field, const QString& port) const {
    field.setSample(outputs_[port.toStdString()], label_);
    field.setVariables({{"inputs", runInputs_}});
    field.setExpectedType(QStringLiteral("boolean"));
}

}  // namespace signalbox::ui
