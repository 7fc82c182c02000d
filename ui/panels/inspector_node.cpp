#include "ui/panels/inspector_node.h"

#include <algorithm>

#include "ui/document/workflow_edits.h"
#include "ui/expression/expression_field.h"
#include "ui/panels/inspector_ports.h"
#include "ui/panels/inspector_schemas.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

/// Fields for parameters of a type that nobody describes, by what is there.
Value guessSchema(const Value& params) {
    ObjectBuilder properties;
    for (const auto& [name, value] : params.members()) {
        Value schema = Value::object({{"title", name}});
        if (value.isString()) schema = schema.with("type", "string").with("x-multiline", value.size() > 60);
        if (value.isBoolean()) schema = schema.with("type", "boolean");
        if (value.isNumber()) schema = schema.with("type", "number");
        properties.set(name, std::move(schema));
    }
    return Value::object({{"type", "object"}, {"properties", std::move(properties).build()}});
}

bool sameNames(const Value& schema, const Value& params) {
    const auto& properties = schema["properties"];
    if (properties.size() != params.size()) return false;
    for (const auto& member : params.members()) {
        if (!properties.find(member.first)) return false;
    }
    return true;
}

void prepareField(const InspectorSamples& samples, ExpressionField& field) {
    samples.prepare(field, field.property("overOneItem").toBool(), field.property("computes").toBool());
}

}  // namespace

InspectorNode::InspectorNode(PanelContext& context, QObject* parent)
    : QObject(parent),
      context_(context),
      samples_(context),
      params_(new FormPage(context, QStringLiteral("param"))),
      settings_(new FormPage(context, QStringLiteral("setting"))),
      json_(new JsonPage(context, QStringLiteral("nodeJson"))),
      ports_(new InspectorPorts(context)) {
    params_->setHelpers(helpers());
    settings_->addBelow(ports_);
    connect(&samples_, &InspectorSamples::changed, this, &InspectorNode::giveSamples);
    connect(&context_.nodeTypes(), &NodeTypes::loaded, this, &InspectorNode::showNode);
    connect(&context_.run(), &RunSession::refreshed, this, &InspectorNode::requestSamples);
    context_.client().info().then(this, [this](const Result<protocol::GatewayInfo>& reply) {
        if (reply) workspace_ = toQString(reply->workspace);
    });
}

InspectorHelpers InspectorNode::helpers() {
    InspectorHelpers helpers;
    helpers.workspaceFolder = [this] { return workspace_; };
    helpers.prepareExpression = [this](ExpressionField& field, const FieldSpec& spec) {
        field.setProperty("overOneItem", spec.help.contains(QLatin1String("one item")));
        field.setProperty("computes", !spec.schema["x-expression"].asBoolean());
        prepareField(samples_, field);
        // Not before it is shown.
        QMetaObject::invokeMethod(this, &InspectorNode::requestSamples, Qt::QueuedConnection);
    };
    return helpers;
}

void InspectorNode::giveSamples() {
    for (auto* field : params_->findChildren<ExpressionField*>()) prepareField(samples_, *field);
}

Value InspectorNode::schemaFor(const Value& manifest, const Value& params) {
    if (manifest.isObject()) return manifest["paramsSchema"];
    if (!guessed_.isObject() || !sameNames(guessed_, params)) guessed_ = guessSchema(params);
    return guessed_;
}

void InspectorNode::showParams(const protocol::GraphNode& node, const Value& manifest) {
    const bool pinned = !context_.readOnlyReason().isEmpty();
    FormPage::Content content;
    content.part = part_;
    content.below = "/params";
    content.owner = toQString(node.id);
    content.missing = part_.empty();
    // What the run had, not what the workflow has by now.
    if (pinned || part_.empty()) content.pinned = node.params;
    content.schema = schemaFor(manifest, node.params);
    content.nothing = tr("This type of node has no parameters.");
    content.computable = true;
    content.listsUnknown = manifest.isObject() && !manifest["paramsSchema"]["additionalProperties"].asBoolean();
    params_->setContent(std::move(content));
}

void InspectorNode::showNode() {
    const auto* node = context_.node(context_.selectedNode());
    const auto* document = context_.document();
    if (!node || !document) return;
    const auto id = context_.selectedNode();
    part_ = nodePointer(document->root(), id);
    const auto manifest = context_.nodeTypes().manifest(toQString(node->type));
    showParams(*node, manifest);
    FormPage::Content settings;
    settings.part = part_;
    settings.except = {"/params", "/id", "/type"};
    settings.owner = id;
    settings.schema = nodeSettingsSchema(node->effect == "pure");
    const bool pinned = !context_.readOnlyReason().isEmpty();
    settings.missing = part_.empty() || pinned;
    settings.nothing = pinned ? tr("Settings are shown for the workflow as it is now.")
                              : tr("This node comes from the workflow that this one extends. Change it there.");
    settings_->setContent(std::move(settings));
    ports_->showNode(id);
    json_->showNode(id);
    requestSamples();
}

// Large data is fetched only when there is an expression to be tried on it.
void InspectorNode::requestSamples() {
    const auto fields = params_->findChildren<ExpressionField*>();
    if (std::any_of(fields.begin(), fields.end(), [](const auto* field) { return field->isVisible(); })) {
        samples_.request(context_.selectedNode());
    }
}

InspectorPage* InspectorNode::pageOf(const std::string& pointer) const {
    if (part_.empty() || !isWithin(pointer, part_)) return nullptr;
    return isWithin(pointer, part_ + "/params") ? params_ : settings_;
}

}  // namespace signalbox::ui
